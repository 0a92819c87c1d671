import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '../../src/base/errors.js';
import type { Finding, ResourceReport } from '../../src/model/report.js';
import { applySuppressions, configuredSuppressions, type IgnoreRule } from '../../src/suppress/suppressions.js';
import { createSource } from '../../src/syntax/source.js';

const TODAY = '2027-01-31';

function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 'f1',
    stack: 'shop-prod',
    region: 'eu-west-1',
    account: null,
    logicalId: 'Service',
    type: 'AWS::ECS::Service',
    physicalId: 'arn',
    kind: 'modified',
    verdict: 'drift',
    path: '/DesiredCount',
    severity: 'medium',
    patch: { status: 'none' },
    ...overrides,
  };
}

type Matchers = Pick<IgnoreRule, 'type' | 'stack' | 'logicalId' | 'path'>;

/** A rule on line 2 of the configuration. */
function rule(matchers: Matchers, reason = 'autoscaling owns it', until?: string): IgnoreRule {
  const source = createSource('gitops-drift.yaml', 'ignore:\n  - {}\n');
  return { ...matchers, reason, ...(until === undefined ? {} : { until }), source, range: { start: 12, end: 14 } };
}

function applyIgnoreRules(
  findings: Finding[],
  rules: IgnoreRule[],
  today: string,
  given: Parameters<typeof applySuppressions>[3] = {},
) {
  return applySuppressions(findings, configuredSuppressions(rules), today, given);
}

function covered(matchers: Matchers, one = finding()): boolean {
  return applyIgnoreRules([one], [rule(matchers)], TODAY).suppressed.has(one);
}

describe('a rule covers a finding when all that it names matches', () => {
  test.each([
    [{ type: 'AWS::ECS::Service' }, true],
    [{ type: 'AWS::ECS::*' }, true],
    [{ type: 'aws::ecs::service' }, false],
    [{ stack: 'shop-*' }, true],
    [{ stack: 'shop' }, false],
    [{ logicalId: 'S?rvice' }, true],
    [{ path: '/DesiredCount' }, true],
    [{ path: '/Desired' }, false],
    [{ type: 'AWS::ECS::Service', path: '/Other' }, false],
    [{ type: 'AWS::ECS::Service', stack: '*-prod', logicalId: '*', path: '/**' }, true],
  ])('%j: %j', (matchers, expected) => {
    expect(covered(matchers)).toBe(expected);
  });
});

test('a rule covers what is below its path', () => {
  expect(covered({ path: '/Tags' }, finding({ path: '/Tags/0/Value' }))).toBe(true);
  expect(covered({ path: '/Tags/*/Value' }, finding({ path: '/Tags/0/Value' }))).toBe(true);
});

test('a rule for a property leaves the finding of a deleted resource', () => {
  const deleted = finding({ kind: 'deleted', path: '' });
  expect(covered({ path: '/DesiredCount' }, deleted)).toBe(false);
  expect(covered({ logicalId: 'Service' }, deleted)).toBe(true);
});

test('covered findings are suppressed, with the reason of the first rule', () => {
  const rules = [
    rule({ path: '/DesiredCount' }, 'autoscaling owns it', '2027-01-31'),
    rule({ type: 'AWS::ECS::*' }, 'second'),
  ];
  const one = finding();
  const other = finding({ id: 'f2', type: 'AWS::S3::Bucket', path: '/Tags' });
  const said = { reason: 'autoscaling owns it', by: 'configuration', file: 'gitops-drift.yaml', line: 2 };
  expect(applyIgnoreRules([one, other], rules, TODAY)).toEqual({
    suppressed: new Map([[one, { ...said, until: '2027-01-31' }]]),
    warnings: [],
  });
});

test('a rule holds through its last day and no longer, and says so', () => {
  const rules = [rule({ path: '/DesiredCount' }, 'until the move', '2027-01-31')];
  expect(applyIgnoreRules([finding()], rules, '2027-01-31').warnings).toEqual([]);
  const expired = applyIgnoreRules([finding()], rules, '2027-02-01');
  expect(expired.suppressed.size).toBe(0);
  expect(expired.warnings.map(describeProblem)).toEqual([
    'gitops-drift.yaml:2:5: this ignore rule has expired on 2027-01-31 (until the move)\n  renew it or remove it',
  ]);
});

test('a rule that covers nothing is told, unless only some stacks were scanned', () => {
  const rules = [rule({ type: 'AWS::S3::Bucket' })];
  expect(applyIgnoreRules([finding()], rules, TODAY).warnings.map(describeProblem)).toEqual([
    'gitops-drift.yaml:2:5: this ignore rule matches nothing (autoscaling owns it)\n  remove it if it is no longer needed',
  ]);
  expect(applyIgnoreRules([finding()], rules, TODAY, { partial: true }).warnings).toEqual([]);
});

test('what could not be compared may be what a rule is for', () => {
  const { stack, region, account, logicalId, type, physicalId } = finding();
  const subject = { stack, region, account, logicalId, type, physicalId };
  const resource: ResourceReport = { ...subject, status: 'inSync', unverifiable: [] };
  const warningsFor = (rest: Partial<ResourceReport>) =>
    applyIgnoreRules([], [rule({ path: '/DesiredCount' })], TODAY, { resources: [{ ...resource, ...rest }] }).warnings;
  expect(warningsFor({})).toHaveLength(1);
  expect(warningsFor({ unverifiable: [{ path: '/DesiredCount', reason: 'write-only' }] })).toEqual([]);
  for (const status of ['unreadable', 'unsupported', 'deleted'] as const) expect(warningsFor({ status })).toEqual([]);
  expect(warningsFor({ status: 'undeployed', physicalId: null })).toEqual([]);
  expect(warningsFor({ status: 'undeployed' })).toHaveLength(1);
});
