import type { Origin } from '../../../../value/value.js';

/** A part of the text of `Fn::Sub`: literal text, or a placeholder by name. */
export interface TextPart {
  /** The text as it comes out where it is literal (`${!Name}` gives `${Name}`), the placeholder as written where not. */
  text: string;
  name?: string;
  sign?: '$' | '&';
  origin: Origin;
}

const PLACEHOLDER = /\$\{([^{}]*)\}|&\{([A-Za-z0-9]+)\}/g;

/** Splits the text of `Fn::Sub` at its placeholders; each part knows its own range where the source shows it. */
export function templateText(text: string, origin: Origin): TextPart[] {
  const matches = placeholders(text);
  const ranges = partRanges(matches, origin);
  const parts: TextPart[] = [];
  let at = 0;
  for (const [index, match] of matches.entries()) {
    parts.push({ text: plainText(text.slice(at, match.index)), origin: ranges(index) });
    const [whole, name, loopName] = match;
    parts.push({ text: whole, name: (name ?? loopName ?? '').trim(), sign: name === undefined ? '&' : '$', origin });
    at = match.index + whole.length;
  }
  parts.push({ text: plainText(text.slice(at)), origin: ranges(matches.length) });
  return parts;
}

/** The names that the text of `Fn::Sub` refers to: parameters, resources, `Resource.Attribute`; not a loop's `&{Name}`. */
export function placeholderNames(text: string): string[] {
  return placeholders(text).flatMap(([, name]) => (name === undefined ? [] : [name.trim()]));
}

function placeholders(text: string): RegExpExecArray[] {
  return [...text.matchAll(PLACEHOLDER)].filter(([, name]) => !name?.startsWith('!'));
}

function plainText(text: string): string {
  return text.replace(/\$\{!([^{}]*)\}/g, '${$1}');
}

/**
 * Finds the parts between placeholders in the source: escapes and indentation make the text differ from what is written,
 * but placeholders look the same in both.
 */
function partRanges(matches: readonly RegExpExecArray[], origin: Origin): (index: number) => Origin {
  const { source, range } = origin;
  if (!source || !range) return () => origin;
  const written = source.text.slice(range.start, range.end);
  const shown = placeholders(written);
  if (shown.length !== matches.length || shown.some((one, index) => one[0] !== matches[index]?.[0]))
    return () => origin;
  const isQuoted = /^["']/.test(written);
  const head = isQuoted ? 1 : (/^[|>][^\n]*\n/.exec(written)?.[0].length ?? 0);
  return (index) => {
    const before = shown[index - 1];
    const after = shown[index];
    const start = before ? before.index + before[0].length : head;
    const end = after ? after.index : written.length - (isQuoted ? 1 : 0);
    return { ...origin, range: { start: range.start + start, end: range.start + end } };
  };
}
