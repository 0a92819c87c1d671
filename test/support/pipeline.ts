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
  return resultOf(spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: environment(cwd, env) }));
}

/** Runs `gitops-drift-ci` as a pipeline would, in the worker's warm process. */
export async function runCi(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<CliResult> {
  const script = `${HOME}/bin/gitops-drift-ci.js`;
  return { ...(await runWarm({ program: 'gitops-drift-ci', script, args, cwd, env: environment(cwd, env) })) };
}

function environment(cwd: string, env: Record<string, string>): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: cwd,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
}

/** What a step wrote into `$GITHUB_OUTPUT`. */
export function outputsOf(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
