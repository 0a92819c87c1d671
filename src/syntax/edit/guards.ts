import type { Dialect } from '../dialect.js';
import type { TextEdit } from './apply-edits.js';
import { type Branch, type Member, memberOf, type Tree, walk } from './tree.js';
import { callOf, kindOf, type Written } from './written.js';

/** Anchors and aliases of a document. */
export interface Anchors {
  /** Anchored values by the anchor's name, which may be given again. */
  anchored: ReadonlyMap<string, readonly Tree[]>;
  aliases: readonly AliasUse[];
}

interface AliasUse {
  name: string;
  start: number;
  /** Stands for the entries of a map (`<<: *name`) or for a key. */
  use: 'value' | 'merge' | 'key';
}

export function readAnchors(root: Tree): Anchors {
  const anchored = new Map<string, Tree[]>();
  const aliases: AliasUse[] = [];
  for (const tree of walk(root)) {
    const name = tree.anchor?.text.slice(1);
    if (name !== undefined) anchored.set(name, [...(anchored.get(name) ?? []), tree]);
    if (tree.kind === 'scalar' && tree.style === 'alias')
      aliases.push({ name: tree.text, start: tree.range.start, use: mergeAround(tree) ? 'merge' : 'value' });
    if (tree.kind === 'scalar') continue;
    for (const { key } of tree.members)
      if (key?.special === 'alias') aliases.push({ name: key.text, start: key.range.start, use: 'key' });
  }
  return { anchored, aliases };
}

/** Why a value must not be set; undefined where it may. */
export function whyNotSet(tree: Tree, value: Written, { aliases }: Anchors, dialect: Dialect): string | undefined {
  if (mergeAround(tree)) return 'its entries come into the map by a merge key (<<)';
  if (tree.kind === 'scalar' && /\d/.test(tree.header ?? ''))
    return 'the block of text has an explicit indentation indicator';
  const hidden = hiddenBy(tree);
  if (hidden) return hidden;
  const uses = aliases.filter(({ name }) => `&${name}` === tree.anchor?.text);
  if (uses.some(({ use }) => use === 'merge') && (kindOf(value) !== 'map' || callOf(value, dialect)))
    return `the anchor ${tree.anchor?.text} is merged into other maps, so that it must stay a map`;
  if (uses.some(({ use }) => use === 'key')) return `the anchor ${tree.anchor?.text} is also used as a key`;
  return undefined;
}

/** Why a member must not be removed; undefined where it may. */
export function whyNotRemove(member: Member, branch: Branch, { anchored }: Anchors): string | undefined {
  if (mergeAround(member.value) || member.key?.special === 'merge') return 'its entries come by a merge key (<<)';
  const { key } = member;
  if (key === undefined) return undefined;
  if (key.special) return `its key is ${key.special === 'alias' ? 'an alias' : 'marked by a question mark'}`;
  if (branch.members.some((other) => other !== member && other.key?.text === key.text))
    return `the key ${key.text} is there more than once`;
  const merged = branch.members.filter((other) => other.key?.special === 'merge').map(({ value }) => value);
  if (merged.some((each) => mayBring(each, key.text, anchored)))
    return `a merge key (<<) would bring the key ${key.text} back`;
  return undefined;
}

/** Why an element or an entry must not be added; undefined where it may. */
export function whyNotInsert(branch: Branch, key: string | undefined): string | undefined {
  if (mergeAround(branch)) return 'its entries come into the map by a merge key (<<)';
  if (key !== undefined && branch.members.some((member) => member.key?.text === key))
    return `the key ${key} is already there`;
  return undefined;
}

/** Which anchor would be lost though aliases outside of the edits use it. */
export function lostAnchor(edits: readonly TextEdit[], { anchored, aliases }: Anchors): string | undefined {
  if (aliases.length === 0) return undefined;
  const isGone = (offset: number) => edits.some(({ start, end }) => start <= offset && offset < end);
  const lost = [...anchored].find(
    ([anchor, trees]) =>
      trees.some((tree) => tree.anchor && isGone(tree.anchor.range.start)) &&
      aliases.some(({ name, start }) => name === anchor && !isGone(start)),
  );
  return lost && `aliases elsewhere use the anchor &${lost[0]}`;
}

function hiddenBy(tree: Tree): string | undefined {
  const member = memberOf(tree);
  const last = tree.parent?.members.findLast(({ key }) => key && key.text === member?.key?.text);
  if (!member?.key || last === member) return undefined;
  return `the key ${member.key.text} is there once more below, which is the one that counts`;
}

/** Whether a value is what a merge key brings in: an alias, a list of them or an alias in such a list. */
function mergeAround(tree: Tree): boolean {
  if (tree.kind === 'map') return false;
  if (memberOf(tree)?.key?.special === 'merge') return true;
  return tree.parent?.kind === 'list' && memberOf(tree.parent)?.key?.special === 'merge';
}

/** Whether what is merged has a key; an unknown alias may have any. */
function mayBring(merged: Tree, key: string, anchored: Anchors['anchored'], seen: Set<Tree> = new Set()): boolean {
  if (seen.has(merged)) return false;
  seen.add(merged);
  if (merged.kind === 'scalar') {
    const targets = merged.style === 'alias' ? anchored.get(merged.text) : undefined;
    return targets === undefined || targets.some((target) => mayBring(target, key, anchored, seen));
  }
  return merged.members.some((member) => {
    if (merged.kind === 'list' || member.key?.special === 'merge') return mayBring(member.value, key, anchored, seen);
    return member.key?.text === key;
  });
}
