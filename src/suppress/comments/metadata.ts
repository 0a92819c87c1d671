import { closest } from '../../base/closest.js';
import { effectiveEntries, get, type Node, textOf } from '../../syntax/node.js';
import type { Range } from '../../syntax/source.js';
import { checkDirective, type Mistake, type Reading } from './directive.js';
import type { MetadataPlace } from './ports.js';

/** What a resource's metadata says not to count. */
export interface MetadataEntry {
  range: Range;
  /** Where the resource's key begins. */
  owner: number;
  reading: Reading;
}

const KEY = 'gitops-drift';
const EXAMPLE =
  'write it like: Metadata: { gitops-drift: { ignore: [ { path: /DesiredCount, until: 2027-01-31, reason: autoscaling owns it } ] } }';

/** All entries of `ignore` under `gitops-drift` in the metadata of resources. */
export function metadataEntries(places: readonly MetadataPlace[]): MetadataEntry[] {
  return places.flatMap(({ node, owner }) => {
    const own = get(node, KEY);
    if (own === undefined) return [];
    if (owner !== undefined) return inMetadata(own, owner);
    return [entryOf(own, -1, mistaken(`"${KEY}" is read in the Metadata of resources only`))];
  });
}

function inMetadata(node: Node, owner: number): MetadataEntry[] {
  const ignore = get(node, 'ignore');
  const unknown = unknownKeys(node, ['ignore']).map((mistakes) => entryOf(node, owner, { mistakes: [mistakes] }));
  if (ignore === undefined) {
    return unknown.length > 0 ? unknown : [entryOf(node, owner, mistaken(`"${KEY}" has no "ignore"`))];
  }
  const items = ignore.kind === 'list' ? ignore.items : [ignore];
  return [...unknown, ...items.map((item) => entryOf(item, owner, readItem(item)))];
}

function readItem(item: Node): Reading {
  if (item.kind !== 'map') return mistaken('an entry of "ignore" must be a map with a reason');
  const [path, until, reason] = ['path', 'until', 'reason'].map((key) => {
    const value = get(item, key);
    return value && (textOf(value) ?? '');
  });
  const unknown = unknownKeys(item, ['path', 'until', 'reason']);
  const checked = checkDirective({ path, until, reason });
  const mistakes = [...unknown, ...('mistakes' in checked ? checked.mistakes : [])];
  return mistakes.length > 0 ? { mistakes } : checked;
}

function unknownKeys(node: Node, known: string[]): Mistake[] {
  const keys = node.kind === 'map' ? effectiveEntries(node).map(({ key }) => key) : [];
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = closest(key, known);
      const hint = near === undefined ? `known keys: ${known.join(', ')}` : `did you mean "${near}"?`;
      return { message: `unknown key "${key}" in the metadata "${KEY}"`, hint };
    });
}

function mistaken(message: string): Reading {
  return { mistakes: [{ message, hint: EXAMPLE }] };
}

function entryOf({ range }: Node, owner: number, reading: Reading): MetadataEntry {
  return { range, owner, reading };
}
