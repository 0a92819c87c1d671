import { readFileSync } from 'node:fs';
import type { Severity } from '../drift/report.js';
import { DriftError, type Problem } from '../errors.js';
import { segments } from '../json-pointer.js';
import { effectiveEntries, entry, get, type MapNode, type Node, stringOf } from '../template/node.js';
import type { ConfiguredParameter } from '../template/parameters.js';
import { parseNode } from '../template/parse.js';
import { problemAt } from '../template/problem.js';
import type { Source } from '../template/source.js';
import type { Range } from '../template/value.js';
import { nodeValue } from './node-value.js';
import { explainViolation, type Violation } from './violations.js';

/** A stack as the configuration names it. */
export interface StackConfig {
  name: string;
  template: string;
  region?: string;
  account?: string;
  roleArn?: string;
  parameters: Map<string, ConfiguredParameter>;
  parametersFile?: string;
  /** Where the entry stands. */
  range: Range;
}

/** A reason not to count findings; at least one of the matchers is there. */
export interface IgnoreRule {
  type?: string;
  stack?: string;
  logicalId?: string;
  /** JSON Pointer glob; covers everything below it. */
  path?: string;
  reason: string;
  /** The last day on which it holds, `2027-01-31`. */
  until?: string;
  source: Source;
  range: Range;
}

export interface Config {
  source: Source;
  provider?: string;
  snapshot?: string;
  region?: string;
  stacks: StackConfig[];
  ignore: IgnoreRule[];
  failOn?: Severity | 'never';
}

/**
 * Loads `gitops-drift.yaml`. Throws a `DriftError` (code `config`) with all mistakes, each with its line and key.
 */
export async function loadConfig(source: Source): Promise<Config> {
  const root = parseNode(source, 'config');
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const schema: unknown = JSON.parse(
    readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true }).compile(schema as object);
  const problems: Problem[] = [];
  if (!validate(nodeValue(root))) {
    for (const violation of (validate.errors ?? []) as Violation[]) {
      const explained = explainViolation(violation);
      if (explained)
        problems.push(
          problemAt(source, placeOf(root, explained.path, explained.key).start, explained.message, explained.hint),
        );
    }
  }
  if (root.kind === 'map') problems.push(...duplicateStacks(source, root));
  if (problems.length > 0) throw new DriftError('config', problems);
  return readConfig(source, root);
}

/** The range of a key where there is one, else of the value. */
function placeOf(root: Node, path: string, key: string | undefined): Range {
  let node: Node | undefined = root;
  let range = root.range;
  for (const segment of [...segments(path), ...(key === undefined ? [] : [key])]) {
    const each = entry(node, segment);
    const item: Node | undefined = node?.kind === 'list' ? node.items[Number(segment)] : undefined;
    range = each?.keyRange ?? item?.range ?? range;
    node = each?.value ?? item;
  }
  return range;
}

function duplicateStacks(source: Source, root: MapNode): Problem[] {
  const seen = new Set<string>();
  return itemsOf(get(root, 'stacks')).flatMap((item) => {
    const key = `${stringOf(get(item, 'name'))} ${stringOf(get(item, 'region')) ?? ''} ${textOf(get(item, 'account')) ?? ''}`;
    const known = seen.has(key);
    seen.add(key);
    return known ? [problemAt(source, item.range.start, `stacks: ${stringOf(get(item, 'name'))} is listed twice`)] : [];
  });
}

function readConfig(source: Source, root: Node): Config {
  const failOn = stringOf(get(root, 'failOn')) as Severity | 'never' | undefined;
  return {
    source,
    ...texts(root, ['provider', 'snapshot', 'region']),
    stacks: itemsOf(get(root, 'stacks')).map((item) => readStack(source, item)),
    ignore: itemsOf(get(root, 'ignore')).map((item) => ({
      reason: '',
      ...texts(item, ['type', 'stack', 'logicalId', 'path', 'reason', 'until']),
      source,
      range: item.range,
    })),
    ...(failOn === undefined ? {} : { failOn }),
  };
}

function readStack(source: Source, item: Node): StackConfig {
  const parameters = get(item, 'parameters');
  return {
    name: '',
    template: '',
    ...texts(item, ['name', 'template', 'region', 'account', 'roleArn', 'parametersFile']),
    parameters: new Map(
      (parameters?.kind === 'map' ? effectiveEntries(parameters) : []).map(({ key, value }) => [
        key,
        { value: textOf(value) ?? '', source, range: value.range },
      ]),
    ),
    range: item.range,
  };
}

/** Scalars keep their source text (`0123`, `1.0`); lists are comma-joined, as CloudFormation takes them. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.kind === 'list') return node.items.map((item) => textOf(item) ?? '').join(',');
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return node.text ?? String(node.value);
}

function itemsOf(node: Node | undefined): Node[] {
  return node?.kind === 'list' ? node.items : [];
}

function texts<K extends string>(node: Node, keys: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const text = textOf(get(node, key));
    if (text !== undefined) found[key] = text;
  }
  return found;
}
