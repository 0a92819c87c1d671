import { evaluateNode } from './evaluate-node.js';
import { effectiveEntries, get, type MapEntry, type MapNode, type Node } from './node.js';
import { mistake, type Scope } from './scope.js';
import type { Value } from './value.js';
import { scalarText } from './values.js';

/** A map's entry with loops expanded: its own scope knows the loop variables. */
export interface ExpandedEntry extends MapEntry {
  scope: Scope;
}

const MAX_ENTRIES = 20_000;

/**
 * The entries of a map, `Fn::ForEach::Name: [Variable, Collection, {Key${Variable}: …}]` replaced by what they make
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html).
 */
export function expandEntries(map: MapNode, scope: Scope): ExpandedEntry[] {
  return effectiveEntries(map).flatMap((each) => {
    if (each.key.startsWith('Fn::ForEach::')) return expandLoop(each, scope);
    return [{ ...each, key: substituteLoopVariables(each.key, scope), scope }];
  });
}

function expandLoop({ value: loop }: MapEntry, scope: Scope): ExpandedEntry[] {
  const [variableNode, collectionNode, body] = loop.kind === 'list' ? loop.items : [];
  const variable = variableNode?.kind === 'scalar' ? String(variableNode.value) : undefined;
  if (variable === undefined || collectionNode === undefined || body?.kind !== 'map') {
    mistake(scope, loop, 'Fn::ForEach requires a variable, a collection and an object');
    return [];
  }
  const entries: ExpandedEntry[] = [];
  for (const item of collectionItems(collectionNode, scope)) {
    const step = { kind: 'ForEach' as const, name: variable };
    const value = { ...item, origin: { ...item.origin, via: [step, ...item.origin.via] } };
    entries.push(...expandEntries(body, { ...scope, loop: new Map([...scope.loop, [variable, value]]) }));
    if (entries.length > MAX_ENTRIES) {
      mistake(scope, loop, `Fn::ForEach makes more than ${MAX_ENTRIES} entries`);
      return [];
    }
  }
  return entries;
}

function collectionItems(node: Node, scope: Scope): Value[] {
  const collection = evaluateNode(node, scope);
  if (collection?.kind === 'list') return collection.items;
  const message = collection?.kind === 'unresolved' ? collection.message : 'its collection is no list';
  mistake(scope, node, `Fn::ForEach can't be expanded: ${message}`);
  return [];
}

/** Replaces `${Variable}`, and `&{Variable}` by its alphanumeric characters, for the loop variables in scope. */
export function substituteLoopVariables(text: string, scope: Scope): string {
  if (scope.loop.size === 0) return text;
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, sign: string, name: string) => {
    const value = scope.loop.get(name);
    const replacement = value && scalarText(value);
    if (replacement === undefined) return whole;
    return sign === '&' ? replacement.replace(/[^A-Za-z0-9]/g, '') : replacement;
  });
}

/** The section of a template as a map node. */
export function section(root: MapNode, name: string): MapNode {
  const node = get(root, name);
  return node?.kind === 'map' ? node : { kind: 'map', entries: [], range: root.range };
}
