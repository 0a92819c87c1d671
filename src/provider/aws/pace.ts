/** Decides when the next request to one AWS service may be sent. */
export interface Pace {
  /** Takes the next turn, and tells how many ms to wait for it. */
  reserve(): number;
  /** A request was throttled: slow down. */
  throttled(): void;
  /** A request was answered: slowly speed up again. */
  succeeded(): void;
}

/** Requests a second. AWS does not publish its limits; 25 to 30 a second were observed for Cloud Control. */
const FIRST_RATE = 25;
const LOWEST_RATE = 1;
/** By how many requests a second the rate grows in a second without throttling. */
const GROWTH = 2;
/** Requests that were already under way are throttled too; they say nothing about the new rate. */
const SETTLING_MS = 500;

/**
 * Unlimited until AWS throttles; then halves the rate on throttling and lets it grow steadily on success, as TCP does
 * with its window. Without it, each request backs off alone, and with many of them some run out of attempts.
 * `now` is a clock in ms.
 */
export function createPace(now: () => number = Date.now): Pace {
  let rate = Number.POSITIVE_INFINITY;
  let nextTurn = 0;
  let slowedAt = Number.NEGATIVE_INFINITY;

  return {
    reserve() {
      if (rate === Number.POSITIVE_INFINITY) return 0;
      const time = now();
      const turn = Math.max(time, nextTurn);
      nextTurn = turn + 1000 / rate;
      return turn - time;
    },
    throttled() {
      const time = now();
      if (time - slowedAt < SETTLING_MS) return;
      slowedAt = time;
      rate = rate === Number.POSITIVE_INFINITY ? FIRST_RATE : Math.max(LOWEST_RATE, rate / 2);
    },
    succeeded() {
      rate += GROWTH / rate;
    },
  };
}
