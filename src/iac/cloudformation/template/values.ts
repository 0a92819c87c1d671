import type { Json } from '../../../base/json.js';
import type { Node } from '../../../syntax/node.js';
import {
  holdsSecret,
  type Origin,
  type OriginStep,
  type UnresolvedCode,
  type UnresolvedValue,
  type Value,
} from '../../../value/value.js';
import type { Call } from './intrinsics/intrinsic.js';
import { type Scope, spend } from './scope.js';
import { step, stepKind } from './step.js';

/** The origin of a literal that stands at a node. */
export function literalOrigin(scope: Scope, node: Node): Origin {
  const { source } = scope.evaluation.template;
  return { source, range: node.range, use: useOf(scope, node), via: scope.via };
}

/** The origin of a value that comes from outside the repository and is used at a node. */
export function outsideOrigin(scope: Scope, node: Node): Origin {
  return { use: useOf(scope, node), via: [] };
}

/** Where a node stands: for an alias the alias, not what it repeats. */
export function useOf(scope: Scope, node: Node): Origin['use'] {
  return { source: scope.evaluation.template.source, range: node.alias?.range ?? node.range };
}

/** A value that is not known, at the node that would have given it. */
export function unknown(
  scope: Scope,
  node: Node,
  code: UnresolvedCode,
  message: string,
  secret = false,
): UnresolvedValue {
  return { kind: 'unresolved', code, message, ...(secret ? { secret } : {}), origin: outsideOrigin(scope, node) };
}

/** What a function computes; `from` is the value that decides it, whose literal is what a person would edit. */
export function computed({ name, node, scope }: Call, value: string | number | boolean, from?: Value): Value {
  const use = useOf(scope, node);
  const { source, range, via = [] } = from?.origin ?? {};
  const origin: Origin = { use, via: [{ ...step(stepKind(name)), ...use }, ...via] };
  if (source && range) Object.assign(origin, { source, range });
  return { kind: 'scalar', value, ...(from && holdsSecret(from) ? { secret: true } : {}), origin };
}

/** Values from outside (live attributes) as used at a node; undefined where nothing was told (null). */
export function fromJson(json: Json, origin: Origin): Value | undefined {
  if (json === null) return undefined;
  if (Array.isArray(json)) return { kind: 'list', items: json.flatMap((item) => fromJson(item, origin) ?? []), origin };
  if (typeof json !== 'object') return { kind: 'scalar', value: json, origin };
  const entries = new Map<string, Value>();
  for (const [key, item] of Object.entries(json)) {
    const value = fromJson(item, origin);
    if (value) entries.set(key, value);
  }
  return { kind: 'map', entries, origin };
}

/** The same value as a node uses it, having come through one more step; so does everything inside. */
export function through(scope: Scope, node: Node, by: OriginStep, value: Value): Value {
  const use = useOf(scope, node);
  const head: OriginStep = { ...by, ...use };
  function moved(inner: Value): Value {
    spend(scope, node);
    const origin = { ...inner.origin, use, via: [head, ...inner.origin.via] };
    if (inner.kind === 'list') return { ...inner, items: inner.items.map(moved), origin };
    if (inner.kind !== 'map') return { ...inner, origin };
    return { ...inner, entries: new Map([...inner.entries].map(([key, each]) => [key, moved(each)])), origin };
  }
  return moved(value);
}

/** The same value, chosen by a function among values written in its own arguments: what is inside stays where it stands. */
export function chosen({ name, node, scope }: Call, value: Value, condition?: string): Value {
  const use = useOf(scope, node);
  const head: OriginStep = { ...step(stepKind(name), condition), ...use };
  return { ...value, origin: { ...value.origin, use, via: [head, ...value.origin.via] } };
}

/** A scalar as a name: as it is written, since keys are not read as booleans either (a condition called `No`). */
export function nameText(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' ? (value.text ?? String(value.value)) : undefined;
}

/** The first value inside that is not known; one that can never be known only where there is no other. */
export function firstUnresolved(value: Value): UnresolvedValue | undefined {
  if (value.kind === 'unresolved') return value;
  const inner = value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()] : [];
  let never: UnresolvedValue | undefined;
  for (const item of inner) {
    const found = firstUnresolved(item);
    if (found && !found.never) return found;
    never ??= found;
  }
  return never;
}
