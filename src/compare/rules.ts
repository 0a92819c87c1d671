import { type PathPatterns, type PathTable, pathPatterns, pathTable } from '../base/path-pattern.js';
import { type MeaningName, type MeaningSource, parseMeaningKey } from './meanings/names.js';
import { meaning } from './meanings/registry.js';
import type { ResourceType } from './resource-type.js';
import type { PathFact, PathRule, Typed } from './types.js';

/** What is known of a type, compiled for asking by path. */
export interface TypeRules {
  writeOnly: PathPatterns;
  createOnly: PathPatterns;
  unordered: PathPatterns;
  ordered: PathPatterns;
  maps: PathPatterns;
  documents: PathPatterns;
  defaults: ResourceType['defaults'];
  tagProperty: string | undefined;
  /** Whether Cloud Control reads the type, so that what is absent from its model is absent from the resource. */
  readable: boolean;
  /** What was observed of a place. */
  facts(path: string): readonly PathRule[];
  /** What stands at a place, and how that is known; undefined where nothing but its text is known of it. */
  meaningAt(path: string): KnownMeaning | undefined;
}

/** A meaning, and the evidence for it. */
export interface KnownMeaning {
  name: MeaningName;
  source: 'path data' | MeaningSource;
}

const compiled = new WeakMap<ResourceType, TypeRules>();

/** The rules of a type; of an unknown one only those that hold for every type. */
export function rulesOf({ types, type: name, resourceType: type }: Typed): TypeRules {
  if (type === undefined) return compileRules(undefined, types.facts(name));
  const known = compiled.get(type);
  if (known) return known;
  const rules = compileRules(type, types.facts(name));
  compiled.set(type, rules);
  return rules;
}

/** The rules of a type with other path data than what ships: `scripts/held-out.js` leaves some out. */
export function compileRules(type: ResourceType | undefined, observed: readonly PathFact[]): TypeRules {
  const facts = pathTable(observed.map(({ path, rule }) => [path, rule] as const));
  let meanings: PathTable<KnownMeaning> | undefined;
  return {
    writeOnly: pathPatterns(type?.writeOnly ?? []),
    createOnly: pathPatterns(type?.createOnly ?? []),
    unordered: pathPatterns(type?.unordered ?? []),
    ordered: pathPatterns(type?.ordered ?? []),
    maps: pathPatterns(type?.maps ?? []),
    documents: pathPatterns(type?.documents ?? []),
    defaults: type?.defaults ?? {},
    tagProperty: type?.tagProperty,
    readable: type?.readable ?? false,
    facts: (path) => facts.at(path),
    meaningAt(path) {
      const fact = facts.at(path).find(isMeaning);
      if (fact !== undefined) return { name: fact, source: 'path data' };
      meanings ??= meaningTable(type);
      return meanings.at(path)[0];
    },
  };
}

function meaningTable(type: ResourceType | undefined): PathTable<KnownMeaning> {
  const entries = Object.entries(type?.meanings ?? {}).flatMap(([key, paths]) => {
    const known = parseMeaningKey(key);
    return known === undefined ? [] : (paths ?? []).map((path) => [path, known] as const);
  });
  return pathTable(entries);
}

function isMeaning(rule: PathRule): rule is MeaningName {
  return meaning(rule) !== undefined;
}
