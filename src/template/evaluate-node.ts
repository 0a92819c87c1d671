import { expandEntries } from './expand.js';
import { INTRINSICS } from './intrinsics/registry.js';
import { intrinsicName, type ListNode, type MapNode, type Node } from './node.js';
import { mistake, originOf, type Scope } from './scope.js';
import type { Range, Value } from './value.js';

/**
 * Evaluates any node of a template; undefined is `AWS::NoValue`, which removes the property or element.
 * What can't be known is an unresolved value; mistakes of the template are noted in the evaluation.
 */
export function evaluateNode(node: Node, scope: Scope): Value | undefined {
  if (node.kind === 'scalar') return scalar(node, scope);
  const name = intrinsicName(node);
  if (name !== undefined && node.kind === 'map') return call(name, node, scope);
  return node.kind === 'list' ? list(node, scope) : map(node, scope);
}

function scalar(node: Node & { kind: 'scalar' }, scope: Scope): Value {
  const origin = originOf(scope.evaluation.template.source, node);
  return { kind: 'scalar', value: node.value ?? '', ...(node.text === undefined ? {} : { text: node.text }), origin };
}

function call(name: string, node: MapNode, scope: Scope): Value | undefined {
  const intrinsic = INTRINSICS.get(name);
  const argument = node.entries[0]?.value;
  if (intrinsic && argument) return intrinsic({ name, node, argument, scope });
  return mistake(scope, node, `there is no intrinsic function ${name}`);
}

function list(node: ListNode, scope: Scope): Value {
  const items = node.items.flatMap((item) => evaluateNode(item, scope) ?? []);
  return { kind: 'list', items, origin: originOf(scope.evaluation.template.source, node) };
}

function map(node: MapNode, scope: Scope): Value {
  const entries = new Map<string, Value>();
  const keyRanges = new Map<string, Range>();
  for (const each of expandEntries(node, scope)) {
    const value = evaluateNode(each.value, each.scope);
    if (value === undefined) continue;
    entries.set(each.key, value);
    keyRanges.set(each.key, each.keyRange);
  }
  return { kind: 'map', entries, keyRanges, origin: originOf(scope.evaluation.template.source, node) };
}
