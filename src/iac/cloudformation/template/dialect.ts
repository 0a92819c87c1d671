import type { Json } from '../../../base/json.js';
import type { Dialect } from '../../../syntax/dialect.js';
import type { Node } from '../../../syntax/node.js';

/**
 * How CloudFormation's templates write intrinsics, in YAML and JSON.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const DIALECT: Dialect = {
  tags: new Map([
    ['!Ref', 'Ref'],
    ['!Condition', 'Condition'],
    ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'GetStackOutput', 'If', 'ImportValue']
      .concat(['Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'])
      // These stand in Rules only, which say nothing of the desired state.
      .concat(['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'])
      .map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
  ]),
  isCall: (key) => key === 'Ref' || key.startsWith('Fn::'),
  shortArgument: (name, argument) => (name === 'Fn::GetAtt' ? dotted(argument) : argument),
  owner: 'CloudFormation',
  longest: 'CloudFormation takes templates of up to 1 MB',
};

/** `['A', 'Arn']` as `A.Arn`. */
function dotted(argument: Json): Json {
  if (!Array.isArray(argument) || argument.length !== 2) return argument;
  const [resource, attribute] = argument;
  if (typeof resource !== 'string' || typeof attribute !== 'string' || resource.includes('.')) return argument;
  return `${resource}.${attribute}`;
}

/** The name of the intrinsic that a map node calls, if it is one: `Ref` or `Fn::…`. */
export function intrinsicName(node: Node): string | undefined {
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const name = node.entries[0]?.key ?? '';
  return DIALECT.isCall(name) && !name.startsWith('Fn::ForEach') ? name : undefined;
}
