import { type Command, Option } from 'commander';
import { DriftError } from '../base/errors.js';
import { writeStdout } from '../base/streams.js';
import { addSourceOptions, collect, type SourceOptions, sourceRequest } from './options.js';

interface RenderOptions extends SourceOptions {
  template?: string;
  parameter?: string[];
  parametersFile?: string;
  output: 'yaml' | 'json';
  origins?: boolean;
}

/** `gitops-drift render`: the evaluated desired state of a stack or a template. */
export function addRenderCommand(program: Command): void {
  const command = program
    .command('render')
    .description('print what a template evaluates to: for a deployed stack (--stack), or by itself (--template)')
    .argument('[repo]', 'a Git work tree or bare repository', '.');
  addSourceOptions(command)
    .option('--template <path>', 'a template in the repository, evaluated without a deployed stack')
    .option('--parameter <key=value>', 'with --template: a parameter value; repeatable', collect)
    .option('--parameters-file <path>', 'with --template: a parameter file in the repository')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['yaml', 'json']).default('yaml'))
    .option('--origins', 'say of each value where it comes from')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift render --stack shop-prod
  gitops-drift render --template templates/shop.yaml --parameter Env=prod --origins
  gitops-drift render --stack shop-prod --snapshot live.json -o json`,
    )
    .action(async (repository: string, options: RenderOptions) => {
      const { renderDesired } = await import('../report/render-desired.js');
      const { DEFAULT_IAC } = await import('../iac/registry.js');
      const evaluated = await evaluate(repository, options);
      const { types } = DEFAULT_IAC;
      await writeStdout(renderDesired(evaluated, { types, format: options.output, origins: options.origins ?? false }));
    });
}

async function evaluate(repository: string, options: RenderOptions) {
  const { desiredOfStack, desiredOfTemplate } = await import('../scan/desired.js');
  const { template, stack, ref, parameter, parametersFile, region } = options;
  if ((template === undefined) === (stack === undefined)) {
    const hint = 'for example --stack shop-prod, or --template templates/shop.yaml';
    throw new DriftError('usage', [
      { code: 'usage-missing', message: 'name either a stack or a template to render', hint },
    ]);
  }
  if (template === undefined) return desiredOfStack(sourceRequest(repository, options));
  return desiredOfTemplate({
    repository,
    ref,
    template,
    region: region?.[0] ?? process.env['AWS_REGION'] ?? 'us-east-1',
    parametersFile,
    parameters: parameter ?? [],
  });
}
