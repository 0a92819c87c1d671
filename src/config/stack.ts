import type { Problem } from '../base/errors.js';
import { accountOfRole } from '../cloud/account-of-role.js';
import { pathFrom } from '../git/file-tree.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { Dialect } from '../syntax/dialect.js';
import { effectiveEntries, get, type Node } from '../syntax/node.js';
import { itemsOf, parameterText, textsOf } from '../syntax/node-value.js';
import { parseNode } from '../syntax/parse.js';
import { problemAt } from '../syntax/problem.js';
import { positionAt, type Range, type Source } from '../syntax/source.js';
import { type AccountConfig, accountNamed } from './accounts.js';
import { expandStacks } from './pattern.js';

/** A stack as the configuration names it. */
export interface StackConfig {
  name: string;
  /** Relative to the repository's root; empty where an app that the configuration names makes it. */
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
  /** The file that names it, which entry there it is, where it stands, and where in it a value stands. */
  source: Source;
  index: number;
  range: Range;
  ranges: { template: Range; parametersFile?: Range; parameters?: Range };
}

/** One file configures stacks of all kinds, so that it is read the same whatever they are. */
export function dialect(): Dialect {
  return DEFAULT_IAC.editor.dialect;
}

const STACK_KEYS = ['name', 'template', 'region', 'account', 'roleArn', 'parametersFile'] as const;

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

/** What the paths and names of an entry of `stacks:` are to be understood by. */
interface Surroundings {
  accounts: readonly AccountConfig[];
  /** That paths are relative to. */
  folder: string;
}

/** An entry of `stacks:`. */
export function readStack(source: Source, item: Node, index: number, { accounts, folder }: Surroundings): StackConfig {
  const { template = '', parametersFile } = textsOf(item, STACK_KEYS);
  const parameters = get(item, 'parameters');
  const fileRange = get(item, 'parametersFile')?.range;
  return {
    ...identityOf(source, item, accounts),
    template: template === '' ? '' : pathFrom(folder, template),
    ...(parametersFile === undefined ? {} : { parametersFile: pathFrom(folder, parametersFile) }),
    parameters: parametersOf(source, parameters),
    index,
    ranges: {
      template: get(item, 'template')?.range ?? item.range,
      ...(fileRange === undefined ? {} : { parametersFile: fileRange }),
      ...(parameters?.kind === 'map' ? { parameters: parameters.range } : {}),
    },
  };
}

/** What tells a stack from others, and where that is said. */
export type StackIdentity = Pick<
  StackConfig,
  'name' | 'region' | 'regions' | 'account' | 'roleArn' | 'source' | 'range'
>;

/** Which stack an entry of `stacks:` names. */
export function identityOf(source: Source, item: Node, accounts: readonly AccountConfig[]): StackIdentity {
  const { name = '', region, ...own } = textsOf(item, ['name', 'region', 'account', 'roleArn']);
  const account = accountNamed(accounts, own.account);
  const roleArn = own.roleArn ?? account?.roleArn;
  return {
    name,
    ...(region === undefined ? {} : { region }),
    ...(own.account === undefined ? {} : { account: account?.id ?? own.account }),
    ...(account === undefined || region !== undefined ? {} : { regions: account.regions }),
    ...(roleArn === undefined ? {} : { roleArn }),
    source,
    range: item.range,
  };
}

/** The same name is another stack in another region or account; `region` is that of stacks without one. */
export function repeatedStacks(stacks: readonly StackIdentity[], region: string | undefined): Problem[] {
  const known = new Map<string, StackIdentity>();
  return stacks.flatMap((stack) => {
    if (stack.name === '') return [];
    const { name, source, range, roleArn, account = accountOfRole(roleArn) } = stack;
    const keys = (stack.regions ?? [stack.region ?? region]).map((each) => JSON.stringify([name, each, account]));
    const [first] = keys.flatMap((key) => known.get(key) ?? []);
    for (const key of keys) if (!known.has(key)) known.set(key, stack);
    if (first === undefined) return [];
    const { line } = positionAt(first.source, first.range.start);
    const place = first.source.path === source.path ? `in line ${line}` : `in ${first.source.path}, line ${line},`;
    return [problemAt('config-repeated', source, range.start, `stack ${name} is listed ${place} already`)];
  });
}
