import type { SimpleGit } from 'simple-git';
import { isolate } from './isolation.js';
import { REPOSITORY_VARIABLES, SAFE_CONFIG } from './process.js';

/**
 * simple-git for a repository, under the safeguards of every Git command here. It has no work tree: it is for what is
 * known of branches and remotes. It is loaded when the first repository is opened.
 */
export async function openGit(root: string): Promise<SimpleGit> {
  const [{ simpleGit }, { folder }] = await Promise.all([import('simple-git'), isolate(root)]);
  return simpleGit({
    baseDir: folder,
    // Where temporary files have another owner, the folder is ours all the same.
    config: [...SAFE_CONFIG, `safe.directory=${folder}`],
    // It takes setting them for dangerous; they are set to nothing.
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true },
    // It would take away more than what points to another repository: the user's own configuration, too.
    allowEnvironment: Object.keys(process.env).filter((name) => !REPOSITORY_VARIABLES.includes(name)),
  });
}
