import { posix } from 'node:path';
import { get, stringOf } from '../syntax/node.js';
import { type MapValue, scalarText, type Value } from '../value/value.js';
import { declaredResources } from './declared-resources.js';
import type { EvaluatedTemplate } from './evaluate.js';
import type { ConfiguredParameter } from './parameters.js';
import type { Template } from './parse.js';

/** The type of resources that are stacks themselves. */
export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** The local templates that a template's nested stacks name outright, as paths from the repository's root. */
export function nestedTemplates({ root, source }: Template): string[] {
  return declaredResources({ root }).flatMap((resource) => {
    const url = stringOf(get(get(resource, 'Properties'), 'TemplateURL'));
    if (url === undefined || stringOf(get(resource, 'Type')) !== NESTED_STACK || !isLocalPath(url)) return [];
    return [posix.join(posix.dirname(source.path), url)];
  });
}

/** Whether a `TemplateURL` is a path that packaging replaces by where it has put the file. */
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
export function parametersFor(parent: EvaluatedTemplate, logicalId: string): Map<string, ConfiguredParameter> {
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

/** The name of a nested stack by its resource's physical ID: `arn:…:stack/shop-Network-1ABC/uuid` is `shop-Network-1ABC`. */
export function nestedStackName(physicalId: string): string {
  return /:stack\/([^/]+)\//.exec(physicalId)?.[1] ?? physicalId;
}
