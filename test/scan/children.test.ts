import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordStacks } from '../../src/scan/record.js';
import { scan } from '../../src/scan/scan.js';
import { scanFiles } from '../support/memory.js';
import { makeRepository } from '../support/repository.js';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
const UUID = '0c0ffee0-1111-4222-8333-444455556666';
const URL = 'https://s3.amazonaws.com/bucket/9f8e.template';

function arn(name: string, account = ACCOUNT): string {
  return `arn:aws:cloudformation:${REGION}:${account}:stack/${name}/${UUID}`;
}

const PARENT = `Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: "${URL}", Parameters: {Delay: 5}}
`;
const CHILD = `Parameters: {Delay: {Type: Number}}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: own, DelaySeconds: !Ref Delay}}
  Café: {Type: AWS::SNS::Topic, Properties: {DisplayName: "caf? bar"}}
`.replace('Café', 'Cafe');

interface Recorded {
  name: string;
  template?: string | null;
  parameters?: Record<string, string>;
  resources: object[];
}

function parent(more: Partial<Recorded> = {}): Recorded {
  const net = {
    logicalId: 'Net',
    type: 'AWS::CloudFormation::Stack',
    physicalId: arn('shop-Net-1A'),
    properties: { TemplateURL: URL, Parameters: { Delay: '5' } },
  };
  return { name: 'shop', template: PARENT, resources: [net], ...more };
}

function child(delay: number, more: Partial<Recorded> = {}): Recorded {
  const queue = { QueueName: 'own', DelaySeconds: delay };
  const resources = [
    { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'q', properties: queue },
    { logicalId: 'Cafe', type: 'AWS::SNS::Topic', physicalId: 't', properties: { DisplayName: 'café bar' } },
  ];
  return { name: 'shop-Net-1A', template: CHILD, parameters: { Delay: '5' }, resources, ...more };
}

const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks: [{name: shop, template: shop.yaml, region: ${REGION}}]
`;

function files(stacks: Recorded[], more: Record<string, string> = {}): Record<string, string> {
  const regions = { [REGION]: { stacks } };
  const snapshot = { snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: ACCOUNT, regions };
  return { 'gitops-drift.yaml': CONFIG, 'shop.yaml': PARENT, 'live.json': JSON.stringify(snapshot), ...more };
}

async function report(stacks: Recorded[], more: Record<string, string> = {}) {
  const result = await scanFiles(files(stacks, more), { patch: {} });
  return result.report;
}

describe('a nested stack that is deployed from a URL', () => {
  test('is compared with the template in Git of the same text, and the values of its parent', async () => {
    const { stacks, findings, summary } = await report([parent(), child(9)], { 'templates/net.yaml': CHILD });
    expect(stacks[1]).toMatchObject({ name: 'shop/Net', deployedAs: 'shop-Net-1A', template: 'templates/net.yaml' });
    expect(stacks.map(({ source }) => source)).toEqual(['git', 'git']);
    const queue = findings.find(({ logicalId }) => logicalId === 'Queue');
    expect(queue).toMatchObject({ stack: 'shop/Net', path: '/DelaySeconds', live: 9, location: { file: 'shop.yaml' } });
    expect(summary.exitCode).toBe(1);
  });

  test('is compared with what it was deployed from where Git has no such template', async () => {
    const { stacks, findings, resources, summary } = await report([parent(), child(9)]);
    expect(stacks[1]).toMatchObject({ name: 'shop/Net', template: null, source: 'deployed', status: 'scanned' });
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding).toMatchObject({
      logicalId: 'Queue',
      verdict: 'drift',
      live: 9,
      patch: { status: 'none', reason: 'Git has no template for this stack: put it there to be offered an edit' },
    });
    expect(finding).not.toHaveProperty('location');
    expect(finding?.remedies?.[0]).toEqual({ way: 'adopt', note: expect.stringContaining('by hand') });
    expect(summary.exitCode).toBe(1);
    // What CloudFormation does not return of its text is not known.
    const topic = resources.find(({ logicalId }) => logicalId === 'Cafe');
    expect(topic).toMatchObject({ status: 'inSync', unverifiable: [{ path: '/DisplayName' }] });
  });

  test('in sync is in sync, and everything was looked at', async () => {
    const { stacks, summary, coverage } = await report([parent(), child(5)]);
    expect(stacks).toHaveLength(2);
    expect(summary.exitCode).toBe(0);
    expect(coverage?.stacks).toMatchObject({ looked: 2, notLooked: [] });
  });

  test('that can not be read is an error, never silent', async () => {
    const { stacks, summary, coverage } = await report([parent()]);
    expect(stacks[1]).toMatchObject({ name: 'shop/Net', template: null, status: 'error' });
    expect(coverage?.stacks.notLooked).toMatchObject([{ name: 'shop/Net' }]);
    expect(summary.exitCode).toBe(2);
  });

  test('without any template, in Git or deployed, is an error', async () => {
    const { stacks } = await report([parent(), child(5, { template: null })]);
    expect(stacks[1]?.error).toContain('stack shop-Net-1A has no template in Git');
  });

  test('is scanned once where it is configured by itself', async () => {
    const config = CONFIG.replace('stacks: [', `stacks: [{name: shop-Net-1A, template: net.yaml, region: ${REGION}}, `);
    const { stacks, coverage } = await report([parent(), child(5)], { 'net.yaml': CHILD, 'gitops-drift.yaml': config });
    expect(stacks.map(({ name }) => name)).toEqual(['shop-Net-1A', 'shop']);
    expect(coverage?.stacks.notLooked).toEqual([]);
  });

  test('is recorded in a snapshot, so that a scan of it says the same', async () => {
    const root = makeRepository(files([parent(), child(9)]));
    const { snapshot } = await recordStacks({ repository: root });
    const path = join(mkdtempSync(join(tmpdir(), 'children-')), 'recorded.json');
    writeFileSync(path, JSON.stringify(snapshot));
    const ids = async (request: object) =>
      (await scan({ repository: root, ...request })).report.findings.map(({ id, stack }) => `${stack} ${id}`);
    const first = await ids({});
    expect(first).toHaveLength(1);
    expect(await ids({ snapshot: path })).toEqual(first);
  });
});

describe('the instances of a stack set', () => {
  const SET = `Resources:
  Guard:
    Type: AWS::CloudFormation::StackSet
    Properties: {StackSetName: guard, PermissionModel: SELF_MANAGED}
`;
  const INSTANCE = 'Resources:\n  Queue: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 5}}\n';

  function owner(accounts: string[], regions = [REGION], units: string[] = []): Recorded {
    const targets = { Accounts: accounts, OrganizationalUnitIds: units };
    const properties = {
      StackSetName: 'guard',
      PermissionModel: 'SELF_MANAGED',
      StackInstancesGroup: [{ DeploymentTargets: targets, Regions: regions }],
    };
    const set = { logicalId: 'Guard', type: 'AWS::CloudFormation::StackSet', physicalId: `guard:${UUID}`, properties };
    return { name: 'shop', template: SET, resources: [set] };
  }

  function instance(delay: number, name = `StackSet-guard-${UUID}`): Recorded {
    const properties = { DelaySeconds: delay };
    const queue = { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'q', properties };
    return { name, template: INSTANCE, resources: [queue] };
  }

  test('of this account are scanned, and their drift is undone by themselves', async () => {
    const stacks = [owner([ACCOUNT]), instance(9), instance(7, `StackSet-guard-eu-${UUID}`)];
    const { findings, summary, coverage } = await report(stacks, { 'shop.yaml': SET, 'guard.yaml': INSTANCE });
    expect(findings).toMatchObject([{ stack: 'shop/Guard', live: 9, location: { file: 'guard.yaml' } }]);
    const [adopt, revert] = findings[0]?.remedies ?? [];
    expect(adopt?.command).toContain('--stack shop ');
    expect(revert?.command).toMatch(/^gitops-drift revert --stack shop --finding [0-9a-f]{16}$/);
    expect(revert?.note).toContain(`StackSet-guard-${UUID}`);
    expect(coverage?.stacks.notLooked).toEqual([]);
    expect(summary.exitCode).toBe(1);
  });

  test('of other accounts, units and regions are named as not looked at', async () => {
    const stacks = [owner([ACCOUNT, '222222222222'], [REGION, 'us-east-1'], ['ou-1']), instance(5)];
    const { summary, coverage } = await report(stacks, { 'shop.yaml': SET });
    const told = coverage?.stacks.notLooked.map(({ name, region, account }) => `${name} ${region} ${account}`);
    expect(told?.sort()).toEqual([
      'shop/Guard eu-west-1 222222222222',
      'shop/Guard eu-west-1 null',
      'shop/Guard us-east-1 111111111111',
      'shop/Guard us-east-1 222222222222',
      'shop/Guard us-east-1 null',
    ]);
    expect(summary.exitCode).toBe(3);
  });
});
