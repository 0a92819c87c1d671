import { stackRanges } from '../config/stack.js';
import type { FileChange } from '../git/file-change.js';
import type { Target } from '../model/target.js';
import { applyEdits } from '../syntax/edit/apply-edits.js';
import { createSource } from '../syntax/source.js';

/** What was edited for the stacks of one group. */
export interface GroupChanges {
  targets: readonly Target[];
  files: readonly FileChange[];
}

/**
 * The edited files of all groups, one change a file, sorted by path. Of several groups only the configuration is edited,
 * by each in the entries of its own stacks.
 */
export function mergeChanges(groups: readonly GroupChanges[]): FileChange[] {
  const versions = new Map<string, { targets: readonly Target[]; change: FileChange }[]>();
  for (const { targets, files } of groups) {
    for (const change of files) {
      versions.set(change.path, [...(versions.get(change.path) ?? []), { targets, change }]);
    }
  }
  const changes = [...versions.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.length === 0 ? first.change : mergedEntries([first, ...others]),
  );
  return changes.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function mergedEntries(versions: readonly { targets: readonly Target[]; change: FileChange }[]): FileChange[] {
  const [first] = versions;
  if (first === undefined) return [];
  const { path, before } = first.change;
  const ranges = stackRanges(createSource(path, before));
  const edits = versions.flatMap(({ targets, change: { after } }) => {
    const now = stackRanges(createSource(path, after));
    // A stack that is deployed in several regions has one entry.
    const named = targets.flatMap(({ parameterSources }) => parameterSources?.config ?? []);
    const indexes = new Set(named.filter(({ source }) => source.path === path).map(({ index }) => index));
    return [...indexes].flatMap((index) => {
      const [was, is] = [ranges[index], now[index]];
      return was && is ? [{ ...was, text: after.slice(is.start, is.end) }] : [];
    });
  });
  const hidden = new Set(versions.flatMap(({ change }) => [...(change.hidden ?? [])]));
  return [{ path, before, after: applyEdits(before, edits), ...(hidden.size === 0 ? {} : { hidden }) }];
}
