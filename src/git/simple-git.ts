import type { SimpleGit } from 'simple-git';
import { REPOSITORY_VARIABLES, SAFE_CONFIG } from './command.js';

/**
 * simple-git in a directory, under the safeguards of every Git command here. It is loaded when the first repository is
 * opened.
 */
export async function openGit(directory: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  return simpleGit({
    baseDir: directory,
    config: [...SAFE_CONFIG],
    // It takes setting them for dangerous; they are set to nothing.
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true },
    // It would take away more than what points to another repository: the user's own configuration, too.
    allowEnvironment: Object.keys(process.env).filter((name) => !REPOSITORY_VARIABLES.includes(name)),
  });
}
