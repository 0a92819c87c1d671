import { matchesGlob, matchesStack, pointerMatcher, remembering } from '../base/glob.js';
import { lazily } from '../base/lazily.js';
import { valueAt } from '../value/value.js';
import type { Change } from './change.js';
import { opensSomething } from './openings/registry.js';
import type { ChangedPlace } from './places.js';
import type { Conditions } from './rule.js';
import type { RatedTypes } from './types.js';
import { meets, relates } from './values.js';

export type Test = (change: Change) => boolean;
type PlaceTest = (place: ChangedPlace) => boolean;
type ValueTest = (place: ChangedPlace, change: Change) => boolean;

/** Conditions made ready for many changes. */
export interface CompiledConditions {
  /** Whether they may hold for a change of this type, kind and verdict, wherever it is. */
  concernSubject: Test;
  /** Whether they may hold for a change at this place of this type, whatever is changed there. */
  concern: Test;
  hold: Test;
}

/** Makes conditions ready for many changes; what is cheap to find out is asked first. */
export function compileConditions(conditions: Conditions, types: RatedTypes): CompiledConditions {
  const { type, stack, logicalId, kind, verdict, undeclared, declared, opens, any } = conditions;
  const subject: Test[] = [];
  if (kind !== undefined) subject.push((change) => [kind].flat().includes(change.kind));
  if (verdict !== undefined) subject.push((change) => [verdict].flat().includes(change.verdict));
  if (type !== undefined) {
    const isMeant = remembering((name) => [type].flat().some((glob) => matchesGlob(glob, name)));
    subject.push((change) => isMeant(change.type));
  }
  if (undeclared) subject.push((change) => change.undeclared === true);
  const isOfValues = valueTests(conditions);
  const isAtPlace = placeTest(conditions);
  const holds: ValueTest = (place, change) => isOfValues.every((test) => test(place, change)) && isAtPlace(place);
  const tests = [...subject];
  if (stack !== undefined) tests.push((change) => [stack].flat().some((glob) => matchesStack(glob, change.stack)));
  if (logicalId !== undefined) {
    tests.push((change) => [logicalId].flat().some((glob) => matchesGlob(glob, change.logicalId)));
  }
  tests.push((change) =>
    isOfValues.length === 0 ? isAtPlace(change.place()) : change.places().some((place) => holds(place, change)),
  );
  for (const [pointer, condition] of Object.entries(declared ?? {})) {
    tests.push((change) => meets(valueAt(change.desired, pointer), condition, change.accountId));
  }
  const choices = any?.map((choice) => compileConditions(choice, types));
  if (choices) tests.push((change) => choices.some(({ hold }) => hold(change)));
  // What a change opens can only be told of a change within a resource.
  if (opens !== undefined) {
    tests.push((change) => change.path !== '' && [opens].flat().some((name) => opensSomething(change, name, types)));
  }
  const concernSubject: Test = (change) =>
    subject.every((test) => test(change)) && (choices?.some((choice) => choice.concernSubject(change)) ?? true);
  return {
    concernSubject,
    concern: (change) =>
      subject.every((test) => test(change)) &&
      isAtPlace(change.place()) &&
      (choices?.some(({ concern }) => concern(change)) ?? true),
    hold: (change) => tests.every((test) => test(change)),
  };
}

/** All of them have to hold at one and the same place. */
function valueTests({ old, new: live, change }: Conditions): ValueTest[] {
  const tests: ValueTest[] = [];
  if (change !== undefined) tests.push((place) => [change].flat().some((each) => relates(place.old, place.new, each)));
  if (old !== undefined) tests.push((place, { accountId }) => meets(place.old, old, accountId));
  if (live !== undefined) tests.push((place, { accountId }) => meets(place.new, live, accountId));
  return tests;
}

function placeTest({ path, except }: Conditions): PlaceTest {
  const isMeant = path === undefined ? () => true : placeMatcher([path].flat());
  const isExcepted = except === undefined ? () => false : placeMatcher([except].flat());
  return (place) => isMeant(place) && !isExcepted(place);
}

function placeMatcher(globs: readonly string[]): PlaceTest {
  // Most rules are about types that a scan never meets.
  const matches = lazily(() => pointerMatcher(...globs));
  return ({ keys, named }) => matches()(keys) || (named !== keys && matches()(named));
}
