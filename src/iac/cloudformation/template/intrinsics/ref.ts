import { type Node, textOf } from '../../../../syntax/node.js';
import type { Value } from '../../../../value/value.js';
import { moduleOf } from '../made-elsewhere.js';
import { evaluateNode, mistake, type Scope } from '../scope.js';
import { step } from '../step.js';
import { nameText, outsideOrigin, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';
import { isPseudoParameter, pseudoParameter } from './pseudo-parameters.js';

/** `Ref`: a loop variable, parameter, pseudo parameter, or the physical ID of a resource. */
export function ref({ node, argument, scope }: Call): Value | undefined {
  const evaluated =
    textOf(argument) === undefined && argument.kind !== 'map' ? undefined : evaluateNode(argument, scope);
  if (evaluated?.kind === 'unresolved') return evaluated;
  const name = nameText(evaluated);
  if (name === undefined) {
    return mistake(scope, node, 'Template error: every Ref object must have a single String value.');
  }
  return reference(name, node, scope);
}

/** What a name refers to, as `Ref` and `${Name}` in `Fn::Sub` have it; undefined is `AWS::NoValue`. */
export function reference(name: string, node: Node, scope: Scope): Value | undefined {
  const own = step('Ref', name);
  const variable = scope.loop.get(name) ?? scope.evaluation.inputs.parameters.get(name);
  if (variable) return through(scope, node, own, variable);
  if (isPseudoParameter(name)) return pseudoParameter(name, node, scope);
  const missing = missingResource(name, node, scope);
  if (missing) return missing;
  const physicalId = scope.evaluation.inputs.resources.physicalId(name);
  if (physicalId === undefined) return unknown(scope, node, 'not-deployed', `${name} is not deployed yet`);
  return through(scope, node, own, { kind: 'scalar', value: physicalId, origin: outsideOrigin(scope, node) });
}

/**
 * Notes the dependency on a resource. AWS rejects references to one that the stack does not have: that is a mistake, and
 * its stand-in is returned.
 */
export function missingResource(name: string, node: Node, scope: Scope): Value | undefined {
  const { resources, dependencies } = scope.evaluation;
  const module = moduleOf(name, scope);
  if (module !== undefined)
    return unknown(
      scope,
      node,
      'macro',
      `${name} refers into the module ${module}, whose resources are not known here`,
    );
  if (!resources.has(name)) {
    const block = `the ${scope.block} block of the template`;
    return mistake(scope, node, `Template format error: Unresolved resource dependencies [${name}] in ${block}`);
  }
  if (scope.resource === undefined) return undefined;
  const known = dependencies.get(scope.resource);
  if (known) known.add(name);
  else dependencies.set(scope.resource, new Set([name]));
  return undefined;
}
