import { isObject, type Json } from '../../src/base/json.js';
import { child } from '../../src/base/json-pointer.js';
import { documentOf } from '../../src/compare/documents.js';
import { type ListKind, listKind } from '../../src/compare/list-kind.js';
import { elementPlace } from '../../src/compare/lists.js';
import { type Place, placeAt } from '../../src/compare/place.js';
import { rulesOf } from '../../src/compare/rules.js';
import { meaningOf } from '../../src/compare/scalar.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { pairsOf } from './mutations.js';
import type { RecordedCase } from './recorded-cases.js';

/** A declared place that the live model has as well. */
export interface RecordedPlace {
  place: Place;
  /** Where the live model has it. */
  livePath: string;
  desired: Json;
  live: Json;
  /** How a list is compared there. */
  list?: ListKind;
  /** What kind of value stands there; a whole document that is a text has none. */
  meaning?: string;
  /** The schema's transform says more of it. */
  isTransformed: boolean;
}

/** All declared places of a resource that its live model has as well, from the root down. */
export function placesOf(one: RecordedCase): RecordedPlace[] {
  const type = cloudFormationTypes.get(one.type);
  const rules = rulesOf({ types: cloudFormationTypes, type: one.type, resourceType: type });
  const transformed = new Set(Object.keys(type?.transforms ?? {}));
  const found: RecordedPlace[] = [];
  visit(one.declared, one.live, { path: '', stablePath: '', property: '', document: 'none', isAuthors: false }, '');
  return found;

  function visit(left: Json, right: Json, at: Place, livePath: string): void {
    if (isObject(left) && left['$unresolved'] === true) return;
    const parsed = documentOf(left, right, at, rules);
    const place: Place = parsed ? { ...at, document: parsed.kind, isAuthors: true, within: [] } : at;
    const isTransformed = transformed.has(at.path.replace(/\/\d+(?=\/|$)/g, '/*'));
    const common = { place, livePath, desired: left, live: right, isTransformed };
    if (Array.isArray(left) && Array.isArray(right)) {
      found.push({ ...common, list: listKind(left, place, rules) });
      for (const [index, other] of pairsOf(left, right)) {
        const inner = elementPlace(place, { value: left[index] ?? null, index }, String(index));
        visit(left[index] ?? null, right[other] ?? null, inner, child(livePath, other));
      }
    } else if (isObject(left) && isObject(right)) {
      found.push(common);
      const isAuthors = place.document !== 'none' || rules.maps.has(place.path);
      for (const [key, value] of Object.entries(left)) {
        if (!Object.hasOwn(right, key)) continue;
        visit(value, right[key] ?? null, placeAt(place, key, isAuthors), child(livePath, key));
      }
    } else {
      found.push(parsed ? common : { ...common, meaning: meaningOf(at, rules).name });
    }
  }
}
