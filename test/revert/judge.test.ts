import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/base/package-file.js';
import type { ResourceEffect } from '../../src/cloud/change-sets.js';
import { cloudFormation } from '../../src/iac/cloudformation/index.js';
import type { Finding, Report } from '../../src/model/report.js';
import { digestOf } from '../../src/revert/digest.js';
import { judgeEffects } from '../../src/revert/judge.js';
import { ticketLine } from '../../src/revert/record.js';
import { type StackRequest, selectStacks } from '../../src/revert/select.js';
import { type ShownEffect, shownEffects } from '../../src/revert/shown.js';
import { describeShared } from '../support/shared.js';

const TWO_WAY = JSON.parse(readFileSync(packageFile('data/two-way-types.json'), 'utf8')).types as string[];
const FINDING: Finding = {
  ...{
    id: '0123456789abcdef',
    stack: 'shop',
    region: 'eu-west-1',
    account: '1',
    logicalId: 'Queue',
    type: 'AWS::SQS::Queue',
  },
  ...{
    physicalId: 'q',
    kind: 'modified',
    verdict: 'drift',
    path: '/DelaySeconds',
    severity: 'low',
    patch: { status: 'none' },
  },
};
const EFFECT: ShownEffect = {
  ...{
    logicalId: 'Queue',
    type: 'AWS::SQS::Queue',
    physicalId: 'q',
    action: 'modify',
    replacement: 'never',
    deletes: false,
  },
  ...{ isGone: false, isUncompared: false, values: [], ignored: [] },
};
const value = (path: string) => ({ path, change: 'modify' as const, replaces: false });

function requestOf(asked: Partial<Finding>[], others: Partial<Finding>[] = []): StackRequest {
  const stack = { name: 'shop', region: 'eu-west-1', account: '1', template: 't', status: 'scanned' as const };
  const findings = (of: Partial<Finding>[]) => of.map((each) => ({ ...FINDING, ...each }));
  return { stack, scannedAt: '', asked: findings(asked), others: findings(others), foreign: [] };
}

describe('what was asked for of an effect', () => {
  test.each([
    ['the place itself', '/A/B', '/A/B', true],
    ['a place in it', '/A', '/A/B', true],
    ['what it is in', '/A/B', '/A', true],
    ['another place', '/A/B', '/A/C', false],
    ['a place whose name begins alike', '/A', '/AB', false],
    ['another element of the list, since positions differ', '/A/0/X', '/A/3', true],
    ['the end of the list', '/A/0', '/A/-', true],
    ['a key like a position, in another map', '/A/B', '/A/0', false],
    ['the metadata', '/Metadata', 'Metadata', false],
  ])('%s', (_, asked, path, is) => {
    const [effect] = judgeEffects([{ ...EFFECT, values: [value(path)] }], requestOf([{ path: asked }]));
    expect([effect?.asked, effect?.values[0]?.asked]).toEqual([is, is]);
  });

  test.each<[string, Partial<ShownEffect>, Partial<Finding>, boolean]>([
    ['a resource that is made again', { action: 'add', isGone: true }, { kind: 'deleted', path: '' }, true],
    ['one that is made anew', { action: 'add' }, { kind: 'deleted', path: '' }, false],
    ['one that is made again for a value', { action: 'add', isGone: true }, {}, false],
    ['one that is removed', { action: 'remove' }, {}, false],
    ['one that is imported', { action: 'import' }, {}, false],
    ['one of which nothing is known', { action: 'dynamic', values: [value('/DelaySeconds')] }, {}, false],
    ['one that is only noted', { action: 'sync' }, {}, true],
    ['one without details', {}, {}, false],
    ['one of another name', { logicalId: 'Topic', values: [value('/DelaySeconds')] }, {}, false],
  ])('%s', (_, effect, finding, is) => {
    expect(judgeEffects([{ ...EFFECT, ...effect }], requestOf([finding]))[0]?.asked).toBe(is);
  });

  test('not where something else has drifted in the same list', () => {
    const request = requestOf([{ path: '/Tags/0/Value' }], [{ path: '/Tags/2', id: 'f'.repeat(16) }]);
    expect(judgeEffects([{ ...EFFECT, values: [value('/Tags/0/Value')] }], request)[0]?.asked).toBe(false);
  });
});

describe('what no change set undoes', () => {
  test.each(TWO_WAY)('the drift of %s', (type) => {
    expect(cloudFormation.notReverted?.({ ...FINDING, type })?.code).toBe('twoWay');
  });

  test.each<[string | undefined, Partial<Finding>]>([
    [undefined, {}],
    ['twoWay', { type: 'AWS::MediaLive::MultiplexProgram' }],
    [undefined, { type: 'AWS::MediaLive::Multiplex' }],
    ['createOnly', { path: '/QueueName' }],
    [undefined, { path: '', kind: 'deleted' }],
    ['undeclared', { undeclared: true }],
    ['unmanaged', { kind: 'unmanaged' }],
    ['notDrift', { verdict: 'undeployed' }],
    ['notDrift', { verdict: 'adopted' }],
    [undefined, { verdict: 'conflict' }],
  ])('%s: %j', (code, finding) => {
    const not = cloudFormation.notReverted?.({ ...FINDING, ...finding });
    expect(not?.code).toBe(code);
    if (not !== undefined) expect([not.reason, not.instead]).not.toContain('');
  });

  const stackOf = (name: string, more = {}) => ({ ...requestOf([]).stack, name, ...more });
  const nested = { deployedAs: 'shop-Net-1' };
  const reportOf = (stacks: Report['stacks'], findings: Partial<Finding>[]) =>
    ({
      scan: { startedAt: '' },
      stacks,
      resources: [],
      findings: findings.map((each) => ({ ...FINDING, ...each })),
    }) as unknown as Report;

  test('nested stacks together with others, each with the command for it alone', () => {
    const report = reportOf([stackOf('shop'), stackOf('shop/Net', nested)], [{}, { stack: 'shop/Net' }]);
    const both = selectStacks(report, () => true, cloudFormation);
    expect(both.stacks.map(({ stack }) => stack.name)).toEqual(['shop']);
    expect(both.leftOut).toMatchObject([{ code: 'nested', instead: 'gitops-drift revert --stack shop/Net' }]);
    const alone = selectStacks(report, ({ stack }) => stack === 'shop/Net', cloudFormation);
    expect(alone).toMatchObject({ stacks: [{ stack: nested }], leftOut: [] });
  });

  test('stacks of one name in two regions are two', () => {
    const report = reportOf([stackOf('shop'), stackOf('shop', { region: 'us-east-1' })], [{}, { region: 'us-east-1' }]);
    expect(selectStacks(report, () => true, cloudFormation).stacks.map(({ stack }) => stack.region)).toEqual([
      'eu-west-1',
      'us-east-1',
    ]);
  });
});

describe('what is shown of an effect', () => {
  function shown(effect: Partial<ResourceEffect>) {
    const whole = { ...EFFECT, type: 'AWS::Lambda::Function', properties: [], ...effect } as ResourceEffect;
    return JSON.stringify(shownEffects([whole], cloudFormation.types));
  }
  const secret = 'hunter2hunter2';
  const change = (path: string, before: string) => ({
    path,
    change: 'modify' as const,
    before,
    after: 'x',
    replaces: false,
  });

  test.each<[string, Partial<ResourceEffect>]>([
    ['by its name', { values: [change('/Environment/Variables/DB_PASSWORD', secret)] }],
    ['in an object', { values: [change('/Environment', JSON.stringify({ Variables: { DB_PASSWORD: secret } }))] }],
    ['in one that was cut off', { values: [change('/Environment', `{"Variables":{"DB_PASSWORD":"${secret}","A":"`)] }],
    ['by its type', { type: 'AWS::RDS::DBInstance', values: [change('/MasterUserPassword', secret)] }],
    [
      'by the pair that it is in',
      {
        type: 'AWS::ECS::TaskDefinition',
        values: [change('/ContainerDefinitions/0/Environment/0/Value', secret)],
        properties: [{ ContainerDefinitions: [{ Environment: [{ Name: 'DB_PASSWORD', Value: 'other1234' }] }] }],
      },
    ],
    [
      'where it stands elsewhere',
      {
        values: [change('/Description', `runs with ${secret}`)],
        properties: [{ Environment: { Variables: { DB_PASSWORD: secret } } }],
      },
    ],
    ['by its form', { values: [change('/Description', `postgres://app:${secret}@db/x`)] }],
    ['in a pair of which the name is not known', { values: [change('/X/0/Environment/2/Value', secret)] }],
    ['of the metadata', { values: [change('Metadata', JSON.stringify({ password: secret }))] }],
    ['in a reason', { ignored: [{ path: '/X', reason: `postgres://app:${secret}@db/x` }] }],
  ])('has no secret: %s', (_, effect) => expect(shown(effect)).not.toContain(secret));

  test.each(['/Description', '/Tags/0/Value'])('has what is none at %s', (path) => {
    expect(shown({ values: [change(path, 'works')] })).toContain('works');
  });
});

describe('the digest', () => {
  const stack = { id: 'arn', version: 'UPDATE_COMPLETE 1' };
  const one = { ...EFFECT, values: [{ ...value('/A'), before: { x: 1, y: 2 } }, value('/B')] };
  const two = { ...EFFECT, logicalId: 'Topic' };
  const pairs = [
    ['x', 1],
    ['y', 2],
  ];
  const listed = { ...one, values: [{ ...value('/A'), before: pairs }, value('/B')] };

  test('is the same whatever the order of effects, values and members', () => {
    const other = { ...one, values: [value('/B'), { ...value('/A'), before: { y: 2, x: 1 } }] };
    expect(digestOf(stack, [two, other])).toBe(digestOf(stack, [one, two]));
    expect(digestOf(stack, [one])).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, ReturnType<typeof digestOf>]>([
    ['the stack', digestOf({ ...stack, id: 'other' }, [one])],
    ['its version', digestOf({ ...stack, version: 'UPDATE_COMPLETE 2' }, [one])],
    ['no effect', digestOf(stack, [])],
    ...(['logicalId', 'type', 'physicalId', 'action', 'replacement'] as const).map((key): [string, string] => [
      key,
      digestOf(stack, [{ ...one, [key]: 'other' }]),
    ]),
    ...(['deletes', 'isGone', 'isUncompared'] as const).map((key): [string, string] => [
      key,
      digestOf(stack, [{ ...one, [key]: true }]),
    ]),
    ['a path', digestOf(stack, [{ ...one, values: [value('/A'), value('/C')] }])],
    ['a value', digestOf(stack, [{ ...one, values: [{ ...value('/A'), before: { x: 1, y: '2' } }, value('/B')] }])],
    ['a list in place of an object', digestOf(stack, [listed])],
    ['what is left alone', digestOf(stack, [{ ...one, ignored: [{ path: '/Z', reason: '' }] }])],
  ])('is another one with another %s', (_, other) => expect(other).not.toBe(digestOf(stack, [one])));
});

test('the line for a ticket names a few places, and counts the others', () => {
  const record = {
    recordVersion: 1,
    at: '2026-04-01T00:00:00.000Z',
    stack: 'shop',
    region: 'eu-west-1',
    account: null,
  } as const;
  const said = {
    ...record,
    changeSet: 'arn:x',
    digest: 'd',
    by: 'arn:me',
    findings: [],
    what: ['A/1', 'A/2', 'A/3', 'A/4', 'A/5', 'A/6'],
  };
  expect(ticketLine({ ...said, action: 'executed', notConverged: ['A/1'] })).toBe(
    'Reverted A/1, A/2, A/3, A/4, A/5 and 1 more of stack shop (eu-west-1) by change set arn:x, asked by arn:me, 2026-04-01T00:00:00.000Z; still drifted: A/1',
  );
  expect(ticketLine({ ...said, action: 'planned' })).toMatch(/^Planned to revert /);
  expect(ticketLine({ ...said, action: 'failed' })).toMatch(/^Failed to revert /);
});

describeShared(
  'aws/revert-drift-unsupported-types.json',
  'the types that change sets compare by their templates alone',
  () => {
    test('are those of the page that the data names', () => {
      const listed = new URL('../../../shared/aws/revert-drift-unsupported-types.json', import.meta.url);
      expect(TWO_WAY).toEqual((JSON.parse(readFileSync(listed, 'utf8')) as string[]).sort());
    });
  },
);
