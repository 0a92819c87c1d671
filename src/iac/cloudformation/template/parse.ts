import { DriftError, type Problem } from '../../../base/errors.js';
import { MAX_PROBLEMS } from '../../../syntax/limits.js';
import { effectiveEntries, get, type MapNode, type Node, section, stringOf } from '../../../syntax/node.js';
import { isJsonText, parseNode } from '../../../syntax/parse.js';
import type { Source } from '../../../syntax/source.js';
import { DIALECT, intrinsicName } from './dialect.js';
import { mayMakeResources, SERVERLESS } from './transforms.js';
import { validateTemplate } from './validate.js';

/** A parsed and validated template. */
export interface Template {
  source: Source;
  root: MapNode;
  /** Names of the macros it goes through, in order. */
  transforms: string[];
  /** Those of them, and `Fn::Transform` in the Resources section, that may add or change what the template declares. */
  macros: string[];
  /** Types of the resources that are written out (loops make more), by logical ID. */
  resourceTypes: Map<string, string>;
  usesImports: boolean;
  usesZones: boolean;
}

/**
 * Parses a CloudFormation template, YAML or JSON.
 * Throws a `DriftError` (code `template`) with all problems of syntax and structure, each with its line.
 */
export function parseTemplate(source: Source): Template {
  const root = parseNode(source, 'template', DIALECT);
  if (root.kind !== 'map')
    fail([
      { code: 'template-invalid', message: 'a template must be an object with Resources', file: source.path, line: 1 },
    ]);
  const transforms = transformsOf(root);
  const macros = macrosOf(root);
  // What was deployed is valid, however it reads here.
  const problems = source.isMade ? [] : validateTemplate(source, root, macros);
  if (problems.length > 0) fail(problems);
  const written = effectiveEntries(section(root, 'Resources'));
  return {
    source,
    root,
    transforms,
    macros,
    resourceTypes: new Map(
      written.flatMap(({ key, value }) => {
        const type = stringOf(get(value, 'Type'));
        return type === undefined ? [] : [[key, type] as const];
      }),
    ),
    usesImports: calls(source, 'ImportValue'),
    usesZones: calls(source, 'GetAZs'),
  };
}

/** Names of the macros, of the template or in its Resources section, that may add or change what it declares. */
export function macrosOf(root: MapNode): string[] {
  return [...transformsOf(root), ...embedded(root)].filter(mayMakeResources);
}

/** Those that are named, and the one without which its resource types could not be deployed. */
function transformsOf(root: MapNode): string[] {
  const named = transformNames(get(root, 'Transform'));
  if (named.includes(SERVERLESS)) return named;
  const types = effectiveEntries(section(root, 'Resources')).map(({ value }) => stringOf(get(value, 'Type')));
  return types.some((type) => type?.startsWith('AWS::Serverless::')) ? [...named, SERVERLESS] : named;
}

/**
 * A cheap test whether a file is a CloudFormation template: a top-level Resources section, and a version or a resource type
 * that only such templates have. The top level may be indented, and the types may be anyone's.
 */
export function looksLikeTemplate({ text }: Pick<Source, 'text'>): boolean {
  return hasResources(text) && (RESOURCE_TYPE.test(text) || /AWSTemplateFormatVersion["']?\s*:/.test(text));
}

/** `AWS::S3::Bucket`, `Org::Service::Thing`, `Org::Own::Store::MODULE`, `Custom::Thing`. */
const RESOURCE_TYPE = /["']?Type["']?\s*:\s*["']?(?:Custom::|(?:[A-Za-z0-9]{2,64}::){2}[A-Za-z0-9])/;

function hasResources(text: string): boolean {
  if (isJsonText(text)) return /[{,\s"']Resources["']?\s*:/.test(text);
  // The first line with content stands at the top level.
  const [indent = ''] = /^(?!\uFEFF?[ \t]*(?:[#%]|---|\r?$)) */m.exec(text) ?? [];
  return new RegExp(`^\\uFEFF?${indent}["']?Resources["']?[ \\t]*:`, 'm').test(text);
}

function transformNames(node: Node | undefined): string[] {
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items.flatMap(transformNames);
  const name = stringOf(node) ?? stringOf(get(node, 'Name'));
  return name === undefined || intrinsicName(node) !== undefined ? [] : [name];
}

/** Macros called at the top level or among the resources: what they give merges with what is beside them. */
function embedded(root: MapNode): string[] {
  return [root, section(root, 'Resources')].flatMap((node) => transformNames(get(node, 'Fn::Transform')));
}

function calls(source: Source, name: string): boolean {
  return source.text.includes(`!${name}`) || source.text.includes(`Fn::${name}`);
}

function fail(problems: Problem[]): never {
  throw new DriftError('template', problems.slice(0, MAX_PROBLEMS));
}
