import { readFileSync } from 'node:fs';
import { packageFile } from '../../../base/package-file.js';
import type { SeverityRule } from '../../../severity/rule.js';

let loaded: readonly SeverityRule[] | undefined;

/** The rules that ship with the package (`data/severity-rules.yaml`, which the build has parsed), read once. */
export function shippedRules(): readonly SeverityRule[] {
  loaded ??= JSON.parse(readFileSync(packageFile('dist/severity-rules.json'), 'utf8')) as SeverityRule[];
  return loaded;
}
