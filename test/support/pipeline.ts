import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CliResult, resultOf } from './cli.js';

/** The project's folder. */
export const HOME = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program as a pipeline would, with nothing of this machine's but the PATH, and the variables given. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<CliResult> {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: cwd,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
  return resultOf(child);
}

/** Runs `gitops-drift-ci`. */
export function runCi(args: readonly string[], options: { cwd: string; env?: Record<string, string> }) {
  return run(process.execPath, [`${HOME}/bin/gitops-drift-ci.js`, ...args], options);
}

/** What a step wrote into `$GITHUB_OUTPUT`. */
export function outputsOf(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
