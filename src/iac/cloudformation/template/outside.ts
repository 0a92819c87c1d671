import type { Node } from '../../../syntax/node.js';
import type { Origin, OriginStep, UnresolvedCode, UnresolvedValue, Value } from '../../../value/value.js';
import { mistake, type Scope } from './scope.js';
import type { StepKind } from './step.js';
import { unknown } from './values.js';

/**
 * What stands in for a call that fails with these arguments. Literals alone make it the template's mistake; a value that
 * came from outside (a live attribute, a deployed parameter, an export) may be wrong without the template being so, and
 * leaves just this call unresolved. `message` is CloudFormation's; values themselves may be secret and are not told.
 */
export function failure(
  { name, node, scope }: { name: string; node: Node; scope: Scope },
  message: string,
  values: readonly (Value | undefined)[],
  hint?: string,
): UnresolvedValue {
  const step = firstOutside(values);
  if (step === undefined) return mistake(scope, node, message, hint);
  const code = CODES.get(step.kind) ?? 'attribute';
  return unknown(scope, node, code, `${name} can't be evaluated with the present value of ${step.name ?? step.kind}`);
}

/** The step by which something from outside had a hand in a value; undefined where it is made of the repository's literals. */
export function outsideStep(value: Value): OriginStep | undefined {
  const inner = value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()] : [];
  return stepOf(value.origin) ?? firstOutside(inner);
}

const CODES: ReadonlyMap<string, UnresolvedCode> = new Map<StepKind, UnresolvedCode>([
  ['Parameter', 'parameter'],
  ['Import', 'import'],
  ['Fn::GetAZs', 'environment'],
]);

const OUTSIDE = new Set<string>(['Parameter', 'Import', 'Attribute', 'Ref', 'Fn::GetAZs']);

function firstOutside(values: readonly (Value | undefined)[]): OriginStep | undefined {
  for (const value of values) {
    const step = value && outsideStep(value);
    if (step) return step;
  }
  return undefined;
}

function stepOf({ source, via, parts = [], outside }: Origin): OriginStep | undefined {
  if (outside) return outside;
  for (const { origin } of parts) {
    const step = stepOf(origin);
    if (step) return step;
  }
  const last = source === undefined ? via.at(-1) : undefined;
  // Where a stack is deployed is as settled as the template's own text.
  if (last === undefined || last.name?.startsWith('AWS::')) return undefined;
  return OUTSIDE.has(last.kind) ? last : undefined;
}
