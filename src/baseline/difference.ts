import { sameContent } from '../base/content.js';
import type { Baseline, BaselineEntry } from './baseline.js';

/** How two baselines differ in a resource. */
export interface EntryDifference {
  /** The resource's name in the file. */
  key: string;
  change: 'added' | 'removed' | 'changed';
  /** Of a changed entry: the paths of values that came, went or are others. */
  added: string[];
  removed: string[];
  changed: string[];
  /** Whether it is of another resource now: of another type or physical ID. */
  isOther: boolean;
}

type Entries = Pick<Baseline, 'entries'>;

/** In which resources two baselines differ, sorted; without an earlier one, all of the later one came. */
export function baselineDifferences(before: Entries | undefined, now: Entries): EntryDifference[] {
  const earlier = before?.entries ?? new Map<string, BaselineEntry>();
  const keys = [...new Set([...earlier.keys(), ...now.entries.keys()])].sort();
  return keys.flatMap((key) => entryDifference(key, earlier.get(key), now.entries.get(key)));
}

function entryDifference(
  key: string,
  before: BaselineEntry | undefined,
  now: BaselineEntry | undefined,
): EntryDifference[] {
  const isOther = before !== undefined && now !== undefined && !isSameResource(before, now);
  const [old, fresh] = [before?.values ?? NONE, now?.values ?? NONE];
  const added = [...fresh.keys()].filter((path) => !old.has(path));
  const removed = [...old.keys()].filter((path) => !fresh.has(path));
  const changed = [...fresh].flatMap(([path, value]) =>
    old.has(path) && !sameContent(old.get(path), value) ? [path] : [],
  );
  const lists = { added: added.sort(), removed: removed.sort(), changed: changed.sort(), isOther };
  if (before === undefined) return [{ key, change: 'added', ...lists }];
  if (now === undefined) return [{ key, change: 'removed', ...lists }];
  const isSame = !isOther && added.length + removed.length + changed.length === 0;
  return isSame ? [] : [{ key, change: 'changed', ...lists }];
}

const NONE: BaselineEntry['values'] = new Map();

function isSameResource(one: BaselineEntry, other: BaselineEntry): boolean {
  return one.type === other.type && one.physicalId === other.physicalId;
}
