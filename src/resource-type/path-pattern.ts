import { segments } from '../json-pointer.js';

/** Tests pointers against patterns in which `*` stands for one segment; compiled once, asked for every property. */
export interface PathPatterns {
  /** Whether a pattern covers exactly this path. */
  has(path: string): boolean;
  /** Whether a pattern covers this path or one of its ancestors. */
  covers(path: string): boolean;
  /** Whether a pattern lies below this path. */
  reachesBelow(path: string): boolean;
}

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
  let branches = [root];
  for (const key of keys) {
    branches = branches.flatMap((branch) => [branch.children.get(key) ?? [], branch.children.get('*') ?? []].flat());
    if (branches.length === 0) return branches;
  }
  return branches;
}
