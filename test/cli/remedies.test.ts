import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeScenario, REGION, type Scenario } from '../support/patching.js';
import { git } from '../support/repository.js';

const SCENARIO: Scenario = {
  name: 'shop',
  template: `Parameters:
  Stage: { Type: String, Default: test }
  Secret: { Type: String, NoEcho: true, Default: x }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      DelaySeconds: 5
  Role:
    Type: AWS::IAM::Role
    Properties: { RoleName: !Ref Stage }
  Events:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Events }
`,
  stacks: { shop: { Stage: 'prod', Secret: '****' } },
  drift: [
    ['set', 'Orders/VisibilityTimeout', 90],
    ['set', 'Orders/DelaySeconds', 9],
    ['delete', 'Events'],
  ],
};

async function scanned(repository: string, ...args: string[]): Promise<Finding[]> {
  const { stdout, stderr } = await runCli(['scan', '-o', 'json', ...args], { cwd: repository });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as Report).findings;
}

function commandOf({ remedies = [] }: Finding, way: string): string[] {
  const command = remedies.find((remedy) => remedy.way === way)?.command ?? '';
  const script = `set -- ${command}\nfor word; do printf '%s\\0' "$word"; done`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

function placeOf({ logicalId, path }: Finding): string {
  return logicalId + path;
}

describe('the ways out of a finding', () => {
  test('adopting by the very command settles it and no other', async () => {
    const { repository, snapshot } = makeScenario(SCENARIO);
    const [first, ...others] = await scanned(repository, '--snapshot', snapshot);
    const [tool, ...args] = commandOf(first as Finding, 'adopt');
    expect(tool).toBe('gitops-drift');
    const run = await runCli(args, { cwd: repository });
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('patched 1 finding') });
    const after = await scanned(repository, '--snapshot', snapshot);
    expect(after.filter(({ verdict }) => verdict === 'drift').map(placeOf)).toEqual(others.map(placeOf));
  });

  test('a resource that is gone is taken out of the template by it', async () => {
    const { repository, snapshot } = makeScenario(SCENARIO);
    const findings = await scanned(repository, '--snapshot', snapshot);
    const gone = findings.find(({ kind }) => kind === 'deleted') as Finding;
    const { exitCode } = await runCli(commandOf(gone, 'adopt').slice(1), { cwd: repository });
    expect(exitCode).toBe(0);
    const after = await scanned(repository, '--snapshot', snapshot);
    expect(after.filter(({ kind }) => kind === 'deleted')).toEqual([]);
  });

  test('no command takes one out that something else refers to', async () => {
    const { repository, snapshot } = makeScenario({
      ...SCENARIO,
      template: SCENARIO.template.replace('DisplayName: Events', 'DisplayName: !GetAtt Orders.QueueName'),
      drift: [['delete', 'Orders']],
    });
    const [gone] = await scanned(repository, '--snapshot', snapshot);
    const adopt = gone?.remedies?.find(({ way }) => way === 'adopt');
    expect(adopt).toEqual({
      way: 'adopt',
      note: expect.stringContaining('by hand: the resource is gone: create it again'),
    });
    expect(gone?.patch).toEqual({
      status: 'refused',
      reason: expect.stringContaining('or take it out of Git by hand: '),
    });
  });

  test('of a scanned commit the edit goes on a branch', async () => {
    const { repository, snapshot } = makeScenario(SCENARIO);
    const [first] = await scanned(repository, '--snapshot', snapshot, '--ref', 'main');
    git(repository, 'config', 'user.name', 'Ada');
    git(repository, 'config', 'user.email', 'ada@example.com');
    const { exitCode, stderr } = await runCli(commandOf(first as Finding, 'adopt').slice(1), { cwd: repository });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`adopt-${first?.id}`) });
  });

  test('reverting goes by the command that makes the change set, in the cloud', async () => {
    const { repository, snapshot } = makeScenario(SCENARIO);
    const [first] = await scanned(repository, '--snapshot', snapshot);
    expect(commandOf(first as Finding, 'revert')).toEqual([
      ...['gitops-drift', 'revert', '--provider', 'aws', '--stack', 'shop', '--finding', first?.id],
    ]);
  });

  test('where no edit can be proven, and of what does not count, no command is made up', async () => {
    const entry = (name: string) => `  - { name: ${name}, template: templates/shop.yaml, region: ${REGION} }\n`;
    const ignored = 'ignore:\n  - { path: /DelaySeconds, reason: tuned by hand }\n';
    const { repository, snapshot } = makeScenario({
      ...SCENARIO,
      files: { 'gitops-drift.yaml': `version: 1\nstacks:\n${entry('shop')}${entry('shop-2')}${ignored}` },
      stacks: { shop: {}, 'shop-2': {} },
      drift: [
        ['set', 'shop:Orders/VisibilityTimeout', 90],
        ['set', 'shop:Orders/DelaySeconds', 9],
      ],
    });
    const findings = await scanned(repository, '--snapshot', snapshot);
    const waysOf = (path: string) => findings.find((each) => each.path === path)?.remedies;
    expect(waysOf('/DelaySeconds')).toBeUndefined();
    expect(waysOf('/VisibilityTimeout')?.[0]).toEqual({ way: 'adopt', note: expect.stringContaining('by hand: ') });
    expect(waysOf('/VisibilityTimeout')?.[1]?.command).toContain('gitops-drift revert ');
  });
});
