import { entry, get, type MapNode, type Node, nameOf } from '../../../syntax/node.js';
import { intrinsicName } from './dialect.js';
import { substituteLoopVariables } from './expand.js';
import { isPseudoParameter } from './intrinsics/pseudo-parameters.js';
import { placeholderNames } from './intrinsics/template-text.js';
import { holdsMacro, moduleOf } from './made-elsewhere.js';
import { mistake, type Scope } from './scope.js';

/**
 * Notes references to what the template does not declare at all. CloudFormation refuses them also where they are not
 * evaluated, in a branch of `Fn::If` that is not taken.
 */
export function checkReferences(node: Node, scope: Scope): void {
  if (node.kind === 'list') for (const item of node.items) checkReferences(item, scope);
  if (node.kind !== 'map' || node.entries.some(({ key }) => key.startsWith('Fn::ForEach'))) return;
  const name = intrinsicName(node);
  for (const target of name === undefined ? [] : targetsOf(name, node)) checkTarget(target, node, scope);
  for (const { value } of node.entries) checkReferences(value, scope);
}

/** The names that a node itself refers to, by a call or by `DependsOn`. */
export function referencesIn(node: Node): string[] {
  const name = intrinsicName(node);
  if (node.kind === 'map' && name !== undefined) return targetsOf(name, node);
  const dependsOn = get(node, 'DependsOn');
  return (dependsOn?.kind === 'list' ? dependsOn.items : [dependsOn]).flatMap((item) => nameOf(item) ?? []);
}

function targetsOf(name: string, node: MapNode): string[] {
  const argument = get(node, name);
  const first = argument?.kind === 'list' ? argument.items[0] : argument;
  const text = nameOf(first);
  if (text === undefined) return [];
  if (name === 'Ref' || name === 'Fn::GetAtt') return [text.split('.')[0] ?? text];
  if (name !== 'Fn::Sub') return [];
  const variables = argument?.kind === 'list' ? argument.items[1] : undefined;
  if (holdsMacro(variables)) return [];
  return placeholderNames(text).flatMap((placeholder) =>
    entry(variables, placeholder) ? [] : [placeholder.split('.')[0] ?? placeholder],
  );
}

function checkTarget(written: string, node: Node, scope: Scope): void {
  const { inputs, declared } = scope.evaluation;
  const name = substituteLoopVariables(written, scope);
  if (scope.loop.has(name) || inputs.parameters.has(name) || isPseudoParameter(name) || declared.has(name)) return;
  if (moduleOf(name, scope) !== undefined) return;
  const block = `the ${scope.block} block of the template`;
  mistake(scope, node, `Template format error: Unresolved resource dependencies [${name}] in ${block}`);
}
