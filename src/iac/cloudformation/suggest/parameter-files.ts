import { DriftError, type Problem } from '../../../base/errors.js';
import type { DeployedStack } from '../../../cloud/cloud.js';
import { normalisePath } from '../../../git/file-tree.js';
import type { Checkout } from '../../../git/repository.js';
import { KEY_VALUE_FILE } from '../../../syntax/key-value-file.js';
import { effectiveEntries, get, section, textOf } from '../../../syntax/node.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Source } from '../../../syntax/source.js';
import { SKIPPED_FOLDER } from '../find/find-templates.js';
import { isNamedLike } from '../find/match.js';
import { parseParameterFile } from '../sources/parameter-file.js';
import { DIALECT } from '../template/dialect.js';
import { looksLikeTemplate, type Template } from '../template/parse.js';
import { isToolFile, parseToolFile } from './other-tools.js';

/** A file, or a part of one, with parameter values. */
export interface ParameterFile {
  path: string;
  /** Where they are said: the path, or the part of the file. */
  origin: string;
  values: ReadonlyMap<string, string>;
  /** The templates that it is for, where it says so. */
  templates?: readonly string[];
  /** The stack that it is for, where it says so. */
  stack?: string;
  /** Parameters that a tool works out, each with how. */
  unread: ReadonlyMap<string, string>;
  /** Whether the whole file can be named as a stack's `parametersFile`. */
  isWhole: boolean;
}

/** The parameter files of a checkout, and what is wrong with those that are certainly some. */
export interface ParameterFiles {
  files: ParameterFile[];
  warnings: Problem[];
}

/** What became of looking for a stack's parameters. */
export type Suggestion = { file: ParameterFile } | { unsure: string } | undefined;

const PARAMETER_FILE = /\.(?:json|ya?ml)$/;
/** What every form has, so that other files need not be parsed. */
const TELLING = /ParameterKey|["']?Parameters["']?\s*:|template-file-path|^\s*\[\s*"[A-Za-z0-9]+=/;
/** CloudFormation tells no more of NoEcho values. */
const MASKED = '****';

/** The parameter files of a checkout, in the forms of AWS and of the tools that people deploy with. */
export async function findParameterFiles(checkout: Checkout): Promise<ParameterFiles> {
  const found: ParameterFiles = { files: [], warnings: [] };
  for (const path of await checkout.list()) {
    const isKeyValue = KEY_VALUE_FILE.test(path);
    if (!(isKeyValue || PARAMETER_FILE.test(path)) || SKIPPED_FOLDER.test(path)) continue;
    try {
      const source = await checkout.read(path);
      if (looksLikeTemplate(source)) continue;
      const files = isKeyValue ? [readParameterFile(source)] : readFile(source, found.warnings);
      found.files.push(...files.filter(({ values }) => values.size > 0));
    } catch (error) {
      // A file that is no such thing; a configuration that names it would say so.
      if (!(error instanceof DriftError)) throw error;
    }
  }
  return found;
}

function readFile(source: Source, warnings: Problem[]): ParameterFile[] {
  const isTool = isToolFile(source);
  try {
    const ofTools = isTool ? parseToolFile(source) : [];
    if (ofTools.length > 0) return ofTools.map((each) => ({ ...each, isWhole: isReadWhole(source, each) }));
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    const hint = 'write the values as "parameters:" of its stack';
    const message = 'its parameters are not read: another program makes YAML of it';
    warnings.push({ code: 'parameters-not-plain', message, file: source.path, hint });
    return [];
  }
  return TELLING.test(source.text) ? [readParameterFile(source)] : [];
}

/** Whether a scan would read from the whole file what the tool does. */
function isReadWhole(source: Source, { values, unread }: Pick<ParameterFile, 'values' | 'unread'>): boolean {
  if (unread.size > 0) return false;
  try {
    const own = [...parseParameterFile(source)].map(([name, { value }]) => [name, value]);
    return JSON.stringify(own.sort()) === JSON.stringify([...values].sort());
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return false;
  }
}

function readParameterFile(source: Source): ParameterFile {
  const values = new Map([...parseParameterFile(source)].map(([name, { value }]) => [name, value]));
  const { path } = source;
  const file = { path, origin: path, values, unread: new Map(), isWhole: true };
  if (KEY_VALUE_FILE.test(path)) return file;
  const template = textOf(get(parseNode(source, 'parameters', DIALECT), 'template-file-path'));
  return template === undefined ? file : { ...file, templates: [normalisePath(template)] };
}

/**
 * The file that holds a stack's parameters: its values are the deployed ones, so that a scan finds the same with it as
 * without. A file that is named like the stack but has other values is only a suggestion.
 */
export function suggestFile(files: readonly ParameterFile[], template: Template, deployed: DeployedStack): Suggestion {
  const fitting = files
    .filter((file) => fits(file, template, deployed.name))
    .map((file) => ({ file, named: file.stack !== undefined || isNamedLike(file.path, deployed.name) }));
  const agreeing = fitting.filter(({ file }) => agrees(file.values, deployed));
  const best = agreeing.filter(({ named }) => named);
  const [first, ...others] = best.length > 0 ? best : agreeing;
  if (first !== undefined && others.length === 0) return { file: first.file };
  if (first !== undefined) {
    return {
      unsure: `any of ${[first, ...others].map(({ file }) => file.origin).join(', ')}: all hold the deployed values`,
    };
  }
  const like = fitting.find(({ named }) => named);
  if (like === undefined) return undefined;
  return { unsure: `${like.file.origin}: not deployed with its ${differing(like.file.values, deployed).join(', ')}` };
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

/** All its parameters are the template's; a file may say which template and which stack it is for. */
function fits({ values, unread, templates, stack }: ParameterFile, { root, source }: Template, name: string): boolean {
  if (templates !== undefined && !templates.includes(source.path)) return false;
  if (stack !== undefined && stack !== name) return false;
  const declared = new Set(effectiveEntries(section(root, 'Parameters')).map(({ key }) => key));
  return [...values.keys(), ...unread.keys()].every((each) => declared.has(each));
}
