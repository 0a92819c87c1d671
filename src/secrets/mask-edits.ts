import { isObject, type Json } from '../base/json.js';
import { effectiveEntries, type Node } from '../syntax/node.js';

/** A range of a text that holds a secret, and what stands there instead. */
export interface MaskEdit {
  start: number;
  end: number;
  text: string;
}

/** A value that only says where the secret is kept; which one may depend on the stack (`${Env}`). */
const REFERENCE = /^\s*\{\{resolve:(?:[^{}]|\$\{[^{}]*\})*\}\}\s*$/;

/** The edits that make of a node, which stands in a text, what masking has made of it. */
export function editsTo(text: string, node: Node, masked: Json | undefined): MaskEdit[] {
  const edits: MaskEdit[] = [];
  collect(text, node, masked, edits);
  return edits;
}

function collect(text: string, node: Node, masked: Json | undefined, edits: MaskEdit[]): void {
  if (node.kind === 'list' && Array.isArray(masked)) {
    node.items.forEach((item, index) => {
      collect(text, item, masked[index], edits);
    });
  } else if (node.kind === 'map' && isObject(masked)) {
    for (const { key, value } of effectiveEntries(node)) collect(text, value, masked[key], edits);
  } else if (node.kind === 'scalar' && typeof masked === 'string' && masked !== node.value) {
    if (!REFERENCE.test(String(node.value))) edits.push(scalarEdit(text, node, masked));
  }
}

/** A double-quoted JSON string is one in YAML, too; a block scalar's range ends with its last line break. */
export function scalarEdit(text: string, { range }: Node, value: string): MaskEdit {
  let end = range.end;
  while (end > range.start && /[\r\n]/.test(text.charAt(end - 1))) end -= 1;
  return { ...range, text: JSON.stringify(value) + text.slice(end, range.end) };
}

/** A text with edits made, which are in no order, and some twice: a scalar is met again where an alias repeats it. */
export function splice(text: string, edits: readonly MaskEdit[]): string {
  let masked = '';
  let done = 0;
  for (const { start, end, text: replacement } of [...edits].sort((left, right) => left.start - right.start)) {
    if (start < done) continue;
    masked += text.slice(done, start) + replacement;
    done = end;
  }
  return masked + text.slice(done);
}
