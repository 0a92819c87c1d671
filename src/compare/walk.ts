import { isObject, type Json, type JsonObject } from '../base/json.js';
import { withoutIndices } from '../base/json-pointer.js';
import { asText } from '../base/text.js';
import type { Difference, UndeclaredValue } from '../model/comparison.js';
import { isKnown, isPlainMap, isUnresolved, type Plain, type PlainObject } from '../value/value.js';
import { isBlank, isBlankList, saysNothing } from './absent.js';
import type { Comparing } from './comparing.js';
import { documentOf } from './documents.js';
import { compareLists } from './lists.js';
import { add, different, emptyOutcome, equal, explained, notKnown, type Outcome, unverifiable } from './outcome.js';
import { type Place, placeAt } from './place.js';
import { isPolicyDefault } from './policy.js';
import { isPrincipal, samePrincipal } from './principal.js';
import { respelling } from './respelling.js';
import type { TypeRules } from './rules.js';
import { sameMeaning } from './scalar.js';
import { significantParts } from './significant.js';
import { isServiceTag } from './tags.js';

export function compareProperties(desired: PlainObject, live: JsonObject, comparing: Comparing): Outcome {
  const root: Place = { path: '', stablePath: '', property: '', document: 'none', isAuthors: false };
  return compareObjects(desired, live, root, comparing);
}

/** Compares any two values at a place. */
export function compareValues(desired: Plain, live: Json, place: Place, comparing: Comparing): Outcome {
  if (isUnresolved(desired)) return notKnown(place, desired);
  const { rules } = comparing;
  if (rules.facts(place.path).includes('unfaithful')) {
    return compareUncertain(desired, live, place, comparing);
  }
  return compareReadable(desired, live, place, comparing);
}

function compareReadable(desired: Plain, live: Json, place: Place, comparing: Comparing): Outcome {
  const outcome = compareAsWritten(desired, live, place, comparing);
  if (outcome.differences.length === 0 || typeof desired !== 'object' || !isKnown(desired)) return outcome;
  // The schema may make another object of a declared one: a policy's statement gains its label.
  for (const { value } of comparing.alternatives.get(place.path) ?? []) {
    if (typeof value !== 'object') continue;
    const other = compareAsWritten(value, live, place, { ...comparing, alternatives: new Map() });
    if (other.differences.length === 0) return { ...equal(place, desired, live, 'schema-transform'), rest: other.rest };
  }
  return outcome;
}

function compareAsWritten(desired: Plain, live: Json, place: Place, comparing: Comparing): Outcome {
  if (desired === live) return { ...emptyOutcome(), compared: 1 };
  const parsed = documentOf(desired, live, place, comparing.rules);
  if (parsed) {
    const at: Place = { ...place, document: parsed.kind, isAuthors: true, within: parsed.within };
    const inner = compareReadable(parsed.desired, parsed.live, at, comparing);
    if (!parsed.whole) return inner;
    return inner.differences.length > 0
      ? wholeDocument(place, desired, live, inner.differences)
      : equal(place, desired, live, 'json-document');
  }
  if (isKnown(desired) && saysNothing(desired) && comparing.rules.facts(place.path).includes('unset-when-empty')) {
    return equal(place, desired, live, 'unset-when-empty');
  }
  if (isPrincipal(place)) {
    const same = samePrincipal(desired, live, comparing.context.siblings ?? []);
    if (same !== undefined && 'unverifiable' in same) return unverifiable(place, same.unverifiable, 'unverified');
    if (same !== undefined) return equal(place, desired, live, same.equivalence);
  }
  if (Array.isArray(desired) && Array.isArray(live) && isBlankList(desired) && isBlankList(live))
    return equal(place, desired, live, 'empty-or-absent');
  if (Array.isArray(desired) && Array.isArray(live))
    return compareLists(desired, live, place, comparing, compareValues);
  if (isPlainMap(desired) && isObject(live)) return compareObjects(desired, live, place, comparing);
  if (isMasked(live)) return unverifiable(place, 'AWS masks this value', 'never');
  const alone = Array.isArray(desired) !== Array.isArray(live);
  if (alone && place.document === 'policy') {
    const outcome = compareLists([desired].flat(), [live].flat(), place, comparing, compareValues);
    return explained(outcome, place, desired, live, 'one-or-list');
  }
  if (!isKnown(desired)) return notKnown(place, desired);
  const rule = sameMeaning(desired, live, place, comparing);
  if (rule === undefined) return different(place, desired, live);
  return rule.unverifiable === undefined
    ? equal(place, desired, live, rule.equivalence)
    : unverifiable(place, rule.unverifiable, 'unverified');
}

/** One difference for a document that is one text in the template; what differs in it is kept for patching. */
function wholeDocument(place: Place, desired: Plain, live: Json, differences: readonly Difference[]): Outcome {
  const { path } = place;
  const inner = differences.map((each) => ({ ...each, path: each.path.slice(path.length) }));
  const outcome = different(place, desired, live);
  return { ...outcome, differences: outcome.differences.map((each) => ({ ...each, inner })) };
}

/** Services return asterisks for what they keep secret. */
function isMasked(live: Json): boolean {
  return typeof live === 'string' && /^\*{3,}$/.test(live);
}

/** What AWS does not return faithfully: equal counts as verified, anything else says nothing. */
function compareUncertain(desired: Plain, live: Json, place: Place, comparing: Comparing): Outcome {
  const outcome = compareReadable(desired, live, place, comparing);
  if (outcome.differences.length === 0) return outcome;
  return unverifiable(place, 'AWS does not return this property faithfully', 'never');
}

function compareObjects(desired: PlainObject, live: JsonObject, place: Place, comparing: Comparing): Outcome {
  const keys = keysOf(place, comparing.rules);
  if (keys === 'shape' && place.path !== '' && isOtherChoice(desired, live)) return different(place, desired, live);
  const outcome = emptyOutcome();
  const declared = new Set<string>();
  for (const [key, value] of Object.entries(desired)) {
    const inner = placeAt(place, key, keys !== 'shape');
    const name = nameIn(live, key, keys, place, comparing);
    if (name !== undefined) declared.add(name);
    const other = name === undefined ? undefined : live[name];
    const isSilent = isKnown(value) && SILENT[keys](value);
    add(
      outcome,
      other === undefined || other === null
        ? compareAbsent(value, isSilent, inner, comparing)
        : compareValues(value, other, inner, comparing),
    );
  }
  const isOpen = keys === 'shape' || mayHaveMore(place, comparing.rules);
  for (const [key, value] of Object.entries(live)) {
    if (declared.has(key) || value === null || isServiceTag(key, value, place, comparing)) continue;
    const { path, stablePath } = placeAt(place, key, keys !== 'shape');
    const found = { path, stablePath, live: value };
    if (isOpen) {
      addUndeclared(outcome, found, comparing);
      continue;
    }
    if (SILENT[keys](value)) continue;
    if (place.document === 'policy' && isPolicyDefault(key, value, place)) continue;
    outcome.differences.push(found);
  }
  return keys === 'shape' ? withStandIns(outcome, desired, live, place, comparing) : outcome;
}

/** Beside an open shape, a live value is left for others to judge; beside one that is accepted as a whole, it appeared. */
function addUndeclared(outcome: Outcome, found: UndeclaredValue, { rules, closed }: Comparing): void {
  if (closed === undefined) {
    outcome.rest.push(found);
    return;
  }
  outcome.differences.push(...significantParts(found, closed, rules));
}

/**
 * Whether both are a choice by name, and not the same one, as `{Block: {}}` and `{Count: {}}`: leaving an empty member out
 * says the same only where nothing stands in its place.
 */
function isOtherChoice(desired: PlainObject, live: JsonObject): boolean {
  const [[chosen, value] = [], ...others] = Object.entries(desired);
  const [[present, other] = [], ...more] = Object.entries(live);
  if (chosen === undefined || present === undefined || others.length + more.length > 0) return false;
  const isEmpty = isPlainMap(value ?? null) && Object.keys(value ?? {}).length === 0;
  return isEmpty && chosen !== present && isObject(other);
}

/** Adds what stands in the place of a declared property that is gone, though nobody declares it. */
function withStandIns(
  outcome: Outcome,
  desired: PlainObject,
  live: JsonObject,
  place: Place,
  { types }: Comparing,
): Outcome {
  const gone = Object.keys(desired).filter((key) => {
    const { path } = placeAt(place, key, false);
    return outcome.differences.some((each) => each.path === path && each.live === undefined);
  });
  for (const key of new Set(gone.flatMap((key) => types.standIns(key)))) {
    const value = Object.hasOwn(live, key) && !Object.hasOwn(desired, key) ? live[key] : undefined;
    const { path, stablePath } = placeAt(place, key, false);
    if (value === undefined || saysNothing(value) || outcome.differences.some((each) => each.path === path)) continue;
    outcome.differences.push({ path, stablePath, live: value });
    outcome.rest = outcome.rest.filter((each) => each.path !== path);
  }
  return outcome;
}

/** The live member's own name for a name: the type's own are sometimes spelt otherwise by the service. */
function nameIn(live: JsonObject, key: string, keys: Keys, place: Place, { rules }: Comparing): string | undefined {
  if (Object.hasOwn(live, key)) return key;
  if (keys !== 'shape' && !rules.facts(place.path).includes('key-case')) return undefined;
  return respelling(key, live, keys === 'shape');
}

/** Whose keys an object has: the type's, or the author's own in a map or a document. */
type Keys = 'shape' | 'map' | 'document';

/** What leaving a key out says as well: a switch that is off is no difference in a shape, but it is in a document. */
const SILENT: Record<Keys, (value: Json) => boolean> = {
  shape: saysNothing,
  map: (value) => value === null || (typeof value === 'object' && isBlank(value)),
  document: isBlank,
};

function keysOf({ path, document }: Place, rules: TypeRules): Keys {
  if (document !== 'none') return 'document';
  return rules.maps.has(path) ? 'map' : 'shape';
}

/** Whether a live-only key of the author's keys says nothing: the service adds its own. */
function mayHaveMore({ path }: Place, rules: TypeRules): boolean {
  return rules.facts(path).some((fact) => fact === 'bag' || fact === 'key-case');
}

/** A declared property that the live model lacks; `isSilent`: leaving it out says the same. */
function compareAbsent(desired: Plain, isSilent: boolean, place: Place, comparing: Comparing): Outcome {
  const { rules } = comparing;
  const { path } = place;
  if (isUnresolved(desired)) return notKnown(place, desired);
  if (comparing.closed !== undefined && isKnown(desired)) return gone(place, desired);
  if (rules.writeOnly.covers(path)) return unverifiable(place, 'AWS never returns this property (write-only)', 'never');
  if (isPlainMap(desired) && rules.writeOnly.reachesBelow(path)) return compareAbsentObject(desired, place, comparing);
  if (rules.facts(path).some((fact) => fact === 'unreturned' || fact === 'unfaithful')) {
    return unverifiable(place, 'AWS does not return this property', 'never');
  }
  if (!isKnown(desired)) return notKnown(place, desired, 'a part of it is not known, and AWS does not return it');
  if (isSilent) return equal(place, desired, null, 'empty-or-absent');
  const fallback = rules.defaults[withoutIndices(path)];
  if (fallback !== undefined && asText(fallback) === asText(desired))
    return equal(place, desired, null, 'default-or-absent');
  if (rules.createOnly.covers(path)) {
    return unverifiable(place, 'AWS does not return this property, which can only be set at creation', 'never');
  }
  if (!rules.readable && !comparing.partial) {
    const reason = 'AWS does not return this property, and the type has no complete model to read';
    return unverifiable(place, reason, 'unverified');
  }
  return gone(place, desired);
}

function gone({ path, stablePath }: Place, desired: Plain): Outcome {
  return { ...emptyOutcome(), differences: [{ path, stablePath, desired }], compared: 1 };
}

/** An object that is absent as a whole: what AWS would never return of it aside, that is one difference. */
function compareAbsentObject(desired: PlainObject, place: Place, comparing: Comparing): Outcome {
  const inner = compareObjects(desired, {}, place, comparing);
  if (inner.differences.length === 0) return inner;
  const { path, stablePath } = place;
  return { ...inner, differences: [{ path, stablePath, desired }], equal: [], compared: 1 };
}
