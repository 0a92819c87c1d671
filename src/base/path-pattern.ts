import { segments } from './json-pointer.js';

/**
 * Tests pointers against patterns in which `*` stands for one segment, `*Suffix` for one that ends so, and `**` for any
 * number of them; compiled once, asked for every property.
 */
export interface PathPatterns {
  /** Whether a pattern covers exactly this path. */
  has(path: string): boolean;
  /** Whether a pattern covers this path or one of its ancestors. */
  covers(path: string): boolean;
  /** Whether a pattern lies below this path. */
  reachesBelow(path: string): boolean;
}

/** What patterns say of a path: the values of all that cover exactly it, in the order in which they were given. */
export interface PathTable<Value> {
  at(path: string): readonly Value[];
}

/** Where some patterns have got to: by the next segment, and what those say that end here. */
interface Branch<Value> {
  children: Map<string, Branch<Value>>;
  /** Children by `*Suffix`. */
  suffixes: Map<string, Branch<Value>>;
  ends: { order: number; value: Value }[];
}

export function pathPatterns(patterns: readonly string[]): PathPatterns {
  const root = compile(patterns.map((pattern) => [pattern, true] as const));
  const ends = (keys: readonly string[]) => reached(root, keys).some((branch) => branch.ends.length > 0);
  return {
    has: (path) => ends(segments(path)),
    covers(path) {
      const keys = segments(path);
      return keys.some((_, index) => ends(keys.slice(0, index + 1)));
    },
    reachesBelow: (path) => reached(root, segments(path)).some(({ children }) => children.size > 0),
  };
}

/** Compiles patterns with a value each; what was asked before is remembered, list indices aside. */
export function pathTable<Value>(entries: readonly (readonly [string, Value])[]): PathTable<Value> {
  const root = compile(entries);
  const asked = new Map<string, readonly Value[]>();
  return {
    at(path) {
      const shape = path.replace(/\/\d+(?=\/|$)/g, '/0');
      const known = asked.get(shape);
      if (known) return known;
      const ends = new Set(reached(root, segments(shape)).flatMap((branch) => branch.ends));
      const values = [...ends].sort((left, right) => left.order - right.order).map(({ value }) => value);
      asked.set(shape, values);
      return values;
    },
  };
}

function compile<Value>(entries: readonly (readonly [string, Value])[]): Branch<Value> {
  const root = newBranch<Value>();
  for (const [order, [pattern, value]] of entries.entries()) {
    let branch = root;
    for (const key of segments(pattern)) {
      const isSuffix = key.startsWith('*') && key !== '*' && key !== '**';
      const siblings = isSuffix ? branch.suffixes : branch.children;
      const name = isSuffix ? key.slice(1) : key;
      const next = siblings.get(name) ?? newBranch<Value>();
      siblings.set(name, next);
      branch = next;
    }
    branch.ends.push({ order, value });
  }
  return root;
}

function newBranch<Value>(): Branch<Value> {
  return { children: new Map(), suffixes: new Map(), ends: [] };
}

function reached<Value>(root: Branch<Value>, keys: readonly string[]): Branch<Value>[] {
  let branches = unfold(root);
  // Branches behind a `**` stay where they are, whatever the segment.
  let deep = branches.filter((branch) => branch !== root);
  for (const key of keys) {
    const stepped = branches.flatMap((branch) => steps(branch, key));
    const next = stepped.flatMap(unfold);
    deep = [...deep, ...next.filter((branch) => !stepped.includes(branch))];
    branches = [...new Set([...next, ...deep])];
    if (branches.length === 0) return branches;
  }
  return branches;
}

function steps<Value>({ children, suffixes }: Branch<Value>, key: string): Branch<Value>[] {
  const found = [children.get(key) ?? [], children.get('*') ?? []].flat();
  for (const [suffix, branch] of suffixes) if (key.endsWith(suffix)) found.push(branch);
  return found;
}

/** A branch, and the one behind its `**`, which may stand for nothing. */
function unfold<Value>(branch: Branch<Value>): Branch<Value>[] {
  const behind = branch.children.get('**');
  return behind === undefined ? [branch] : [branch, ...unfold(behind)];
}
