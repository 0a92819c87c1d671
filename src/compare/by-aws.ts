import { sameContent } from '../base/content.js';
import { isObject, type Json, type JsonObject } from '../base/json.js';
import { child, isWithin, segments } from '../base/json-pointer.js';
import { asText } from '../base/text.js';
import type { AwsDifference, AwsVerdict, Comparison, Difference, Unverifiable } from '../model/comparison.js';
import { isKnown, isPlainMap, isUnresolved, type Plain, type PlainObject, valueAt } from '../value/value.js';
import { withOwned, withOwners } from './ask-owners.js';
import { type Placed, placeInGit } from './aws-place.js';
import type { CompareInput } from './comparing.js';
import { classOfUnknown } from './outcome.js';
import { withList, withoutChildren } from './owners.js';
import { rulesOf, type TypeRules } from './rules.js';
import type { Typed } from './types.js';

/** A resource as Git declares it, and as AWS judged it. */
export interface JudgedInput extends Typed {
  desired: PlainObject;
  live: JsonObject;
  verdict: AwsVerdict;
}

/**
 * Takes AWS's judgement for the comparison: what AWS lists is a difference, at its place in Git's properties, and nothing
 * else is. AWS compares the deployed template with the cloud: where Git says what the cloud has, it is none.
 */
export function compareByAws(input: JudgedInput): Comparison {
  const { desired, live, verdict } = input;
  const rules = rulesOf(input);
  const comparison: Comparison = { differences: [], unverifiable: [], equal: [], compared: 0 };
  const found = verdict.differences.flatMap((told) => {
    const at = placeInGit(told, { desired, expected: verdict.expected, actual: live }, rules);
    return differenceAt(at, told) ?? [];
  });
  comparison.differences.push(...withReplaced(found));
  count(desired, verdict.expected, live, '', { comparison, rules });
  return comparison;
}

/** The same, without elements that other resources put into lists: to AWS they are differences. */
export function compareByAwsWithOwners(input: JudgedInput & CompareInput): Promise<Comparison> {
  const { types, type, live } = input;
  const lists = [...new Set(types.childKindsOf(type).map(({ list }) => list))];
  return withOwners(input, async (siblings) => {
    const comparison = compareByAws(input);
    const added = lists.map((list) => ({
      list,
      found: comparison.differences.filter(
        (one) =>
          one.desired === undefined &&
          one.path.startsWith(`${list}/`) &&
          !one.path.slice(list.length + 1).includes('/'),
      ),
    }));
    const elements = added.reduce(
      (model, { list, found }) =>
        withList(
          model,
          segments(list),
          found.map(({ live: element }) => element ?? null),
        ),
      live,
    );
    const { live: left, owned } = withoutChildren({ ...input, live: elements }, siblings);
    const taken = added.flatMap(({ list, found }) => {
      const kept = [valueAt(left, list) ?? []].flat();
      return found.filter(({ live: element }) => !kept.includes(element ?? null));
    });
    const differences = comparison.differences.filter((difference) => !taken.includes(difference));
    return withOwned({ ...comparison, differences }, owned);
  });
}

function differenceAt(at: Placed, told: AwsDifference): Difference | undefined {
  const { desired } = at;
  const { path, stablePath } = at.place;
  const live = at.isWhole ? at.actual : told.actual === undefined ? undefined : typed(told.actual, at);
  if (desired === undefined) return live === undefined ? undefined : { path, stablePath, live };
  if (live === undefined) return saysSame(desired, at.actual) ? undefined : { path, stablePath, desired };
  return saysSame(desired, live) ? undefined : { path, stablePath, desired, live };
}

function saysSame(desired: Plain, live: Json | undefined): boolean {
  return live !== undefined && isKnown(desired) && sameContent(asTexts(desired), asTexts(live));
}

/** An element that AWS tells as removed, and under the same key as added, was changed. */
function withReplaced(found: readonly Difference[]): Difference[] {
  const byPath = new Map<string, Difference[]>();
  for (const difference of found) byPath.set(difference.path, [...(byPath.get(difference.path) ?? []), difference]);
  return [...byPath.values()].flatMap((same) => {
    const [first, second] = same;
    return first && second ? changedLeaves({ ...first, ...second }) : same;
  });
}

function changedLeaves(difference: Difference): Difference[] {
  const { path, stablePath, desired, live } = difference;
  if (desired === undefined || !isPlainMap(desired) || !isObject(live)) return [difference];
  return [...new Set([...Object.keys(desired), ...Object.keys(live)])].flatMap((key): Difference[] => {
    const left = Object.hasOwn(desired, key) ? desired[key] : undefined;
    const right = Object.hasOwn(live, key) ? live[key] : undefined;
    if (sameContent(left, right)) return [];
    const place = { path: child(path, key), stablePath: child(stablePath, key) };
    const sides = { ...(left === undefined ? {} : { desired: left }), ...(right === undefined ? {} : { live: right }) };
    return changedLeaves({ ...place, ...sides });
  });
}

/** AWS tells scalars as text; the models know what they are. */
function typed(told: Json, { actual, expected }: Placed): Json {
  if (typeof told !== 'string') return told;
  if (actual !== undefined && asText(actual) === told) return actual;
  if (typeof expected === 'number' && told.trim() !== '' && !Number.isNaN(Number(told))) return Number(told);
  return typeof expected === 'boolean' && /^(?:true|false)$/.test(told) ? told === 'true' : told;
}

/** Numbers and booleans are texts to CloudFormation. */
function asTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(asTexts);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asTexts(each)]));
  return value === null ? null : asText(value);
}

interface Counting {
  comparison: Comparison;
  rules: TypeRules;
}

/** Counts the declared leaves that AWS has judged; what neither of its models holds, it has not. */
function count(
  desired: Plain,
  expected: Json | undefined,
  actual: Json | undefined,
  path: string,
  counting: Counting,
): void {
  const { comparison, rules } = counting;
  if (isPlainMap(desired) && (isObject(expected) || isObject(actual))) {
    for (const [key, value] of Object.entries(desired)) {
      count(value, memberOf(expected, key), memberOf(actual, key), child(path, key), counting);
    }
    return;
  }
  if (expected !== undefined || actual !== undefined) {
    comparison.compared += leaves(desired);
    return;
  }
  if (comparison.differences.some((difference) => isWithin(path, difference.path))) {
    comparison.compared += leaves(desired);
    return;
  }
  comparison.unverifiable.push({ path, ...whyNot(desired, path, rules) });
}

function whyNot(desired: Plain, path: string, rules: TypeRules): Omit<Unverifiable, 'path'> {
  if (isUnresolved(desired)) return { reason: desired.message, class: classOfUnknown(desired) };
  if (rules.writeOnly.covers(path)) return { reason: 'AWS never returns this property (write-only)', class: 'never' };
  const reason =
    "AWS's drift detection tells nothing of this property: it is not deployed yet, or AWS does not check it";
  return { reason, class: 'unverified' };
}

function memberOf(model: Json | undefined, key: string): Json | undefined {
  return isObject(model) && Object.hasOwn(model, key) ? model[key] : undefined;
}

function leaves(value: Plain): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + leaves(item), 0);
  if (!isPlainMap(value)) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + leaves(item), 0);
}
