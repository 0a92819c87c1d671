import type { ListNode, MapNode, Node, ScalarNode } from '../../../syntax/node.js';
import type { Range } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { intrinsicName } from './dialect.js';
import { expandEntries, substitutePlain } from './expand.js';
import { INTRINSICS } from './intrinsics/registry.js';
import { holdsMacro } from './made-elsewhere.js';
import { evaluateNode, mistake, type Scope, spend } from './scope.js';
import { step } from './step.js';
import { literalOrigin, unknown, useOf } from './values.js';

/** The evaluator behind `evaluateNode`, which knows every intrinsic. */
export function evaluateWithIntrinsics(node: Node, outer: Scope): Value | undefined {
  spend(outer, node);
  const scope = node.alias ? throughAlias(node, outer) : outer;
  if (node.kind === 'scalar') return scalar(node, scope);
  if (node.kind === 'list') return list(node, scope);
  const name = intrinsicName(node);
  return name === undefined ? map(node, scope) : call(name, node, scope);
}

function throughAlias(node: Node, scope: Scope): Scope {
  const { source } = scope.evaluation.template;
  return node.alias
    ? { ...scope, via: [...scope.via, { ...step('Alias', node.alias.name), range: node.alias.range, source }] }
    : scope;
}

function scalar(node: ScalarNode, scope: Scope): Value {
  if (node.value === null) {
    return mistake(scope, node, "'null' values are not allowed in templates");
  }
  const origin = literalOrigin(scope, node);
  if (scope.loop.size > 0 && typeof node.value === 'string' && node.text === undefined) {
    return { kind: 'scalar', value: substitutePlain(node.value, scope), origin };
  }
  return { kind: 'scalar', value: node.value, ...(node.text === undefined ? {} : { text: node.text }), origin };
}

function call(name: string, node: MapNode, scope: Scope): Value | undefined {
  const intrinsic = INTRINSICS.get(name);
  const argument = node.entries[0]?.value;
  if (!intrinsic || !argument) {
    const known = [...INTRINSICS.keys()].join(', ');
    return mistake(scope, node, `Template error: Encountered unsupported function: ${name}`, `supported are ${known}`);
  }
  if (holdsMacro(argument) && name !== 'Fn::Transform') {
    return unknown(scope, node, 'macro', `a macro (Fn::Transform) makes the argument of ${name}`);
  }
  const value = intrinsic({ name, node, argument, scope });
  if (value?.kind !== 'unresolved') return value;
  return { ...value, origin: { ...value.origin, use: useOf(scope, node) } };
}

function list(node: ListNode, scope: Scope): Value {
  const items = node.items.flatMap((item) => evaluateNode(item, scope) ?? []);
  return { kind: 'list', items, origin: literalOrigin(scope, node) };
}

function map(node: MapNode, scope: Scope): Value {
  const entries = new Map<string, Value>();
  const keyRanges = new Map<string, Range>();
  const expanded = expandEntries(node, scope);
  const hasMacro = expanded.some(({ key }) => key === 'Fn::Transform');
  for (const each of expanded) {
    if (each.key === 'Fn::Transform') continue;
    if (each.key.startsWith('Fn::')) return mistake(scope, node, `${each.key} can't stand beside other keys`);
    const value = hasMacro ? besideMacro(each.value, each.scope) : evaluateNode(each.value, each.scope);
    if (value === undefined) continue;
    entries.set(each.key, value);
    keyRanges.set(each.key, each.keyRange);
  }
  return { kind: 'map', entries, keyRanges, origin: literalOrigin(scope, node) };
}

/** A macro (`Fn::Transform`) is given its siblings and may change them. */
function besideMacro(node: Node, scope: Scope): Value {
  return unknown(scope, node, 'macro', 'a macro (Fn::Transform) beside this property may change it');
}
