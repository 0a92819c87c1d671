import { DriftError, type Problem } from '../base/errors.js';
import { inOrder } from '../base/in-order.js';
import { segments } from '../base/json-pointer.js';
import { loadValidators, type Validator } from '../base/validator.js';
import { normalisePath } from '../git/file-tree.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { Severity } from '../model/report.js';
import type { SeveritySetting } from '../severity/rule.js';
import type { RatedTypes } from '../severity/types.js';
import type { IgnoreRule } from '../suppress/suppressions.js';
import type { Dialect } from '../syntax/dialect.js';
import { MAX_PROBLEMS } from '../syntax/limits.js';
import { effectiveEntries, entry, get, jsonOf, type Node, textOf } from '../syntax/node.js';
import { itemsOf, parameterText, textsOf } from '../syntax/node-value.js';
import { parseNode } from '../syntax/parse.js';
import { problemAt } from '../syntax/problem.js';
import { repeatedKeys } from '../syntax/repeated-keys.js';
import { positionAt, type Range, type Source } from '../syntax/source.js';
import { type AccountConfig, accountNamed, accountProblems, readAccounts } from './accounts.js';
import { expandStacks } from './pattern.js';
import { readSeverity, severityProblems } from './severity.js';
import { explainViolation } from './violations.js';

/** A stack as the configuration names it. */
export interface StackConfig {
  name: string;
  /** Relative to the repository's root. */
  template: string;
  region?: string;
  /** Of its account, where it names no region itself: it is deployed in each. */
  regions?: string[];
  /** Its ID. */
  account?: string;
  /** Its own, or its account's. */
  roleArn?: string;
  parameters: Map<string, ConfiguredParameter>;
  /** Relative to the repository's root; `parameters` override what is in it. */
  parametersFile?: string;
  /** Which entry it is, where it stands, and where in it a value stands. */
  index: number;
  range: Range;
  ranges: { template: Range; parametersFile?: Range; parameters?: Range };
}

export interface Config {
  source: Source;
  provider?: string;
  /** Relative to the repository's root. */
  snapshot?: string;
  /** What is accepted of what no template declares, relative to the repository's root. */
  baseline?: string;
  /** The region of stacks that name none. */
  region?: string;
  accounts: AccountConfig[];
  /** Empty where the configuration names none: they are to be discovered. */
  stacks: StackConfig[];
  ignore: IgnoreRule[];
  /** What may stay unread or unverified. */
  accept: IgnoreRule[];
  /** Asked before the shipped rules, or changing the severity of one. */
  severity: SeveritySetting[];
  failOn?: Severity | 'never';
}

/** One file configures stacks of all kinds, so that it is read the same whatever they are. */
function dialect(): Dialect {
  return DEFAULT_IAC.editor.dialect;
}

/**
 * Loads `gitops-drift.yaml` and holds it to `schemas/config.schema.json`.
 * `types` have the rules whose severity it may change. Throws a `DriftError` (code `config`) with all mistakes, each with its
 * line and key.
 */
export async function loadConfig(source: Source, types: RatedTypes = DEFAULT_IAC.types): Promise<Config> {
  const written = parseNode(source, 'config', dialect());
  const { root, problems: unclear } = expandStacks(source, written);
  const problems = [
    ...unclear,
    ...(await schemaViolations(source, root)),
    ...repeatedKeys(source, written),
    ...accountProblems(source, root),
    ...repeatedStacks(source, root),
    ...badPaths(source, root),
    ...severityProblems(source, root, types),
  ];
  if (problems.length === 0) return readConfig(source, root);
  throw new DriftError('config', inOrder(withoutRepeats(problems)).slice(0, MAX_PROBLEMS));
}

/** What is wrong with an entry that stands for many stacks is wrong with each of them, and told once. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  return problems.filter(({ line, column, message }) => {
    const text = `${line}:${column} ${message.replace(/^stacks\[\d+\]/, 'stacks').replace(/, not .*$/s, '')}`;
    const isNew = !told.has(text);
    told.add(text);
    return isNew;
  });
}

async function schemaViolations(source: Source, root: Node): Promise<Problem[]> {
  const { isConfig } = await loadValidators<{ isConfig: Validator<unknown> }>('config');
  isConfig(jsonOf(root));
  return (isConfig.errors ?? []).flatMap((violation) => {
    const explained = explainViolation(violation);
    if (explained === undefined) return [];
    const code = violation.keyword === 'additionalProperties' ? 'config-unknown-key' : 'config-invalid';
    const { start } = placeOf(root, explained.path, explained.key);
    return [problemAt(code, source, start, explained.message, explained.hint)];
  });
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

/** The same name is another stack in another region, account or role. */
function repeatedStacks(source: Source, root: Node): Problem[] {
  const lines = new Map<string, number>();
  const accounts = readAccounts(root);
  return itemsOf(get(root, 'stacks')).flatMap((item) => {
    const { name, region, ...own } = textsOf(item, STACK_KEYS);
    if (name === undefined) return [];
    const account = accountNamed(accounts, own.account);
    const regions = region === undefined ? (account?.regions ?? [textOf(get(root, 'region'))]) : [region];
    const { line } = positionAt(source, item.range.start);
    const earlier = regions.flatMap((each) => {
      const identity = JSON.stringify([name, each, account?.id ?? own.account, own.roleArn ?? account?.roleArn]);
      const known = lines.get(identity);
      lines.set(identity, known ?? line);
      return known ?? [];
    });
    const [first] = earlier;
    return first === undefined
      ? []
      : [problemAt('config-repeated', source, item.range.start, `stack ${name} is listed in line ${first} already`)];
  });
}

function badPaths(source: Source, root: Node): Problem[] {
  const stacks = itemsOf(get(root, 'stacks'));
  const nodes = [
    get(root, 'snapshot'),
    get(root, 'baseline'),
    ...stacks.flatMap((item) => [get(item, 'template'), get(item, 'parametersFile')]),
  ];
  const told = new Set<number>();
  return nodes.flatMap((node) => {
    const path = textOf(node);
    if (path === undefined || node === undefined || told.has(node.range.start)) return [];
    try {
      normalisePath(path);
      return [];
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      told.add(node.range.start);
      return error.problems.map(({ message, hint }) =>
        problemAt('config-bad-path', source, node.range.start, message, hint),
      );
    }
  });
}

const STACK_KEYS = ['name', 'template', 'region', 'account', 'roleArn', 'parametersFile'] as const;

function readConfig(source: Source, root: Node): Config {
  const keys = ['provider', 'snapshot', 'baseline', 'region', 'failOn'] as const;
  const { snapshot, baseline, failOn, ...known } = textsOf(root, keys);
  const accounts = readAccounts(root);
  return {
    source,
    ...known,
    accounts,
    ...(snapshot === undefined ? {} : { snapshot: normalisePath(snapshot) }),
    ...(baseline === undefined ? {} : { baseline: normalisePath(baseline) }),
    ...(failOn === undefined ? {} : { failOn: failOn as Severity | 'never' }),
    stacks: itemsOf(get(root, 'stacks')).map((item, index) => readStack(source, item, index, accounts)),
    ignore: readRules(source, get(root, 'ignore')),
    accept: readRules(source, get(root, 'accept')),
    severity: readSeverity(source, root),
  };
}

function readRules(source: Source, rules: Node | undefined): IgnoreRule[] {
  return itemsOf(rules).map((item) => ({
    reason: '',
    ...textsOf(item, ['type', 'stack', 'region', 'account', 'logicalId', 'path', 'reason', 'until']),
    source,
    range: item.range,
  }));
}

/** Versions of the configuration that are being looked at, stack by stack. */
const parsed = new WeakMap<Source, readonly Node[]>();

function stackNodes(source: Source): readonly Node[] {
  const stacks =
    parsed.get(source) ?? itemsOf(get(expandStacks(source, parseNode(source, 'config', dialect())).root, 'stacks'));
  parsed.set(source, stacks);
  return stacks;
}

/** The parameters that the index-th stack of a configuration is given in its entry. */
export function stackParameters(source: Source, index: number): Map<string, ConfiguredParameter> {
  return parametersOf(source, get(stackNodes(source)[index], 'parameters'));
}

/** Where the parameters stand that the index-th stack of a configuration is given in its entry. */
export function stackParametersRange(source: Source, index: number): Range | undefined {
  return get(stackNodes(source)[index], 'parameters')?.range;
}

/** Where the entries of a configuration's stacks stand. */
export function stackRanges(source: Source): Range[] {
  return stackNodes(source).map(({ range }) => range);
}

function parametersOf(source: Source, node: Node | undefined): Map<string, ConfiguredParameter> {
  const entries = node?.kind === 'map' ? effectiveEntries(node) : [];
  return new Map(
    entries.map(({ key, value }) => [key, { value: parameterText(value) ?? '', source, range: value.range }]),
  );
}

function readStack(source: Source, item: Node, index: number, accounts: readonly AccountConfig[]): StackConfig {
  const { name = '', template = '', parametersFile, ...own } = textsOf(item, STACK_KEYS);
  const account = accountNamed(accounts, own.account);
  const roleArn = own.roleArn ?? account?.roleArn;
  const parameters = get(item, 'parameters');
  const fileRange = get(item, 'parametersFile')?.range;
  return {
    name,
    template: normalisePath(template),
    ...own,
    ...(account === undefined ? {} : { account: account.id }),
    ...(account === undefined || own.region !== undefined ? {} : { regions: account.regions }),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(parametersFile === undefined ? {} : { parametersFile: normalisePath(parametersFile) }),
    parameters: parametersOf(source, parameters),
    index,
    range: item.range,
    ranges: {
      template: get(item, 'template')?.range ?? item.range,
      ...(fileRange === undefined ? {} : { parametersFile: fileRange }),
      ...(parameters?.kind === 'map' ? { parameters: parameters.range } : {}),
    },
  };
}
