import { MASK } from './secret-text.js';

/** A shorter secret ("a", "1") inside other text is a coincidence; as the whole value it is the secret. */
const SHORTEST_PART = 4;
/** So many are looked for one by one; more by their beginnings, in one walk through the text. */
const FEW = 8;

interface KnownTexts {
  whole: ReadonlySet<string>;
  parts: readonly string[];
  /** The same by their first characters, the longest first. */
  byStart: ReadonlyMap<string, readonly string[]>;
}

const prepared = new WeakMap<readonly string[], KnownTexts>();

/** A text without the secrets that are known; `secrets` must not change between calls. */
export function maskKnown(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0 || text === '') return text;
  const { whole, parts, byStart } = prepare(secrets);
  if (whole.has(text)) return MASK;
  if (text.length < SHORTEST_PART) return text;
  if (parts.length > FEW) return maskByStart(text, byStart);
  return parts.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

/** Whether a text is one of them. */
export function isKnownSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.length > 0 && prepare(secrets).whole.has(text);
}

function prepare(secrets: readonly string[]): KnownTexts {
  const known = prepared.get(secrets);
  if (known) return known;
  const whole = new Set(secrets.filter((secret) => secret !== ''));
  const parts = [...whole].filter(({ length }) => length >= SHORTEST_PART).sort((a, b) => b.length - a.length);
  const byStart = new Map<string, string[]>();
  for (const part of parts) {
    const start = part.slice(0, SHORTEST_PART);
    byStart.set(start, [...(byStart.get(start) ?? []), part]);
  }
  const texts = { whole, parts, byStart };
  prepared.set(secrets, texts);
  return texts;
}

function maskByStart(text: string, byStart: KnownTexts['byStart']): string {
  let masked = '';
  let done = 0;
  for (let at = 0; at + SHORTEST_PART <= text.length; at += 1) {
    const secret = byStart.get(text.slice(at, at + SHORTEST_PART))?.find((each) => text.startsWith(each, at));
    if (secret === undefined) continue;
    masked += text.slice(done, at) + MASK;
    done = at + secret.length;
    at = done - 1;
  }
  return masked + text.slice(done);
}
