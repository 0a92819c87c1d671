import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/base/json.js';
import { markOfProcess, type RevertIo } from '../../src/cli/revert-io.js';
import type { RevertOptions } from '../../src/cli/revert-options.js';
import { runRevert } from '../../src/cli/revert-run.js';
import type { Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import { withAws } from './aws.js';
import { changeSetsIn, type SimulatedChangeSet } from './aws-simulator/change-sets.js';
import type { AwsSimulator, SimulatorOptions } from './aws-simulator/server.js';
import { ACCOUNT, makeScenario, REGION, type Scenario } from './patching.js';

/** A repository, and the simulated cloud that it is deployed to, in which somebody changed something. */
export interface RevertWorld {
  repository: string;
  cloud: SimulatorOptions;
}

/** What a run of `revert` left behind. */
export interface Reverted {
  exitCode: number;
  stdout: string;
  stderr: string;
}

type Io = Partial<Pick<RevertIo, 'signal' | 'ask' | 'now'>> & { pid?: number; isRunning?: (pid: number) => boolean };

/** Makes the repository of a scenario, and its cloud, which knows what was deployed. */
export function makeWorld(scenario: Scenario, options: Partial<SimulatorOptions> = {}): RevertWorld {
  const { repository, snapshot } = makeScenario(scenario);
  const deployed = readSnapshot(makeScenario({ ...scenario, drift: [] }).snapshot);
  const live = readSnapshot(snapshot);
  const expected = Object.fromEntries(
    (deployed.regions[REGION]?.stacks ?? []).flatMap(({ name, resources }) =>
      resources.map(({ logicalId, properties }) => [`${name}/${logicalId}`, (properties ?? {}) as JsonObject]),
    ),
  );
  return { repository, cloud: { accounts: { [ACCOUNT]: live }, ...options, drift: { expected, ...options.drift } } };
}

function readSnapshot(file: string): Snapshot {
  return JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
}

/** The change sets that a cloud has, those aside that were executed. */
export function leftIn({ cloud }: RevertWorld): readonly SimulatedChangeSet[] {
  return changeSetsIn(cloud).filter(({ execution }) => execution !== 'EXECUTE_COMPLETE');
}

/** Runs `revert` in this process, as its command does. */
export async function revertIn(
  { repository }: RevertWorld,
  options: RevertOptions = {},
  { pid = 4711, isRunning = () => false, ...io }: Io = {},
): Promise<Reverted> {
  const told: Reverted = { exitCode: -1, stdout: '', stderr: '' };
  function tell(text: string): void {
    told.stderr += `${text}\n`;
  }
  told.exitCode = await runRevert(
    repository,
    { provider: 'aws', ...options },
    {
      signal: new AbortController().signal,
      mark: markOfProcess('test', pid, isRunning),
      now: () => new Date('2026-04-01T00:00:00Z'),
      ...io,
      async print(text) {
        told.stdout += text;
      },
      tell,
      show: tell,
    },
  );
  return told;
}

/** Has something done while the cloud of a world can be reached. */
export function inWorld({ cloud }: RevertWorld, run: (aws: AwsSimulator) => Promise<void>): Promise<void> {
  return withAws(cloud, (_, aws) => run(aws));
}
