import { segments } from '../base/json-pointer.js';
import { type PathPatterns, pathPatterns } from '../resource-type/path-pattern.js';
import { QUIRKS, type Quirk, type QuirkRule } from '../resource-type/quirks.js';
import type { ResourceType } from '../resource-type/resource-type.js';

/** What is known of a type, compiled for asking by path. */
export interface TypeRules {
  writeOnly: PathPatterns;
  createOnly: PathPatterns;
  unordered: PathPatterns;
  ordered: PathPatterns;
  unique: PathPatterns;
  maps: PathPatterns;
  documents: PathPatterns;
  defaults: ResourceType['defaults'];
  tagProperty: string | undefined;
  /** Whether Cloud Control reads the type, so that what is absent from its model is absent from the resource. */
  readable: boolean;
  quirks(path: string): readonly QuirkRule[];
}

const compiled = new WeakMap<ResourceType, TypeRules>();

/** The rules of a type; of an unknown one only those that hold for every type. */
export function rulesOf(name: string, type: ResourceType | undefined): TypeRules {
  if (type === undefined) return compile(name, undefined);
  const known = compiled.get(type);
  if (known) return known;
  const rules = compile(name, type);
  compiled.set(type, rules);
  return rules;
}

function compile(name: string, type: ResourceType | undefined): TypeRules {
  const quirks = QUIRKS.filter((quirk) => coversType(quirk, name)).map(({ path, rule }) => ({
    keys: segments(path),
    rule,
  }));
  const asked = new Map<string, readonly QuirkRule[]>();
  return {
    writeOnly: pathPatterns(type?.writeOnly ?? []),
    createOnly: pathPatterns(type?.createOnly ?? []),
    unordered: pathPatterns(type?.unordered ?? []),
    ordered: pathPatterns(type?.ordered ?? []),
    unique: pathPatterns(type?.unique ?? []),
    maps: pathPatterns(type?.maps ?? []),
    documents: pathPatterns(type?.documents ?? []),
    defaults: type?.defaults ?? {},
    tagProperty: type?.tagProperty,
    readable: type?.readable ?? false,
    quirks(path) {
      const shape = path.replace(/\/\d+(?=\/|$)/g, '/0');
      let rules = asked.get(shape);
      if (rules === undefined) {
        const keys = segments(shape);
        rules = quirks.filter((quirk) => matches(quirk.keys, keys)).map(({ rule }) => rule);
        asked.set(shape, rules);
      }
      return rules;
    },
  };
}

function coversType({ type }: Quirk, name: string): boolean {
  return type.endsWith('*') ? name.startsWith(type.slice(0, -1)) : type === name;
}

function matches(pattern: readonly string[], keys: readonly string[]): boolean {
  const anywhere = pattern[0] === '**';
  const wanted = anywhere ? pattern.slice(1) : pattern;
  if (anywhere ? keys.length < wanted.length : keys.length !== wanted.length) return false;
  const tail = keys.slice(keys.length - wanted.length);
  return wanted.every((key, index) =>
    key.startsWith('*') ? tail[index]?.endsWith(key.slice(1)) : key === tail[index],
  );
}
