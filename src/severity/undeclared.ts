import { isObject, type Json } from '../base/json.js';
import { child, segments } from '../base/json-pointer.js';
import { lazily } from '../base/lazily.js';
import type { UndeclaredValue } from '../model/comparison.js';
import type { Finding, Rated } from '../model/report.js';
import { type PlainObject, valueAt } from '../value/value.js';
import { type Edit, withEdits } from './apply.js';
import { type Change, type Subject, stepOf } from './change.js';
import { asDocument } from './document.js';
import { placeOf, placesWithin } from './places.js';
import { isPolicy } from './policy/statement.js';
import type { Conditions, SeverityRule } from './rule.js';

/** The resource that undeclared values are live in. */
export interface UndeclaredIn extends Pick<Finding, 'type' | 'stack' | 'logicalId'> {
  /** The resource's own account, where it is known. */
  accountId?: string;
  /** What Git declares of it. */
  desired: PlainObject;
  /**
   * Whether AWS sets a value without being asked. A schema's default counts where the value stands beside declared ones
   * (`path` is `root`): below an undeclared object, it is what AWS takes if somebody else sets that object.
   */
  isAwsDefault(path: string, value: Json, root: string): boolean;
  /** What an element of an undeclared list is called in a stable path. */
  nameOf(list: UndeclaredValue, index: number): string;
}

/** An undeclared value that is open or off by itself, at the narrowest place that this can be said of. */
export interface Opening extends UndeclaredValue {
  rated: Rated;
}

/**
 * What of a rule judges undeclared values by themselves: it, or its choices, so far as they are marked. Each choice is a
 * rule of its own here: most are for few types, and what is for others never has to be asked.
 */
export function markedRules(rule: SeverityRule): SeverityRule[] {
  const part = markedPart(rule, false);
  if (part === undefined) return [];
  return part.any?.map((choice) => ({ ...rule, any: [choice] })) ?? [rule];
}

function markedPart(conditions: Conditions, isMarked: boolean): Conditions | undefined {
  const undeclared = conditions.undeclared ?? isMarked;
  if (conditions.any === undefined) return undeclared ? conditions : undefined;
  const any = conditions.any.flatMap((choice) => markedPart(choice, undeclared) ?? []);
  return any.length === 0 ? undefined : { ...conditions, any };
}

/** A part of an undeclared value that is judged on its own. */
interface Part extends UndeclaredValue {
  /** The list that it is an element of, where that is undeclared as well. */
  list?: string;
}

/** The parts of an undeclared value that are judged each on its own, with the change that each would be if it were declared. */
export function* partsToJudge(
  root: UndeclaredValue,
  about: UndeclaredIn,
): Generator<UndeclaredValue & { change(): Change }> {
  const keysOf = (path: string) => placedKeys(about.desired, segments(path));
  const whole = lazily(() => withEdits(about.desired, [{ keys: keysOf(root.path), live: root.live }]) as PlainObject);
  const { type, stack, logicalId, accountId, desired } = about;
  const account = accountId === undefined ? {} : { accountId };
  const subject: Subject = { type, stack, logicalId, ...account, kind: 'modified', verdict: 'drift', undeclared: true };
  function changeOf({ path, live, list }: Part): Change {
    const place = lazily(() => placeOf(keysOf(path), desired, whole(), { old: undefined, new: live }));
    // Of a list that is not there, the element is the only one.
    const edit: Edit = list === undefined ? { keys: keysOf(path), live } : { keys: keysOf(list), live: [live] };
    const keys = list === undefined ? edit.keys : [...edit.keys, '0'];
    const alone = lazily(() => stepOf(subject, keys, desired, withEdits(desired, [edit]) as PlainObject));
    const places = lazily(() => placesWithin(place()));
    return { ...subject, path, desired, place, places, alone, atLast: alone, altogether: alone };
  }
  for (const part of partsOf(root, about, root.path)) {
    yield { path: part.path, stablePath: part.stablePath, live: part.live, change: () => changeOf(part) };
  }
}

/** Scalars, elements of lists and policies, whose parts mean nothing alone, without what AWS sets by itself. */
function* partsOf(value: UndeclaredValue, about: UndeclaredIn, root: string): Generator<Part> {
  const { path, stablePath, live } = value;
  if (about.isAwsDefault(path, live, root)) return;
  if (path === root && Array.isArray(valueAt(about.desired, path.slice(0, path.lastIndexOf('/'))))) {
    yield value;
    return;
  }
  if (Array.isArray(live)) {
    for (const [index, element] of live.entries()) {
      const at = child(path, index);
      if (about.isAwsDefault(at, element, root)) continue;
      yield { path: at, stablePath: child(stablePath, about.nameOf(value, index)), live: element, list: path };
    }
    return;
  }
  const members = isObject(live) ? Object.entries(live) : [];
  if (members.length === 0 || isPolicy(asDocument(live))) {
    yield value;
    return;
  }
  for (const [key, member] of members) {
    yield* partsOf({ path: child(path, key), stablePath: child(stablePath, key), live: member }, about, root);
  }
}

/** The keys at which a value is put into what Git declares: a list that has fewer elements gets it at its end. */
function placedKeys(desired: PlainObject, keys: readonly string[]): string[] {
  let at: unknown = desired;
  return keys.map((key) => {
    const placed = Array.isArray(at) ? String(Math.min(Number(key), at.length)) : key;
    at = isObject(at as Json) || Array.isArray(at) ? (at as Record<string, unknown>)[placed] : undefined;
    return placed;
  });
}
