import { evaluateNode } from '../evaluate-node.js';
import { substituteLoopVariables } from '../expand.js';
import type { Node } from '../node.js';
import { mistake, type Scope } from '../scope.js';
import type { Value } from '../value.js';
import { computed, scalarText, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';
import { isPseudoParameter, pseudoParameter } from './pseudo-parameters.js';

/** `Ref`: a loop variable, parameter, pseudo parameter, or the physical ID of a resource. */
export function ref({ node, argument, scope }: Call): Value | undefined {
  const evaluated = argument.kind === 'scalar' ? undefined : evaluateNode(argument, scope);
  if (evaluated?.kind === 'unresolved') return evaluated;
  const name = evaluated ? scalarText(evaluated) : argument.kind === 'scalar' ? String(argument.value) : undefined;
  if (name === undefined)
    return mistake(scope, node, 'Template error: every Ref object must have a single String value.');
  return reference(substituteLoopVariables(name, scope), node, scope);
}

/** What a name refers to, as `Ref` and `${Name}` in `Fn::Sub` have it. */
export function reference(name: string, node: Node, scope: Scope): Value | undefined {
  const step = { kind: 'Ref' as const, name };
  const variable = scope.loop.get(name) ?? scope.evaluation.inputs.parameters.get(name);
  if (variable) return through(scope, node, step, variable);
  if (isPseudoParameter(name)) return pseudoParameter(name, node, scope);
  if (!refersToResource(name, node, scope))
    return unknown(scope, node, 'not-deployed', `${name} is not part of the stack`);
  const physicalId = scope.evaluation.inputs.resources.physicalId(name);
  if (physicalId === undefined) return unknown(scope, node, 'not-deployed', `${name} has no physical ID yet`);
  return through(scope, node, step, computed(scope, node, physicalId));
}

/** Notes the dependency and whether the resource exists in this stack; AWS rejects references to one that does not. */
export function refersToResource(name: string, node: Node, scope: Scope): boolean {
  const { resources, dependencies } = scope.evaluation;
  if (!resources.has(name)) {
    const block = `the ${scope.block} block of the template`;
    mistake(scope, node, `Template format error: Unresolved resource dependencies [${name}] in ${block}`);
    return false;
  }
  if (scope.resource !== undefined) {
    const known = dependencies.get(scope.resource);
    if (known) known.add(name);
    else dependencies.set(scope.resource, new Set([name]));
  }
  return true;
}
