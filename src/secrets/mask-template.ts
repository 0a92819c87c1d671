import { DriftError } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { effectiveEntries, get, type MapEntry, type MapNode, type Node, textOf } from '../syntax/node.js';
import { parseNode } from '../syntax/parse.js';
import { createSource } from '../syntax/source.js';
import { maskSecrets } from './mask.js';

/** A range of a text that holds a secret, and what stands there instead. */
export interface MaskEdit {
  start: number;
  end: number;
  text: string;
}

/** A value that only says where the secret is kept. */
const REFERENCE = /^\s*\{\{resolve:[^{}]*\}\}\s*$/;

/**
 * A template's text with its secrets masked: defaults of NoEcho parameters, and what `maskSecrets` finds (literal
 * passwords, keys inside scripts). The rest stays as it is, byte for byte; so do dynamic references, which are no
 * secrets themselves. `secrets` are texts known to be secret. Undefined when the text is no template at all.
 */
export function maskTemplate(text: string, secrets: readonly string[]): string | undefined {
  const root = parse(text);
  return root?.kind === 'map' ? splice(text, maskEdits(text, root, secrets)) : undefined;
}

/** The same as edits, of a template that is parsed already; in no order, and some may be there twice. */
export function maskEdits(text: string, root: MapNode, secrets: readonly string[]): MaskEdit[] {
  const defaults = noEchoDefaults(root);
  const known = [...secrets, ...defaults.map(({ value }) => value)];
  const edits = defaults.map(({ node }) => edit(text, node, '****'));
  collect(text, root, maskSecrets(jsonOf(root) as Record<string, Json>, { secrets: known }), edits);
  return edits;
}

/** The names of a template's NoEcho parameters; none where the text is no template. */
export function noEchoParameters(text: string): Set<string> {
  const root = parse(text);
  return new Set(root === undefined ? [] : noEchoEntries(root).map(({ key }) => key));
}

function parse(text: string): Node | undefined {
  try {
    return parseNode(createSource('template', text), 'template');
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** The NoEcho parameters that a template declares. */
export function noEchoEntries(root: Node): MapEntry[] {
  const parameters = get(root, 'Parameters');
  if (parameters?.kind !== 'map') return [];
  return parameters.entries.filter(({ value }) => textOf(get(value, 'NoEcho'))?.toLowerCase() === 'true');
}

function noEchoDefaults(root: Node): { node: Node; value: string }[] {
  return noEchoEntries(root).flatMap(({ value: parameter }) => {
    const node = get(parameter, 'Default');
    return node?.kind === 'scalar' && node.value !== '' ? [{ node, value: String(node.value) }] : [];
  });
}

/** Finds the scalars that masking has changed. */
function collect(text: string, node: Node, masked: Json | undefined, edits: MaskEdit[]): void {
  if (node.kind === 'list' && Array.isArray(masked)) {
    node.items.forEach((item, index) => {
      collect(text, item, masked[index], edits);
    });
  } else if (node.kind === 'map' && typeof masked === 'object' && masked !== null && !Array.isArray(masked)) {
    for (const { key, value } of effectiveEntries(node)) collect(text, value, masked[key], edits);
  } else if (node.kind === 'scalar' && typeof masked === 'string' && masked !== node.value) {
    if (!REFERENCE.test(String(node.value))) edits.push(edit(text, node, masked));
  }
}

/** A double-quoted JSON string is one in YAML, too; a block scalar's range ends with its last line break. */
function edit(text: string, { range }: Node, value: string): MaskEdit {
  const [ending = ''] = /[\r\n]*$/.exec(text.slice(range.start, range.end)) ?? [];
  return { ...range, text: JSON.stringify(value) + ending };
}

function splice(text: string, edits: MaskEdit[]): string {
  let masked = '';
  let done = 0;
  for (const { start, end, text: replacement } of edits.sort((left, right) => left.start - right.start)) {
    // A scalar is met again where an alias repeats it.
    if (start < done) continue;
    masked += text.slice(done, start) + replacement;
    done = end;
  }
  return masked + text.slice(done);
}

function jsonOf(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  return Object.fromEntries(effectiveEntries(node).map(({ key, value }) => [key, jsonOf(value)]));
}
