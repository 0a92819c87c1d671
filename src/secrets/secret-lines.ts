import type { MapNode } from '../syntax/node.js';
import { positionAt, type Range, type Source } from '../syntax/source.js';
import { maskKnown } from './known-texts.js';
import { MASK, maskForms } from './secret-text.js';
import type { SecretTypes } from './types.js';

/** What a file's secrets are told by. */
export interface FileSecrets {
  /** The file's content, where it is a template. */
  root?: MapNode;
  types: SecretTypes;
  /** Ranges that hold secrets by what other files say. */
  given?: readonly Range[];
  /** Texts known to be secret. */
  texts: readonly string[];
}

/** How a file can be shown: the ranges that are hidden in it, and all lines without them. */
export interface ShownFile {
  hidden: readonly Range[];
  lines: readonly string[];
}

/**
 * What a template was last shown as, as long as its content is in use: its excerpts and its patch need the same. By the
 * content, which is let go of before the text is.
 */
const lastShown = new WeakMap<MapNode, ShownFile & Pick<FileSecrets, 'given' | 'texts'>>();

/** A file as it can be shown. */
export function shownFile(source: Source, { root, types, given = [], texts }: FileSecrets): ShownFile {
  const last = root && lastShown.get(root);
  if (last !== undefined && isSame(last, { given, texts })) return last;
  const hidden = [...given, ...(root === undefined ? [] : types.maskEdits(source.text, root, texts))];
  const shown = { given, texts, hidden, lines: shownLines(source, hidden, texts) };
  if (root !== undefined) lastShown.set(root, shown);
  return shown;
}

function isSame(one: Pick<FileSecrets, 'given' | 'texts'>, other: typeof one): boolean {
  const { given = [] } = one;
  const { given: others = [] } = other;
  return (
    one.texts.length === other.texts.length &&
    one.texts.every((text, index) => text === other.texts[index]) &&
    given.length === others.length &&
    given.every(({ start, end }, index) => start === others[index]?.start && end === others[index]?.end)
  );
}

/** The lines of a file that can't be shown as they are, by their text: they hold a secret. */
export function secretLines(source: Source, by: FileSecrets): ReadonlySet<string> {
  const shown = shownFile(source, by).lines;
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
  const byLine = rangesByLine(source, hidden);
  const lines = Array.from({ length: count }, (_, index) => maskedLine(source, index + 1, byLine.get(index + 1) ?? []));
  const masked = maskForms(maskKnown(lines.join('\n'), secrets)).split('\n');
  if (masked.length === lines.length) return masked;
  // Some lines became one: those that are no longer there as they are held a part of it.
  const there = new Set(masked);
  return lines.map((line) => (there.has(line) ? line : MASK));
}

function rangesByLine(source: Source, ranges: readonly Range[]): Map<number, Range[]> {
  const byLine = new Map<number, Range[]>();
  for (const range of ranges) {
    const last = positionAt(source, range.end).line;
    for (let { line } = positionAt(source, range.start); line <= last; line += 1) {
      const ofLine = byLine.get(line) ?? [];
      ofLine.push(range);
      byLine.set(line, ofLine);
    }
  }
  return byLine;
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
