import { entry, get, type Node, textOf } from '../../../../syntax/node.js';
import type { Value } from '../../../../value/value.js';
import { MAX_CHAIN } from '../limits.js';
import { failure, outsideStep } from '../outside.js';
import { evaluateNode, type Scope } from '../scope.js';
import { step } from '../step.js';
import { firstUnresolved, fromJson, nameText, outsideOrigin, through, unknown } from '../values.js';
import type { Call } from './intrinsic.js';
import { missingResource } from './ref.js';

/** `Fn::GetAtt`: `"Resource.Attribute"` or `[Resource, Attribute]`, each of which may be computed. */
export function getAtt(call: Call): Value | undefined {
  const { node, argument, scope } = call;
  const parts = argument.kind === 'list' ? argument.items : splitName(argument, scope);
  const values = parts.map((part) => evaluateNode(part, scope));
  for (const value of values) if (value?.kind === 'unresolved') return value;
  const [resource, attribute, ...names] = values.map(nameText);
  if (!resource || !attribute) {
    const rule = 'requires two non-empty parameters, the resource name and the resource attribute';
    return failure(call, `Template error: every Fn::GetAtt object ${rule}`, values);
  }
  const isMissing = !scope.evaluation.resources.has(resource);
  if (isMissing && values[0] && outsideStep(values[0]))
    return failure(call, 'Unresolved resource dependencies', values);
  return attributeValue(resource, [attribute, ...names].join('.'), node, scope);
}

/** What an attribute of a resource is: what the stack's facts tell, else what the template itself declares for it. */
export function attributeValue(logicalId: string, attribute: string, node: Node, scope: Scope): Value {
  const missing = missingResource(logicalId, node, scope);
  if (missing) return missing;
  const { resources } = scope.evaluation.inputs;
  const own = step('Attribute', `${logicalId}.${attribute}`);
  const declared = declaredProperty(logicalId, attribute, scope);
  const isDeclared = declared !== undefined && !firstUnresolved(declared);
  const fact = resources.attribute(logicalId, attribute, isDeclared);
  const told = fact === undefined ? undefined : fromJson(fact, outsideOrigin(scope, node));
  if (told) return through(scope, node, own, told);
  if (isDeclared) return through(scope, node, own, declared);
  if (resources.physicalId(logicalId) === undefined) {
    return unknown(scope, node, 'not-deployed', `${logicalId} is not deployed yet`);
  }
  const isSecret = declared?.kind === 'unresolved' && declared.secret === true;
  const open = unknown(scope, node, 'attribute', `the attribute ${logicalId}.${attribute} is not known`, isSecret);
  const never = resources.hasNoState?.(logicalId) ?? (declared && firstUnresolved(declared)?.never);
  return never ? { ...open, never } : open;
}

/** Attributes of these are what a provider answers or a nested stack puts out, whatever the properties are called. */
const OWN_ATTRIBUTES = /^(?:Custom::.*|AWS::CloudFormation::(?:CustomResource|Stack|WaitCondition|Macro))$/;

/** Evaluated once: templates that chain attributes would take exponential time otherwise. */
function declaredProperty(logicalId: string, attribute: string, scope: Scope): Value | undefined {
  const { resources, attributes } = scope.evaluation;
  const key = `${logicalId}.${attribute}`;
  const known = attributes.get(key);
  if (known !== undefined) return known === 'open' ? undefined : known.value;
  const target = resources.get(logicalId);
  const property = target && propertyNode(target.node, attribute);
  const isTooLong = scope.chain >= MAX_CHAIN;
  if (!target || !property || isTooLong) return undefined;
  attributes.set(key, 'open');
  const value = evaluateNode(property, { ...target.scope, resource: logicalId, chain: scope.chain + 1 });
  attributes.set(key, { value });
  return value;
}

function propertyNode(resource: Node, attribute: string): Node | undefined {
  if (OWN_ATTRIBUTES.test(textOf(get(resource, 'Type')) ?? '')) return undefined;
  const properties = get(resource, 'Properties');
  if (entry(properties, 'Fn::Transform')) return undefined;
  return attribute.split('.').reduce<Node | undefined>((node, name) => get(node, name), properties);
}

function splitName(node: Node, scope: Scope): Node[] {
  const name = nameText(evaluateNode(node, scope)) ?? '';
  const dot = name.indexOf('.');
  if (dot === -1) return [node];
  return [name.slice(0, dot), name.slice(dot + 1)].map((value) => ({ kind: 'scalar', value, range: node.range }));
}
