import { substituteLoopVariables } from './expand.js';
import { isPseudoParameter } from './intrinsics/pseudo-parameters.js';
import { templateText } from './intrinsics/template-text.js';
import { entry, get, intrinsicName, type MapNode, type Node, nameOf } from './node.js';
import { mistake, type Scope } from './scope.js';
import { literalOrigin } from './values.js';

/**
 * Notes references to what the template does not declare at all. CloudFormation refuses them also where they are not
 * evaluated, in a branch of `Fn::If` that is not taken.
 */
export function checkReferences(node: Node, scope: Scope): void {
  if (node.kind === 'list') for (const item of node.items) checkReferences(item, scope);
  if (node.kind !== 'map' || node.entries.some(({ key }) => key.startsWith('Fn::ForEach'))) return;
  const name = intrinsicName(node);
  for (const target of name === undefined ? [] : targetsOf(name, node, scope)) checkTarget(target, node, scope);
  for (const { value } of node.entries) checkReferences(value, scope);
}

function targetsOf(name: string, node: MapNode, scope: Scope): string[] {
  const argument = get(node, name);
  const first = argument?.kind === 'list' ? argument.items[0] : argument;
  const text = nameOf(first);
  if (text === undefined || first === undefined) return [];
  if (name === 'Ref' || name === 'Fn::GetAtt') return [text.split('.')[0] ?? text];
  if (name !== 'Fn::Sub') return [];
  const variables = argument?.kind === 'list' ? argument.items[1] : undefined;
  return templateText(text, literalOrigin(scope, first)).flatMap(({ name: placeholder, sign }) => {
    if (placeholder === undefined || sign === '&' || entry(variables, placeholder)) return [];
    return [placeholder.split('.')[0] ?? placeholder];
  });
}

function checkTarget(written: string, node: Node, scope: Scope): void {
  const { inputs, declared } = scope.evaluation;
  const name = substituteLoopVariables(written, scope);
  if (scope.loop.has(name) || inputs.parameters.has(name) || isPseudoParameter(name) || declared.has(name)) return;
  const block = `the ${scope.block} block of the template`;
  mistake(scope, node, `Template format error: Unresolved resource dependencies [${name}] in ${block}`);
}
