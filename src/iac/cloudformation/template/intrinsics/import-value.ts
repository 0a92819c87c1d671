import { scalarText, type Value } from '../../../../value/value.js';
import { failure } from '../outside.js';
import { evaluateNode } from '../scope.js';
import { step } from '../step.js';
import { outsideOrigin, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** `Fn::ImportValue`: an export of another stack in the same region. */
export function importValue(call: Call): Value {
  const { node, argument, scope } = call;
  const evaluated = evaluateNode(argument, scope);
  if (evaluated?.kind === 'unresolved') return evaluated;
  const name = evaluated && scalarText(evaluated);
  if (name === undefined) {
    const rule = 'the attribute in Fn::ImportValue must be a string or a function that returns a string';
    return failure(call, `Template error: ${rule}`, [evaluated]);
  }
  const { exports } = scope.evaluation.inputs;
  if (exports === undefined) return unknown(scope, node, 'import', `exports are not known here: ${name}`);
  const value = Object.hasOwn(exports, name) ? exports[name] : undefined;
  if (value === undefined) return unknown(scope, node, 'import', `no stack exports ${name}`);
  return through(scope, node, step('Import', name), { kind: 'scalar', value, origin: outsideOrigin(scope, node) });
}
