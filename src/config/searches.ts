import { isBelow } from '../git/file-tree.js';
import type { Checkout } from '../git/repository.js';
import type { AccountConfig } from './accounts.js';
import type { ConfigTree } from './include.js';

/** A folder in which stacks are looked for, since its configuration names none. */
export interface Search {
  /** The path of its configuration; absent where there is none. */
  configuration?: string;
  accounts: readonly AccountConfig[];
  region?: string | undefined;
  /** The files of the checkout, of which only those in the folder are listed. */
  checkout: Checkout;
}

/** Where stacks are looked for: a configuration that includes folders looks for none itself. */
export function searchesOf(checkout: Checkout, config: ConfigTree | undefined): Search[] {
  if (config === undefined) return [{ accounts: [], checkout }];
  const own = config.stacks.filter(({ source }) => source === config.source);
  const folders = config.folders.filter(({ stacks }) => stacks.length === 0);
  const searching = own.length > 0 || config.include.length > 0 ? folders : [config, ...folders];
  const all = config.folders.map(({ folder }) => folder);
  return searching.map(({ source, accounts, folder, region }) => {
    const inner = all.filter((each) => each !== folder && isBelow(folder, each));
    const isIn = (path: string) => isBelow(folder, path) && !inner.some((each) => isBelow(each, path));
    return { configuration: source.path, accounts, region, checkout: within(checkout, isIn) };
  });
}

/** A checkout of which only some files are listed; all can be read. */
export function within(checkout: Checkout, isIn: (path: string) => boolean): Checkout {
  return {
    ...checkout,
    list: async () => (await checkout.list()).filter(isIn),
    submodules: async () => ((await checkout.submodules?.()) ?? []).filter(isIn),
  };
}
