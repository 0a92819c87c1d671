import { evaluateNode } from '../evaluate-node.js';
import { substituteLoopVariables } from '../expand.js';
import { mistake } from '../scope.js';
import type { Value } from '../value.js';
import { scalarText, unknown } from '../values.js';
import { namedCondition } from './conditions.js';
import type { Call } from './intrinsic.js';

/** `Fn::If`: `[condition, then, else]`; unresolved when the condition is. */
export function fnIf({ node, argument, scope }: Call): Value | undefined {
  const [conditionNode, thenNode, elseNode] = argument.kind === 'list' ? argument.items : [];
  const condition = conditionNode && evaluateNode(conditionNode, scope);
  if (condition?.kind === 'unresolved') return condition;
  const name = condition && scalarText(condition);
  if (name === undefined || thenNode === undefined || elseNode === undefined) {
    return mistake(scope, node, 'Template error: Fn::If requires a list argument with three elements');
  }
  const truth = namedCondition(substituteLoopVariables(name, scope), node, scope, 'Fn::If');
  if (typeof truth !== 'boolean') return unknown(scope, node, 'environment', truth.message);
  const taken = evaluateNode(truth ? thenNode : elseNode, scope);
  if (taken === undefined) return undefined;
  const step = { kind: 'Fn::If' as const, name, source: scope.evaluation.template.source, range: node.range };
  return { ...taken, origin: { ...taken.origin, via: [step, ...taken.origin.via] } };
}
