/**
 * How many requests a second one API of one account and region takes. AWS meters each with a token bucket and does not
 * publish its size; this one finds it by itself. Times are in ms of the bucket's clock.
 */
export interface TokenBucket {
  /** Takes a token and gives 0, or tells in how many ms there will be one. */
  take(): number;
  /** A request was answered, be it with an error. */
  answered(): void;
  /** A request that was sent at that time was throttled. */
  throttled(sentAt: number): void;
}

/** Requests a second after the first throttle: 25 to 30 a second were observed for Cloud Control. */
const FIRST_RATE = 25;
/** AWS's lowest known limit (CloudTrail's); slower, throttling that has other causes would never end. */
const LOWEST_RATE = 2;
/** Tokens are saved up for as long as this, so that a late timer loses none; more would come as a burst. */
const SAVED_S = 0.1;
/** The halved rate is back at most of the found limit after this time; meanwhile AWS's bucket fills a little. */
const RECOVERY_S = 1;
const RECOVERED = 0.97;
/** Growth of the rate in a second, as a share of it, as long as the limit is not known. */
const SEARCH = 0.25;
/** Share of the limit by which the rate then grows, times the square of the seconds since the last throttle. */
const CREEP = 0.0005;

/**
 * Hands out tokens freely until AWS throttles. Then halves the rate, returns quickly to the limit that it has found, and
 * from there creeps up, first slowly and then ever faster, in case the limit has risen. The limit is measured: at each
 * throttle AWS's bucket is empty, so what was answered since the one before is what it takes in that time. `now` is a
 * clock in ms.
 */
export function createTokenBucket(now: () => number = () => performance.now()): TokenBucket {
  let rate = Number.POSITIVE_INFINITY;
  let limit = FIRST_RATE;
  let isMeasured = false;
  let tokens = 0;
  let filledAt = 0;
  let slowedAt = Number.NEGATIVE_INFINITY;
  let answeredSince = 0;

  function fill(time: number): void {
    const saved = tokens + ((time - filledAt) / 1000) * rate;
    tokens = Math.min(Math.max(1, rate * SAVED_S), saved);
    filledAt = time;
  }

  function measure(time: number): number {
    const measured = (answeredSince * 1000) / Math.max(1, time - slowedAt);
    // Too little where AWS's bucket ran over meanwhile; while AWS's bucket had tokens saved, the rate was too much.
    return (Math.min(rate, Math.max(rate / 2, measured)) + rate) / 2;
  }

  /** By how much the rate grows in a second. */
  function growth(): number {
    if (rate < RECOVERED * limit) return limit / 2 / RECOVERY_S;
    if (!isMeasured) return SEARCH * rate;
    const seconds = (now() - slowedAt) / 1000;
    return CREEP * limit * seconds * seconds;
  }

  return {
    take() {
      if (rate === Number.POSITIVE_INFINITY) return 0;
      fill(now());
      if (tokens < 1) return ((1 - tokens) * 1000) / rate;
      tokens -= 1;
      return 0;
    },
    answered() {
      if (rate === Number.POSITIVE_INFINITY) return;
      answeredSince += 1;
      // By the answer, not by the clock: a rate that is not made use of says nothing.
      rate += growth() / rate;
    },
    throttled(sentAt) {
      // What was under way before the rate was halved says nothing about the new one.
      if (sentAt < slowedAt) return;
      const time = now();
      if (rate !== Number.POSITIVE_INFINITY) {
        limit = measure(time);
        isMeasured = true;
      }
      rate = Math.max(LOWEST_RATE, limit / 2);
      slowedAt = time;
      answeredSince = 0;
      tokens = 0;
      filledAt = time;
    },
  };
}
