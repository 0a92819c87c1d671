import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { isUnresolved, type Plain, type PlainObject, type Value } from '../value/value.js';
import { isSecretName } from './secret-name.js';
import { isHarmless, MASK, maskText } from './secret-text.js';

export interface MaskOptions {
  /** Values known to be secret (of NoEcho parameters), masked wherever they stand. */
  secrets?: readonly string[];
}

/** How AWS spells lists of named values: container environments, option settings, headers, parameters. */
export const NAME_KEYS = ['Name', 'Key', 'ParameterKey', 'OptionName', 'name', 'key'];
const VALUE_KEYS = new Set(['Value', 'ParameterValue', 'value']);

/**
 * A copy of a resource's properties (desired or live) without secrets: password-like properties, secret-named
 * environment variables (as a map or as Name/Value pairs), and credentials inside texts become `****`.
 */
export function maskSecrets(properties: JsonObject, options: MaskOptions = {}): JsonObject {
  return maskObject(properties, options);
}

/**
 * The same for the value at `path` (a JSON Pointer into the properties; a stable path such as
 * `/Environment/Name=DB_PASSWORD/Value` tells the names of pairs as well). What is unresolved becomes
 * `{"$unresolved": reason}`, or `****` when it is a secret.
 */
export function maskValue(value: Plain, path: string, options: MaskOptions = {}): Json {
  return mask(value, isSecretPath(segments(path)), options);
}

/** The texts in an evaluated value that come from NoEcho parameters, for `MaskOptions.secrets`. */
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

/** Whether one of these texts is a value, or one inside it. */
export function holdsSecretText(value: Plain, secrets: readonly string[]): boolean {
  if (typeof value !== 'object') return secrets.includes(String(value));
  if (value === null || isUnresolved(value)) return false;
  return Object.values(value).some((each) => holdsSecretText(each, secrets));
}

function mask(value: Plain, secret: boolean, options: MaskOptions): Json {
  if (isUnresolved(value)) return value.secret || secret ? MASK : { $unresolved: value.message };
  if (Array.isArray(value)) return value.map((item) => mask(item, secret, options));
  if (typeof value === 'object' && value !== null) return maskObject(value, options);
  if (typeof value === 'string') return secret && !isHarmless(value) ? MASK : maskText(value, options.secrets);
  if (typeof value !== 'number') return value;
  return secret || options.secrets?.includes(String(value)) ? MASK : value;
}

function maskObject(properties: PlainObject, options: MaskOptions): JsonObject {
  const secretPair = isSecretPair(properties);
  // `fromEntries` defines properties, so that a `__proto__` key stays data.
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      const secret = isSecretName(key) || (secretPair && VALUE_KEYS.has(key));
      return [key, mask(value, secret, options)];
    }),
  );
}

/**
 * Whether an object is the name and value of a secret. EventBridge says so in `IsValueSecret`; CodeBuild's variables
 * of another type than PLAINTEXT only name where the secret is kept.
 */
function isSecretPair(pair: PlainObject): boolean {
  if (pair['IsValueSecret'] === true) return true;
  if (typeof pair['Type'] === 'string' && /^(?:PARAMETER_STORE|SECRETS_MANAGER)$/.test(pair['Type'])) return false;
  return NAME_KEYS.some((key) => typeof pair[key] === 'string' && isSecretName(pair[key]));
}

function isSecretPath(keys: string[]): boolean {
  const names = keys.filter((key) => !/^(?:\d+|-)$/.test(key));
  const last = names.at(-1) ?? '';
  if (isSecretName(last)) return true;
  const [, key, name] = /^([A-Za-z]+)=(.*)$/s.exec(names.at(-2) ?? '') ?? [];
  return VALUE_KEYS.has(last) && NAME_KEYS.includes(key ?? '') && isSecretName(name ?? '');
}
