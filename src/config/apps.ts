import { pathFrom } from '../git/file-tree.js';
import { get, type Node, textOf } from '../syntax/node.js';
import { itemsOf, textsOf } from '../syntax/node-value.js';
import type { Range, Source } from '../syntax/source.js';
import { type AccountConfig, accountNamed } from './accounts.js';

/** An app that makes the templates of stacks. Paths are relative to the repository's root. */
export interface AppConfig {
  /** The folders that it makes them into. */
  out: string[];
  /** The program that makes them, with its arguments; it is run in `folder`. */
  app?: string[];
  /** Whether every scan may run it. */
  run: boolean;
  /** Of stacks whose environment the app leaves open. */
  region?: string;
  account?: string;
  roleArn?: string;
  /** Where the configuration is. */
  folder: string;
  source: Source;
  range: Range;
}

const DEFAULT_OUT = 'cdk.out';

/** The apps that a configuration names. */
export function readApps(
  source: Source,
  node: Node | undefined,
  { accounts, folder }: { accounts: readonly AccountConfig[]; folder: string },
): AppConfig[] {
  if (node === undefined) return [];
  return (node.kind === 'list' ? node.items : [node]).map((item) => {
    const { region, account, roleArn } = textsOf(item, ['region', 'account', 'roleArn']);
    const own = accountNamed(accounts, account);
    const role = roleArn ?? own?.roleArn;
    const app = itemsOf(get(item, 'app')).map((each) => textOf(each) ?? '');
    return {
      out: outNodes(item).map((each) => pathFrom(folder, textOf(each) ?? '')),
      ...(app.length === 0 ? {} : { app }),
      run: textOf(get(item, 'run')) === 'true',
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { account: own?.id ?? account }),
      ...(role === undefined ? {} : { roleArn: role }),
      ...{ folder, source, range: item.range },
    };
  });
}

/** Where a configuration says what folders apps make templates into. */
export function outNodes(item: Node): Pick<Extract<Node, { kind: 'scalar' }>, 'kind' | 'value' | 'range'>[] {
  const out = get(item, 'out');
  if (out === undefined) return [{ kind: 'scalar', value: DEFAULT_OUT, range: item.range }];
  return (out.kind === 'list' ? out.items : [out]).filter((each) => each.kind === 'scalar');
}
