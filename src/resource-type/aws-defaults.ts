import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Json } from '../base/json.js';
import { packageFile } from '../base/package-file.js';

/** What is known of a type's defaults, by place (`*` for indices). */
export interface DefaultsOfType {
  /** Seen at untouched resources. */
  recorded?: Record<string, readonly Json[]>;
  /** Places whose value AWS makes up. */
  generated?: readonly string[];
  /** Taken for defaults by Terraform's provider. */
  mined?: Record<string, readonly Json[]>;
}

export interface AwsDefaults {
  of(type: string): DefaultsOfType;
  /** The defaults that a property of this name has at all types that were recorded. */
  usual(name: string): readonly Json[] | undefined;
}

let loaded: AwsDefaults | undefined;

/** The defaults that ship with the package (`data/aws-defaults.json.gz`), read once. */
export function loadDefaults(): AwsDefaults {
  loaded ??= decodeDefaults(gunzipSync(readFileSync(packageFile('data/aws-defaults.json.gz'))).toString('utf8'));
  return loaded;
}

/** Reads what `encodeDefaults` made: lines of a type's name, a tab, and JSON, which is parsed when the type is asked for. */
export function decodeDefaults(text: string): AwsDefaults {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) lines.set(line.slice(0, tab), line.slice(tab + 1));
  }
  const parse = <Value>(name: string) => JSON.parse(lines.get(name) ?? '{}') as Value;
  const usual = new Map(Object.entries(parse<Record<string, Json[]>>('*')));
  return { of: (type) => parse<DefaultsOfType>(type), usual: (name) => usual.get(name) };
}
