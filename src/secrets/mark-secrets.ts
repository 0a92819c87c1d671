import { segments } from '../base/json-pointer.js';
import { type MapValue, type Origin, type Plain, toPlain, type Value, valuesOnWay } from '../value/value.js';
import { type Owner, type Place, placeIn, propertiesOf } from './place.js';
import { isSecretName } from './secret-name.js';
import { isHarmless } from './secret-text.js';

/**
 * Evaluated properties in which also those values are marked as secrets that stand where a secret does, or come from a
 * parameter, a mapping or an export that is called as one. Those of NoEcho parameters and dynamic references are already.
 */
export function markSecrets(properties: MapValue, owner: Owner): MapValue {
  return markMap(properties, toPlain(properties), propertiesOf(owner));
}

/** The same for a value that has a name alone: an output. */
export function markNamed(name: string, value: Value): Value {
  return markAt(value, toPlain(value), { secret: isSecretName(name), whole: false, paths: [] });
}

function markAt(value: Value, plain: Plain, place: Place): Value {
  switch (value.kind) {
    case 'map':
      return markMap(value, plain, place);
    case 'list': {
      const list = plain as Plain[];
      const at = (index: number) => placeIn(place, list, String(index));
      return { ...value, items: value.items.map((item, index) => markAt(item, list[index] ?? null, at(index))) };
    }
    case 'unresolved':
      return place.secret || isFromSecret(value.origin) ? { ...value, secret: true } : value;
    case 'scalar': {
      if (value.secret || typeof value.value === 'boolean') return value;
      const isSecret = place.secret || isFromSecret(value.origin);
      return isSecret && !isHarmless(String(value.value)) ? { ...value, secret: true } : value;
    }
  }
}

function markMap(value: MapValue, plain: Plain, place: Place): MapValue {
  const holder = plain as { [key: string]: Plain };
  const entries = [...value.entries].map(([key, each]): [string, Value] => [
    key,
    markAt(each, holder[key] ?? null, placeIn(place, holder, key)),
  ]);
  return { ...value, entries: new Map(entries) };
}

/** Whether a value, or a part of it, comes through something that is called as a secret. */
function isFromSecret({ via, parts = [] }: Origin): boolean {
  const isNamed = via.some(({ role, name = '' }) => {
    if (role === 'parameter' || role === 'outside') return isSecretName(name);
    return role === 'table' && isSecretName(name.slice(name.lastIndexOf('/') + 1));
  });
  return isNamed || parts.some(({ origin }) => isFromSecret(origin));
}

/** The value at a pointer; the list itself where it has no such element yet: it is a secret as those that it has. */
export function markedAt(properties: MapValue, pointer: string): Value | undefined {
  const keys = segments(pointer);
  const way = valuesOnWay(properties, keys);
  const value = way.at(-1) ?? properties;
  if (way.length > keys.length || isLeaf(value)) return value;
  return value.kind === 'list' && value.items.every(isLeaf) ? value : undefined;
}

function isLeaf({ kind }: Value): boolean {
  return kind === 'scalar' || kind === 'unresolved';
}

/** The texts in an evaluated value that are marked as secret, for `MaskOptions.secrets`. */
export function secretTexts(value: Value): string[] {
  switch (value.kind) {
    case 'scalar':
      return value.secret ? [String(value.value)] : [];
    case 'list':
      return value.items.flatMap(secretTexts);
    case 'map':
      return [...value.entries.values()].flatMap(secretTexts);
    case 'unresolved':
      return [];
  }
}

/**
 * Whether a text is likely to be a secret wherever it stands. What stands where a secret does may be a word (`postgres`,
 * `changeme`), which says nothing elsewhere.
 */
export function isTelling(text: string): boolean {
  return text.length >= 8 && /\d/.test(text) && /\D/.test(text) && !isHarmless(text);
}
