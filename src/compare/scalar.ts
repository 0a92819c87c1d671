import type { Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { asText } from '../base/text.js';
import type { Comparing } from './comparing.js';
import { unknownAlias } from './meanings/kms.js';

import type { Meaning, Surroundings } from './meanings/meaning.js';
import { isToldInPart } from './meanings/numbers.js';

import { meaning } from './meanings/registry.js';
import { type Place, placeAt } from './place.js';
import { policyMeaning } from './policy.js';
import { rulesOf, type TypeRules } from './rules.js';
import type { Typed } from './types.js';
import type { SameScalar } from './verdict.js';

/** Why two unlike values are no difference: what makes them equal, or why they can't be told apart. */
export type Verdict =
  | { equivalence: string; unverifiable?: undefined }
  | { equivalence?: undefined; unverifiable: string };

/** What is the author's own is compared as written: nothing is known of it, not even that services trim it. */
const AS_WRITTEN: Meaning = { name: 'text', forms: [], stands: [] };

/** What kind of value stands at a place. */
export function meaningOf(place: Place, rules: TypeRules): Meaning {
  if (place.document === 'policy') return policyMeaning(place) ?? AS_WRITTEN;
  const known = rules.meaningAt(place.path);
  if (place.isAuthors && known?.source !== 'path data') return AS_WRITTEN;
  return meaning(known?.name ?? 'text') ?? AS_WRITTEN;
}

/**
 * Whether two unlike values mean the same at a place, or can't be told apart; undefined where they differ. A number or
 * boolean is its text; two texts are what the forms of the place's meaning make of them; at last, what stands for what
 * was declared: the schema's transforms, a relation.
 */
export function sameMeaning(desired: Json, live: Json, place: Place, comparing: Comparing): Verdict | undefined {
  const { rules, context, alternatives } = comparing;
  const kind = meaningOf(place, rules);
  const same = sameForm(desired, live, place, kind);
  if (same !== undefined) return { equivalence: same };
  if (context.spellings?.get(place.path)?.includes(asText(live))) return { equivalence: 'number-spelling' };
  for (const alternative of alternatives.get(place.path) ?? []) {
    if (alternative.matches(live)) return { equivalence: 'schema-transform' };
    const { value } = alternative;
    const inner = value === undefined ? undefined : sameForm(value, live, place, kind);
    if (inner !== undefined) return { equivalence: `schema-transform, ${inner}` };
  }
  if (typeof desired === 'object' || typeof live === 'object') return undefined;
  const relation = relationOf(desired, live, kind, context);
  if (relation !== undefined) return { equivalence: relation };
  const unverifiable = whyUncertain(String(desired), String(live), place, kind, comparing);
  return unverifiable === undefined ? undefined : { unverifiable };
}

/** Compares scalars of two templates of one type by forms alone: what stands only for a live value does not count. */
export function sameInTemplates(typed: Typed): SameScalar {
  const rules = rulesOf(typed);
  return (one, other, path) => {
    const place = placeOf(path, rules);
    return sameForm(one, other, place, meaningOf(place, rules)) !== undefined;
  };
}

/** The name of the relation by which a live value stands for the declared one; undefined where none holds. */
export function relationOf(desired: Json, live: Json, kind: Meaning, surroundings: Surroundings): string | undefined {
  if (typeof desired === 'object' || typeof live === 'object') return undefined;
  const { text: left } = formed(String(desired), kind.forms);
  const { text: right } = formed(String(live), kind.forms);
  return kind.stands.find(({ holds }) => holds(left, right, surroundings))?.name;
}

/** The names of the forms that make one value of two unlike scalars; undefined where none does. */
export function sameForm(one: Json, other: Json, place: Place, kind: Meaning): string | undefined {
  if (typeof one === 'object' || typeof other === 'object') return undefined;
  const [left, right] = [String(one), String(other)];
  if (typeof one !== typeof other) {
    if (left === right) return 'text-form';
    const isSwitch = typeof one === 'boolean' || typeof other === 'boolean';
    if (isSwitch && !place.isAuthors && left.toLowerCase() === right.toLowerCase()) return 'text-form';
  }
  const [first, second] = [formed(left, kind.forms), formed(right, kind.forms)];
  if (first.text !== second.text) return undefined;
  return [...new Set([...first.names, ...second.names])].join(', ') || 'text-form';
}

/** A text in the canonical form, and the names of the forms that changed it. */
function formed(text: string, forms: Meaning['forms']): { text: string; names: string[] } {
  const names: string[] = [];
  let result = text;
  for (const { name, of } of forms) {
    const next = of(result);
    if (next !== result) names.push(name);
    result = next;
  }
  return { text: result, names };
}

function whyUncertain(
  desired: string,
  live: string,
  place: Place,
  kind: Meaning,
  { context }: Comparing,
): string | undefined {
  if (desired.includes('?') && live.replace(/[^\p{ASCII}]/gu, '?') === desired) {
    return 'CloudFormation keeps ? for characters outside ASCII, so the template may not say what it means';
  }
  if (place.isAuthors) return undefined;
  if (kind.name === 'version' && isToldInPart(desired, live)) return 'AWS tells only the beginning of this version';
  const alias = unknownAlias(desired, live, context.kmsAliasTargets);
  if (alias !== undefined) return alias;
  // What ECS, EC2 launch templates and others resolve to a version when they use it.
  if (/^(?:LATEST|\$Latest|\$Default)$/.test(desired) && /^\d/.test(live)) {
    return `${desired} stands for a version that AWS picks`;
  }
  return undefined;
}

/** The place that a path leads to, as far as its type tells; what stands in a document is the author's. */
export function placeOf(path: string, rules: TypeRules): Place {
  let place: Place = { path: '', stablePath: '', property: '', document: 'none', isAuthors: false };
  for (const key of segments(path)) {
    const document = place.document === 'none' && rules.documents.has(place.path) ? 'json' : place.document;
    const isOwn = document !== 'none' || rules.maps.has(place.path);
    const { property, isAuthors } = place;
    const inner = placeAt({ ...place, document }, key, isOwn);
    place = /^\d+$/.test(key) ? { ...inner, property, isAuthors } : inner;
  }
  return place;
}
