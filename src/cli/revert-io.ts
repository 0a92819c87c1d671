import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { cleanLines } from '../base/clean.js';
import { DriftError } from '../base/errors.js';
import { writeStdout } from '../base/streams.js';
import { systemReason } from '../base/system-reason.js';
import { isRunning } from '../base/temporary.js';
import type { RunMark } from '../revert/own.js';
import { createProgressLine } from './progress.js';

/** What a run of `revert` has around it. */
export interface RevertIo {
  /** Aborted by SIGINT and SIGTERM, with the signal's name for a reason. */
  signal: AbortSignal;
  mark: RunMark;
  now(): Date;
  /** Asks on the terminal; absent where there is none. Undefined: cancelled. */
  ask?: (question: string) => Promise<string | undefined>;
  /** A result, as it is. */
  print(text: string): Promise<void>;
  /** Everything else. */
  tell(text: string): void;
  /** What goes on, for a while. */
  show(text: string): void;
}

/** The standard streams, and a terminal where there is one. */
export function standardIo(signal: AbortSignal): RevertIo {
  const line = createProgressLine(process.stderr, true);
  function tell(text: string): void {
    line.clear();
    process.stderr.write(`${cleanLines(text)}\n`);
  }
  return {
    signal,
    mark: markOfProcess(hostname(), process.pid),
    now: () => new Date(),
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { ask: (question: string) => askOnTerminal(question, signal) }
      : {}),
    print(text) {
      line.clear();
      return writeStdout(text);
    },
    tell,
    show: process.stderr.isTTY ? (text) => line.say(text) : tell,
  };
}

/** The mark of a process of this machine; machines are told apart by a digest of their names. */
export function markOfProcess(machine: string, pid: number, runs: (pid: number) => boolean = isRunning): RunMark {
  const here = createHash('sha256').update(machine).digest('hex').slice(0, 8);
  return {
    text: `${here}-${pid}`,
    isAlive(mark) {
      const [, there, number] = /^([0-9a-f]{8})-(\d{1,10})$/.exec(mark) ?? [];
      if (there !== here) return undefined;
      // An earlier process may have had the number that this one has now, as in containers.
      return Number(number) !== pid && runs(Number(number));
    },
  };
}

async function askOnTerminal(question: string, signal: AbortSignal): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const cancelled = new AbortController();
  terminal.on('SIGINT', () => cancelled.abort()).on('close', () => cancelled.abort());
  try {
    return await terminal.question(cleanLines(question), { signal: AbortSignal.any([signal, cancelled.signal]) });
  } catch (error) {
    if (cancelled.signal.aborted && !signal.aborted) return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}

/** Appends a line to a file. Throws a `DriftError` where that can't be done. */
export async function appendLine(file: string, value: unknown): Promise<void> {
  try {
    await appendFile(file, `${JSON.stringify(value)}\n`);
  } catch (cause) {
    const message = `can't write: ${systemReason(cause as NodeJS.ErrnoException)}`;
    const hint = 'name a file in a folder that exists and can be written to';
    throw new DriftError('usage', [{ code: 'usage-not-writable', message, file, hint }], { cause });
  }
}
