import { describe, expect, test } from '@jest/globals';
import { createTokenBucket } from '../../src/cloud/aws/token-bucket.js';
import { createWire } from '../../src/cloud/aws/wire.js';

/** A wire with a clock that the test turns. */
function wireOf(concurrency: number) {
  const clock = { now: 0 };
  const stop = new AbortController();
  const tasks: { at: number; task: () => void }[] = [];
  const wire = createWire({
    concurrency,
    signal: stop.signal,
    isThrottled: (error) => error instanceof Error && error.name === 'Throttling',
    now: () => clock.now,
    schedule: (task, ms) => tasks.push({ at: clock.now + ms, task }),
  });
  return {
    clock,
    wire,
    stop,
    newBucket: () => createTokenBucket(() => clock.now),
    async pass(ms: number): Promise<void> {
      for (const end = clock.now + ms; clock.now < end; clock.now += 1) {
        const due = tasks.filter(({ at }) => at <= clock.now);
        for (const one of due) tasks.splice(tasks.indexOf(one), 1);
        for (const { task } of due) task();
        await settle();
      }
    },
  };
}

/** Lets everything that waits for a promise go on. */
async function settle(): Promise<void> {
  for (let count = 0; count < 10; count += 1) await Promise.resolve();
}

async function throttle(): Promise<never> {
  throw Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });
}

describe('the wire', () => {
  test('has at most so many requests under way', async () => {
    const { wire, newBucket } = wireOf(2);
    const bucket = newBucket();
    let most = 0;
    let underWay = 0;
    const requests = Array.from({ length: 10 }, (_, index) =>
      wire.send(bucket, async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await settle();
        underWay -= 1;
        return index;
      }),
    );
    expect(await Promise.all(requests)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(2);
  });

  test('sends no more of an API that was throttled than it has tokens, and all of it in time', async () => {
    const { wire, newBucket, pass } = wireOf(16);
    const bucket = newBucket();
    await expect(wire.send(bucket, throttle)).rejects.toThrow('Rate exceeded');
    let sent = 0;
    const requests = Array.from({ length: 20 }, () => wire.send(bucket, async () => (sent += 1)));
    await pass(400);
    expect(sent).toBeGreaterThan(2);
    expect(sent).toBeLessThan(8);
    await pass(2000);
    expect(await Promise.all(requests)).toHaveLength(20);
  });

  test('an API that waits for tokens holds up no other', async () => {
    const { wire, newBucket, pass } = wireOf(1);
    const [slow, fast] = [newBucket(), newBucket()];
    await expect(wire.send(slow, throttle)).rejects.toThrow('Rate exceeded');
    const order: string[] = [];
    const requests = [
      wire.send(slow, async () => order.push('slow')),
      wire.send(fast, async () => order.push('fast')),
      wire.send(fast, async () => order.push('fast')),
    ];
    await pass(200);
    await Promise.all(requests);
    expect(order).toEqual(['fast', 'fast', 'slow']);
  });

  test('APIs take turns', async () => {
    const { wire, newBucket } = wireOf(1);
    const [first, second] = [newBucket(), newBucket()];
    const order: string[] = [];
    await Promise.all([
      ...[1, 2, 3].map((n) => wire.send(first, async () => order.push(`first ${n}`))),
      ...[1, 2, 3].map((n) => wire.send(second, async () => order.push(`second ${n}`))),
    ]);
    expect(order).toEqual(['first 1', 'first 2', 'second 1', 'first 3', 'second 2', 'second 3']);
  });

  test('lets go of what waits when it is closed', async () => {
    const { wire, newBucket, stop } = wireOf(1);
    const bucket = newBucket();
    await expect(wire.send(bucket, throttle)).rejects.toThrow('Rate exceeded');
    const waiting = wire.send(bucket, async () => 'sent');
    stop.abort();
    await expect(waiting).rejects.toThrow('closed');
    await expect(wire.send(bucket, async () => 'sent')).rejects.toThrow('closed');
  });
});
