import { isPlainSafe, type Quotes } from './quote.js';
import { type Branch, isCall, type Leaf, type Tree } from './tree.js';
import { kindOf, type Written } from './written.js';

/** What a new value is written like: what it replaces, or what stands beside it. */
export interface Like {
  /** Of the same kind and meaning: its type, quotes, layout and order of keys are followed. */
  tree?: Tree | undefined;
  /** The tree is what the value replaces, so that its quotes stay even where they were not needed. */
  isReplaced?: boolean;
  /** What all texts around it are written in. */
  quotes?: Quotes | 'plain' | undefined;
  /** What all keys around it are written in. */
  keyQuotes?: Quotes | 'plain' | undefined;
}

export function leafOf({ tree }: Like): Leaf | undefined {
  return tree?.kind === 'scalar' && tree.style !== 'empty' && tree.style !== 'alias' ? tree : undefined;
}

/** The collection to follow in writing one of the given kind. */
export function branchOf({ tree }: Like, kind: 'list' | 'map'): Branch | undefined {
  return tree?.kind === kind && tree.members.length > 0 ? tree : undefined;
}

/** What an entry of a map is written like: the entry with the same key in the map that is followed. */
export function likeEntry(branch: Branch | undefined, key: string, outer: Like = {}): Like {
  const same = branch?.members.findLast((member) => member.key?.text === key)?.value;
  return { tree: same && !isCall(same) ? same : undefined, ...habitsOf(branch, outer) };
}

/** What a new entry of a map is written like: a neighbour of its kind, for its layout; scalars only share quotes. */
export function likeNeighbour(branch: Branch, value: Written): Like {
  const kind = kindOf(value);
  const tree = kind === 'scalar' ? undefined : branch.members.findLast(isOf(kind))?.value;
  return { tree, ...habitsOf(branch) };
}

/** What an element of a list is written like: its nearest neighbour of the same kind. */
export function likeItem(branch: Branch | undefined, value: Written, index: number, outer: Like = {}): Like {
  const kind = kindOf(value);
  const members = branch?.members ?? [];
  const tree = members.slice(0, index).findLast(isOf(kind)) ?? members.slice(index).find(isOf(kind));
  return { tree: tree?.value, ...habitsOf(branch, outer) };
}

/** A short call's argument is written like that of the same function's. */
export function likeArgument({ tree, quotes, isReplaced = false }: Like, tag: string): Like {
  return { tree: tree && isCall(tree) && tree.tag?.text === tag ? tree : undefined, quotes, isReplaced };
}

/** The quotes directly in a collection; where that shows none, those around it. */
export function habitsOf(branch: Branch | undefined, outer: Like = {}): Like {
  const values = (branch?.members ?? []).map(({ value }) => value);
  const keys = (branch?.members ?? []).flatMap(({ key }) => key ?? []);
  const texts = values.filter((value): value is Leaf => value.kind === 'scalar' && !isCall(value));
  return { quotes: common(texts) ?? outer.quotes, keyQuotes: common(keys) ?? outer.keyQuotes };
}

/** The style that all of the texts share which could do without quotes; the others tell nothing. */
function common(texts: readonly Pick<Leaf, 'text' | 'style'>[]): Quotes | 'plain' | undefined {
  const styles = new Set(texts.filter(({ text }) => isPlainSafe(text, false)).map(({ style }) => style));
  const [style] = styles;
  if (style !== 'single' && style !== 'double' && style !== 'plain') return undefined;
  return styles.size === 1 ? style : 'plain';
}

function isOf(kind: 'scalar' | 'list' | 'map') {
  return ({ value }: { value: Tree }) =>
    value.kind === kind && !isCall(value) && !(value.kind === 'scalar' && /alias|empty/.test(value.style));
}
