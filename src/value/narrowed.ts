import type { Origin } from './value.js';

/**
 * The origin of parts of a literal's text, by where they begin and end in it. Where the literal is written without escapes
 * its range narrows to the part; otherwise it stays the whole literal.
 */
export function narrowing(origin: Origin, whole: string): (start: number, end: number) => Origin {
  const { source, range } = origin;
  if (!source || !range) return () => origin;
  const written = source.text.slice(range.start, range.end);
  const offset = written === whole ? 0 : written.length === whole.length + 2 && written.slice(1, -1) === whole ? 1 : -1;
  if (offset === -1) return () => origin;
  const first = range.start + offset;
  return (start, end) => ({ ...origin, range: { start: first + start, end: first + end } });
}
