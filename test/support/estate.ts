import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Snapshot, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { type AwsSimulator, type SimulatorOptions, startAwsSimulator } from './aws-simulator/server.js';
import { type CliResult, runCli } from './cli.js';
import { type Files, makeRepository } from './repository.js';

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

/** A run of the command line against a simulated AWS, with its report where that is JSON. */
export interface EstateRun extends CliResult {
  report: Report;
  aws: AwsSimulator;
}

/** Runs `gitops-drift scan -o json …` in a new repository with these files. */
export async function scanEstate(files: Files, cloud: SimulatorOptions, args: string[] = []): Promise<EstateRun> {
  return runEstate(files, cloud, ['scan', '-o', 'json', ...args]);
}

/**
 * Runs any command in a new repository with these files; its environment finds the simulated AWS. A scan's JSON is held to
 * the report's schema.
 */
export async function runEstate(files: Files, cloud: SimulatorOptions, args: string[]): Promise<EstateRun> {
  const cwd = makeRepository(files);
  const aws = await startAwsSimulator(cloud);
  try {
    const result = await runCli(args, { cwd, env: aws.env });
    const report = (result.stdout.startsWith('{') ? JSON.parse(result.stdout) : {}) as Report;
    if (args[0] === 'scan' && result.stdout.startsWith('{') && !validate(report))
      throw new Error(JSON.stringify(validate.errors));
    return { ...result, report, aws };
  } finally {
    await aws.close();
  }
}

/** What an account holds, by region. */
export function accountOf(account: string, regions: Record<string, SnapshotStack[]>): Snapshot {
  return {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account,
    regions: Object.fromEntries(Object.entries(regions).map(([region, stacks]) => [region, { stacks }])),
  };
}
