import type { MeaningKey, MeaningName } from '../../../compare/meanings/names.js';
import type { ResourceType } from '../../../compare/resource-type.js';

/** A line of `../shared/mined/facts.jsonl.gz`: what Terraform's provider knows of a property. */
export interface MinedFact {
  type: string;
  path: string;
  fact: string;
  /** How sure it is that the provider's property is this one, 0 to 1. */
  confidence: number;
}

/** Below this, the provider's property may be another one (the README beside the facts). */
const LEAST_CONFIDENCE = 0.75;

/**
 * What the facts call sensitive and is not, or not always: most parameters of Systems Manager are settings, and their
 * names say which are not.
 */
const NOT_ALWAYS_SECRET = new Set(['AWS::SSM::Parameter/Value']);

/** Where types keep secrets, by type; both sorted. */
export function secretPlaces(facts: readonly MinedFact[]): Record<string, string[]> {
  const places = new Map<string, Set<string>>();
  for (const { type, path, fact, confidence } of facts) {
    if (fact !== 'sensitive' || confidence < LEAST_CONFIDENCE || NOT_ALWAYS_SECRET.has(type + path)) continue;
    places.set(type, (places.get(type) ?? new Set()).add(path));
  }
  const sorted = [...places].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([type, paths]) => [type, [...paths].sort()]));
}

/** The meaning that each fact is evidence of; the first that a place has counts. */
const MEANINGS: readonly (readonly [fact: string, meaning: MeaningName])[] = [
  ['equal:trailing-dot', 'dns-name'],
  ['equal:kms-arn-or-id', 'kms-key'],
  ['equal:cidr-host-bits', 'cidr'],
  ['equal:ipv6-spelling', 'cidr'],
  ['equal:protocol-number', 'protocol'],
  ['equal:json-or-yaml', 'body'],
  ['equal:url-scheme', 'url'],
  ['equal:trailing-slash', 'folder'],
  ['equal:trim', 'trimmed'],
  ['equal:ignore-case', 'keyword'],
  ['stored:lower', 'keyword'],
  ['stored:upper', 'keyword'],
  ['equal:arn-or-id', 'identifier'],
];

/** Where a name identifies something, a case that means nothing is the service's way of storing it. */
const IDENTIFYING = /(?:Identifier|Name|Id)$/;

/**
 * A type with the meanings that the facts are evidence of, in place of what its schema's words say. Only places that
 * the schema declares as texts count; a kind of key that words know is more than that its ARN or ID will do.
 */
export function withMined(
  type: ResourceType,
  facts: readonly MinedFact[],
  declared: ReadonlySet<string>,
): ResourceType {
  const own = facts.filter((fact) => fact.type === type.name && fact.confidence >= LEAST_CONFIDENCE);
  const mined = new Map<string, MeaningName>();
  for (const [fact, meaning] of MEANINGS) {
    for (const { path } of own.filter((each) => each.fact === fact)) {
      if (!mined.has(path) && declared.has(path)) mined.set(path, identifying(path, meaning));
    }
  }
  if (mined.size === 0) return type;
  const meanings: ResourceType['meanings'] = {};
  for (const [key, paths] of Object.entries(type.meanings)) {
    const left = (paths ?? []).filter((path) => !mined.has(path) || isMoreSpecific(key, mined.get(path)));
    for (const path of left) mined.delete(path);
    if (left.length > 0) meanings[key as MeaningKey] = left;
  }
  for (const [path, meaning] of mined)
    meanings[`${meaning} mined`] = [...(meanings[`${meaning} mined`] ?? []), path].sort();
  return { ...type, meanings };
}

function identifying(path: string, meaning: MeaningName): MeaningName {
  return meaning === 'keyword' && IDENTIFYING.test(path) ? 'lower-identifier' : meaning;
}

function isMoreSpecific(key: string, mined: MeaningName | undefined): boolean {
  const [word] = key.split(' ');
  return mined === 'identifier'
    ? word === 'kms-key'
    : mined === 'keyword' && (word === 'weekly-window' || word === 'protocol');
}
