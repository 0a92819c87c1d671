import { contentName, sameContent } from '../base/content.js';
import type { Json } from '../base/json.js';
import { child } from '../base/json-pointer.js';
import { isKnown, isPlainMap, type Plain } from '../value/value.js';
import type { CompareValues, Comparing } from './comparing.js';
import { isEchoed } from './echoes.js';
import { keyOf, keyText, listKind } from './list-kind.js';
import { type Element, type Matching, matchAsSet, matchInOrder } from './match.js';
import { add, emptyOutcome, explained, notKnown, type Outcome } from './outcome.js';
import type { Place } from './place.js';
import { isServiceStatement } from './policy.js';
import { isServiceTagElement } from './tags.js';

/**
 * Compares two lists as their type says: by position where order matters, else as sets whose elements are matched by
 * content, by key, and at last by likeness, so that one changed leaf is one difference. Elements are compared by
 * `compareValues`.
 */
export function compareLists(
  desired: readonly Plain[],
  live: readonly Json[],
  place: Place,
  comparing: Comparing,
  compareValues: CompareValues,
): Outcome {
  const kind = listKind(desired, place, comparing.rules);
  const own = live.filter((item) => !isServices(item, place, comparing) || desired.some((each) => sameKey(each, item)));
  const key = keyOf(desired, own);
  const placeOf = (element: Element<Plain>): Place =>
    elementPlace(place, element, kind === 'ordered' ? String(element.index) : stableName(element.value, key));
  const compare = (left: Element<Plain>, right: Element<Json>): Outcome =>
    compareValues(left.value, right.value, placeOf(left), comparing);
  const [wanted, found] = [desired.map(asElement), own.map(asElement)];
  const matching =
    kind === 'ordered'
      ? matchInOrder(wanted, found, compare)
      : matchAsSet(wanted, found, key, compare, { unlike: kind === 'set' });
  const outcome = emptyOutcome();
  for (const { desired: left, live: right, outcome: known } of inOrder(matching)) {
    add(outcome, replacedAsAWhole(left, right, placeOf(left), known ?? compare(left, right)));
  }
  for (const element of matching.missing) addMissing(outcome, element, placeOf(element));
  // An element that could not be evaluated may be any of those that are left.
  const open = matching.missing.filter(({ value }) => !isKnown(value)).length;
  for (const [count, { value, index }] of matching.surplus.slice(open).entries()) {
    const { path, stablePath } = placeOf({ value, index: desired.length + count });
    if (kind === 'bag' && comparing.closed === undefined) {
      outcome.rest.push({ path, stablePath, live: value });
      continue;
    }
    if (comparing.closed?.is(path, value)) continue;
    const place = kind === 'ordered' ? { insertAt: nextDesired(matching, index) ?? desired.length } : {};
    outcome.differences.push({ path, stablePath, live: value, ...place });
  }
  const isReordered = matching.pairs.some(({ desired: left, live: right }) => left.index !== right.index);
  return isReordered ? explained(outcome, place, [...desired], own, 'list-order') : outcome;
}

/** The desired index of the first paired element that stands behind a live index. */
function nextDesired({ pairs }: Matching, liveIndex: number): number | undefined {
  const behind = pairs.filter(({ live }) => live.index > liveIndex).map(({ desired }) => desired.index);
  return behind.length === 0 ? undefined : Math.min(...behind);
}

function asElement<T>(value: T, index: number): Element<T> {
  return { value, index };
}

function inOrder({ pairs }: Matching): Matching['pairs'] {
  return pairs.sort((left, right) => left.desired.index - right.desired.index);
}

function addMissing(outcome: Outcome, { value }: Element<Plain>, { path, stablePath }: Place): void {
  if (!isKnown(value)) {
    add(outcome, notKnown({ path }, value, 'a part of it is not known'));
    return;
  }
  outcome.differences.push({ path, stablePath, desired: value });
  outcome.compared += 1;
}

/** Where two paired elements share nothing, the element as a whole was replaced: one difference. */
function replacedAsAWhole(
  { value: desired }: Element<Plain>,
  { value: live }: Element<Json>,
  { path, stablePath }: Place,
  outcome: Outcome,
): Outcome {
  const count = outcome.differences.length;
  if (count < 2 || count < outcome.compared || !isPlainMap(desired)) return outcome;
  return { ...outcome, differences: [{ path, stablePath, desired, live }], rest: [] };
}

/** Whether a service put an element there: a tag of the stack, a statement that admits it. */
function isServices(item: Json, place: Place, comparing: Comparing): boolean {
  if (place.document === 'policy') return place.within?.join() === 'Statement' && isServiceStatement(item);
  return isServiceTagElement(item, place, comparing) || isEchoed(item, place, comparing);
}

function sameKey(desired: Plain, live: Json): boolean {
  if (sameContent(desired, live)) return true;
  return ['Key', 'key', 'TagKey', 'Sid'].some((key) => {
    const name = keyText(desired, key);
    return name !== undefined && name === keyText(live, key);
  });
}

/** The place of an element: its index in the path, its name in the stable one. */
export function elementPlace(place: Place, { index }: Element<Plain>, name: string): Place {
  return { ...place, path: child(place.path, index), stablePath: child(place.stablePath, name) };
}

/** Names an element of a set by its key, or by its content. */
export function stableName(value: Plain, key: string | undefined): string {
  const text = key === undefined ? undefined : keyText(value, key);
  return text === undefined ? contentName(value) : `${key}=${text}`;
}
