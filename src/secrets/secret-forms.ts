/*
 * Credentials by their form. Texts come from anybody, so that each pattern is linear: what repeats is bounded, or can
 * begin only where a run begins.
 */

/** Recognisable wherever they stand: masked as a whole. */
export const CREDENTIALS = [
  /\{\{resolve:(?:secretsmanager|ssm-secure):[^{}]{1,2048}\}\}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  // An access key ID, with the secret key that is written beside it.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?:[\s:,;|="']{1,8}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))?/g,
  /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  // GitHub, GitLab, npm, PyPI, RubyGems, Docker Hub.
  /(?<![A-Za-z0-9])(?:gh[pousr]_\w{30,}|github_pat_\w{22,}|gl(?:pat|rt|dt|cbt|ptt|ft|soat)-[\w-]{20,})/g,
  /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{16,}|rubygems_[0-9a-f]{32,}|dckr_pat_[\w-]{20,})/g,
  // Google, Slack, Stripe, OpenAI and Anthropic, SendGrid, Mailgun, Twilio.
  /(?<![A-Za-z0-9])(?:AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|xox[abeposr]-[\w-]{10,}|xapp-[\w-]{10,})/g,
  /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)_\w{10,}|whsec_\w{10,}|sk-[\w-]{32,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
  /(?<![A-Za-z0-9])(?:key-[0-9a-f]{32}|SK[0-9a-f]{32})(?![A-Za-z0-9])/g,
  // DigitalOcean, Shopify, Hugging Face, Vault, Databricks, New Relic, Atlassian, Linear, Square, age.
  /(?<![A-Za-z0-9])(?:do[opr]_v1_[0-9a-f]{32,}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|hf_[A-Za-z0-9]{30,}|hv[sb]\.[\w-]{20,})/g,
  /(?<![A-Za-z0-9])(?:dapi[0-9a-f]{32}|NRAK-[A-Z0-9]{20,}|ATATT3[\w-]{20,}|lin_api_\w{30,}|sq0(?:atp|csp)-[\w-]{20,})/g,
  /(?<![A-Za-z0-9])AGE-SECRET-KEY-1[A-Z0-9]{40,}/g,
];

/** Credentials of which a part tells something (the first group): the scheme and user of a URL, the host of a webhook. */
export const EMBEDDED = [
  /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/"']{0,256}:)(?!\*{4}@)[^\s/"']{1,512}(?=@)/gi,
  // A user without a password is a token, as Sentry's and GitHub's are; short ones are people's names.
  /(?<![a-z0-9+.-])(https?:\/\/)[\w.~%+-]{8,256}(?=@)/gi,
  /(\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/]+/g,
  /(\bdiscord(?:app)?\.com\/api\/webhooks\/\d{1,24}\/)[\w-]+/g,
  /(\bwebhook\.office\.com\/webhookb2\/)[\w@/-]+/g,
  /(\bBearer\s{1,4})(?![a-z]{1,40}\b)[\w.~+/=-]{6,}/g,
  /(\bauthorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:basic|bearer|token|digest|apikey|key)\s{1,4})[\w.~+/=-]{3,}/gi,
  // Signatures and keys of URLs.
  /((?:[?&;]|\\u0026)(?:x-amz-(?:signature|credential|security-token)|signature|sig|hmac|key-pair-id)=)[^&\s"'<>#;\\]{8,}/gi,
  /((?:[?&;]|\\u0026)(?:code|key|auth|apikey|hash)=)[\w.~%+=-]{20,}/gi,
];

/**
 * Where a secret comes next, by words instead of an assignment. A first group is the name of what is set, which tells
 * whether it is one.
 */
export const INTRODUCTIONS = [
  // SQL.
  /\bidentified\s{1,4}(?:with\s{1,4}\S{1,60}\s{1,4})?by\s{1,4}(?:password\s{1,4})?/gi,
  /\b(?:password|passwd|passphrase)\s{1,4}(?=["'])/gi,
  // .netrc, redis.conf, PowerShell, OpenSSL.
  /\blogin\s{1,4}\S{1,200}\s{1,8}password\s{1,4}/gi,
  /\b(?:requirepass|masterauth)\s{1,8}/g,
  /\bConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?/gi,
  /(?<=\s["']?)pass:(?=\S)/g,
  // Dockerfile, Windows, the AWS CLI.
  /\b(?:ENV|ARG|setx)\s{1,4}([\w.-]{2,80})\s{1,4}/g,
  /\bconfigure\s{1,4}set\s{1,4}([\w.-]{2,80})\s{1,4}/g,
  // A header on a command line, without a blank.
  /(?:-H|--header)\s{1,4}\\?["']([\w-]{2,80}):(?=\S)/g,
  // `--token x`; what follows may be the next switch instead.
  /(?<![\w-])(--?[A-Za-z][\w-]{1,80})(?:[ \t]{0,4}\\\r?\n[ \t]{0,80}|[ \t]{1,8})(?![-\s\\])/g,
  // Passwords of systems.
  /\b(?:ch|smb|vnc)?passwd\b[^\n<]{0,80}<<<\s{0,4}/g,
  /\bchpasswd:\s{0,80}(?:expire:[^\n]{0,40}\n\s{0,80})?(?:list|users):\s{0,4}(?=[|>])/g,
];

/** Pipes into what takes a password: what is echoed into them is one. */
export const SINKS =
  /\|[ \t]{0,4}(?:sudo[ \t]{1,4})?(?:chpasswd|passwd|smbpasswd|vncpasswd|kinit|cryptsetup|sudo[ \t]{1,4}-S|[^\n|]{0,200}--(?:password|passphrase|token)-(?:stdin|fd))\b/g;

/** `name=value`, `name: value`, `"name": "value"`, `name => value`; a colon alone (`secret:shop`) is part of an ARN or an action. */
export const ASSIGNMENT =
  /(?<![\w.-])([\w.-]{2,80})(\\?["']?[ \t]{0,4}(?::?=>?[ \t]{0,4}|:[ \t]{1,4}|:(?=\r?\n)|(?<=["'][ \t]{0,4}):[ \t]{0,4}))/g;

/** The text of an XML element follows. */
export const ELEMENT = /<([A-Za-z_][\w:.-]{1,80})(?:\s[^<>]{0,300})?>/g;

/** The name of a pair in JSON, YAML or XML; its value is near. */
export const PAIR_NAME = /\b[\w.-]{0,40}(?:name|key)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?([\w./-]{2,80})/gi;
export const PAIR_VALUE = /(?<![\w])[\w.-]{0,40}value\\?["']?\s{0,4}[:=]\s{0,4}/gi;
