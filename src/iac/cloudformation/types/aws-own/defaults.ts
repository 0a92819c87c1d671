import { readFileSync } from 'node:fs';
import { contentText } from '../../../../base/content.js';
import { isObject, type Json } from '../../../../base/json.js';
import { packageFile } from '../../../../base/package-file.js';
import type { KnownDefault } from '../../../../compare/types.js';
import type { Counted, DefaultsData } from './distil.js';

/** On how many recorded resources AWS had set a value, and whether it had set another one there on others. */
export interface Sighting {
  resources: number;
  isOneOf: boolean;
}

/** What AWS is known to set by itself on resources of a type; asked by path with `*` for list indices. */
export interface TypeDefaults {
  /** What was seen of a value there (see `generalText`); undefined where AWS was never seen to set it. */
  recorded(path: string, text: string): Sighting | undefined;
  /** Whether anything was ever seen there. */
  isRecorded(path: string): boolean;
  mined(path: string): Json | undefined;
  /** What defaults of this name usually are, and on how many types. */
  usual(name: string): { text: string; types: number } | undefined;
  /** Everything that is known of the type, for `explain-type`. */
  places(): KnownDefault[];
}

/** The defaults of all types. */
export interface AwsDefaults {
  of(type: string): TypeDefaults;
}

let loaded: AwsDefaults | undefined;

/** The defaults that ship with the package (`data/aws-defaults.json`), read once. */
export function loadAwsDefaults(): AwsDefaults {
  loaded ??= awsDefaults(JSON.parse(readFileSync(packageFile('data/aws-defaults.json'), 'utf8')) as DefaultsData);
  return loaded;
}

/** Defaults for asking by type; a type is compiled when it is first asked for. */
export function awsDefaults(data: DefaultsData): AwsDefaults {
  const usual = new Map(
    Object.entries(data.usual).map(([name, [value, types]]) => [name, { text: contentText(value), types }]),
  );
  const compiled = new Map<string, TypeDefaults>();
  return {
    of(type) {
      const known = compiled.get(type);
      if (known) return known;
      const defaults = typeDefaults(memberOf(data.recorded, type), memberOf(data.mined, type), (name) =>
        usual.get(name),
      );
      compiled.set(type, defaults);
      return defaults;
    },
  };
}

function typeDefaults(
  recorded: DefaultsData['recorded'][string],
  mined: DefaultsData['mined'][string],
  usual: TypeDefaults['usual'],
): TypeDefaults {
  const seen = new Map(Object.entries(recorded).map(([path, values]) => [path, sightings(path, values)]));
  const assumed = new Map(Object.entries(mined));
  return {
    recorded: (path, text) => seen.get(path)?.get(text),
    isRecorded: (path) => seen.has(path),
    mined: (path) => assumed.get(path),
    usual,
    places: () => [
      ...Object.entries(recorded).map(([path, values]) => ({
        path,
        values: values.map(([value]) => value),
        from: 'recorded' as const,
      })),
      ...[...assumed].map(([path, value]) => ({ path, values: [value], from: 'mined' as const })),
    ],
  };
}

function sightings(path: string, values: readonly Counted[]): Map<string, Sighting> {
  const isElement = path.endsWith('/*');
  const keyed = values.map(([value, resources]) => ({ value, resources, key: isElement ? elementKey(value) : '' }));
  const others = new Map<string, number>();
  for (const { key } of keyed) others.set(key, (others.get(key) ?? 0) + 1);
  return new Map(
    keyed.map(({ value, resources, key }) => [contentText(value), { resources, isOneOf: (others.get(key) ?? 0) > 1 }]),
  );
}

/** What tells an element from others of its list: all but its `Value`. */
function elementKey(value: Json): string {
  if (!isObject(value)) return contentText(value);
  const { Value: _, ...key } = value;
  return contentText(key);
}

function memberOf<Value>(record: Record<string, Record<string, Value>>, key: string): Record<string, Value> {
  return Object.hasOwn(record, key) ? (record[key] ?? {}) : {};
}
