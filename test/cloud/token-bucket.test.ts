import { describe, expect, test } from '@jest/globals';
import { createTokenBucket, type TokenBucket } from '../../src/cloud/aws/token-bucket.js';

/** A bucket with a clock that the test turns. */
function bucketAt(start: number) {
  const clock = { now: start };
  return { clock, bucket: createTokenBucket(() => clock.now) };
}

/** In how many ms the next token comes, when none is left. */
function spacing(bucket: TokenBucket): number {
  for (;;) {
    const wait = bucket.take();
    if (wait > 0) return Math.round(wait);
  }
}

describe('a token bucket', () => {
  test('holds nothing back until AWS throttles', () => {
    const { bucket } = bucketAt(0);
    for (let count = 0; count < 1000; count += 1) {
      expect(bucket.take()).toBe(0);
      bucket.answered();
    }
  });

  test('halves its rate on throttling, and again when it goes on', () => {
    const { bucket, clock } = bucketAt(0);
    bucket.throttled(0);
    expect(spacing(bucket)).toBe(1000 / 12.5);
    clock.now = 100;
    bucket.throttled(90);
    const slower = spacing(bucket);
    expect(slower).toBeGreaterThan(1000 / 12.5);
    clock.now = 200;
    bucket.throttled(190);
    expect(spacing(bucket)).toBeGreaterThan(slower);
  });

  test('takes the throttling of requests that were under way together for one', () => {
    const { bucket, clock } = bucketAt(0);
    clock.now = 100;
    for (let sentAt = 0; sentAt < 16; sentAt += 1) bucket.throttled(sentAt);
    expect(spacing(bucket)).toBe(1000 / 12.5);
  });

  test('never stops altogether', () => {
    const { bucket, clock } = bucketAt(0);
    for (let count = 0; count < 50; count += 1) {
      bucket.throttled(clock.now);
      clock.now += 1;
    }
    expect(spacing(bucket)).toBeLessThanOrEqual(500);
  });

  test('does not save up tokens for a burst', () => {
    const { bucket, clock } = bucketAt(0);
    bucket.throttled(0);
    clock.now = 60_000;
    let taken = 0;
    while (bucket.take() === 0) taken += 1;
    expect(taken).toBeLessThanOrEqual(2);
  });
});

interface Metered {
  /** AWS's limit a second by the time in s. */
  limit: (seconds: number) => number;
  /** Requests that AWS lets pass at once when it was idle. */
  burst: number;
  /** From sending a request to its answer, in ms. */
  latency: number;
  requests: number;
}

/** Sends requests, 16 at a time and the throttled ones again, to an API that AWS meters; by a clock that only the test has. */
function metered({ limit, burst, latency, requests }: Metered) {
  const { clock, bucket } = bucketAt(0);
  const answers: { at: number; sentAt: number }[] = [];
  const aws = { tokens: burst, at: 0 };
  let left = requests;
  let throttled = 0;
  let allowed = burst;
  for (; left > 0 || answers.length > 0; clock.now += 1) {
    const gained = limit(clock.now / 1000) / 1000;
    aws.tokens = Math.min(burst, aws.tokens + gained);
    allowed += gained;
    while (answers[0] !== undefined && answers[0].at <= clock.now) {
      const { sentAt } = answers.shift() ?? { sentAt: 0 };
      if (aws.tokens >= 1) {
        aws.tokens -= 1;
        bucket.answered();
      } else {
        left += 1;
        throttled += 1;
        bucket.throttled(sentAt);
      }
    }
    while (left > 0 && answers.length < 16 && bucket.take() === 0) {
      left -= 1;
      answers.push({ at: clock.now + latency, sentAt: clock.now });
    }
  }
  return { share: requests / allowed, throttled: throttled / (requests + throttled), seconds: clock.now / 1000 };
}

describe('an API that AWS meters', () => {
  test.each<[number, number, number]>([
    [25, 25, 20],
    [25, 25, 200],
    [25, 12, 50],
    [25, 100, 50],
    [40, 40, 100],
  ])(
    '%d requests a second with a burst of %d and %d ms an answer are used, hardly one throttled',
    (rate, burst, latency) => {
      const { share, throttled } = metered({ limit: () => rate, burst, latency, requests: rate * 60 });
      expect(share).toBeGreaterThan(0.97);
      expect(throttled).toBeLessThan(0.025);
    },
  );

  test('a much higher limit than expected is found within seconds', () => {
    const { share, throttled } = metered({ limit: () => 100, burst: 100, latency: 20, requests: 6000 });
    expect(share).toBeGreaterThan(0.93);
    expect(throttled).toBeLessThan(0.01);
  });

  test('a low one costs no more than what was under way when it showed, and some tries', () => {
    const { share, throttled } = metered({ limit: () => 4, burst: 4, latency: 50, requests: 600 });
    expect(share).toBeGreaterThan(0.95);
    expect(throttled * 600).toBeLessThan(16 + 30);
  });

  test('a limit that falls is followed down', () => {
    const falling = (seconds: number) => (seconds < 20 ? 25 : 10);
    const { share, throttled } = metered({ limit: falling, burst: 25, latency: 50, requests: 900 });
    expect(share).toBeGreaterThan(0.95);
    expect(throttled).toBeLessThan(0.05);
  });

  test('a limit that rises is followed up', () => {
    const rising = (seconds: number) => (seconds < 20 ? 10 : 25);
    const { seconds } = metered({ limit: rising, burst: 25, latency: 50, requests: 1200 });
    // 59 s with all that AWS would take, 120 s without following.
    expect(seconds).toBeLessThan(75);
  });
});
