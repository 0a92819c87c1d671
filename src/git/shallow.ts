import { gitOutput } from './command.js';

/** Whether a repository lacks the older part of its history. */
export async function isShallowClone(root: string): Promise<boolean> {
  return (await gitOutput(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
}
