import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from '../errors.js';
import type { Node } from './node.js';
import { problemAt } from './problem.js';
import type { Source } from './source.js';

/** Parses strict JSON into nodes; jsonc-parser gives the same values as the YAML parser in a tenth of its time. */
export function parseJson(source: Source): { node: Node | undefined; problems: Problem[] } {
  const errors: ParseError[] = [];
  const text = source.text.startsWith('\uFEFF') ? ` ${source.text.slice(1)}` : source.text;
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = errors.map(({ error, offset }) => problemAt(source, offset, `JSON: ${printParseErrorCode(error)}`));
  return { node: tree && problems.length === 0 ? convert(tree) : undefined, problems };
}

function convert(tree: JsonNode): Node {
  const range = { start: tree.offset, end: tree.offset + tree.length };
  const children = tree.children ?? [];
  if (tree.type === 'array') return { kind: 'list', items: children.map(convert), range };
  if (tree.type !== 'object') return { kind: 'scalar', value: tree.value as string | number | boolean | null, range };
  const entries = children.flatMap(({ children: [key, value] = [] }) =>
    key && value
      ? [{ key: String(key.value), keyRange: { start: key.offset, end: key.offset + key.length }, value: convert(value) }]
      : [],
  );
  return { kind: 'map', entries, range };
}
