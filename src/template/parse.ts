import { DriftError, type Problem } from '../errors.js';
import { MAX_CHARACTERS, MAX_PROBLEMS, TOO_DEEP } from './limits.js';
import { effectiveEntries, get, intrinsicName, type MapNode, type Node, section, stringOf } from './node.js';
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
  /** Those of them, and `Fn::Transform` in the Resources section, that may add or change what the template declares. */
  macros: string[];
  /** Types of the resources that are written out (loops make more), by logical ID. */
  resourceTypes: Map<string, string>;
  usesImports: boolean;
  usesZones: boolean;
}

/** Language extensions are evaluated here; these others touch hooks or one property of their own. */
const HARMLESS_TRANSFORMS = /^AWS::(?:LanguageExtensions|CodeDeployBlueGreen|SecretsManager-[-\d]+)$/;

/**
 * Parses a CloudFormation template, YAML or JSON.
 * Throws a `DriftError` (code `template`) with all problems of syntax and structure, each with its line.
 */
export function parseTemplate(source: Source): Template {
  const root = parseNode(source, 'template');
  if (root.kind !== 'map')
    fail([{ message: 'a template must be an object with Resources', file: source.path, line: 1 }]);
  const transforms = transformNames(get(root, 'Transform'));
  const macros = [...transforms, ...embedded(root)].filter((name) => !HARMLESS_TRANSFORMS.test(name));
  const problems = validateTemplate(source, root, macros);
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

/** Parses YAML or JSON of any kind into nodes; throws a `DriftError` with all syntax errors. */
export function parseNode(source: Source, code: 'template' | 'config' | 'parameters'): Node {
  if (source.text.length > MAX_CHARACTERS) {
    const size = `${(source.text.length / 1e6).toFixed(1)} million characters`;
    const message = `the file has ${size}; at most ${MAX_CHARACTERS / 1e6} million are read`;
    const hint = 'CloudFormation takes templates of up to 1 MB';
    throw new DriftError(code, [{ message, file: source.path, line: 1, hint }]);
  }
  const { node, problems } = looksLikeJson(source) ? parseJsonOrYaml(source) : parseYaml(source);
  if (problems.length > 0) throw new DriftError(code, problems.slice(0, MAX_PROBLEMS));
  if (node) return node;
  throw new DriftError(code, [{ message: 'the file is empty', file: source.path, line: 1 }]);
}

/**
 * A cheap test whether a file is a CloudFormation template: a top-level Resources section, and a version, a transform or a
 * resource type that only such templates have.
 */
export function looksLikeTemplate({ text }: Pick<Source, 'text'>): boolean {
  const hasResources = isJsonText(text)
    ? /"Resources"\s*:/.test(text)
    : /^\uFEFF?["']?Resources["']?[ \t]*:/m.test(text);
  if (!hasResources) return false;
  return (
    /["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::/.test(text) || /AWSTemplateFormatVersion["']?\s*:/.test(text)
  );
}

/** A brace may also open a flow map of YAML, except in a `.json` file. */
function parseJsonOrYaml(source: Source) {
  const json = parseJson(source);
  const isFinal = source.path.endsWith('.json') || json.problems.some(({ message }) => message === TOO_DEEP);
  if (json.problems.length === 0 || isFinal) return json;
  const yaml = parseYaml(source);
  return yaml.problems.length === 0 ? yaml : json;
}

function looksLikeJson(source: Source): boolean {
  return source.path.endsWith('.json') || isJsonText(source.text);
}

function isJsonText(text: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(text);
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
