import type { TokenBucket } from './token-bucket.js';

/** Where requests wait until there is room for them and their bucket has a token. */
export interface Wire {
  /** Sends a request, some time; gives or throws what comes of it. */
  send<T>(bucket: TokenBucket, request: () => Promise<T>): Promise<T>;
}

export interface WireOptions {
  /** Most requests at a time. */
  concurrency: number;
  /** Aborting it rejects what still waits. */
  signal: AbortSignal;
  isThrottled(error: unknown): boolean;
  /** A clock in ms, and what runs a task after as many. */
  now?: () => number;
  schedule?: (task: () => void, ms: number) => void;
}

type Start = (error?: Error) => void;

/**
 * The bound on requests that all clients of a session share. Buckets take turns, and one that has no token holds up
 * none of the others.
 */
export function createWire({ concurrency, signal, isThrottled, ...time }: WireOptions): Wire {
  const { now = () => performance.now(), schedule = setTimeout } = time;
  const waiting = new Map<TokenBucket, Start[]>();
  let underWay = 0;
  let wakesAt = Number.POSITIVE_INFINITY;

  signal.addEventListener('abort', () => {
    const starts = [...waiting.values()].flat();
    waiting.clear();
    for (const each of starts) each(new Error('closed'));
  });

  /** Starts what can be started now; wakes again when the next token is due. */
  function next(): void {
    while (underWay < concurrency && waiting.size > 0) {
      const { ready, wait } = firstReady(waiting.keys());
      if (ready === undefined) {
        wake(wait);
        return;
      }
      start(ready);
    }
  }

  function start(bucket: TokenBucket): void {
    const starts = waiting.get(bucket) ?? [];
    // To the end of the row, behind the other buckets.
    waiting.delete(bucket);
    underWay += 1;
    starts.shift()?.();
    if (starts.length > 0) waiting.set(bucket, starts);
  }

  function wake(ms: number): void {
    const at = now() + ms;
    if (at >= wakesAt) return;
    wakesAt = at;
    schedule(() => {
      if (wakesAt === at) wakesAt = Number.POSITIVE_INFINITY;
      next();
    }, Math.ceil(ms));
  }

  function turn(bucket: TokenBucket): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Error('closed'));
      const starts = waiting.get(bucket) ?? [];
      waiting.set(bucket, starts);
      starts.push((error) => (error ? reject(error) : resolve()));
      next();
    });
  }

  return {
    async send(bucket, request) {
      await turn(bucket);
      const sentAt = now();
      try {
        const answer = await request();
        bucket.answered();
        return answer;
      } catch (error) {
        if (isThrottled(error)) bucket.throttled(sentAt);
        else bucket.answered();
        throw error;
      } finally {
        underWay -= 1;
        next();
      }
    },
  };
}

/** The first bucket that has a token, which is taken; or in how many ms one will have. */
function firstReady(buckets: Iterable<TokenBucket>): { ready?: TokenBucket; wait: number } {
  let wait = Number.POSITIVE_INFINITY;
  for (const bucket of buckets) {
    const ms = bucket.take();
    if (ms === 0) return { ready: bucket, wait: 0 };
    wait = Math.min(wait, ms);
  }
  return { wait };
}
