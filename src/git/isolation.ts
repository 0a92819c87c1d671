import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DriftError } from '../base/errors.js';
import { discover, type GitPlace, isDotGit, readHead } from './discover.js';
import { isTrue, type LocalSetting, lastOf, neededConfig, readLocalConfig } from './local-config.js';
import { dataOf, makePrivateDirectory, type PrivateDirectory } from './private-directory.js';
import { surroundings } from './process.js';
import { mustBeTrusted } from './trust.js';

/** A repository as Git is shown it: its data, with a configuration of our own. */
export interface Isolation {
  /** The work tree, or the bare repository. */
  root: string;
  bare: boolean;
  /** What the repository's own configuration says, as data. */
  settings: readonly LocalSetting[];
  /** A folder in which Git, without being told anything, finds the isolated repository. */
  folder: string;
  /** The environment for Git. */
  environment: NodeJS.ProcessEnv;
}

const known = new Map<string, Promise<Isolation>>();
const directories = new Map<string, Promise<PrivateDirectory>>();

/**
 * Shows Git a repository so that nothing which the repository configures is run, read or asked: instead of forbidding
 * settings by name, Git is given a Git directory whose configuration is ours. `afresh` looks at the repository again.
 * Throws a `DriftError` (code `git`) for what is no repository, a broken one, or another user's.
 */
export function isolate(directory: string, { afresh = false, shownAs = directory } = {}): Promise<Isolation> {
  const found = afresh ? undefined : known.get(directory);
  if (found !== undefined) return found;
  const made = makeIsolation(directory, shownAs);
  known.set(directory, made);
  made.then(
    ({ root }) => known.set(root, made),
    () => known.delete(directory),
  );
  return made;
}

async function makeIsolation(directory: string, path: string): Promise<Isolation> {
  const place = await discover(directory);
  if (place === undefined) {
    const hint = 'give the path of a clone, or start one here with `git init`';
    throw new DriftError('git', [{ code: 'git-no-repository', message: `"${path}" is not in a Git repository`, hint }]);
  }
  await mustBeTrusted(path, place);
  const settings = await readLocalConfig(place);
  const workTree = await workTreeOf(path, place, settings);
  const bare = workTree === undefined;
  const { folder, gitDirectory } = await privateDirectory(place, neededConfig(settings, bare));
  const variables = { GIT_DIR: gitDirectory, ...(bare ? {} : { GIT_WORK_TREE: workTree }) };
  return {
    root: workTree ?? place.gitDirectory,
    bare,
    settings,
    folder,
    environment: { ...surroundings(), ...variables },
  };
}

/** Undefined for a bare repository. What the configuration of a whole repository says does not hold for its other work trees. */
async function workTreeOf(
  path: string,
  place: GitPlace,
  settings: readonly LocalSetting[],
): Promise<string | undefined> {
  const { gitDirectory, commonDirectory, workTree } = place;
  const isMain = gitDirectory === commonDirectory;
  const says = isMain ? lastOf(settings, 'core.bare') : undefined;
  const elsewhere = isMain ? lastOf(settings, 'core.worktree') : undefined;
  if (workTree === undefined) {
    if (isMain && (says === undefined ? !isDotGit(gitDirectory) && elsewhere === undefined : isTrue(says)))
      return undefined;
    const hint = 'give the directory that holds the checked-out files';
    throw new DriftError('git', [
      { code: 'git-no-work-tree', message: `"${path}" is inside a repository's .git folder`, hint },
    ]);
  }
  if (isTrue(says)) return undefined;
  if (elsewhere === undefined) return workTree;
  const target = resolve(gitDirectory, elsewhere);
  if ((await realpath(target).catch(() => target)) === workTree) return workTree;
  const message = `the configuration of the repository "${path}" says that its files are elsewhere: core.worktree = ${elsewhere}`;
  const hint = 'if the files are beside .git, run: git config --unset core.worktree';
  throw new DriftError('git', [{ code: 'git-no-work-tree', message, hint }]);
}

/** A repository that is unchanged as far as what is copied goes is shown by the directory that was made for it before. */
async function privateDirectory(place: GitPlace, config: string): Promise<PrivateDirectory> {
  const { gitDirectory, commonDirectory } = place;
  const contents = [gitDirectory, commonDirectory].map(async (directory) => [
    directory,
    await readHead(directory),
    await dataOf(directory),
  ]);
  const key = JSON.stringify([config, await Promise.all(contents)]);
  const before = await directories.get(key);
  if (before !== undefined && (await exists(join(before.gitDirectory, 'HEAD')))) return before;
  const made = makePrivateDirectory(place, config);
  directories.set(key, made);
  return made;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
