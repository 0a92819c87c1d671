import type { SimpleGit } from 'simple-git';
import { REPOSITORY_VARIABLES } from './command.js';
import { ALWAYS } from './guard.js';

/**
 * simple-git in a directory, under the safeguards of every Git command here. It is loaded when the first repository is
 * opened.
 */
export async function openGit(directory: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  return simpleGit({
    baseDir: directory,
    config: [...ALWAYS.map(([key, value]) => `${key}=${value}`), 'protocol.allow=never'],
    // It takes setting them for dangerous; they are set to nothing. What it runs here reads refs and settings alone.
    unsafe: { allowUnsafeFsMonitor: true, allowUnsafeHooksPath: true, allowUnsafeProtocolOverride: true },
    // It would take away more than what points to another repository: the user's own configuration, too.
    allowEnvironment: Object.keys(process.env).filter((name) => !REPOSITORY_VARIABLES.includes(name)),
  });
}
