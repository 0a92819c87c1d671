import type { Equivalence } from './equivalence.js';

/** DNS names with and without the root's dot (RFC 1034, section 3.1). */
export const dnsTrailingDot: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  if (desired !== `${live}.` && live !== `${desired}.`) return false;
  return /^(?:[\w*-]+\.)+[\w-]*$/.test(desired);
};

/** Texts of several lines with and without the newline at their end; services trim documents. */
export const trailingNewline: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  return (desired.includes('\n') || live.includes('\n')) && withoutNewlines(desired) === withoutNewlines(live);
};

// A pattern for the end of a text takes quadratic time where newlines abound.
function withoutNewlines(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return text.slice(0, end);
}

/** The same letters in another case. Only where a quirk says that case means nothing. */
export const ignoreCase: Equivalence = (desired, live) => {
  return typeof desired === 'string' && typeof live === 'string' && desired.toLowerCase() === live.toLowerCase();
};

/** A version and a longer one that begins with it (`8.0` and `8.0.45`): the template leaves the rest to AWS. */
export const versionPrefix: Equivalence = (desired, live) => {
  return typeof live === 'string' && /^\d/.test(live) && live.startsWith(`${String(desired)}.`);
};

/** `GetTemplate` and what was deployed through it have `?` for every character that is not ASCII. */
export const nonAsciiMask: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string' || !desired.includes('?')) return false;
  return live.replace(/[^\p{ASCII}]/gu, '?') === desired;
};

/** A time in seconds, rounded down to the hour. */
export const wholeHour: Equivalence = (desired, live) => {
  const seconds = Number(desired);
  return Number.isInteger(seconds) && seconds - (seconds % 3600) === Number(live);
};

/** The same SSH public key under another comment (`ssh-ed25519 AAAA… comment`, sshd(8)). */
export const sshKeyComment: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  const key = sshKey(desired);
  return key !== undefined && key === sshKey(live);
};

function sshKey(text: string): string | undefined {
  return /^(?:ssh|ecdsa|sk)-[\w@.-]+ [\w+/=]+(?=\s|$)/.exec(text)?.[0];
}

/** Redis access rules with and without the `-@all` that every user starts with (https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/). */
export const accessString: Equivalence = (desired, live) => {
  return typeof desired === 'string' && typeof live === 'string' && grants(desired) === grants(live);
};

function grants(text: string): string {
  const rules = text.trim().split(/\s+/);
  const first = rules.findIndex((rule) => /^[+-]/.test(rule));
  return rules.filter((rule, index) => index !== first || rule !== '-@all').join(' ');
}
