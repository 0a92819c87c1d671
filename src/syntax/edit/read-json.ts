import { type Node as JsonNode, type ParseError, parseTree } from 'jsonc-parser';
import type { Source } from '../source.js';
import type { Branch, Tree } from './tree.js';

/** Reads strict JSON; undefined for what is none. */
export function readJson({ text }: Source): Tree | undefined {
  const errors: ParseError[] = [];
  const clean = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(clean, errors, { disallowComments: true, allowTrailingComma: false });
  return root && errors.length === 0 ? convert(root, text, undefined) : undefined;
}

function convert(node: JsonNode, text: string, parent: Branch | undefined): Tree {
  const end = node.offset + node.length;
  const place = { range: { start: node.offset, end }, end, ...(parent && { parent }) };
  if (node.type === 'string') return { kind: 'scalar', style: 'double', text: String(node.value), ...place };
  const children = node.children ?? [];
  if (node.type === 'array') {
    const list: Branch = { kind: 'list', flow: true, members: [], ...place };
    list.members = children.map((child) => ({ start: child.offset, value: convert(child, text, list) }));
    return list;
  }
  if (node.type !== 'object') return { kind: 'scalar', style: 'plain', text: text.slice(node.offset, end), ...place };
  const map: Branch = { kind: 'map', flow: true, members: [], ...place };
  map.members = children.flatMap(({ children: [key, value] = [], colonOffset }) => {
    if (!key || !value || colonOffset === undefined) return [];
    const range = { start: key.offset, end: key.offset + key.length };
    const named = { text: String(key.value), range, style: 'double' as const };
    return [{ start: key.offset, key: named, after: colonOffset + 1, value: convert(value, text, map) }];
  });
  return map;
}
