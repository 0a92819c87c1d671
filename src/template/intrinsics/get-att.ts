import { evaluateNode } from '../evaluate-node.js';
import { substituteLoopVariables } from '../expand.js';
import { get, type Node } from '../node.js';
import { mistake, originOf, type Scope } from '../scope.js';
import { isKnown, toPlain, type Value } from '../value.js';
import { fromJson, scalarText, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';
import { refersToResource } from './ref.js';

/** `Fn::GetAtt`: `"Resource.Attribute"` or `[Resource, Attribute]`, each of which may be computed. */
export function getAtt({ node, argument, scope }: Call): Value | undefined {
  const parts = argument.kind === 'list' ? argument.items : splitName(argument);
  const [resource, attribute] = parts.map((part) => text(part, scope));
  if (parts.length < 2 || !resource || !attribute) {
    const rule = 'requires two non-empty parameters, the resource name and the resource attribute';
    return mistake(scope, node, `Template error: every Fn::GetAtt object ${rule}`);
  }
  if (typeof resource !== 'string') return resource;
  if (typeof attribute !== 'string') return attribute;
  return attributeValue(resource, attribute, node, scope);
}

/** What an attribute of a resource is: what the stack's facts tell, else what the template itself declares for it. */
export function attributeValue(logicalId: string, attribute: string, node: Node, scope: Scope): Value {
  if (!refersToResource(logicalId, node, scope))
    return unknown(scope, node, 'attribute', `${logicalId} is not part of the stack`);
  const declared = declaredProperty(logicalId, attribute, scope);
  const plain = declared && toPlain(declared);
  const json = plain !== undefined && isKnown(plain) ? plain : undefined;
  const fact = scope.evaluation.inputs.resources.attribute(logicalId, attribute, json);
  const step = { kind: 'Attribute' as const, name: `${logicalId}.${attribute}` };
  if (fact === undefined && declared && json !== undefined) return through(scope, node, step, declared);
  if (fact !== undefined && fact !== null) {
    const { source } = scope.evaluation.template;
    return through(scope, node, step, fromJson(fact, { use: originOf(source, node).use, via: [] }));
  }
  return unknown(scope, node, 'attribute', `the attribute ${logicalId}.${attribute} is not known`);
}

function declaredProperty(logicalId: string, attribute: string, scope: Scope): Value | undefined {
  const { evaluation } = scope;
  const target = evaluation.resources.get(logicalId);
  const key = `${logicalId}.${attribute}`;
  const property = attribute
    .split('.')
    .reduce<Node | undefined>((node, name) => get(node, name), get(target?.node, 'Properties'));
  if (!target || !property || evaluation.openAttributes.has(key)) return undefined;
  evaluation.openAttributes.add(key);
  const value = evaluateNode(property, { ...target.scope, resource: logicalId });
  evaluation.openAttributes.delete(key);
  return value;
}

function splitName(node: Node): Node[] {
  const name = node.kind === 'scalar' ? String(node.value) : '';
  const dot = name.indexOf('.');
  if (dot === -1) return [node];
  return [name.slice(0, dot), name.slice(dot + 1)].map((value) => ({ kind: 'scalar', value, range: node.range }));
}

function text(node: Node, scope: Scope): string | Value | undefined {
  const value = evaluateNode(node, scope);
  if (value?.kind === 'unresolved') return value;
  const name = value && scalarText(value);
  return name === undefined ? undefined : substituteLoopVariables(name, scope);
}
