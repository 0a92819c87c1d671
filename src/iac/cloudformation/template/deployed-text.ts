import { createHash } from 'node:crypto';

/**
 * Whether a deployed template's text is that of a file: CloudFormation returns characters that are not ASCII as `?`, and
 * line ends as they were sent.
 */
export function isSameText(deployed: string, ours: string): boolean {
  return comparableText(deployed) === comparableText(ours);
}

/** A short text that stands for a template's: two templates are the same text where theirs is the same. */
export function textKey(text: string): string {
  return createHash('sha256').update(comparableText(text)).digest('base64');
}

/** What of a template's text survives being deployed: two texts may be the same where these are equal. */
export function comparableText(text: string): string {
  return maskedText(
    text
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
      .trimEnd(),
  );
}

/** Any run of characters that CloudFormation does not keep, or of the `?` that it puts in their place, as one `?`. */
export function maskedText(text: string): string {
  return text.replace(/[^\p{ASCII}]+|\?+/gu, '?').replace(/\?+/g, '?');
}
