/** Words that name a secret wherever they stand last: `MasterUserPassword`, `DB_PASS`, `ClientSecret`. */
const SECRET_WORDS = new Set([
  'password',
  'passwords',
  'passwd',
  'passphrase',
  'passcode',
  'pass',
  'pwd',
  'secret',
  'creds',
  'pat',
  'keytab',
]);

/** Endings of names written without separators, or of several words. */
const SECRET_ENDINGS = ['password', 'passwd', 'passphrase', 'apikey', 'apikeys', 'clientsecret', 'secretkeybase'];
const SECRET_TOKEN_ENDINGS = [
  'accesstoken',
  'authtoken',
  'apitoken',
  'refreshtoken',
  'sessiontoken',
  'authorizationcode',
];

/** Tokens that AWS uses for paging, idempotency and custom resources (`ServiceToken` is a function's ARN). */
const PLAIN_TOKENS = new Set([
  'next',
  'client',
  'service',
  'version',
  'continuation',
  'pagination',
  'page',
  'request',
  'dns',
]);

/** Which keys are secret. Most are not: of 260 property names ending in `Key` in AWS's schemas fewer than 40 are. */
const SECRET_KEYS = new Set([
  ...['access', 'account', 'activation', 'api', 'app', 'application', 'auth', 'enc', 'int', 'nwk', 'private', 's'],
  ...['secret', 'shared', 'signing', 'solution', 'static', 'stream', 'token', 'vsan', 'license'],
]);

/** Environment variables in capitals hold secrets in `…_KEY` unless the word before says otherwise (`S3_KEY` splits into s, 3, key). */
const PLAIN_KEYS = new Set([
  ...[
    'aggregation',
    'bucket',
    'cache',
    'cmk',
    'column',
    'config',
    'data',
    'file',
    'foreign',
    'group',
    'hash',
    'idempotency',
  ],
  ...['index', 'item', 'json', 'kms', 'lock', 'map', 'object', 'parameter', 'partition', 'path', 'prefix', 'primary'],
  ...['project', 'public', 'queue', 'range', 'redis', 'routing', '3', 'sort', 'sse', 'state', 'tag', 'unique'],
]);

/** Words after the one that tells: `ApiKeyValue`, `PASSWORD_HASH`, `PrivateKeyList`, `DB_PASSWORD_2`. */
const TRAILING = /^(?:value|string|text|plaintext|base64|hash|list|\d+)$/;

/**
 * Whether a property, environment variable or header of this name holds a secret, judged by its last words:
 * `MasterUserPassword`, `STRIPE_API_KEY`, `x-auth-token`, but neither `SecretArn`, `PasswordPolicy` nor `KeyId`.
 * Source: the property names of AWS's registry schemas.
 */
export function isSecretName(name: string): boolean {
  if (name.length > 256) return false;
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (SECRET_WORDS.has(last)) return true;
  if (last === 'authorization' && (words.length === 1 || name.endsWith('.Authorization'))) return true;
  if (last === 'token') return !PLAIN_TOKENS.has(before);
  if (last === 'key' && SECRET_KEYS.has(before)) return before !== 's' || words.length > 2;
  if (last === 'key' && /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(name)) return !PLAIN_KEYS.has(before);
  const joined = words.join('');
  return [...SECRET_ENDINGS, ...SECRET_TOKEN_ENDINGS].some((ending) => joined.endsWith(ending));
}

/** `HECToken` → hec token, `NwkSEncKey` → nwk s enc key, `DB_PASSWORD2` → db password 2, `--api-key` → api key. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}
