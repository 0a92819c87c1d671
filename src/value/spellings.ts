import { child } from '../base/json-pointer.js';
import { otherReadings } from '../syntax/literal.js';
import type { Value } from './value.js';

/**
 * Texts under which number-like literals are also known, by path: readers of YAML disagree on `0123` (text, octal or
 * decimal), so the source text, YAML 1.1's reading and the decimal one all count as what Git says.
 */
export function spellingsOf(value: Value): Map<string, string[]> {
  const spellings = new Map<string, string[]>();
  collect(value, '', spellings);
  return spellings;
}

function collect(value: Value, path: string, spellings: Map<string, string[]>): void {
  if (value.kind === 'map') for (const [key, each] of value.entries) collect(each, child(path, key), spellings);
  if (value.kind === 'list') {
    for (const [index, each] of value.items.entries()) collect(each, child(path, index), spellings);
  }
  if (value.kind !== 'scalar' || value.text === undefined) return;
  spellings.set(path, [...new Set([value.text, String(value.value), ...otherReadings(value.text)])]);
}
