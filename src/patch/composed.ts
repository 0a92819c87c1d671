import { templateText } from '../template/intrinsics/template-text.js';
import type { Source } from '../template/source.js';
import type { OriginPart, Range, Value } from '../template/value.js';
import type { Written } from './edit/written.js';
import { escaped } from './terms.js';

/** One way to make a composed text another one: what to write at which place of which source. */
export interface Rewrite {
  source: Source;
  range: Range;
  value: Written;
}

/**
 * Ways to change the text that `Fn::Sub` or `Fn::Join` puts together, the narrowest first: the one literal part that the
 * change lies in, else the whole text with those placeholders kept that still stand for themselves. `written` is the
 * text of `Fn::Sub` as it stands in source.
 */
export function recompositions({ origin }: Value, live: string, written: string | undefined): Rewrite[] {
  const { parts, source, range, via } = origin;
  const kind = via.find((step) => step.kind === 'Fn::Sub' || step.kind === 'Fn::Join')?.kind;
  if (!parts || !source || !range || !kind) return [];
  if (kind === 'Fn::Join') return joined(parts, live);
  if (written === undefined) return [];
  const shown = templateText(written, origin).filter((part) => part.name !== undefined || part.text !== '');
  if (shown.length !== parts.length) return [];
  const placeholder = (index: number) => shown[index]?.text ?? '';
  const rewrites: string[] = [];
  const change = literalChange(parts, live);
  if (change) {
    const texts = parts.map((part, index) => {
      if (index === change.index) return escaped(change.text);
      return part.literal ? escaped(part.text) : placeholder(index);
    });
    rewrites.push(texts.join(''));
  }
  const kept = withPlaceholders(parts, live, placeholder);
  if (kept !== undefined && !rewrites.includes(kept)) rewrites.push(kept);
  return rewrites.map((value) => ({ source, range, value }));
}

function joined(parts: readonly OriginPart[], live: string): Rewrite[] {
  const change = literalChange(parts, live);
  const part = change && parts[change.index];
  if (!change || !part?.origin.source || !part.origin.range) return [];
  // A delimiter stands in source once, but in the text many times.
  const { start } = part.origin.range;
  if (parts.filter(({ origin }) => origin.range?.start === start).length > 1) return [];
  return [{ source: part.origin.source, range: part.origin.range, value: change.text }];
}

/** The one literal part that a change lies in wholly, and its new text. */
export function literalChange(parts: readonly OriginPart[], live: string): { index: number; text: string } | undefined {
  for (const [index, { literal }] of parts.entries()) {
    if (!literal) continue;
    const before = textOf(parts.slice(0, index));
    const after = textOf(parts.slice(index + 1));
    if (live.length < before.length + after.length || !live.startsWith(before) || !live.endsWith(after)) continue;
    return { index, text: live.slice(before.length, live.length - after.length) };
  }
  return undefined;
}

/** The live text with the placeholders that still occur in it, in order and as whole words; undefined when none does. */
function withPlaceholders(
  parts: readonly OriginPart[],
  live: string,
  placeholder: (index: number) => string,
): string | undefined {
  let at = 0;
  let text = '';
  let kept = 0;
  for (const [index, part] of parts.entries()) {
    if (part.literal || part.text.length < 3) continue;
    const found = wordAt(live, part.text, at);
    if (found === -1) continue;
    text += escaped(live.slice(at, found)) + placeholder(index);
    at = found + part.text.length;
    kept += 1;
  }
  return kept === 0 ? undefined : text + escaped(live.slice(at));
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
