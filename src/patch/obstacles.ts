import { isDeepStrictEqual } from 'node:util';
import { segments } from '../base/json-pointer.js';
import type { Difference } from '../model/comparison.js';
import { maskValue } from '../secrets/mask.js';
import { holdsSecret, type MapValue, type Value } from '../value/value.js';
import type { PatchOptions, PatchStack, Wanted } from './model.js';

/** Why a finding is not to be patched at all, and what a person can do; undefined where it may be. */
export function obstacleTo(wanted: Wanted, stack: PatchStack, options: PatchOptions): string | undefined {
  const { difference, finding } = wanted;
  if (finding.verdict === 'conflict') {
    return 'Git has a change of its own that is not deployed yet: decide which of the two holds';
  }
  if (difference === undefined) {
    if (options.includeDeletions) return undefined;
    return 'the resource is gone: create it again, or take it out of Git with --include-deletions';
  }
  const properties = stack.evaluated.resources.get(finding.logicalId)?.properties;
  if (isSecret(difference, properties)) {
    return 'it holds a secret, which must not stand in Git: change it where it is kept';
  }
  return undefined;
}

function isSecret({ live, desired, stablePath, path }: Difference, properties: MapValue | undefined): boolean {
  if (live !== undefined && !isDeepStrictEqual(maskValue(live, stablePath), live)) return true;
  if (desired !== undefined && JSON.stringify(maskValue(desired, stablePath)) !== JSON.stringify(desired)) return true;
  const value = properties && valueAt(properties, segments(path));
  return value !== undefined && holdsSecret(value);
}

/** The value at a place; the list itself where it has no such element yet: it is a secret as those that it has. */
function valueAt(properties: MapValue, keys: readonly string[]): Value | undefined {
  let value: Value = properties;
  for (const key of keys) {
    if (value.kind !== 'map' && value.kind !== 'list') return value;
    const next: Value | undefined = value.kind === 'map' ? value.entries.get(key) : value.items[Number(key)];
    if (next === undefined) return value.kind === 'list' && value.items.every(isScalar) ? value : undefined;
    value = next;
  }
  return value;
}

function isScalar({ kind }: Value): boolean {
  return kind === 'scalar' || kind === 'unresolved';
}
