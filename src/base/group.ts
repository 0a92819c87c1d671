/** Groups in order of first occurrence. (`Map.groupBy` needs Node 21.) */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What tells stacks apart: the same name occurs in several accounts and regions. */
export function stackKey(of: { account: string | null; region: string; stack: string }): string {
  return JSON.stringify([of.account, of.region, of.stack]);
}
