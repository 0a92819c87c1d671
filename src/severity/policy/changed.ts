import { isPlainMap, memberAt, type Plain, type PlainObject } from '../../value/value.js';
import type { Step } from '../change.js';
import { asDocument } from '../document.js';
import type { RatedTypes } from '../types.js';
import { atomsOf, covers } from './covers.js';
import { isPolicy, type Statement, statementsOf } from './statement.js';

/** A policy before and after a change; absent where it was added or removed as a whole. */
interface ChangedPolicy {
  before: Plain | undefined;
  after: Plain | undefined;
}

/** What a change newly allows: statements, each for one action, principal and resource, that none covered before. */
export function newlyAllowed(step: Step, types: RatedTypes): Statement[] {
  return policiesOf(step, types).flatMap(({ before, after }) => uncovered(after, before, 'Allow'));
}

/** What a change no longer denies. */
export function noLongerDenied(step: Step, types: RatedTypes): Statement[] {
  return policiesOf(step, types).flatMap(({ before, after }) => uncovered(before, after, 'Deny'));
}

function uncovered(of: Plain | undefined, by: Plain | undefined, effect: string): Statement[] {
  const others = statementsOf(by).filter((each) => each.effect === effect);
  const texts = new Set(others.map((each) => JSON.stringify(each)));
  return statementsOf(of)
    .filter((each) => each.effect === effect && !texts.has(JSON.stringify(each)))
    .flatMap(atomsOf)
    .filter((atom) => !others.some((other) => covers(other, atom)));
}

/** The policy that a change was made in, else those in what was added, removed or replaced. */
function policiesOf({ type, keys, before, after }: Step, types: RatedTypes): ChangedPolicy[] {
  const permission = types.permission(type, before);
  if (permission) return [{ before: permission, after: types.permission(type, after) }];
  let [left, right]: [Plain | undefined, Plain | undefined] = [before, after];
  for (const key of keys) {
    if (isPolicy(left) || isPolicy(right)) return [{ before: left, after: right }];
    [left, right] = [memberAt(left, key), memberAt(right, key)];
  }
  return policiesIn(left, right);
}

function policiesIn(before: Plain | undefined, after: Plain | undefined): ChangedPolicy[] {
  const [left, right] = [asDocument(before), asDocument(after)];
  if (isPolicy(left) || isPolicy(right)) return [{ before: left, after: right }];
  const [one, other] = [membersOf(left), membersOf(right)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    policiesIn(Object.hasOwn(one, key) ? one[key] : undefined, Object.hasOwn(other, key) ? other[key] : undefined),
  );
}

function membersOf(value: Plain | undefined): PlainObject {
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  return isPlainMap(value) ? value : {};
}
