import type { AwsSession } from '../session.js';

/** Waits longer each time; rejects with the signal's reason as soon as that is aborted. */
export function createWaiting(session: AwsSession, [first, longest]: readonly [number, number], signal?: AbortSignal) {
  let next = first;
  return async (): Promise<void> => {
    signal?.throwIfAborted();
    const stopped = once(signal);
    try {
      await Promise.race([session.wait(next), stopped.promise]);
    } finally {
      stopped.forget();
    }
    next = Math.min(longest, next * 1.5);
  };
}

/** A promise that rejects when a signal is aborted. */
function once(signal: AbortSignal | undefined): { promise: Promise<never>; forget(): void } {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
  });
  signal?.addEventListener('abort', stop, { once: true });
  return { promise, forget: () => signal?.removeEventListener('abort', stop) };
}
