import { DriftError } from '../../../base/errors.js';
import type { DeployedStack } from '../../../cloud/cloud.js';
import { normalisePath } from '../../../git/file-tree.js';
import type { Checkout } from '../../../git/repository.js';
import { effectiveEntries, get, section, textOf } from '../../../syntax/node.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Source } from '../../../syntax/source.js';
import { SKIPPED_FOLDER } from '../find/find-templates.js';
import { isNamedLike } from '../find/match.js';
import { parseParameterFile } from '../sources/parameter-file.js';
import { DIALECT } from '../template/dialect.js';
import { looksLikeTemplate, type Template } from '../template/parse.js';

/** A file with parameter values. */
export interface ParameterFile {
  path: string;
  values: ReadonlyMap<string, string>;
  /** The template that a Git sync deployment file names. */
  template?: string;
}

/** What became of looking for a stack's parameters. */
export type Suggestion = { path: string } | { unsure: string } | undefined;

const PARAMETER_FILE = /\.(?:json|ya?ml)$/;
/** What every form has, so that other files need not be parsed. */
const TELLING = /ParameterKey|["']?Parameters["']?\s*:|template-file-path/;
/** CloudFormation tells no more of NoEcho values. */
const MASKED = '****';

/** The parameter files of a checkout, in the forms of CloudFormation, CodePipeline and Git sync. */
export async function findParameterFiles(checkout: Checkout): Promise<ParameterFile[]> {
  const found: ParameterFile[] = [];
  for (const path of await checkout.list()) {
    if (!PARAMETER_FILE.test(path) || SKIPPED_FOLDER.test(path)) continue;
    try {
      const source = await checkout.read(path);
      if (!TELLING.test(source.text) || looksLikeTemplate(source)) continue;
      const file = readParameterFile(source);
      if (file.values.size > 0) found.push(file);
    } catch (error) {
      // A file that is no such thing; a configuration that names it would say so.
      if (!(error instanceof DriftError)) throw error;
    }
  }
  return found;
}

function readParameterFile(source: Source): ParameterFile {
  const values = new Map([...parseParameterFile(source)].map(([name, { value }]) => [name, value]));
  const template = textOf(get(parseNode(source, 'parameters', DIALECT), 'template-file-path'));
  return { path: source.path, values, ...(template === undefined ? {} : { template: normalisePath(template) }) };
}

/**
 * The file that holds a stack's parameters: its values are the deployed ones, so that a scan finds the same with it as
 * without. A file that is named like the stack but has other values is only a suggestion.
 */
export function suggestFile(files: readonly ParameterFile[], template: Template, deployed: DeployedStack): Suggestion {
  const fitting = files
    .filter((file) => fits(file, template))
    .map((file) => ({ file, named: isNamedLike(file.path, deployed.name) }));
  const agreeing = fitting.filter(({ file }) => agrees(file.values, deployed));
  const best = agreeing.filter(({ named }) => named);
  const [first, ...others] = best.length > 0 ? best : agreeing;
  if (first !== undefined && others.length === 0) return { path: first.file.path };
  if (first !== undefined) {
    return {
      unsure: `any of ${[first, ...others].map(({ file }) => file.path).join(', ')}: all hold the deployed values`,
    };
  }
  const like = fitting.find(({ named }) => named);
  if (like === undefined) return undefined;
  return { unsure: `${like.file.path}: not deployed with its ${differing(like.file.values, deployed).join(', ')}` };
}

/** Names of the values that are not the deployed ones; what CloudFormation keeps to itself does not count. */
export function differing(values: ReadonlyMap<string, string>, { parameters }: DeployedStack): string[] {
  return [...values].flatMap(([name, value]) => {
    const deployed = Object.hasOwn(parameters, name) ? parameters[name]?.value : undefined;
    return deployed === MASKED || deployed === value ? [] : [name];
  });
}

/** Whether CloudFormation keeps a parameter's value to itself. */
export function isMasked(name: string, { parameters }: DeployedStack): boolean {
  return Object.hasOwn(parameters, name) && parameters[name]?.value === MASKED;
}

function agrees(values: ReadonlyMap<string, string>, deployed: DeployedStack): boolean {
  return differing(values, deployed).length === 0 && [...values.keys()].some((name) => !isMasked(name, deployed));
}

/** All its parameters are the template's; a deployment file is for the template that it names. */
function fits({ values, template: named }: ParameterFile, { root, source }: Template): boolean {
  if (named !== undefined && named !== source.path) return false;
  const declared = new Set(effectiveEntries(section(root, 'Parameters')).map(({ key }) => key));
  return [...values.keys()].every((name) => declared.has(name));
}
