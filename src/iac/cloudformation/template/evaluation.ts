import { section } from '../../../syntax/node.js';
import { evaluateWithIntrinsics } from './evaluate-node.js';
import { expandEntries } from './expand.js';
import type { Template } from './parse.js';
import type { Evaluation, EvaluationInputs, Hypothesis, Scope } from './scope.js';

/** Begins to evaluate a template: its conditions are known by name, and nothing is evaluated yet. */
export function beginEvaluation(template: Template, inputs: EvaluationInputs, hypothesis?: Hypothesis): Scope {
  const evaluation: Evaluation = {
    template,
    inputs,
    declared: new Set(),
    resources: new Map(),
    conditions: new Map(),
    truths: new Map(),
    problems: new Map(),
    dependencies: new Map(),
    openConditions: [],
    attributes: new Map(),
    made: 0,
    characters: 0,
    ...(hypothesis && { hypothesis }),
    evaluate: evaluateWithIntrinsics,
  };
  const scope: Scope = { evaluation, loop: new Map(), via: [], chain: 0, block: 'Conditions' };
  for (const each of expandEntries(section(template.root, 'Conditions'), scope)) {
    if (each.key === 'Fn::Transform') continue;
    evaluation.conditions.set(each.key, { node: each.value, scope: each.scope });
  }
  return scope;
}
