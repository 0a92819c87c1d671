import { setTimeout } from 'node:timers/promises';
import { InvalidArgumentError } from 'commander';

/** The time, as a watch goes by it. */
export interface Clock {
  now(): Date;
  /** Waits, or until the signal is aborted. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
/** Sooner, a cloud is asked more than it answers; timers take no more than 24 days. */
const SHORTEST_MS = 10_000;
const LONGEST_MS = 24 * 3_600_000;

export const CLOCK: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => undefined),
};

/** `30s`, `5m` or `1h` in ms. Throws commander's error for anything else. */
export function readInterval(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  if (unit === '') throw new InvalidArgumentError('a number with s, m or h is wanted, such as 30s, 5m or 1h');
  if (ms < SHORTEST_MS || ms > LONGEST_MS) throw new InvalidArgumentError('an interval from 10s to 24h is wanted');
  return ms;
}
