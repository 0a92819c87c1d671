import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SeverityRule } from './rule.js';

let loaded: readonly SeverityRule[] | undefined;

/** The rules that ship with the package (`data/severity-rules.yaml`), read once. */
export function shippedRules(): readonly SeverityRule[] {
  loaded ??= parse(readFileSync(new URL('../../data/severity-rules.yaml', import.meta.url), 'utf8')) as SeverityRule[];
  return loaded;
}
