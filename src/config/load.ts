import { DriftError, type Problem } from '../base/errors.js';
import { inOrder } from '../base/in-order.js';
import { segments } from '../base/json-pointer.js';
import { loadValidators, type Validator } from '../base/validator.js';
import { folderOf, pathFrom } from '../git/file-tree.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { Severity } from '../model/report.js';
import type { SeveritySetting } from '../severity/rule.js';
import type { RatedTypes } from '../severity/types.js';
import type { IgnoreRule } from '../suppress/suppressions.js';
import { MAX_PROBLEMS } from '../syntax/limits.js';
import { entry, get, jsonOf, type Node, textOf } from '../syntax/node.js';
import { itemsOf, textsOf } from '../syntax/node-value.js';
import { parseNode } from '../syntax/parse.js';
import { problemAt } from '../syntax/problem.js';
import { repeatedKeys } from '../syntax/repeated-keys.js';
import type { Range, Source } from '../syntax/source.js';
import { type AccountConfig, accountProblems, readAccounts } from './accounts.js';
import { type AppConfig, outNodes, readApps } from './apps.js';
import { expandStacks } from './pattern.js';
import { readSeverity, severityProblems } from './severity.js';
import { dialect, identityOf, readStack, repeatedStacks, type StackConfig } from './stack.js';
import { explainViolation } from './violations.js';

/** A configuration; all its paths are relative to the repository's root. */
export interface Config {
  source: Source;
  /** Where it is: paths in it are relative to this folder, and templates are looked for below it. */
  folder: string;
  provider?: string;
  snapshot?: string;
  /** What is accepted of what no template declares. */
  baseline?: string;
  /** The region of stacks that name none. */
  region?: string;
  accounts: AccountConfig[];
  /** Empty where the configuration names none: they are to be discovered. */
  stacks: StackConfig[];
  /** Programs that make the templates of more stacks. */
  apps: AppConfig[];
  ignore: IgnoreRule[];
  /** What may stay unread or unverified. */
  accept: IgnoreRule[];
  /** Asked before the shipped rules, or changing the severity of one. */
  severity: SeveritySetting[];
  failOn?: Severity | 'never';
  /** Globs of folders with configurations of their own. */
  include: IncludeGlob[];
}

/** An entry of `include:`, and where it stands. */
export interface IncludeGlob {
  glob: string;
  range: Range;
}

/**
 * Loads `gitops-drift.yaml` and holds it to `schemas/config.schema.json`.
 * `types` have the rules whose severity it may change; `known` are accounts that it may name besides its own.
 * Throws a `DriftError` (code `config`) with all mistakes, each with its line and key.
 */
export async function loadConfig(
  source: Source,
  types: RatedTypes = DEFAULT_IAC.types,
  known: readonly AccountConfig[] = [],
): Promise<Config> {
  const written = parseNode(source, 'config', dialect());
  const { root, problems: unclear } = expandStacks(source, written);
  const own = readAccounts(root);
  const accounts = own.length > 0 ? own : [...known];
  const identities = itemsOf(get(root, 'stacks')).map((item) => identityOf(source, item, accounts));
  const problems = [
    ...unclear,
    ...(await schemaViolations(source, root)),
    ...repeatedKeys(source, written),
    ...accountProblems(source, root, accounts),
    ...repeatedStacks(identities, textOf(get(root, 'region'))),
    ...badPaths(source, root),
    ...includeProblems(source, root),
    ...severityProblems(source, root, types),
  ];
  if (problems.length === 0) return readConfig(source, root, accounts);
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

function appNodes(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : node.kind === 'list' ? node.items : [node];
}

function badPaths(source: Source, root: Node): Problem[] {
  const stacks = itemsOf(get(root, 'stacks'));
  const nodes = [
    get(root, 'snapshot'),
    get(root, 'baseline'),
    ...appNodes(get(root, 'cdk')).flatMap((item) => (get(item, 'out') === undefined ? [] : outNodes(item))),
    ...stacks.flatMap((item) => [get(item, 'template'), get(item, 'parametersFile')]),
  ];
  const told = new Set<number>();
  return nodes.flatMap((node) => {
    const path = textOf(node);
    if (path === undefined || node === undefined || told.has(node.range.start)) return [];
    try {
      pathFrom(folderOf(source.path), path);
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

function readConfig(source: Source, root: Node, accounts: AccountConfig[]): Config {
  const keys = ['provider', 'snapshot', 'baseline', 'region', 'failOn'] as const;
  const { snapshot, baseline, failOn, ...known } = textsOf(root, keys);
  const folder = folderOf(source.path);
  return {
    source,
    folder,
    ...known,
    accounts,
    ...(snapshot === undefined ? {} : { snapshot: pathFrom(folder, snapshot) }),
    ...(baseline === undefined ? {} : { baseline: pathFrom(folder, baseline) }),
    ...(failOn === undefined ? {} : { failOn: failOn as Severity | 'never' }),
    stacks: itemsOf(get(root, 'stacks')).map((item, index) => readStack(source, item, index, { accounts, folder })),
    apps: readApps(source, get(root, 'cdk'), { accounts, folder }),
    ignore: readRules(source, get(root, 'ignore')),
    accept: readRules(source, get(root, 'accept')),
    severity: readSeverity(source, root),
    include: itemsOf(get(root, 'include')).map((item) => ({ glob: textOf(item) ?? '', range: item.range })),
  };
}

/** A folder's own configuration can't take in others: each folder would then be scanned in several ways. */
function includeProblems(source: Source, root: Node): Problem[] {
  const include = entry(root, 'include');
  if (include === undefined || folderOf(source.path) === '') return [];
  const hint = "move it to the configuration in the repository's root";
  return [
    problemAt(
      'config-invalid',
      source,
      include.keyRange.start,
      "include: only in a configuration in the repository's root",
      hint,
    ),
  ];
}

function readRules(source: Source, rules: Node | undefined): IgnoreRule[] {
  return itemsOf(rules).map((item) => ({
    reason: '',
    ...textsOf(item, ['type', 'stack', 'region', 'account', 'logicalId', 'path', 'reason', 'until']),
    source,
    range: item.range,
  }));
}
