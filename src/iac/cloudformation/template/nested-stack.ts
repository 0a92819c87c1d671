import { posix } from 'node:path';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import { get, stringOf } from '../../../syntax/node.js';
import type { Evaluated } from '../../../value/evaluated.js';
import { type MapValue, scalarText, type Value } from '../../../value/value.js';
import { declaredResources } from './declared-resources.js';
import type { Template } from './parse.js';

/** The type of resources that are stacks themselves. */
const NESTED_STACK = 'AWS::CloudFormation::Stack';
/** SAM makes a nested stack of it. */
const APPLICATION = 'AWS::Serverless::Application';
/** The type of resources that are deployed as stacks in any accounts and regions. */
const STACK_SET = 'AWS::CloudFormation::StackSet';

/** The property that says where a resource's own template is; undefined for a resource that is no nested stack. */
const TEMPLATE_PROPERTY = new Map([
  [NESTED_STACK, 'TemplateURL'],
  [APPLICATION, 'Location'],
]);

/** Whether deployed resources of a type are stacks themselves. */
export function isNestedStack(type: string): boolean {
  return type === NESTED_STACK;
}

/** Whether resources of a type are deployed as stacks in any accounts and regions. */
export function isStackSet(type: string): boolean {
  return type === STACK_SET;
}

/** Whether a resource of this type, as it stands in a template, is deployed as a nested stack. */
export function isNesting(type: string): boolean {
  return TEMPLATE_PROPERTY.has(type);
}

/** Where an evaluated resource's own template is; undefined where it is not said, or not known. */
export function templateUrlOf(type: string, properties: MapValue): string | undefined {
  const url = properties.entries.get(TEMPLATE_PROPERTY.get(type) ?? '');
  return url?.kind === 'scalar' ? scalarText(url) : undefined;
}

/** The local templates that a template's nested stacks name outright, as paths from the repository's root. */
export function nestedTemplates({ root, source }: Pick<Template, 'root' | 'source'>): string[] {
  return declaredResources({ root }).flatMap((resource) => {
    const property = TEMPLATE_PROPERTY.get(stringOf(get(resource, 'Type')) ?? '');
    const url = property === undefined ? undefined : stringOf(get(get(resource, 'Properties'), property));
    if (url === undefined || !isLocalPath(url)) return [];
    return [posix.join(posix.dirname(source.path), url)];
  });
}

/** Whether a `TemplateURL` (of an application: `Location`) is a path that packaging replaces by where it has put the file. */
export function isLocalPath(url: string): boolean {
  return url !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(url) && !url.startsWith('/');
}

/** The parameters that a nested stack is given by its parent, each with where it stands there. */
export function nestedParameters(properties: MapValue): Map<string, ConfiguredParameter> {
  const given = properties.entries.get('Parameters');
  const parameters = new Map<string, ConfiguredParameter>();
  for (const [name, value] of given?.kind === 'map' ? given.entries : []) {
    const text = parameterText(value);
    const { source, range } = value.origin;
    const place = source && range ? { source, range } : value.origin.use;
    if (text !== undefined) parameters.set(name, { value: text, ...place });
  }
  return parameters;
}

/** The same for a resource of an evaluated parent; none where it is not there. */
export function parametersFor(parent: Evaluated, logicalId: string): Map<string, ConfiguredParameter> {
  const resource = parent.resources.get(logicalId);
  return resource ? nestedParameters(resource.properties) : new Map();
}

/** What is not known, or secret, is left to the deployed stack. */
function parameterText(value: Value): string | undefined {
  if (value.kind === 'scalar') return value.secret ? undefined : scalarText(value);
  if (value.kind !== 'list') return undefined;
  const texts = value.items.map(parameterText);
  return texts.includes(undefined) ? undefined : texts.join(',');
}

/** What the stacks of a stack set are called, by its physical ID: those of `guard:uuid` are `StackSet-guard-uuid`. */
export function stackSetInstanceName(physicalId: string): RegExp {
  const name = physicalId.split(':')[0] ?? physicalId;
  return new RegExp(`^StackSet-${name.replace(/[^A-Za-z0-9-]/g, '\\$&')}-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$`);
}

/** The name of a nested stack by its resource's physical ID: `arn:…:stack/shop-Network-1ABC/uuid` is `shop-Network-1ABC`. */
export function nestedStackName(physicalId: string): string {
  return /:stack\/([^/]+)\//.exec(physicalId)?.[1] ?? physicalId;
}
