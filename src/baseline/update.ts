import type { Json } from '../base/json.js';
import { type BaselineEntry, entryKey } from './baseline.js';

/** A resource that was read whole, with what is live and undeclared of it. */
export interface AcceptedResource {
  logicalId: string;
  type: string;
  physicalId: string;
  values: ReadonlyMap<string, Json>;
}

/** A stack that was scanned. */
export interface ReadStack {
  account: string | null;
  region: string;
  /** Of a nested stack the path from its root. */
  stack: string;
  /** The logical IDs of all its resources, read or not. */
  declared: ReadonlySet<string>;
  accepted: readonly AcceptedResource[];
}

/**
 * A baseline's entries after reading some stacks: what was read whole has an entry of what is there now, what could not
 * be read keeps its own, and what a stack no longer has is dropped. Other stacks stay as they were.
 */
export function updatedEntries(
  before: ReadonlyMap<string, BaselineEntry>,
  stacks: readonly ReadStack[],
): Map<string, BaselineEntry> {
  const entries = new Map(before);
  const read = new Map(
    stacks.flatMap((stack) => accountsOf(stack).map((account) => [prefixOf({ ...stack, account }), stack])),
  );
  for (const key of before.keys()) {
    const end = key.lastIndexOf('/') + 1;
    const stack = read.get(key.slice(0, end));
    if (stack !== undefined && !stack.declared.has(key.slice(end))) entries.delete(key);
  }
  for (const stack of stacks) {
    for (const { logicalId, ...entry } of stack.accepted) {
      // Written where the account was not known; now it is.
      entries.delete(entryKey({ ...stack, account: null, logicalId }));
      entries.set(entryKey({ ...stack, logicalId }), entry);
    }
  }
  return entries;
}

function accountsOf({ account }: ReadStack): (string | null)[] {
  return account === null ? [null] : [account, null];
}

function prefixOf(stack: Pick<ReadStack, 'account' | 'region' | 'stack'>): string {
  return entryKey({ ...stack, logicalId: '' });
}
