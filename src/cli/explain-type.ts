import { type Command, Option } from 'commander';
import { DriftError } from '../base/errors.js';
import { writeStdout } from '../base/streams.js';
import { wantsColor } from './output.js';
import { typesLike } from './type-names.js';

/** `gitops-drift explain-type`: what is known of each place of a resource type, and from where. */
export function addExplainTypeCommand(program: Command): void {
  program
    .command('explain-type')
    .description('print how the values of a resource type are compared, place by place, and how that is known')
    .argument('<type>', 'a CloudFormation resource type, such as AWS::RDS::DBInstance')
    .argument('[path]', 'only this property and what is in it, as reports write it: /Tags/0/Value')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift explain-type AWS::RDS::DBInstance
  gitops-drift explain-type AWS::RDS::DBInstance /EngineVersion
  gitops-drift explain-type AWS::ECS::TaskDefinition /ContainerDefinitions -o json

It asks nothing of the cloud. Meanings are known from path data (observations, each with its reason), from AWS's
registry schemas (transform, enum, type), from Terraform's provider (mined), or from a word in a declared name.`,
    )
    .action(explainType);
}

async function explainType(
  name: string,
  path: string | undefined,
  { output, color }: { output: 'table' | 'json'; color?: boolean },
): Promise<void> {
  const { DEFAULT_IAC } = await import('../iac/registry.js');
  const { knownOfType } = await import('../compare/known-of-type.js');
  const { types } = DEFAULT_IAC;
  const type = types.get(name);
  if (type === undefined) throw await unknownType(name, types.names());
  const known = knownOfType(types, type, path === undefined || path.startsWith('/') ? path : `/${path}`);
  if (output === 'json') return writeStdout(`${JSON.stringify(known, null, 2)}\n`);
  const { knownOfTypeText } = await import('../report/known-of-type-text.js');
  const { columns } = process.stdout;
  const options = { color: wantsColor(process.stdout, color), ...(columns === undefined ? {} : { width: columns }) };
  return writeStdout(knownOfTypeText(known, options));
}

async function unknownType(name: string, names: readonly string[]): Promise<DriftError> {
  const like = await typesLike(name, names);
  const known = `${names.length} types of AWS are known; values of other types are compared as written`;
  const hint = like.length === 0 ? known : `did you mean ${like.join(', ')}?`;
  return new DriftError('usage', [
    { code: 'usage-bad-value', message: `unknown resource type ${JSON.stringify(name)}`, hint },
  ]);
}
