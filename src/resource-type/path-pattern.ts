import { segments } from '../base/json-pointer.js';

/**
 * Tests pointers against patterns in which `*` stands for one segment and `**` for any number of them; compiled once,
 * asked for every property.
 */
export interface PathPatterns {
  /** Whether a pattern covers exactly this path. */
  has(path: string): boolean;
  /** Whether a pattern covers this path or one of its ancestors. */
  covers(path: string): boolean;
  /** Whether a pattern lies below this path. */
  reachesBelow(path: string): boolean;
}

/** Where some patterns have got to: by the next segment, and whether one ends here. */
interface Branch {
  children: Map<string, Branch>;
  end: boolean;
}

export function pathPatterns(patterns: readonly string[]): PathPatterns {
  const root: Branch = { children: new Map(), end: false };
  for (const pattern of patterns) {
    let branch = root;
    for (const key of segments(pattern)) {
      let next = branch.children.get(key);
      if (next === undefined) {
        next = { children: new Map(), end: false };
        branch.children.set(key, next);
      }
      branch = next;
    }
    branch.end = true;
  }
  return {
    has: (path) => reached(root, segments(path)).some((branch) => branch.end),
    covers(path) {
      const keys = segments(path);
      return keys.some((_, index) => reached(root, keys.slice(0, index + 1)).some((branch) => branch.end));
    },
    reachesBelow: (path) => reached(root, segments(path)).some((branch) => branch.children.size > 0),
  };
}

function reached(root: Branch, keys: readonly string[]): Branch[] {
  let branches = unfold(root);
  // Branches behind a `**` stay where they are, whatever the segment.
  let deep = branches.filter((branch) => branch !== root);
  for (const key of keys) {
    const stepped = branches.flatMap(({ children }) => [children.get(key) ?? [], children.get('*') ?? []].flat());
    const next = stepped.flatMap(unfold);
    deep = [...deep, ...next.filter((branch) => !stepped.includes(branch))];
    branches = [...new Set([...next, ...deep])];
    if (branches.length === 0) return branches;
  }
  return branches;
}

/** A branch, and the one behind its `**`, which may stand for nothing. */
function unfold(branch: Branch): Branch[] {
  const behind = branch.children.get('**');
  return behind === undefined ? [branch] : [branch, ...unfold(behind)];
}
