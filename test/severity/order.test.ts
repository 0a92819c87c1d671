import { expect, test } from '@jest/globals';
import { shippedRules } from '../../src/iac/cloudformation/types/severity-rules.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { type Change, changesOf, wholeChange } from '../../src/severity/change.js';
import { compileConditions } from '../../src/severity/conditions.js';
import type { Conditions, SeverityRule } from '../../src/severity/rule.js';

/** A change at each type and path that a rule lists, with wildcards filled in. */
function listedBy(rule: SeverityRule): Change[] {
  return choicesOf(rule).flatMap((choice) =>
    listOf(choice.type).flatMap((type) => listOf(choice.path).map((path) => changeAt(choice, type, path))),
  );
}

function choicesOf(conditions: Conditions): Conditions[] {
  const { any = [{}], ...own } = conditions;
  return any.map((choice) => ({ ...own, ...choice }));
}

function listOf(globs: string | string[] | undefined): (string | undefined)[] {
  return globs === undefined ? [undefined] : [globs].flat();
}

function changeAt({ kind, verdict }: Conditions, type = 'AWS::Shop::Thing', path = '/Thing'): Change {
  const subject = {
    ...{ type: type.replaceAll('*', 'Shop'), stack: 'shop-prod', logicalId: 'Thing' },
    kind: [kind ?? 'modified'].flat()[0] ?? 'modified',
    verdict: [verdict ?? 'drift'].flat()[0] ?? 'drift',
  } as const;
  if (subject.kind !== 'modified') return wholeChange(subject);
  const difference = { path: path.replaceAll('**', 'Inner').replaceAll('*', 'Shop'), desired: 'a', live: 'b' };
  return changesOf({}, [difference])(difference, subject);
}

/** Whether a rule asks for no values, so that it takes all changes at its places. */
function takesAll(conditions: Conditions): boolean {
  const { old, new: live, change, opens } = conditions;
  return [old, live, change, opens].every((each) => each === undefined);
}

test('no rule takes what a later one is listed for', () => {
  const earlier: { rule: SeverityRule; hold: (change: Change) => boolean }[] = [];
  const shadowed: string[] = [];
  for (const rule of shippedRules()) {
    const own = compileConditions(rule, cloudFormationTypes);
    for (const change of listedBy(rule)) {
      if (!own.concern(change)) continue;
      const taker = earlier.find(({ hold }) => hold(change));
      if (taker) shadowed.push(`${taker.rule.id} takes ${change.type} ${change.path} of ${rule.id}`);
    }
    for (const choice of choicesOf(rule).filter(takesAll)) {
      earlier.push({ rule, hold: compileConditions(choice, cloudFormationTypes).hold });
    }
  }
  expect(shadowed).toEqual([]);
});
