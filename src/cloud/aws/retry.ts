import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { isThrottled } from './errors.js';

/** The SDK's port for retries (`RetryStrategyV2`), by way of a client that takes it. */
export type RetryStrategy = Extract<CloudFormationClientConfig['retryStrategy'], { acquireInitialRetryToken: unknown }>;

/** A throttled request is not lost as long as AWS answers others; a broken network is told soon. */
const ATTEMPTS = { throttled: 12, transient: 5 };
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 20_000;

/**
 * Retries for one client: throttled and transient failures, with exponential backoff and full jitter; when there are
 * tokens for them, the wire knows. `wait` waits (in ms) between two attempts, and rejects when `signal` is aborted.
 * The SDK's own strategies stop retrying when a quota of 500 is used up, which about 100 throttled requests do; in an
 * account with a low limit, resources would be lost to that. Aborting `signal` ends retrying.
 */
export function createRetryStrategy(signal: AbortSignal, wait: (ms: number) => Promise<void>): RetryStrategy {
  /** How often a request failed in passing; throttles on the way do not use up those attempts. */
  const transients = new WeakMap<object, number>();

  return {
    async acquireInitialRetryToken() {
      return token(0);
    },
    async refreshRetryTokenForRetry(previous, info) {
      if (signal.aborted) throw new Error('closed');
      const throttled = info.errorType === 'THROTTLING' || isThrottled(info.error);
      const count = previous.getRetryCount() + 1;
      const transient = (transients.get(previous) ?? 0) + (throttled ? 0 : 1);
      const isLost = throttled ? count >= ATTEMPTS.throttled : transient >= ATTEMPTS.transient;
      if (isLost || (!throttled && info.errorType !== 'TRANSIENT')) throw new Error('no attempts left');
      const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - 1));
      await wait(Math.random() * ceiling);
      const next = token(count);
      transients.set(next, transient);
      return next;
    },
    recordSuccess() {},
  };
}

/** Sends each request once. */
export const ONCE: RetryStrategy = {
  async acquireInitialRetryToken() {
    return token(0);
  },
  async refreshRetryTokenForRetry() {
    throw new Error('no attempts left');
  },
  recordSuccess() {},
};

function token(count: number) {
  return { getRetryCount: () => count, getRetryDelay: () => 0 };
}
