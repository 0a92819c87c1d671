import type { Origin } from './value.js';
/**
 * The origin of a part of a literal's text. Where the literal is written without escapes its range narrows to the part;
 * otherwise it stays the whole literal.
 */
export function narrowed(origin: Origin, whole: string, start: number, end: number): Origin {
  const { source, range } = origin;
  if (!source || !range) return origin;
  const written = source.text.slice(range.start, range.end);
  const offset = written === whole ? 0 : written.length === whole.length + 2 && written.slice(1, -1) === whole ? 1 : -1;
  if (offset === -1) return origin;
  return { ...origin, range: { start: range.start + offset + start, end: range.start + offset + end } };
}
