import { DriftError, type Problem } from '../errors.js';
import { effectiveEntries, get, intrinsicName, type MapNode, type Node, stringOf } from './node.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import type { Source } from './source.js';
import { validateTemplate } from './validate.js';

/** A parsed and validated template. */
export interface Template {
  source: Source;
  root: MapNode;
  /** Names of the macros it goes through, in order. */
  transforms: string[];
  /** Types of the resources that are written out (loops make more), by logical ID. */
  resourceTypes: Map<string, string>;
  usesImports: boolean;
  usesZones: boolean;
}

const MAX_PROBLEMS = 20;

/**
 * Parses a CloudFormation template, YAML or JSON.
 * Throws a `DriftError` (code `template`) with all problems of syntax and structure, each with its line.
 */
export function parseTemplate(source: Source): Template {
  const root = parseNode(source, 'template');
  if (root.kind !== 'map')
    fail([{ message: 'a template must be an object with Resources', file: source.path, line: 1 }]);
  const problems = validateTemplate(source, root);
  if (problems.length > 0) fail(problems);
  const resources = get(root, 'Resources');
  const written = resources?.kind === 'map' ? effectiveEntries(resources) : [];
  return {
    source,
    root,
    transforms: transformNames(get(root, 'Transform')),
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

/** Parses YAML or JSON of any kind into nodes; throws a `DriftError` with all syntax errors. */
export function parseNode(source: Source, code: 'template' | 'config' | 'parameters'): Node {
  try {
    const { node, problems } = looksLikeJson(source) ? parseJsonOrYaml(source) : parseYaml(source);
    if (problems.length > 0) throw new DriftError(code, problems.slice(0, MAX_PROBLEMS));
    if (node) return node;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DriftError(code, [{ message: 'nested too deeply', file: source.path }], { cause: error });
  }
  throw new DriftError(code, [{ message: 'the file is empty', file: source.path, line: 1 }]);
}

/** A cheap test whether a file is a CloudFormation template: it has a Resources section with a typed resource. */
export function looksLikeTemplate(source: Source): boolean {
  const { text } = source;
  if (!/(?:^|[\s{,"'])Resources["']?\s*:/.test(text)) return false;
  return /["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::/.test(text) || /AWSTemplateFormatVersion/.test(text);
}

function parseJsonOrYaml(source: Source) {
  const parsed = parseJson(source);
  if (parsed.problems.length === 0 || source.path.endsWith('.json')) return parsed;
  return parseYaml(source);
}

function looksLikeJson(source: Source): boolean {
  return source.path.endsWith('.json') || /^\uFEFF?\s*[{[]/.test(source.text);
}

function transformNames(node: Node | undefined): string[] {
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items.flatMap(transformNames);
  const name = stringOf(node) ?? stringOf(get(node, 'Name'));
  return name === undefined || intrinsicName(node) !== undefined ? [] : [name];
}

function calls(source: Source, name: string): boolean {
  return source.text.includes(`!${name}`) || source.text.includes(`Fn::${name}`);
}

function fail(problems: Problem[]): never {
  throw new DriftError('template', problems.slice(0, MAX_PROBLEMS));
}
