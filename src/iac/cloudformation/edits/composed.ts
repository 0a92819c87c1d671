import type { Written } from '../../../syntax/edit/written.js';
import type { Range, Source } from '../../../syntax/source.js';
import type { Origin, OriginPart, Value } from '../../../value/value.js';
import { templateText } from '../template/intrinsics/template-text.js';
import { escaped } from './terms.js';

/** One way to make a composed text another one: what to write at which place of which source. */
export interface Rewrite {
  source: Source;
  range: Range;
  value: Written;
  note?: string;
}

/**
 * Ways to change the text that `Fn::Sub` or `Fn::Join` puts together, the best first: the one literal part that the
 * change lies in; where the value of the one placeholder that it lies in stands; that placeholder by itself. `written` is
 * the text of `Fn::Sub` as it stands in source.
 */
export function recompositions({ origin }: Value, live: string, written: string | undefined): Rewrite[] {
  const { parts, source, range, via } = origin;
  const kind = via.find((step) => step.kind === 'Fn::Sub' || step.kind === 'Fn::Join')?.kind;
  if (!parts || !source || !range || !kind) return [];
  const inLiteral = changeWithin(parts, live, ({ literal }) => literal);
  const inPlaceholder = changeWithin(parts, live, ({ literal }) => !literal);
  const values = inPlaceholder ? valueRewrites(inPlaceholder) : [];
  if (kind === 'Fn::Join') {
    const pieces = [inLiteral, inPlaceholder].flatMap((change) => (change ? pieceRewrites(change, parts) : []));
    return inLiteral ? [...pieces, ...values] : [...values, ...pieces];
  }
  const texts = written === undefined ? [] : subTexts(written, origin, live, inLiteral);
  const rewrites = texts.map((text): Rewrite => ({ source, range, ...text }));
  return inLiteral ? [...rewrites, ...values] : [...values, ...rewrites];
}

/** A parameter or a mapping entry that gives a placeholder its text. */
function valueRewrites({ part: { origin }, text }: PartChange): Rewrite[] {
  const { source, range, parts } = origin;
  return source && range && !parts ? [{ source, range, value: text }] : [];
}

/** Of `Fn::Join`: the element of its list. */
function pieceRewrites({ part: { origin, literal }, text }: PartChange, parts: readonly OriginPart[]): Rewrite[] {
  const { source, range } = literal ? origin : origin.use;
  if (!source || !range) return [];
  // A delimiter stands in source once, but in the text many times.
  const uses = parts.filter((part) => part.literal && part.origin.range?.start === range.start);
  if (uses.length > 1) return [];
  return [{ source, range, value: text, ...(literal ? {} : { note: becomesLiteral(origin) }) }];
}

/** Of `Fn::Sub`: the text with its one literal part changed, else with those placeholders that still stand for themselves. */
function subTexts(
  written: string,
  origin: Origin,
  live: string,
  inLiteral: PartChange | undefined,
): { value: string; note?: string }[] {
  const parts = origin.parts ?? [];
  const shown = templateText(written, origin).filter((part) => part.name !== undefined || part.text !== '');
  if (shown.length !== parts.length) return [];
  const placeholder = (index: number) => shown[index]?.text ?? '';
  const texts: { value: string; note?: string }[] = [];
  if (inLiteral) {
    const changed = parts.map((part, index) => {
      if (part === inLiteral.part) return escaped(inLiteral.text);
      return part.literal ? escaped(part.text) : placeholder(index);
    });
    texts.push({ value: changed.join('') });
  }
  const kept = withPlaceholders(parts, live, placeholder);
  if (kept === undefined || texts.some(({ value }) => value === kept.text)) return texts;
  return [
    ...texts,
    { value: kept.text, ...(kept.lost === undefined ? {} : { note: becomesLiteral(kept.lost.origin) }) },
  ];
}

function becomesLiteral({ via }: Origin): string {
  const name = via.find(({ kind }) => kind === 'Ref')?.name;
  return name === undefined ? 'a reference becomes a literal' : `the reference to ${name} becomes a literal`;
}

/** The part of a composed text that a change lies in wholly, and its new text. */
interface PartChange {
  part: OriginPart;
  text: string;
}

function changeWithin(
  parts: readonly OriginPart[],
  live: string,
  suits: (part: OriginPart) => boolean,
): PartChange | undefined {
  for (const [index, part] of parts.entries()) {
    if (!suits(part)) continue;
    const before = textOf(parts.slice(0, index));
    const after = textOf(parts.slice(index + 1));
    if (live.length < before.length + after.length || !live.startsWith(before) || !live.endsWith(after)) continue;
    return { part, text: live.slice(before.length, live.length - after.length) };
  }
  return undefined;
}

/**
 * The live text with the placeholders that still occur in it, in order and as whole words, and one that does not;
 * undefined when none does.
 */
function withPlaceholders(
  parts: readonly OriginPart[],
  live: string,
  placeholder: (index: number) => string,
): { text: string; lost?: OriginPart } | undefined {
  let at = 0;
  let text = '';
  let kept = 0;
  let lost: OriginPart | undefined;
  for (const [index, part] of parts.entries()) {
    if (part.literal) continue;
    const found = part.text.length < 3 ? -1 : wordAt(live, part.text, at);
    if (found === -1) lost ??= part;
    else {
      text += escaped(live.slice(at, found)) + placeholder(index);
      at = found + part.text.length;
      kept += 1;
    }
  }
  if (kept === 0) return undefined;
  return { text: text + escaped(live.slice(at)), ...(lost === undefined ? {} : { lost }) };
}

function wordAt(text: string, word: string, from: number): number {
  for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + word.length] ?? ''];
    if (!/[A-Za-z0-9]/.test(before) && !/[A-Za-z0-9]/.test(after)) return at;
  }
  return -1;
}

function textOf(parts: readonly OriginPart[]): string {
  return parts.map(({ text }) => text).join('');
}
