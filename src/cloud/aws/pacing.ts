import { isThrottled } from './errors.js';
import type { SteppedClient } from './middleware.js';
import type { Place } from './place.js';
import { createTokenBucket, type TokenBucket } from './token-bucket.js';
import { createWire } from './wire.js';

/** Has every request of a client, and every attempt of it, wait for its turn. */
export type Pacing = (client: SteppedClient, place: Place) => void;

/** Paces all clients of a session together: at most `concurrency` requests at a time until `signal` is aborted. */
export function createPacing(concurrency: number, signal: AbortSignal): Pacing {
  const wire = createWire({ concurrency, signal, isThrottled });
  const buckets = new Map<string, TokenBucket>();

  /** AWS meters each operation by itself, in each region of an account; roles of one account share what it gives. */
  function bucketOf({ region, roleArn = '' }: Place, operation: string): TokenBucket {
    const key = `${roleArn.split(':')[4] ?? ''} ${region} ${operation}`;
    const bucket = buckets.get(key) ?? createTokenBucket();
    buckets.set(key, bucket);
    return bucket;
  }

  return ({ middlewareStack }, place) => {
    middlewareStack.addRelativeTo(
      (next, { commandName = '' }) => {
        const bucket = bucketOf(place, commandName);
        return (input) => wire.send(bucket, () => next(input));
      },
      // The last step but sending; what waits is ready to be sent.
      { name: 'pacing', relation: 'after', toMiddleware: 'httpSigningMiddleware' },
    );
  };
}
