import type { Problem } from '../base/errors.js';
import type { Node } from './node.js';
import { problemAt } from './problem.js';
import type { Source } from './source.js';

/** Keys that a map holds more than once: readers disagree on which of them counts, so what is meant is unsure. */
export function repeatedKeys(source: Source, node: Node): Problem[] {
  if (node.kind === 'scalar' || node.alias !== undefined) return [];
  if (node.kind === 'list') return node.items.flatMap((item) => repeatedKeys(source, item));
  const seen = new Set<string>();
  return node.entries.flatMap(({ key, keyRange, value }) => {
    // A key that `<<` merged in stands elsewhere, and may be overridden.
    const isOwn = node.range.start <= keyRange.start && keyRange.end <= node.range.end;
    if (!isOwn) return [];
    const repeated = seen.has(key)
      ? [problemAt('config-repeated', source, keyRange.start, `the key "${key}" is given twice`)]
      : [];
    seen.add(key);
    return [...repeated, ...repeatedKeys(source, value)];
  });
}
