import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { jsonOf } from '../syntax/node.js';
import { parseJson } from '../syntax/parse-json.js';
import { createSource } from '../syntax/source.js';
import { isUnresolved, type Plain, type PlainObject } from '../value/value.js';
import { isKnownSecret, maskKnown } from './known-texts.js';
import { editsTo, splice } from './mask-edits.js';
import { isSecretPair, isValueKey } from './pairs.js';
import { ANYWHERE, inside, type Owner, type Place, placeIn, propertiesOf } from './place.js';
import { isSecretName } from './secret-name.js';
import { BASE64, isHarmless, MASK, maskForms } from './secret-text.js';
import type { SecretCalls } from './types.js';

export interface MaskOptions {
  /** Values known to be secret (of NoEcho parameters), masked wherever they stand. */
  secrets?: readonly string[];
  /** How many texts this is inside of. */
  layer?: number;
  /** How functions are called in documents. */
  calls?: SecretCalls | undefined;
}

/**
 * A copy of a resource's properties (desired or live) without secrets: what its type keeps secret, password-like
 * properties, secret-named variables (as a map or as pairs), arguments, and credentials inside texts become `****`.
 */
export function maskSecrets(properties: JsonObject, owner: Owner, options: MaskOptions = {}): JsonObject {
  return maskObject(properties, propertiesOf(owner), { ...options, calls: owner.types.calls });
}

/**
 * The same for one value that is called by `path` (a JSON Pointer; a stable path such as `/Environment/Name=DB_PASSWORD/Value`
 * tells the names of pairs as well). What is unresolved becomes `{"$unresolved": reason}`, or `****` when it is a secret.
 */
export function maskValue(value: Plain, path: string, options: MaskOptions = {}): Json {
  return maskIn(value, { ...ANYWHERE, secret: isSecretPath(path) }, options);
}

/** The same for a value whose place is known. */
export function maskIn(value: Plain, place: Place, options: MaskOptions = {}): Json {
  if (isUnresolved(value)) return value.secret || place.secret ? MASK : { $unresolved: value.message };
  if (Array.isArray(value))
    return value.map((item, index) => maskIn(item, placeIn(place, value, String(index)), options));
  if (typeof value === 'object' && value !== null) return maskObject(value, place, options);
  if (typeof value === 'string') {
    return place.secret && !isHarmless(value) ? MASK : maskInText(value, options);
  }
  if (typeof value !== 'number') return value;
  return place.secret || isKnownSecret(String(value), options.secrets ?? []) ? MASK : value;
}

function maskObject(properties: PlainObject, place: Place, options: MaskOptions): JsonObject {
  // `fromEntries` defines properties, so that a `__proto__` key stays data.
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, maskIn(value, placeIn(place, properties, key), options)]),
  );
}

/** The texts that are secrets because of where they stand. */
export function secretLeaves(properties: PlainObject, owner: Owner): Set<string> {
  const found = new Set<string>();
  visitSecrets(properties, propertiesOf(owner), { text: (text) => found.add(text) });
  return found;
}

/** A call that gives what stands where a secret does, with its argument. */
export interface SecretCall {
  name: string;
  given: Plain;
}

/** The calls that give what stands where a secret does. */
export function secretCalls(properties: PlainObject, owner: Owner): SecretCall[] {
  const calls: SecretCall[] = [];
  visitSecrets(properties, propertiesOf(owner), { call: (name, given) => calls.push({ name, given }) });
  return calls;
}

/** What is told of all that stands where a secret does. */
interface SecretVisitor {
  text?(text: string): void;
  call?(name: string, given: Plain): void;
}

function visitSecrets(value: Plain, place: Place, visitor: SecretVisitor): void {
  if (isUnresolved(value)) return;
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (place.secret && !Array.isArray(value)) visitor.call?.(key, member);
      visitSecrets(member, placeIn(place, value, key), visitor);
    }
  } else if (place.secret && (typeof value === 'number' || (typeof value === 'string' && !isHarmless(value)))) {
    visitor.text?.(String(value));
  }
}

/** A text with what names it: an output, a tag, a parameter. */
export function maskNamed(name: string, value: string, secrets: readonly string[]): string {
  return isSecretName(name) && !isHarmless(value) ? MASK : maskText(value, secrets);
}

/** Whether a secret stands at a path, by its names alone. */
export function isSecretPath(path: string): boolean {
  const names = segments(path).filter((key) => !/^(?:\d+|-)$/.test(key));
  const last = names.at(-1) ?? '';
  if (isSecretName(last)) return true;
  const [, key, name] = /^([A-Za-z]+)=(.*)$/s.exec(names.at(-2) ?? '') ?? [];
  return isValueKey(last) && key !== undefined && isSecretPair({ [key]: name ?? '' });
}

/** So deep is what is in texts looked into: JSON in JSON in Base64. */
const MOST_LAYERS = 6;

/**
 * Masks the secrets inside a text and leaves the rest, byte for byte: the `secrets` that are known, and what it shows to
 * be secret (see `maskForms`). JSON and Base64 (user data) are looked into.
 */
export function maskText(text: string, secrets: readonly string[] = []): string {
  return maskInText(text, { secrets });
}

function maskInText(text: string, options: MaskOptions): string {
  const { secrets = [], layer = 0 } = options;
  const known = maskKnown(text, secrets);
  if (known.length < 8 || layer >= MOST_LAYERS) return known;
  const inner = { ...options, layer: layer + 1 };
  return maskBase64(maskForms(maskJson(known, inner)), inner);
}

function maskJson(text: string, inner: MaskOptions): string {
  if (!/^\s*[{[]/.test(text)) return text;
  const { node, problems } = parseJson(createSource('text.json', text));
  if (node === undefined || node.kind === 'scalar' || problems.length > 0) return text;
  return splice(text, editsTo(text, node, maskIn(jsonOf(node), inside(inner.calls), inner)));
}

function maskBase64(text: string, inner: MaskOptions): string {
  if (text.length < 24) return text;
  return text.replace(BASE64, (encoded) => {
    if (encoded.length % 4 !== 0) return encoded;
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    if (decoded.includes('\uFFFD')) return encoded;
    const masked = maskInText(decoded, inner);
    return masked === decoded ? encoded : Buffer.from(masked).toString('base64');
  });
}
