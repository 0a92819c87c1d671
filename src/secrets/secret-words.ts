/** Words that name a secret wherever they stand last: `MasterUserPassword`, `DB_PASS`, `ClientSecret`. */
export const SECRET_WORDS = words(
  'password passwords passwd passphrase passcode passkey pass pwd pswd secret creds pat keytab otp totp mnemonic',
);

/** Words that do so only in names that an author made (`REDIS_AUTH`, `db_pw`): in AWS's schemas they name other things. */
export const OWN_SECRET_WORDS = words(
  'auth bearer cookie credential credentials dsn hmac jwt pepper pin psk pw salt secrets seed sig signature',
);

/** Words of one part (`pw`) that are secret without another beside them, in small letters too. */
export const SINGLE_SECRET_WORDS = words('pw pswd jwt credentials');

/** Headers and settings that are secret as a whole, though no word of theirs is. */
export const SECRET_NAMES = words(
  '_auth cookie set-cookie proxy-authorization x-auth x-origin-verify x-origin-auth x-verify-origin x-csrf x-hub-signature x-amz-signature',
);

/** What a code is that opens something: `RECOVERY_CODES`, `AccessCode`. */
export const SECRET_CODES = words('access auth authorization backup otp pin recovery security verification');

/** What tokens are that open something; other plurals count words of a language model (`MAX_TOKENS`). */
export const SECRET_TOKENS = words('access api auth bearer bot deploy refresh secret session');

/** Tokens that AWS uses for paging, idempotency, DNS and custom resources (`ServiceToken` is a function's ARN). */
export const PLAIN_TOKENS = words(
  'next client service version continuation pagination page request dns idempotency max min',
);

/** Which keys are secret: most that end in `Key` in AWS's schemas (`KmsKey`, `PartitionKey`, `RouteKey`) are not. */
export const SECRET_KEYS = words(
  'access account activation api apikey app application auth enc int license nwk private s secret shared signing solution static stream token vsan',
);

/** Environment variables in capitals hold secrets in `…_KEY` unless the word before says otherwise (`3`: `S3_KEY`). */
export const PLAIN_KEYS = words(
  '3 aggregation bucket cache cmk column config cursor data dedup entity event feature file filter foreign group hash idempotency index item json kms locale lock map message object parameter partition path prefix primary project public queue range record redis routing search shard sort sse state table tag translation unique',
);

/** Endings of names that are written without separators: `dbpassword`. */
export const SECRET_ENDINGS = [
  ...words('password passwd passphrase apikey apikeys clientsecret secretkeybase accountkey accesskey secretkey'),
  ...words('privatekey sharedkey signingkey accesstoken authtoken apitoken refreshtoken sessiontoken sastoken'),
  ...words('authorizationcode storepass keypass userpass rootpass adminpass dbpass'),
];

/** Words after the one that tells: `ApiKeyValue`, `PASSWORD_HASH`, `PrivateKeyList`, `DB_PASSWORD_2`, `SECRET_V2`. */
export const TRAILING = /^(?:value|string|text|plaintext|base64|hash|list|old|new|current|previous|prev|v|\d+)$/;

/** The same in names that an author made: `DB_PASSWORD_ENC`, `API_TOKEN_PROD`. */
export const OWN_TRAILING =
  /^(?:b64|backup|bak|default|dev|enc|encoded|encrypted|hashed|json|live|next|pem|plain|primary|prod|raw|secondary|stage|staging|temp|test|tmp)$/;

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}
