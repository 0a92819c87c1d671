import type { PatchGroup, PatchStack } from './model.js';
import { isMadeByRunning } from './ports.js';
import type { Task } from './task.js';

/**
 * Tasks by the templates and parameter files that their stacks share, directly or by way of other stacks. Stacks that
 * only have the configuration in common are apart: each has a place of its own there.
 */
export function partsOf(group: PatchGroup, tasks: readonly Task[]): Task[][] {
  const names = new Map<string, string>();
  const nameOf = (file: string): string => {
    const other = names.get(file);
    if (other === undefined) return file;
    names.set(file, nameOf(other));
    return names.get(file) ?? file;
  };
  for (const stack of group.stacks) {
    const [first = '', ...others] = filesOf(stack).map(nameOf);
    for (const other of others) if (other !== first) names.set(other, first);
  }
  const parts = new Map<string, Task[]>();
  for (const task of tasks) {
    const name = nameOf(filesOf(task.stack)[0] ?? '');
    const part = parts.get(name) ?? [];
    part.push(task);
    parts.set(name, part);
  }
  return [...parts.values()];
}

/** What is made by running programs stands or falls with all that they make. */
const MADE = '\0made';

function filesOf({ target: { template, parameterSources }, template: { source }, program }: PatchStack): string[] {
  if (isMadeByRunning(program)) return [MADE];
  const file = parameterSources?.file?.path;
  const own = template ?? source.path;
  return file === undefined ? [own] : [own, file];
}
