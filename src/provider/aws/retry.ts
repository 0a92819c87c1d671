import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { createPace } from './pace.js';

/** The SDK's port for retries (`RetryStrategyV2`), by way of a client that takes it. */
export type RetryStrategy = Extract<CloudFormationClientConfig['retryStrategy'], { acquireInitialRetryToken: unknown }>;
type ErrorInfo = Parameters<RetryStrategy['refreshRetryTokenForRetry']>[1];

/** A throttled request is not lost as long as AWS answers others; a broken network is told soon. */
const ATTEMPTS = { throttled: 12, transient: 5 };
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 20_000;

/**
 * Retries for one client: throttled and transient failures, with exponential backoff and full jitter, at a common pace.
 * The SDK's own strategies stop retrying when a quota of 500 is used up, which about 100 throttled requests do; in an
 * account with a low limit, resources would be lost to that. Aborting `signal` ends waiting and retrying.
 */
export function createRetryStrategy(signal: AbortSignal): RetryStrategy {
  const pace = createPace();
  /** How often a request failed in passing; throttles on the way do not use up those attempts. */
  const transients = new WeakMap<object, number>();

  async function wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal });
  }

  return {
    async acquireInitialRetryToken() {
      await wait(pace.reserve());
      return token(0);
    },
    async refreshRetryTokenForRetry(previous, info) {
      if (signal.aborted) throw new Error('closed');
      const throttled = isThrottled(info);
      if (throttled) pace.throttled();
      const count = previous.getRetryCount() + 1;
      const transient = (transients.get(previous) ?? 0) + (throttled ? 0 : 1);
      const isLost = throttled ? count >= ATTEMPTS.throttled : transient >= ATTEMPTS.transient;
      if (isLost || (!throttled && info.errorType !== 'TRANSIENT')) throw new Error('no attempts left');
      const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - 1));
      await wait(Math.random() * ceiling);
      await wait(pace.reserve());
      const next = token(count);
      transients.set(next, transient);
      return next;
    },
    recordSuccess() {
      pace.succeeded();
    },
  };
}

function token(count: number) {
  return { getRetryCount: () => count, getRetryDelay: () => 0 };
}

/** Cloud Control passes on the throttling of the service behind it as a `GeneralServiceException`, told only in its text. */
function isThrottled(info: ErrorInfo): boolean {
  if (info.errorType === 'THROTTLING') return true;
  const error: unknown = info.error;
  return error instanceof Error && /\brate exceeded\b|\bthrottl/i.test(error.message);
}
