import type { Quotes } from './quote.js';
import { type Branch, isCall, type Leaf, type Tree } from './tree.js';
import { kindOf, type Written } from './written.js';

/** What a new value is written like: one that it replaces or that stands beside it. */
export interface Like {
  /** Of the same kind and meaning: its type, quotes, layout and order of keys are followed. */
  tree?: Tree | undefined;
  /** Quotes that all texts around it have. */
  quotes?: Quotes | undefined;
}

export function leafOf({ tree }: Like): Leaf | undefined {
  return tree?.kind === 'scalar' && tree.style !== 'empty' && tree.style !== 'alias' ? tree : undefined;
}

/** The collection to follow in writing one of the given kind. */
export function branchOf({ tree }: Like, kind: 'list' | 'map'): Branch | undefined {
  return tree?.kind === kind && tree.members.length > 0 ? tree : undefined;
}

/** What an entry of a map is written like: the entry with the same key in the map that is followed. */
export function likeEntry(branch: Branch | undefined, key: string): Like {
  const same = branch?.members.findLast((member) => member.key?.text === key)?.value;
  return { tree: same && !isCall(same) ? same : undefined, quotes: quotesOf(branch) };
}

/** What a new entry of a map is written like: a neighbour of its kind, for its layout; scalars only share quotes. */
export function likeNeighbour(branch: Branch, value: Written): Like {
  const kind = kindOf(value);
  const tree = kind === 'scalar' ? undefined : branch.members.findLast(isOf(kind))?.value;
  return { tree, quotes: quotesOf(branch) };
}

/** What an element of a list is written like: its nearest neighbour of the same kind. */
export function likeItem(branch: Branch | undefined, value: Written, index: number): Like {
  const kind = kindOf(value);
  const members = branch?.members ?? [];
  const tree = members.slice(0, index).findLast(isOf(kind)) ?? members.slice(index).find(isOf(kind));
  return { tree: tree?.value, quotes: quotesOf(branch) };
}

/** The quotes of the keys, where all have the same. */
export function keyQuotesOf(branch: Branch | undefined): Quotes | undefined {
  return common((branch?.members ?? []).flatMap(({ key }) => (key ? [key.style] : [])));
}

/** The quotes of the texts directly in a collection, where all have the same. */
function quotesOf(branch: Branch | undefined): Quotes | undefined {
  const leaves = (branch?.members ?? []).map(({ value }) => value).filter((value) => value.kind === 'scalar');
  return common(leaves.filter((leaf) => !isCall(leaf)).map(({ style }) => style));
}

function common(styles: readonly string[]): Quotes | undefined {
  const [first] = styles;
  if (first !== 'single' && first !== 'double') return undefined;
  return styles.every((style) => style === first) ? first : undefined;
}

function isOf(kind: 'scalar' | 'list' | 'map') {
  return ({ value }: { value: Tree }) =>
    value.kind === kind && !isCall(value) && !(value.kind === 'scalar' && /alias|empty/.test(value.style));
}
