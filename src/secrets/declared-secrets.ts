import { isObject, type Json, type JsonObject } from '../base/json.js';
import { holdsSecret, type MapValue, type Value } from '../value/value.js';
import { nameKeysOf } from './pairs.js';
import { MASK } from './secret-text.js';

/**
 * Live properties as they may be kept: whatever stands where the template has a secret (a NoEcho parameter, a dynamic
 * reference to a secret) is `****`, be it the same secret or another, and whatever its property is called.
 */
export function withoutDeclaredSecrets(live: JsonObject, declared: MapValue): JsonObject {
  return holdsSecret(declared) ? maskMap(live, declared) : live;
}

function maskAt(live: Json, declared: Value): Json {
  if (!holdsSecret(declared)) return live;
  if (declared.kind === 'map' && isObject(live)) return maskMap(live, declared);
  if (declared.kind === 'list' && Array.isArray(live)) return live.map((item) => maskItem(item, declared.items));
  return MASK;
}

function maskMap(live: JsonObject, { entries }: MapValue): JsonObject {
  return Object.fromEntries(
    Object.entries(live).map(([key, value]) => {
      const declared = entries.get(key);
      return [key, declared ? maskAt(value, declared) : value];
    }),
  );
}

/** Lists come in any order: named elements are found by their names, any other may be the one with the secret. */
function maskItem(live: Json, declared: readonly Value[]): Json {
  const secret = declared.filter(holdsSecret);
  const names = isObject(live) ? nameKeysOf(Object.keys(live)).filter((key) => typeof live[key] === 'string') : [];
  if (isObject(live) && names.length > 0) {
    const named = secret.filter((item) => item.kind === 'map' && names.some((key) => textAt(item, key) === live[key]));
    return named.reduce((masked: Json, item) => maskAt(masked, item), live);
  }
  const isPlain = declared.some((item) => item.kind === 'scalar' && !item.secret && item.value === live);
  return isPlain ? live : secret.reduce((masked, item) => maskAt(masked, item), live);
}

function textAt({ entries }: MapValue, key: string): unknown {
  const value = entries.get(key);
  return value?.kind === 'scalar' ? value.value : undefined;
}
