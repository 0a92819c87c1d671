import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { child, pointerOf, segments } from '../../src/base/json-pointer.js';
import { saysNothing } from '../../src/compare/absent.js';
import { keyOf, type ListKind, listKind } from '../../src/compare/list-kind.js';
import type { Place } from '../../src/compare/place.js';
import type { ResourceType } from '../../src/compare/resource-type.js';
import { rulesOf, type TypeRules } from '../../src/compare/rules.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { RecordedCase } from './recorded-cases.js';

/** A place that both sides have: where it is declared, and where the live model has it. */
interface Counterpart {
  path: string;
  livePath: string;
  desired: Json;
  live: Json;
}

/** What is changed in the live model, and the paths at which exactly one finding is expected. */
export interface Mutation {
  kind:
    | 'leaf changed'
    | 'element added'
    | 'element removed'
    | 'entry removed'
    | 'elements swapped'
    | 'every leaf changed';
  live: JsonObject;
  expected: string;
}

/** Every change of the live model that has to be found once; nothing at, above or below the `open` paths, which can't be verified. */
export function mutationsOf(one: RecordedCase, open: readonly string[]): Mutation[] {
  const type = cloudFormationTypes.get(one.type);
  const rules = rulesOf({ types: cloudFormationTypes, type: one.type, resourceType: type });
  return counterparts(one.declared, one.live).flatMap((place) => {
    const { path, desired, live } = place;
    if (open.some((each) => path === each || path.startsWith(`${each}/`) || each.startsWith(`${path}/`))) return [];
    const at = isKeyInBag(one, path, rules) ? path.slice(0, path.lastIndexOf('/')) : path;
    const mutations = isEntry(path) && !isSilent(desired, path, type) ? [entryRemoved(one, place, at)] : [];
    if (!Array.isArray(desired) || !Array.isArray(live)) {
      const changed = isObject(desired) ? undefined : change(live);
      if (changed !== undefined) mutations.push(mutation(one, 'leaf changed', place, changed, at));
      return mutations;
    }
    const kind = rules.documents.covers(path) ? 'set' : listKind(desired, placeOf(path), rules);
    return [...mutations, ...listMutations(one, { ...place, desired, live }, kind)];
  });
}

/** Makes all changes of leaves in one; none where there are no leaves. */
export function everyLeafChanged(one: RecordedCase, mutations: readonly Mutation[]): (() => Mutation)[] {
  const leaves = mutations.filter(({ kind }) => kind === 'leaf changed');
  if (leaves.length === 0) return [];
  return [
    () => {
      const live = leaves.reduce<Json>((all, each) => withChange(all, one.live, each.live), one.live);
      return { kind: 'every leaf changed', live: live as JsonObject, expected: '' };
    },
  ];
}

/** Makes in `all` the change that leads from `before` to `after`. */
function withChange(all: Json, before: Json, after: Json): Json {
  if (JSON.stringify(before) === JSON.stringify(after)) return all;
  if (Array.isArray(before) && Array.isArray(after) && Array.isArray(all)) {
    return all.map((item, index) => withChange(item, before[index] ?? null, after[index] ?? null));
  }
  if (!isObject(before) || !isObject(after) || !isObject(all)) return after;
  return Object.fromEntries(
    Object.entries(all).map(([key, item]) => [key, withChange(item, before[key] ?? null, after[key] ?? null)]),
  );
}

function listMutations(
  one: RecordedCase,
  place: Counterpart & { desired: Json[]; live: Json[] },
  kind: ListKind,
): Mutation[] {
  const { path, desired, live } = place;
  const [first, second] = live;
  if (kind === 'bag' || desired.length !== live.length || first === undefined) return [];
  const added = mutation(one, 'element added', place, [...live, different(first)], child(path, desired.length));
  if (second === undefined) return [added];
  const last = desired.length - 1;
  const found = counterparts({ list: desired }, { list: live }).find((each) => each.path === `/list/${last}`);
  const at = Number(found?.livePath.split('/').at(-1));
  const fewer = live.filter((_, index) => index !== at);
  const removed = found ? [mutation(one, 'element removed', place, fewer, child(path, last))] : [];
  const differ = JSON.stringify(first) !== JSON.stringify(second);
  const swapped =
    kind === 'ordered' && differ
      ? [mutation(one, 'elements swapped', place, [second, first, ...live.slice(2)], path)]
      : [];
  return [added, ...removed, ...swapped];
}

function mutation(
  one: RecordedCase,
  kind: Mutation['kind'],
  { livePath }: Counterpart,
  value: Json,
  expected: string,
): Mutation {
  return { kind, live: replaced(one.live, livePath, value), expected };
}

/** Where the live list has more than is declared, an element under another key is another element: its own is gone. */
function isKeyInBag(one: RecordedCase, path: string, rules: TypeRules): boolean {
  const [property = '', , ...list] = segments(path).reverse();
  const elements = list.reverse().reduce<Json>(step, one.declared);
  if (!Array.isArray(elements) || listKind(elements, placeOf(pointerOf(list)), rules) !== 'bag') return false;
  return keyOf(elements, [])?.split('+').includes(property) ?? false;
}

function placeOf(path: string): Place {
  return { path, stablePath: path, property: path.split('/').at(-1) ?? '', document: 'none', isAuthors: false };
}

/** A key of a map, not an element of a list. */
function isEntry(path: string): boolean {
  return !/\/\d+$/.test(path);
}

/** A declaration that says no more than leaving it out. */
function isSilent(desired: Json, path: string, type: ResourceType | undefined): boolean {
  const fallback = type?.defaults[path.replace(/\/\d+(?=\/|$)/g, '/*')];
  return saysNothing(desired) || (fallback !== undefined && String(fallback) === String(desired));
}

function entryRemoved(one: RecordedCase, { livePath }: Counterpart, expected: string): Mutation {
  const at = livePath.lastIndexOf('/');
  const copy = structuredClone(one.live);
  const holder = segments(livePath.slice(0, at)).reduce<Json>(step, copy);
  if (isObject(holder)) delete holder[segments(livePath).at(-1) ?? ''];
  return { kind: 'entry removed', live: copy, expected };
}

function step(inner: Json, key: string): Json {
  return (Array.isArray(inner) ? inner[Number(key)] : isObject(inner) ? inner[key] : null) ?? null;
}

export function change(live: Json): Json | undefined {
  if (typeof live === 'boolean') return !live;
  if (typeof live === 'number') return live + 7;
  if (typeof live !== 'string' || live === '') return undefined;
  if (/^(?:true|false)$/.test(live)) return live === 'true' ? 'false' : 'true';
  if (/^\d+$/.test(live)) return String(Number(live) + 7);
  // A version is changed in front: what is added at the end is a patch level of the same version.
  return /^\d+\.\d/.test(live) && !live.includes('/') ? `9${live}` : `${live}x9`;
}

/** An element as nobody declared it. */
export function different(like: Json): Json {
  if (Array.isArray(like)) return like.map(different);
  if (isObject(like)) return Object.fromEntries(Object.entries(like).map(([key, value]) => [key, different(value)]));
  return change(like) ?? like;
}

/** Declared places with what corresponds to them in the live model; elements of lists by likeness. */
function counterparts(desired: JsonObject, live: JsonObject): Counterpart[] {
  const found: Counterpart[] = [];
  visit(desired, live, '', '');
  return found;

  function visit(left: Json, right: Json, path: string, livePath: string): void {
    if (path !== '') found.push({ path, livePath, desired: left, live: right });
    if (Array.isArray(left) && Array.isArray(right)) {
      for (const [index, at] of pairsOf(left, right)) {
        visit(left[index] ?? null, right[at] ?? null, child(path, index), child(livePath, at));
      }
    } else if (isObject(left) && isObject(right) && left['$unresolved'] !== true) {
      for (const [key, value] of Object.entries(left)) {
        if (Object.hasOwn(right, key)) visit(value, right[key] ?? null, child(path, key), child(livePath, key));
      }
    }
  }
}

/** The elements of two lists that correspond, by likeness: each index with its counterpart's. */
export function pairsOf(left: readonly Json[], right: readonly Json[]): [number, number][] {
  const free = new Set(right.keys());
  return [...left.entries()].flatMap(([index, item]): [number, number][] => {
    const [best] = [...free].sort((a, b) => likeness(item, right[b]) - likeness(item, right[a]));
    if (best === undefined || likeness(item, right[best]) === 0) return [];
    free.delete(best);
    return [[index, best]];
  });
}

function likeness(left: Json, right: Json | undefined): number {
  if (right === undefined) return 0;
  if (JSON.stringify(left) === JSON.stringify(right)) return 1000;
  if (!isObject(left) || !isObject(right)) return String(left) === String(right) ? 1000 : 0;
  return Object.entries(left).filter(([key, value]) => JSON.stringify(value) === JSON.stringify(right[key])).length;
}

/** A copy with another value at a pointer. */
export function replaced(root: JsonObject, pointer: string, value: Json): JsonObject {
  const copy = structuredClone(root);
  const keys = segments(pointer);
  const last = keys.pop() ?? '';
  const holder = keys.reduce<Json>(step, copy);
  if (Array.isArray(holder)) holder[Number(last)] = value;
  else if (isObject(holder)) holder[last] = value;
  return copy;
}
