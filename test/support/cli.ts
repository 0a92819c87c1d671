import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The command line, as it was built. */
export const BIN = fileURLToPath(new URL('../../bin/gitops-drift.js', import.meta.url));

/** What a run of the command line left behind. */
export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
}

declare global {
  /** Runs a program in a process that has loaded it already (`warm/environment.js`). */
  function runWarm(request: {
    program: 'gitops-drift' | 'gitops-drift-ci';
    /** What the program takes for its own file. */
    script: string;
    args: readonly string[];
    cwd: string;
    env: Record<string, string>;
  }): Promise<CliResult>;
}

/**
 * Runs the built command line, with none of this machine's AWS or Git configuration, in the worker's warm process: one run
 * at a time. What a process is in itself (signals, pipes that break, `NODE_OPTIONS`) is for `runFresh`.
 */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { cwd = process.cwd() } = options;
  const result = await runWarm({ program: 'gitops-drift', script: BIN, args, cwd, env: environment(options) });
  return { ...result };
}

/** Runs the built command line in a process of its own. */
export function runFresh(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { cwd = process.cwd() } = options;
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return resultOf(spawn(process.execPath, [BIN, ...args], { cwd, stdio, env: environment(options) }));
}

/** An environment with none of this machine's AWS or Git configuration. */
export function environment({ cwd, env = {} }: CliOptions): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: cwd ?? '/nonexistent',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    ...env,
  };
}

/** What a process leaves behind when it has ended. */
export function resultOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<CliResult> {
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}
