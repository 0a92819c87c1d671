import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { changesOf } from '../../src/severity/change.js';
import type { Conditions, SeverityRule } from '../../src/severity/rule.js';
import { severityRules } from '../../src/severity/rules.js';
import type { RatedTypes } from '../../src/severity/types.js';
import type { PlainObject } from '../../src/value/value.js';

function rule(id: string, conditions: Conditions = {}): SeverityRule {
  return { id, severity: id === 'other' ? 'low' : 'high', title: 'a', why: 'b', help: 'c', ...conditions };
}

/** A kind of infrastructure as code of which a resource lets somebody into a box. */
const TOYS: RatedTypes = {
  severityRules: () => [
    rule('to-everyone', { opens: 'policy-to-everyone' }),
    rule('box-open', { type: 'toy_box', path: '/lid', change: 'turned-off' }),
    rule('other'),
  ],
  permission: (type, { who = null }) =>
    type === 'toy_key'
      ? { Statement: [{ Effect: 'Allow', Principal: who === 'all' ? '*' : who, Action: 'box:Open', Resource: '*' }] }
      : undefined,
};

function ruleFor(type: string, desired: PlainObject, live: JsonObject, path: string, settings = [] as SeverityRule[]) {
  const key = path.slice(1);
  const difference = { path, desired: desired[key] ?? null, live: live[key] ?? null };
  const change = changesOf(desired, [difference])(difference, {
    ...{ type, stack: 'shop', logicalId: 'Thing', kind: 'modified', verdict: 'drift' },
  });
  return severityRules(TOYS, settings).rate(change).rule;
}

test('a kind brings rules for its own types', () => {
  expect(ruleFor('toy_box', { lid: true }, { lid: false }, '/lid')).toBe('box-open');
  expect(ruleFor('toy_shelf', { lid: true }, { lid: false }, '/lid')).toBe('other');
});

test('a kind tells which resources are statements of a policy', () => {
  expect(ruleFor('toy_key', { who: 'anna' }, { who: 'all' }, '/who')).toBe('to-everyone');
  expect(ruleFor('toy_box', { who: 'anna' }, { who: 'all' }, '/who')).toBe('other');
});

test('the rules of a configuration are asked before those of the kind', () => {
  const own = [rule('own', { path: '/lid' })];
  expect(ruleFor('toy_box', { lid: true }, { lid: false }, '/lid', own)).toBe('own');
});
