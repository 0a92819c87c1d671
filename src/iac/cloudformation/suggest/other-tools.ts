import { posix } from 'node:path';
import type { Dialect } from '../../../syntax/dialect.js';
import { effectiveEntries, get, type Node, textOf } from '../../../syntax/node.js';
import { parameterText } from '../../../syntax/node-value.js';
import { parseNode } from '../../../syntax/parse.js';
import { createSource, type Source } from '../../../syntax/source.js';
import { DIALECT } from '../template/dialect.js';

/** The parameters that another tool deploys a stack with. */
export interface ToolParameters {
  /** Where it says so: `.taskcat.yml (default)`. */
  origin: string;
  path: string;
  /** Paths that its template may have. */
  templates: readonly string[];
  /** The deployed stack, where it is named. */
  stack?: string;
  values: ReadonlyMap<string, string>;
  /** Those that the tool works out, each with how. */
  unread: ReadonlyMap<string, string>;
}

const TASKCAT = /(?:^|\/)\.taskcat\.ya?ml$/;
const IN_SCEPTRE = /^(.*?)(?:^|\/)config\//;
const SCEPTRE = /^(?:template_path|template)[ \t]*:/m;
const SCEPTRE_PARAMETERS = /^parameters[ \t]*:/m;
const ORG_FORMATION = /^[ \t]+Type[ \t]*:[ \t]*["']?update-stacks\b/m;
const YAML = /\.ya?ml$/;

/**
 * What Sceptre, taskcat or org-formation say of stacks in a file; nothing where it is none of theirs. What they work out
 * themselves (their tags, Jinja, pseudo-parameters) is named, not guessed. Throws a `DriftError` for what can't be parsed.
 *
 * - https://docs.sceptre-project.org/latest/docs/stack_config.html
 * - https://aws-ia.github.io/taskcat/docs/schema/taskcat_schema.html
 * - https://github.com/org-formation/org-formation-cli/blob/master/docs/task-files.md
 */
export function parseToolFile(source: Source): ToolParameters[] {
  if (TASKCAT.test(source.path)) return ofTaskcat(source);
  return ORG_FORMATION.test(source.text) ? ofOrgFormation(source) : ofSceptre(source);
}

/** Whether a file is one of these tools', as far as that can be told at a glance. */
export function isToolFile({ path, text }: Source): boolean {
  if (!YAML.test(path)) return false;
  if (TASKCAT.test(path) || ORG_FORMATION.test(text)) return true;
  return IN_SCEPTRE.test(path) && SCEPTRE.test(text) && SCEPTRE_PARAMETERS.test(text);
}

/** In `config/`, beside the folder `templates/` that paths are relative to. */
function ofSceptre(source: Source): ToolParameters[] {
  const root = parseLeniently(source);
  const template = textOf(get(root, 'template_path')) ?? textOf(get(get(root, 'template'), 'path'));
  const [, project] = IN_SCEPTRE.exec(source.path) ?? [];
  if (template === undefined || project === undefined) return [];
  const stack = textOf(get(root, 'stack_name'));
  const named = stack === undefined || WORKED_OUT.test(stack) ? {} : { stack };
  const templates = [posix.join(project, 'templates', template), posix.join(project, template)];
  return [{ ...about(source), templates, ...named, ...read(get(root, 'parameters')) }];
}

/** A test's own parameters go before those of the project, these before the general ones. */
function ofTaskcat(source: Source): ToolParameters[] {
  const root = parseLeniently(source);
  const tests = get(root, 'tests');
  const shared = [get(get(root, 'general'), 'parameters'), get(get(root, 'project'), 'parameters')];
  return entriesOf(tests).flatMap(({ key, value }): ToolParameters[] => {
    const template = textOf(get(value, 'template')) ?? textOf(get(get(root, 'project'), 'template'));
    if (template === undefined) return [];
    const templates = [posix.join(posix.dirname(source.path), template)];
    return [{ ...about(source, key), templates, ...read(...shared, get(value, 'parameters')) }];
  });
}

function ofOrgFormation(source: Source): ToolParameters[] {
  return entriesOf(parseLeniently(source)).flatMap(({ key, value }): ToolParameters[] => {
    const template = textOf(get(value, 'Template'));
    if (textOf(get(value, 'Type')) !== 'update-stacks' || template === undefined) return [];
    const stack = textOf(get(value, 'StackName'));
    const templates = [posix.join(posix.dirname(source.path), template)];
    return [
      {
        ...about(source, key),
        templates,
        ...(stack === undefined ? {} : { stack }),
        ...read(get(value, 'Parameters')),
      },
    ];
  });
}

function about({ path }: Source, part?: string): Pick<ToolParameters, 'origin' | 'path'> {
  return { path, origin: part === undefined ? path : `${path} (${part})` };
}

function entriesOf(node: Node | undefined) {
  return node?.kind === 'map' ? effectiveEntries(node) : [];
}

/** What stands for a value that a tool fills in: Jinja as it was marked, taskcat's `$[…]`, variables. */
const JINJA = '\uE000';
const WORKED_OUT = /\uE000|\$\[|\$\{/;

/** The parameters in maps, of which later ones go before earlier ones. */
function read(...maps: readonly (Node | undefined)[]): Pick<ToolParameters, 'values' | 'unread'> {
  const values = new Map<string, string>();
  const unread = new Map<string, string>();
  for (const { key, value } of maps.flatMap(entriesOf)) {
    values.delete(key);
    unread.delete(key);
    const text = parameterText(value);
    const how = value.kind === 'map' ? value.entries[0]?.key : undefined;
    if (text === undefined) unread.set(key, how?.startsWith('!') ? how : 'no plain value');
    else if (WORKED_OUT.test(text)) unread.set(key, text.includes(JINJA) ? 'Jinja' : 'a variable');
    else values.set(key, text);
  }
  return { values, unread };
}

/** A line with a mark in place of each character of its expressions. */
function withJinjaMarked(line: string): string {
  let marked = '';
  let done = 0;
  for (;;) {
    const start = line.indexOf('{{', done);
    const end = start === -1 ? -1 : line.indexOf('}}', start);
    if (end === -1) return marked + line.slice(done);
    marked += line.slice(done, start) + JINJA.repeat(end + 2 - start);
    done = end + 2;
  }
}

/** Reads YAML whatever its tags are: each is a map with the tag as its key. Jinja's expressions are marked, each in as many characters. */
function parseLeniently(source: Source): Node {
  const text = source.text.split('\n').map(withJinjaMarked).join('\n');
  const found = new Set(text.match(/![A-Za-z][\w.:-]*/g) ?? []);
  const dialect: Dialect = {
    ...DIALECT,
    tags: new Map([...found].map((tag) => [tag, tag])),
    isCall: (key) => key.startsWith('!'),
    shortArgument: (_, argument) => argument,
  };
  return parseNode(createSource(source.path, text), 'parameters', dialect);
}
