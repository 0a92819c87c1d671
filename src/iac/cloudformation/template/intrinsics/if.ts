import type { OriginStep, Value } from '../../../../value/value.js';
import { evaluateNode, mistake } from '../scope.js';
import { step } from '../step.js';
import { checkReferences } from '../undeclared.js';
import { chosen, nameText, unknown, useOf } from '../values.js';
import { namedCondition } from './conditions.js';
import type { Call } from './intrinsic.js';

/** `Fn::If`: `[condition, then, else]`; unresolved when the condition is. */
export function fnIf(call: Call): Value | undefined {
  const { node, argument, scope } = call;
  const [conditionNode, thenNode, elseNode, ...rest] = argument.kind === 'list' ? argument.items : [];
  const condition = conditionNode && evaluateNode(conditionNode, scope);
  if (condition?.kind === 'unresolved') return condition;
  const name = nameText(condition);
  if (name === undefined || thenNode === undefined || elseNode === undefined || rest.length > 0) {
    return mistake(scope, node, 'Template error: Fn::If requires a list argument with three elements');
  }
  const truth = namedCondition(name, node, scope, 'Fn::If');
  if (typeof truth !== 'boolean') return unknown(scope, node, truth.code, truth.message, truth.secret);
  checkReferences(truth ? elseNode : thenNode, scope);
  const branch = truth ? thenNode : elseNode;
  const own: OriginStep = { ...step('Fn::If', name), ...useOf(scope, node) };
  // What is written inside a branch has come through the choice as well; the branch itself is marked once.
  const isPlain = branch.kind !== 'scalar' && !branch.alias;
  const taken = evaluateNode(branch, isPlain ? { ...scope, via: [...scope.via, own] } : scope);
  if (taken === undefined) return undefined;
  if (!taken.origin.via.includes(own)) return chosen(call, taken, name);
  return { ...taken, origin: { ...taken.origin, use: useOf(scope, node) } };
}
