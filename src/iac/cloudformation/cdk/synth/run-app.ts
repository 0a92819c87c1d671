import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { systemReason } from '../../../../base/system-reason.js';

/** A program to run, and how. */
export interface AppRun {
  /** The program and its arguments; no shell reads them. */
  words: readonly string[];
  /** The folder it is run in. */
  directory: string;
  environment: NodeJS.ProcessEnv;
  /** After so many milliseconds it is stopped. */
  longestMs: number;
  /** Stops it. */
  signal?: AbortSignal | undefined;
  /** Told what it prints, by whole lines; without it that goes nowhere. */
  onOutput?: ((text: string) => void) | undefined;
}

/** How a program ended: by itself, by us, or without ever having begun. */
export type AppEnd =
  | { kind: 'ended'; exitCode: number }
  | { kind: 'killed'; signal: string }
  | { kind: 'too-long' }
  | { kind: 'not-started'; reason: string };

/**
 * Runs a program to its end. It and all that it has started are stopped when it takes too long, when the signal says so,
 * and when this process ends; what it leaves running is stopped as well. Rejects with the signal's reason.
 */
export function runApp(run: AppRun): Promise<AppEnd> {
  const { longestMs, signal, onOutput } = run;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = started(run);
    if ('reason' in child) return resolve({ kind: 'not-started', ...child });
    let isTooLong = false;
    const stop = () => killAll(child);
    const timer = setTimeout(() => {
      isTooLong = true;
      stop();
    }, longestMs);
    process.once('exit', stop);
    signal?.addEventListener('abort', stop, { once: true });
    if (onOutput !== undefined) for (const stream of [child.stdout, child.stderr]) tellLines(stream, onOutput);

    function finish(end: AppEnd): void {
      clearTimeout(timer);
      process.off('exit', stop);
      signal?.removeEventListener('abort', stop);
      stop();
      if (signal?.aborted) reject(signal.reason);
      else resolve(end);
    }
    child.once('error', (error) => finish({ kind: 'not-started', reason: systemReason(error) }));
    // Not `close`: what it has started may hold its output open for ever.
    child.once('exit', (exitCode, killedBy) => {
      if (isTooLong) finish({ kind: 'too-long' });
      else if (exitCode === null) finish({ kind: 'killed', signal: killedBy ?? 'a signal' });
      else finish({ kind: 'ended', exitCode });
    });
  });
}

/** Node throws some of the reasons for which nothing can be started, as a word that holds a NUL, and tells others later. */
function started({ words, directory, environment, onOutput }: AppRun): ChildProcess | { reason: string } {
  const [program = '', ...args] = words;
  const output = onOutput === undefined ? 'ignore' : 'pipe';
  try {
    return spawn(program, args, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', output, output],
      windowsHide: true,
      // A group of its own, so that what it starts can be stopped with it.
      detached: process.platform !== 'win32',
    });
  } catch (error) {
    return { reason: systemReason(error as NodeJS.ErrnoException) };
  }
}

/** Stops a program and what it has started. */
function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

/** Longer lines are told in parts. */
const LONGEST_LINE = 8_000;

function tellLines(stream: NodeJS.ReadableStream | null, onOutput: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream?.on('data', (bytes: Buffer) => {
    const lines = (rest + decoder.write(bytes)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onOutput(line);
    if (rest.length < LONGEST_LINE) return;
    onOutput(rest);
    rest = '';
  });
  stream?.on('end', () => {
    if (rest !== '') onOutput(rest);
  });
  stream?.on('error', () => undefined);
}
