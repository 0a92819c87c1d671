import type { MapNode } from '../syntax/node.js';
import type { Range, Source } from '../syntax/source.js';
import { maskKnown } from './known-texts.js';
import { maskEdits } from './mask-template.js';
import { MASK, maskForms } from './secret-text.js';

/**
 * The lines of a file that can't be shown as they are, by their text: they hold a secret. `root` is the file's content
 * where it is a template; `given` are ranges that hold secrets by what other files say.
 */
export function secretLines(
  source: Source,
  { root, given = [], texts }: { root?: MapNode; given?: readonly Range[]; texts: readonly string[] },
): ReadonlySet<string> {
  const hidden = [...given, ...(root === undefined ? [] : maskEdits(source.text, root, texts))];
  const shown = shownLines(source, hidden, texts);
  const whole = wholeLines(source);
  return new Set(whole.filter((line, index) => line.trim() !== '' && (shown[index] ?? line) !== line));
}

function wholeLines(source: Source): string[] {
  return source.lineStarts.map((_, index) => maskedLine(source, index + 1, []));
}

/** The lines without what is hidden, and without what is told as a secret by its form or value, which may be of several lines. */
export function shownLines(source: Source, hidden: readonly Range[], secrets: readonly string[]): readonly string[] {
  const { text, lineStarts } = source;
  const count = text.endsWith('\n') ? lineStarts.length - 1 : lineStarts.length;
  const lines = Array.from({ length: count }, (_, index) => maskedLine(source, index + 1, hidden));
  const masked = maskForms(maskKnown(lines.join('\n'), secrets)).split('\n');
  if (masked.length === lines.length) return masked;
  // Some lines became one: those that are no longer there as they are held a part of it.
  const there = new Set(masked);
  return lines.map((line) => (there.has(line) ? line : MASK));
}

/** A line's text with what is hidden in it as `****`. */
export function maskedLine({ text, lineStarts }: Source, line: number, masks: readonly Range[]): string {
  const start = lineStarts[line - 1] ?? 0;
  const end = (lineStarts[line] ?? text.length + 1) - 1;
  let shown = '';
  let at = start;
  for (const mask of masks.filter((each) => each.start < end && each.end > start).sort((a, b) => a.start - b.start)) {
    if (mask.end <= at) continue;
    shown += text.slice(at, Math.max(at, mask.start)) + MASK;
    at = mask.end;
  }
  return (shown + text.slice(at, Math.max(at, end))).replace(/^\uFEFF|\r$/g, '');
}
