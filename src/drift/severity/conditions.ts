import { matchesGlob, matchesStack, pointerMatcher, remembering } from '../../glob.js';
import type { Change } from './change.js';
import { opensSomething } from './openings/registry.js';
import type { ChangedPlace } from './places.js';
import type { Conditions } from './rule.js';
import { meets, relates } from './values.js';

export type Test = (change: Change) => boolean;

/** Makes conditions ready for many changes; what is cheap to find out is asked first. */
export function compileConditions(conditions: Conditions): Test {
  const { type, stack, logicalId, kind, verdict, opens, any } = conditions;
  const tests: Test[] = [];
  if (kind !== undefined) tests.push((change) => [kind].flat().includes(change.kind));
  if (verdict !== undefined) tests.push((change) => [verdict].flat().includes(change.verdict));
  if (type !== undefined) {
    const isMeant = remembering((name) => [type].flat().some((glob) => matchesGlob(glob, name)));
    tests.push((change) => isMeant(change.type));
  }
  if (stack !== undefined) tests.push((change) => [stack].flat().some((glob) => matchesStack(glob, change.stack)));
  if (logicalId !== undefined) {
    tests.push((change) => [logicalId].flat().some((glob) => matchesGlob(glob, change.logicalId)));
  }
  tests.push(...placeTests(conditions));
  if (any !== undefined) {
    const choices = any.map(compileConditions);
    tests.push((change) => choices.some((test) => test(change)));
  }
  // What a change opens can only be told of a change within a resource.
  if (opens !== undefined) {
    tests.push((change) => change.path !== '' && [opens].flat().some((name) => opensSomething(change, name)));
  }
  return (change) => tests.every((test) => test(change));
}

/** All of them have to hold at one and the same place. */
function placeTests({ path, except, old, new: live, change }: Conditions): Test[] {
  const tests: ((place: ChangedPlace) => boolean)[] = [];
  if (change !== undefined) tests.push((place) => [change].flat().some((each) => relates(place.old, place.new, each)));
  if (old !== undefined) tests.push((place) => meets(place.old, old));
  if (live !== undefined) tests.push((place) => meets(place.new, live));
  const isOfValues = tests.length > 0;
  if (path !== undefined) {
    const matches = pointerMatcher(...[path].flat());
    tests.push(({ keys, named }) => matches(keys) || (named !== keys && matches(named)));
  }
  if (except !== undefined) {
    const matches = pointerMatcher(...[except].flat());
    tests.push(({ keys, named }) => !matches(keys) && (named === keys || !matches(named)));
  }
  if (tests.length === 0) return [];
  const holds = (place: ChangedPlace) => tests.every((test) => test(place));
  return [(of) => (isOfValues ? of.places().some(holds) : holds(of.place()))];
}
