import { scalarText, type Value } from '../../../../value/value.js';
import { evaluateNode } from '../scope.js';
import { step } from '../step.js';
import { fromJson, outsideOrigin, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::GetAZs`: the zones of a region (`""` is the stack's own); which ones depends on the account. */
export function getAzs({ node, argument, scope }: Call): Value {
  const { environment, availabilityZones } = scope.evaluation.inputs;
  const evaluated = evaluateNode(argument, scope);
  if (evaluated?.kind === 'unresolved') return evaluated;
  const region = (evaluated && scalarText(evaluated)) || environment.region;
  const answer = availabilityZones?.(region) ?? { reason: '' };
  const value = 'zones' in answer ? fromJson(answer.zones, outsideOrigin(scope, node)) : undefined;
  if (value) return through(scope, node, step('Fn::GetAZs'), value);
  const why = 'reason' in answer && answer.reason !== '' ? `: ${answer.reason}` : '';
  return unknown(scope, node, 'environment', `the availability zones of ${region} are not known here${why}`);
}
