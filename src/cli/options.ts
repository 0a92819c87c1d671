import { type Command, InvalidArgumentError, Option } from 'commander';
import { cleanLines } from '../base/clean.js';
import { describeProblem, type Problem } from '../base/errors.js';
import type { Allowed } from '../iac/synthesis.js';

/** Options of every command that reads a repository and a cloud. */
export interface SourceOptions {
  ref?: string;
  config?: string;
  stack?: string[];
  region?: string[];
  provider?: string;
  snapshot?: string;
  concurrency?: number;
  ownerLimit?: number;
  timeout?: number;
  synth?: boolean;
}

/** What a saved report was made with does not change when it is read again. */
export const REPORT_CONFLICTS = ['ref', 'config', 'provider', 'snapshot', 'concurrency', 'synth'];

export const SYNTH = 'run the CDK apps that the configuration names, and read what they synthesise';

/** Adds the options that say what to read. */
export function addSourceOptions(command: Command): Command {
  return command
    .option('--ref <ref>', 'read templates and configuration at this commit, branch or tag, not the work tree')
    .option(
      '--config <file>',
      'the configuration, relative to the current directory (default: the nearest gitops-drift.yaml)',
    )
    .option('--stack <glob...>', 'only stacks with these names')
    .option('--region <region...>', 'only these regions; without a configuration: where to look for stacks')
    .addOption(
      new Option('--provider <name>', 'where live state comes from').choices(['aws', 'cloudformation', 'snapshot']),
    )
    .option('--snapshot <file>', 'recorded live state to compare with, instead of the cloud')
    .option('--synth', SYNTH)
    .option('--timeout <seconds>', 'longest time to wait for an answer of the cloud (default: 30)', positiveInteger)
    .option('--concurrency <n>', 'maximum number of concurrent requests (default: 25)', positiveInteger)
    .option(
      '--owner-limit <n>',
      'most stacks of a region to look through for what they put into resources of others (default: 500)',
      stackCount,
    );
}

/** The part of a scan request that these options make. */
export function sourceRequest(repository: string, options: SourceOptions) {
  const { ref, config, stack, region, provider, snapshot, concurrency, ownerLimit, timeout, synth } = options;
  const timeoutMs = timeout === undefined ? undefined : timeout * 1000;
  const source = { repository, ref, config, stacks: stack, regions: region, provider, snapshot };
  return { ...source, concurrency, ownerLimit, timeoutMs, synthesis: synthesisOf({ synth }) };
}

/**
 * What may be run. A pull request can write `run: true` into a configuration, too: that counts only where the environment
 * allows it.
 */
export function synthesisOf({ synth }: { synth?: boolean | undefined }): Allowed | undefined {
  if (synth) return 'all';
  return process.env['GITOPS_DRIFT_RUN'] === '1' ? 'configured' : undefined;
}

/** For repeatable options. */
export function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** Tells warnings on stderr. */
export function warn(warnings: readonly Problem[]): void {
  for (const warning of warnings) process.stderr.write(`warning: ${cleanLines(describeProblem(warning))}\n`);
}

function stackCount(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('a number from 0 to 999999 is wanted');
  return Number(value);
}

function positiveInteger(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 1000)
    throw new InvalidArgumentError('a number from 1 to 1000 is wanted');
  return number;
}
