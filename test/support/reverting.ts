import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { cleanLines } from '../../src/base/clean.js';
import type { JsonObject } from '../../src/base/json.js';
import { markOfProcess, type RevertIo } from '../../src/cli/revert-io.js';
import type { RevertOptions } from '../../src/cli/revert-options.js';
import { runRevert } from '../../src/cli/revert-run.js';
import type { Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { scan } from '../../src/scan/scan.js';
import { withAws } from './aws.js';
import { changeSetsIn, type SimulatedChangeSet } from './aws-simulator/change-sets.js';
import type { AwsSimulator, SimulatorOptions } from './aws-simulator/server.js';
import { ACCOUNT, type Drift, makeScenario, REGION, type Scenario } from './patching.js';
import { HOME } from './pipeline.js';
import { temporaryDirectory } from './repository.js';

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

/** What somebody did there, by what kind of change that is. */
export const DRIFTS: readonly (readonly [string, Drift])[] = [
  ['a number', ['set', 'Orders/VisibilityTimeout', 90]],
  ['a boolean', ['set', 'Assets/PublicAccessBlockConfiguration/BlockPublicAcls', false]],
  ['a text', ['set', 'Worker/Description', 'changed']],
  ['a value in an object', ['set', 'Orders/RedrivePolicy/maxReceiveCount', 9]],
  ['a value in a list', ['set', 'Assets/LifecycleConfiguration/Rules/0/ExpirationInDays', 7]],
  ['an element that was added', ['insert', 'Worker/Layers/0', 'arn:aws:lambda:eu-west-1:111111111111:layer:other:2']],
  ['an element that was taken away', ['delete', 'Orders/Tags/1']],
  ['a variable', ['set', 'Worker/Environment/Variables/MODE', 'slow']],
  ['a policy', ['set', 'Role/AssumeRolePolicyDocument/Statement/0/Principal/Service', 'ec2.amazonaws.com']],
  ['a property that was taken away', ['delete', 'Role/MaxSessionDuration']],
  ['a resource that is gone', ['delete', 'Events']],
];

type Io = Partial<Pick<RevertIo, 'signal' | 'ask' | 'now'>> & { pid?: number; isRunning?: (pid: number) => boolean };

/** A stack with something of most kinds. */
export const TEMPLATE = `Parameters:
  Stage: { Type: String, Default: test }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      VisibilityTimeout: 60
      DelaySeconds: 5
      RedrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111111111111:dead", maxReceiveCount: 3 }
      Tags: [{ Key: stage, Value: !Ref Stage }, { Key: team, Value: shop }]
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: assets
      PublicAccessBlockConfiguration: { BlockPublicAcls: true }
      LifecycleConfiguration: { Rules: [{ Id: old, Status: Enabled, ExpirationInDays: 30 }] }
  Events:
    Type: AWS::SNS::Topic
    Properties: { TopicName: events, DisplayName: Events }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      Description: works
      Role: arn:aws:iam::111111111111:role/worker
      MemorySize: 128
      Environment: { Variables: { MODE: fast, DB_PASSWORD: hunter2hunter2 } }
      Layers: ["arn:aws:lambda:eu-west-1:111111111111:layer:base:1"]
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }
      MaxSessionDuration: 3600
`;

const URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders';
const TOPIC = 'arn:aws:sns:eu-west-1:111111111111:events';

/** The stack `shop`, in which somebody did something. */
export function scenarioOf(drift: readonly Drift[], more: Partial<Scenario> = {}): Scenario {
  const ids = { Orders: URL, Assets: 'assets', Events: TOPIC, Worker: 'worker', Role: 'worker' };
  return { name: 'shop', template: TEMPLATE, stacks: { shop: { Stage: 'prod' } }, ids, drift: [...drift], ...more };
}

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
    told.stderr += `${cleanLines(text)}\n`;
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

/** Scans a world, and saves the report for commands that take it. */
export async function savedReport({ repository }: RevertWorld): Promise<string> {
  const { report } = await scan({ repository, provider: 'aws' });
  return save(report);
}

/** A saved report, changed and saved elsewhere. */
export function changedReport(file: string, change: (report: Report) => void): string {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  change(report);
  return save(report);
}

function save(report: Report): string {
  const file = join(temporaryDirectory(), 'drift.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
}

/** The finding at a place, `Orders/DelaySeconds`, of a saved report. */
export function idAt(file: string, place: string): string {
  const { findings } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return findings.find(({ logicalId, path }) => `${logicalId}${path}` === place)?.id ?? `no finding at ${place}`;
}

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(HOME, 'schemas/revert.schema.json'), 'utf8')),
);

/** What is wrong with what `revert -o json` printed. */
export function schemaProblems(value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
