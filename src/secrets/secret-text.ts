import { isSecretName } from './secret-name.js';

/** What stands in a report in place of a secret; CloudFormation shows NoEcho parameters like this too. */
export const MASK = '****';

/** Credentials that are recognisable by their form, wherever they stand. */
const CREDENTIALS = [
  /\{\{resolve:(?:secretsmanager|ssm-secure):[^{}]{1,2048}\}\}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  // An access key ID, with the secret key that is written beside it.
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?:[\s:,;|="']{1,8}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))?/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  /\b(?:gh[pousr]_\w{30,}|github_pat_\w{22,}|glpat-[\w-]{20,}|npm_[A-Za-z0-9]{36}|AIza[\w-]{35})/g,
  /\b(?:xox[abposr]-[\w-]{10,}|[rs]k_live_\w{10,}|whsec_\w{10,}|sk-[\w-]{32,})/g,
];
/** Credentials of which a part tells something: the scheme and user of a URL, the host of a webhook. */
const EMBEDDED = [
  /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/"']{0,256}:)[^\s/"']{1,512}(?=@)/gi,
  /(\bhooks\.slack\.com\/services\/)[\w/]+/g,
  /(\bBearer\s{1,4})[\w.~+/=-]{16,}/g,
];
/** `name=value`, `name: value`, `"name": "value"`; a colon alone (`secret:shop`) is part of an ARN or an action. */
const ASSIGNMENT =
  /(?<![\w.-])([\w.-]{2,80})(\\?["']?[ \t]{0,4}(?:=[ \t]{0,4}|:[ \t]{1,4}|(?<=["'][ \t]{0,4}):[ \t]{0,4}))/g;

/** Values that no secret has: ARNs, switches, units, and references to a variable. */
const HARMLESS = /^(?:arn:aws[\w-]*:.*|true|false|seconds|minutes|hours|days|none|null|\$[({A-Za-z_].*|)$/is;

/** Whether the value of a secret-named property can be shown all the same: an ARN, a switch, a unit or a reference. */
export function isHarmless(value: string): boolean {
  return HARMLESS.test(value);
}

/**
 * Masks the secrets inside a text and leaves the rest: dynamic references to secrets, private keys, access keys,
 * tokens, passwords in URLs, assignments to secret names (in scripts, JSON and YAML alike), and the `secrets` that
 * are known. Base64 (user data) is looked into.
 */
export function maskText(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) {
    // A short secret ("a", "1") inside other text is a coincidence; as the whole value it is the secret.
    if (secret === masked) return MASK;
    if (secret.length >= 4) masked = masked.replaceAll(secret, MASK);
  }
  if (masked.length < 8) return masked;
  for (const pattern of CREDENTIALS) masked = masked.replace(pattern, MASK);
  for (const pattern of EMBEDDED) masked = masked.replace(pattern, `$1${MASK}`);
  return maskBase64(maskAssignments(masked), secrets);
}

function maskAssignments(text: string): string {
  let masked = '';
  let done = 0;
  for (const match of text.matchAll(ASSIGNMENT)) {
    const start = match.index + match[0].length;
    if (start < done || !isSecretName(match[1] ?? '')) continue;
    const value = valueAt(text, start);
    if (isHarmless(value.text)) continue;
    masked += text.slice(done, value.start) + MASK;
    done = value.start + value.text.length;
  }
  return masked + text.slice(done);
}

/** The assigned value: up to the closing quote, or unquoted up to a blank or separator. */
function valueAt(text: string, start: number): { start: number; text: string } {
  const opening = /\\?["']/y;
  opening.lastIndex = start;
  const quote = opening.exec(text)?.[0];
  if (quote === undefined) {
    const bare = /[^\s"'&;,}\\]*/y;
    bare.lastIndex = start;
    return { start, text: bare.exec(text)?.[0] ?? '' };
  }
  const from = start + quote.length;
  let end = text.indexOf(quote, from);
  // A quote after a backslash is part of the value, unless every quote of this text is escaped (JSON in JSON).
  while (quote.length === 1 && end !== -1 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  return { start: from, text: text.slice(from, end === -1 ? undefined : end) };
}

function maskBase64(text: string, secrets: readonly string[]): string {
  if (text.length < 24 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return text;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  if (decoded.includes('\uFFFD')) return text;
  const masked = maskText(decoded, secrets);
  return masked === decoded ? text : Buffer.from(masked).toString('base64');
}
