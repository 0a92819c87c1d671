import { EXIT } from '../base/exit-codes.js';

type Signal = 'SIGINT' | 'SIGTERM';

/** What a signal does; by itself it ends the process. */
let heed: (signal: Signal) => void = endAtOnce;

const LISTENERS = { SIGINT: () => heed('SIGINT'), SIGTERM: () => heed('SIGTERM') };

/** Has the process end with the code of the contract when it is interrupted. */
export function heedSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.off(signal, LISTENERS[signal]).on(signal, LISTENERS[signal]);
}

/** Says that a signal has ended what came to no result, what became of it, and gives the exit code of that. */
export function interruptedBy(signal: Signal, so = 'nothing was reported'): number {
  process.stderr.write(`\ninterrupted by ${signal}: ${so}\n`);
  return signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
}

/**
 * Runs what goes on until it is told to stop: by a first signal, or since nobody reads its output any more. A second signal
 * ends the process at once.
 */
export async function untilInterrupted(work: (stop: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController();
  const leave = () => stop.abort();
  heed = (signal) => {
    heed = endAtOnce;
    stop.abort(signal);
  };
  process.stdout.on('error', leave);
  try {
    return await work(stop.signal);
  } finally {
    heed = endAtOnce;
    process.stdout.off('error', leave);
  }
}

function endAtOnce(signal: Signal): void {
  process.exit(interruptedBy(signal));
}
