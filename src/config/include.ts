import { DriftError, type Problem } from '../base/errors.js';
import { matchesPath } from '../base/glob.js';
import { folderOf } from '../git/file-tree.js';
import type { Checkout } from '../git/repository.js';
import type { RatedTypes } from '../severity/types.js';
import { problemAt } from '../syntax/problem.js';
import { configIn, isConfigPath } from './find.js';
import { type Config, loadConfig } from './load.js';
import { repeatedStacks, type StackConfig } from './stack.js';

/** A configuration with those of the folders that are scanned together with it. */
export interface ConfigTree extends Config {
  /** Its own stacks, and those of the folders. */
  stacks: StackConfig[];
  /** The folders' own, with what the root's gives by default. */
  folders: Config[];
  /** The folder that is scanned by itself, as its part of what the root scans together. */
  only?: Config;
}

/**
 * Loads a configuration and those of the folders that it includes; of a folder that the root's includes, with what the root's
 * says for it. Throws a `DriftError` (code `config`) with all mistakes in any of them, stacks that two of them name among these.
 */
export async function loadConfigTree(checkout: Checkout, path: string, types?: RatedTypes): Promise<ConfigTree> {
  const above = await includingRoot(checkout, path, types);
  if (above !== undefined) {
    const only = withDefaults(await loadConfig(await checkout.read(path), types, above.accounts), above);
    return { ...above, accounts: only.accounts, stacks: only.stacks, folders: [only], only };
  }
  const root = await loadConfig(await checkout.read(path), types);
  const problems: Problem[] = [];
  const folders: Config[] = [];
  for (const included of await includedPaths(checkout, root, problems)) {
    try {
      const own = await loadConfig(await checkout.read(included), types, root.accounts);
      folders.push(withDefaults(own, root));
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      problems.push(...error.problems);
    }
  }
  const stacks = [...root.stacks, ...folders.flatMap((folder) => folder.stacks)];
  // Those of one file have been looked at.
  if (folders.length > 0) problems.push(...repeatedStacks(stacks, root.region));
  if (problems.length > 0) throw new DriftError('config', problems);
  const accounts = [root, ...folders].flatMap((each) => each.accounts);
  return {
    ...root,
    stacks,
    folders,
    accounts: [...new Map(accounts.map((each) => [JSON.stringify(each), each])).values()],
  };
}

/** The root's configuration, where it includes the folder that a path is in. */
async function includingRoot(checkout: Checkout, path: string, types?: RatedTypes): Promise<Config | undefined> {
  const folder = folderOf(path);
  const root = folder === '' || !isConfigPath(path) ? undefined : await configIn(checkout, '');
  if (root === undefined) return undefined;
  const config = await loadConfig(await checkout.read(root), types);
  return config.include.some(({ glob }) => matchesPath(withoutSlash(glob), folder)) ? config : undefined;
}

/** The configurations in the folders that `include:` names. Each entry has to name one. */
async function includedPaths(checkout: Checkout, root: Config, problems: Problem[]): Promise<string[]> {
  if (root.include.length === 0) return [];
  const folders = new Set((await checkout.list()).filter(isConfigPath).map(folderOf));
  folders.delete('');
  const found = new Set<string>();
  for (const { glob, range } of root.include) {
    const matching = [...folders].filter((folder) => matchesPath(withoutSlash(glob), folder));
    for (const folder of matching) found.add(folder);
    if (matching.length > 0) continue;
    const message = `include: no folder that ${glob} matches has a gitops-drift.yaml`;
    const hint = folders.size === 0 ? 'no folder has one' : `folders with one: ${[...folders].slice(0, 3).join(', ')}`;
    problems.push(problemAt('config-nothing-included', root.source, range.start, message, hint));
  }
  const paths = await Promise.all([...found].sort().map((folder) => configIn(checkout, folder)));
  return paths.filter((path) => path !== undefined);
}

function withoutSlash(glob: string): string {
  return glob.replace(/^\.\//, '').replace(/\/$/, '');
}

/** The region that a folder has for its stacks is theirs; what is left is the root's to say. */
function withDefaults(own: Config, root: Config): Config {
  const region = own.region ?? root.region;
  const failOn = own.failOn ?? root.failOn;
  return {
    ...own,
    ...(region === undefined ? {} : { region }),
    ...(failOn === undefined ? {} : { failOn }),
    stacks: own.stacks.map((stack) =>
      stack.region === undefined && stack.regions === undefined && region !== undefined ? { ...stack, region } : stack,
    ),
  };
}
