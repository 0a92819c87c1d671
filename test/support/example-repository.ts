import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AwsSimulator, startAwsSimulator } from './aws-simulator/server.js';
import { runCli } from './cli.js';
import { accountOf } from './estate.js';
import { commitFiles, git, makeBareClone, makeRepository, temporaryDirectory } from './repository.js';
import { type StandIns, startStandIns } from './stand-in.js';

const BIN = fileURLToPath(new URL('../../bin/gitops-drift.js', import.meta.url));
const ROLE = 'arn:aws:iam::111111111111:role/drift-reader';

const TEMPLATE = `Parameters:
  Env: { Type: String, Default: prod }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub "orders-\${Env}", VisibilityTimeout: 60 }
`;
const CONFIG = `version: 1
accounts:
  - { id: "111111111111", name: prod, regions: [eu-west-1], roleArn: "${ROLE}" }
stacks:
  - { name: shop-prod, template: templates/shop.yaml, account: prod }
`;

/** A repository as the examples find it: with saved reports, recorded state and a remote, and the cloud that it is deployed to. */
export interface ExampleRepository {
  folder: string;
  /** Runs a line of a shell in a copy of the repository, as `~/infra`. */
  run(line: string): Promise<{ exitCode: number; stderr: string }>;
  close(): Promise<void>;
}

export async function startExampleRepository(): Promise<ExampleRepository> {
  const url = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders-prod';
  const queue = {
    ...{ logicalId: 'Orders', type: 'AWS::SQS::Queue', physicalId: url },
    properties: { QueueName: 'orders-prod', QueueUrl: url, VisibilityTimeout: 90 },
  };
  const stack = { name: 'shop-prod', status: 'UPDATE_COMPLETE', template: TEMPLATE, parameters: { Env: 'prod' } };
  const cloud = accountOf('111111111111', { 'eu-west-1': [{ ...stack, resources: [queue] }] });
  const aws: AwsSimulator = await startAwsSimulator({ accounts: { '111111111111': cloud }, roles: { [ROLE]: {} } });
  const prepared = makeRepository({ 'templates/shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
  git(prepared, 'config', 'user.name', 'Ada');
  git(prepared, 'config', 'user.email', 'ada@example.com');
  git(prepared, 'remote', 'add', 'origin', makeBareClone(prepared));
  git(prepared, 'fetch', '--quiet', 'origin');
  for (const args of [
    ['scan', '-o', 'json=drift.json'],
    ['scan', '-o', 'json=yesterday.json'],
    ['scan', '--shard', '1/2', '-o', 'json=drift-1.json'],
    ['scan', '--shard', '2/2', '-o', 'json=drift-2.json'],
    ['snapshot', '-o', 'live.json'],
  ]) {
    const { exitCode, stderr } = await runCli(args, { cwd: prepared, env: aws.env });
    if (exitCode === 2) throw new Error(stderr);
  }
  commitFiles(prepared, {});
  const bin = temporaryDirectory();
  const path = `${bin}:${process.env['PATH']}`;
  const programs: StandIns = await startStandIns();
  programs.write(join(bin, 'gitops-drift'), 'gitops-drift');
  // What is stopped by a signal needs a process of its own.
  const fresh = temporaryDirectory();
  writeFileSync(join(fresh, 'gitops-drift'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(join(fresh, 'gitops-drift'), 0o755);

  function run(line: string): Promise<{ exitCode: number; stderr: string }> {
    const home = temporaryDirectory();
    const cwd = join(home, 'infra');
    mkdirSync(cwd);
    cpSync(prepared, cwd, { recursive: true });
    // What `init` is for is not there yet.
    if (line.startsWith('gitops-drift init')) rmSync(join(cwd, 'gitops-drift.yaml'));
    const isWatch = line.includes(' --watch ');
    const env = {
      ...aws.env,
      PATH: isWatch ? `${fresh}:${path}` : path,
      HOME: home,
      TMPDIR: home,
      GIT_CONFIG_NOSYSTEM: '1',
    };
    return new Promise((resolve) => {
      const child = execFile('bash', ['-c', isWatch ? `exec ${line}` : line], { cwd, env }, (error, _, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code), stderr });
      });
      // A watch has printed its first report then.
      if (isWatch) child.stdout?.once('data', () => child.kill());
    });
  }

  async function close(): Promise<void> {
    programs.close();
    await aws.close();
  }
  return { folder: prepared, run, close };
}
