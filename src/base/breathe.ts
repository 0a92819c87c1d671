import { setImmediate } from 'node:timers/promises';

/**
 * Lets the process look up from its work: signals and the cloud's answers wait until then. Awaiting what is there already
 * is not enough. What works through untrusted input does so piece by piece, and breathes in between.
 */
export function breathe(): Promise<void> {
  return setImmediate();
}
