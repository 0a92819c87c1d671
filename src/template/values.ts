import type { Json } from '../json.js';
import type { Node } from './node.js';
import { originOf, type Scope } from './scope.js';
import type { Origin, OriginStep, UnresolvedCode, UnresolvedValue, Value } from './value.js';

/** A value that is not known, at the node that would have given it. */
export function unknown(
  scope: Scope,
  node: Node,
  code: UnresolvedCode,
  message: string,
  secret = false,
): UnresolvedValue {
  const origin = originOf(scope.evaluation.template.source, node);
  return { kind: 'unresolved', code, message, ...(secret ? { secret } : {}), origin };
}

/** A computed scalar, at the node that computed it. */
export function computed(scope: Scope, node: Node, value: string | number | boolean, secret = false): Value {
  return {
    kind: 'scalar',
    value,
    ...(secret ? { secret } : {}),
    origin: originOf(scope.evaluation.template.source, node),
  };
}

/** Values from outside (live attributes) as used at a node. */
export function fromJson(json: Json, origin: Origin): Value {
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item) => fromJson(item, origin)), origin };
  if (typeof json === 'object' && json !== null) {
    return {
      kind: 'map',
      entries: new Map(Object.entries(json).map(([key, item]) => [key, fromJson(item, origin)])),
      origin,
    };
  }
  return { kind: 'scalar', value: json ?? '', origin };
}

/** The same value, as it came to a node through one more step. */
export function through(scope: Scope, node: Node, step: Pick<OriginStep, 'kind' | 'name'>, value: Value): Value {
  const { source } = scope.evaluation.template;
  const use = { source, range: node.range };
  const head: OriginStep = { ...step, ...use };
  function moved(inner: Value): Value {
    const origin = { ...inner.origin, use, via: [head, ...inner.origin.via] };
    if (inner.kind === 'list') return { ...inner, items: inner.items.map(moved), origin };
    if (inner.kind === 'map')
      return { ...inner, entries: new Map([...inner.entries].map(([key, each]) => [key, moved(each)])), origin };
    return { ...inner, origin };
  }
  return moved(value);
}

/** The text that CloudFormation makes of a scalar in a string: numbers as they were written. */
export function scalarText(value: Value): string | undefined {
  return value.kind === 'scalar' ? (value.text ?? String(value.value)) : undefined;
}

/** The first value inside that is not known. */
export function firstUnresolved(value: Value): UnresolvedValue | undefined {
  if (value.kind === 'unresolved') return value;
  const inner = value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()] : [];
  for (const item of inner) {
    const found = firstUnresolved(item);
    if (found) return found;
  }
  return undefined;
}

/** Whether anything inside is secret. */
export function holdsSecret(value: Value): boolean {
  if (value.kind === 'scalar' || value.kind === 'unresolved') return value.secret ?? false;
  return (value.kind === 'list' ? value.items : [...value.entries.values()]).some(holdsSecret);
}
