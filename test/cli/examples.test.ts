import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type AwsSimulator, startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { accountOf } from '../support/estate.js';
import { commitFiles, git, makeBareClone, makeRepository, temporaryDirectory } from '../support/repository.js';
import { type StandIns, startStandIns } from '../support/stand-in.js';

const ROLE = 'arn:aws:iam::111111111111:role/drift-reader';
const COMMANDS =
  'scan report patch baseline snapshot render explain-type init permissions doctor demo completion'.split(' ');

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

let aws: AwsSimulator;
let prepared: string;
let path: string;
let programs: StandIns;

/** A repository as the examples find it: with saved reports, recorded state and a remote. */
beforeAll(async () => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders-prod';
  const queue = {
    ...{ logicalId: 'Orders', type: 'AWS::SQS::Queue', physicalId: url },
    properties: { QueueName: 'orders-prod', QueueUrl: url, VisibilityTimeout: 90 },
  };
  const stack = { name: 'shop-prod', status: 'UPDATE_COMPLETE', template: TEMPLATE, parameters: { Env: 'prod' } };
  const cloud = accountOf('111111111111', { 'eu-west-1': [{ ...stack, resources: [queue] }] });
  aws = await startAwsSimulator({ accounts: { '111111111111': cloud }, roles: { [ROLE]: {} } });
  prepared = makeRepository({ 'templates/shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG });
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
  path = `${bin}:${process.env['PATH']}`;
  programs = await startStandIns();
  programs.write(join(bin, 'gitops-drift'), 'gitops-drift');
});

afterAll(async () => {
  programs.close();
  await aws.close();
});

/** Runs a line in a copy of the repository, as `~/infra`. */
function inRepository(line: string): Promise<{ exitCode: number; stderr: string }> {
  const home = temporaryDirectory();
  const cwd = join(home, 'infra');
  mkdirSync(cwd);
  cpSync(prepared, cwd, { recursive: true });
  // What `init` is for is not there yet.
  if (line.startsWith('gitops-drift init')) rmSync(join(cwd, 'gitops-drift.yaml'));
  const env = { ...aws.env, PATH: path, HOME: home, TMPDIR: home, GIT_CONFIG_NOSYSTEM: '1' };
  return new Promise((resolve) => {
    execFile('bash', ['-c', line], { cwd, env }, (error, _, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stderr });
    });
  });
}

/** The examples of a command's help, without what is said of them. */
async function examplesOf(command: string[]): Promise<string[]> {
  const { stdout } = await runCli([...command, '--help']);
  const [, block = ''] = /\nExamples:\n([\s\S]*?)(?:\n\n|\n?$)/.exec(stdout) ?? [];
  return block.split('\n').flatMap((line) => /^ {2}(\S.*?)(?: {2,}.*)?$/.exec(line)?.[1] ?? []);
}

describe('the examples in the help of', () => {
  test.each(['', ...COMMANDS])(
    '%s run',
    async (command) => {
      const examples = await examplesOf(command === '' ? [] : [command]);
      expect(examples.length).toBeGreaterThan(0);
      const report = JSON.parse(readFileSync(join(prepared, 'drift.json'), 'utf8')) as Report;
      const [finding] = report.findings;
      for (const example of examples) {
        // Sourcing needs the shell that it is for.
        if (/completion (?:zsh|fish)/.test(example)) continue;
        const line = example.replace(/(?<=--finding )\w+/, finding?.id ?? '');
        const { exitCode, stderr } = await inRepository(line);
        const isFine = example.includes('--strict') ? [0, 1, 3] : [0, 1];
        expect({ example, stderr, isFine: isFine.includes(exitCode) }).toEqual({ example, stderr, isFine: true });
        expect(stderr).not.toMatch(/^error:/m);
      }
    },
    300_000,
  );

  test('there is no command without any', async () => {
    const { stdout } = await runCli(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+) (?:\[|<| {2})/gm)].map(([, name]) => name);
    expect(commands.filter((name) => name !== 'help').sort()).toEqual([...COMMANDS].sort());
  });
});
