/**
 * Some transforms make a regular expression around the declared value: `$join(["arn:.+?:kms:.+?:.+?:key\/", KmsKeyId])`.
 * What is declared is text in it, never pattern: before the expression runs, characters that mean something in a
 * pattern are exchanged for private ones, which are put back, escaped, before matching.
 */
const SPECIAL = '.*+?^${}()|[]\\';
const FIRST_STAND_IN = 0xe000;
const STAND_INS = /[\ue000-\ue00f]/g;

/** Appended to a declared value, makes another value of it. */
export const MARK = '\uf8ff';

/** Three `.+?` in a row take cubic time. No name or ARN that AWS compares by a pattern is as long. */
const MAX_MATCHED_LENGTH = 512;

/** Exchanges what means something in a pattern. */
export function maskText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, (char) => String.fromCharCode(FIRST_STAND_IN + SPECIAL.indexOf(char)));
}

/** Whether a result is a pattern; a dot alone is the end of a domain name. */
export function isPattern(result: string): boolean {
  return /[*+?^${}()|[\]\\]/.test(result);
}

/**
 * Whether the whole text matches a pattern, and not the pattern around another value as well: one that says nothing of
 * the declared value (`arn:aws[-a-z]*:kms:…` for any key) would forgive every change.
 */
export function matchesOnly(pattern: string, other: string, text: string): boolean {
  return text.length <= MAX_MATCHED_LENGTH && matches(pattern, text) && !matches(other, text);
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    // A bracket as the first of a class: elsewhere a member of it, in JavaScript the class's end.
    .replaceAll('[]]', '\\]')
    .replace(STAND_INS, (char) => `\\${SPECIAL[char.charCodeAt(0) - FIRST_STAND_IN]}`);
  try {
    return new RegExp(`^(?:${escaped})$`, 's').test(text);
  } catch {
    return false;
  }
}
