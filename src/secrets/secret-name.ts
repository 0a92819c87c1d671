import {
  OWN_SECRET_WORDS,
  OWN_TRAILING,
  PLAIN_KEYS,
  PLAIN_TOKENS,
  SECRET_CODES,
  SECRET_ENDINGS,
  SECRET_KEYS,
  SECRET_NAMES,
  SECRET_TOKENS,
  SECRET_WORDS,
  SINGLE_SECRET_WORDS,
  TRAILING,
} from './secret-words.js';

/** Longer names are texts; nothing AWS knows is called so. */
const LONGEST_NAME = 256;
/** `DB_PW`, of one word or more. */
const CAPITALS = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
/** `db_pw`, `basic-auth`, `X-Origin-Auth`, of two words or more. */
const SEPARATED = /^-{0,2}[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)+$/;

const known = new Map<string, boolean>();
const MOST_KNOWN = 20_000;

/**
 * Whether a property, environment variable, parameter or header of this name holds a secret, judged by its last words:
 * `MasterUserPassword`, `STRIPE_API_KEY`, `x-auth-token`, `/shop/db/password`, but neither `SecretArn`, `PasswordPolicy`
 * nor `KeyId`. Source of the words: the property names of AWS's registry schemas, and what variables are called.
 */
export function isSecretName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const told = known.get(name);
  if (told !== undefined) return told;
  if (known.size >= MOST_KNOWN) known.clear();
  const secret = judge(name);
  known.set(name, secret);
  return secret;
}

function judge(name: string): boolean {
  // Of a path (`/shop/db/basic-auth`, `spring.datasource.pw`) the last part is a name by itself.
  const tail = name.slice(Math.max(...['/', '.', ':'].map((separator) => name.lastIndexOf(separator))) + 1);
  const isOwn = CAPITALS.test(tail) || SEPARATED.test(tail);
  if (SECRET_NAMES.has(tail.toLowerCase())) return true;
  const parts = wordsOf(name);
  while (parts.length > 1 && isTrailing(parts.at(-1) ?? '', isOwn)) parts.pop();
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (SECRET_WORDS.has(last) || SINGLE_SECRET_WORDS.has(tail.replace(/^-+/, ''))) return true;
  if (isOwn && OWN_SECRET_WORDS.has(last)) return !(last === 'seed' && before === 'random');
  if (last === 'authorization' && (parts.length === 1 || name.endsWith('.Authorization'))) return true;
  if (last === 'token') return !PLAIN_TOKENS.has(before);
  if (last === 'tokens') return isOwn && SECRET_TOKENS.has(before);
  if ((last === 'code' || last === 'codes') && SECRET_CODES.has(before)) return true;
  if (last === 'key' && SECRET_KEYS.has(before)) return before !== 's' || parts.length > 2;
  if (last === 'key' && /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(tail)) return !PLAIN_KEYS.has(before);
  const joined = parts.join('');
  return SECRET_ENDINGS.some((ending) => joined.endsWith(ending));
}

function isTrailing(word: string, isOwn: boolean): boolean {
  return TRAILING.test(word) || (isOwn && OWN_TRAILING.test(word));
}

/** `HECToken` → hec token, `NwkSEncKey` → nwk s enc key, `DB_PASSWORD2` → db password 2, `--api-key` → api key. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}
