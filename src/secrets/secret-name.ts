/** Words that name a secret wherever they stand last: `MasterUserPassword`, `DB_PASS`, `ClientSecret`. */
const SECRET_WORDS = words('password passwords passwd passphrase passcode pass pwd secret creds pat keytab');

/** Tokens that AWS uses for paging, idempotency, DNS and custom resources (`ServiceToken` is a function's ARN). */
const PLAIN_TOKENS = words('next client service version continuation pagination page request dns');

/** Which keys are secret: most that end in `Key` in AWS's schemas (`KmsKey`, `PartitionKey`, `RouteKey`) are not. */
const SECRET_KEYS = words(
  'access account activation api app application auth enc int license nwk private s secret shared signing solution static stream token vsan',
);

/** Environment variables in capitals hold secrets in `…_KEY` unless the word before says otherwise (`3`: `S3_KEY`). */
const PLAIN_KEYS = words(
  '3 aggregation bucket cache cmk column config data file foreign group hash idempotency index item json kms lock map object parameter partition path prefix primary project public queue range redis routing sort sse state tag unique',
);

/** Endings of names that are written without separators: `dbpassword`. */
const SECRET_ENDINGS = [
  ...words('password passwd passphrase apikey apikeys clientsecret secretkeybase'),
  ...words('accesstoken authtoken apitoken refreshtoken sessiontoken authorizationcode'),
];

/** Words after the one that tells: `ApiKeyValue`, `PASSWORD_HASH`, `PrivateKeyList`, `DB_PASSWORD_2`. */
const TRAILING = /^(?:value|string|text|plaintext|base64|hash|list|\d+)$/;

/**
 * Whether a property, environment variable or header of this name holds a secret, judged by its last words:
 * `MasterUserPassword`, `STRIPE_API_KEY`, `x-auth-token`, but neither `SecretArn`, `PasswordPolicy` nor `KeyId`.
 * Source: the property names of AWS's registry schemas.
 */
export function isSecretName(name: string): boolean {
  if (name.length > 256) return false;
  const parts = wordsOf(name);
  while (parts.length > 1 && TRAILING.test(parts.at(-1) ?? '')) parts.pop();
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (SECRET_WORDS.has(last)) return true;
  if (last === 'authorization' && (parts.length === 1 || name.endsWith('.Authorization'))) return true;
  if (last === 'token') return !PLAIN_TOKENS.has(before);
  if (last === 'key' && SECRET_KEYS.has(before)) return before !== 's' || parts.length > 2;
  if (last === 'key' && /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(name)) return !PLAIN_KEYS.has(before);
  const joined = parts.join('');
  return SECRET_ENDINGS.some((ending) => joined.endsWith(ending));
}

/** `HECToken` → hec token, `NwkSEncKey` → nwk s enc key, `DB_PASSWORD2` → db password 2, `--api-key` → api key. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}
