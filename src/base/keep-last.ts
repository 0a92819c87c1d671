/**
 * Keeps the values that were asked for last, in case they are asked for again; `weigh` says how much of `limit` the value
 * of a key takes. The very last one is kept whatever it weighs.
 */
export function keepLast<Key, Value>(
  limit: number,
  weigh: (key: Key) => number = () => 1,
): (key: Key, make: () => Value) => Value {
  const kept = new Map<Key, Value>();
  let weight = 0;

  function forget(key: Key): void {
    if (kept.delete(key)) weight -= weigh(key);
  }

  return (key, make) => {
    const value = kept.get(key) ?? make();
    // The last of the row is the last to go.
    forget(key);
    kept.set(key, value);
    weight += weigh(key);
    for (const oldest of kept.keys()) {
      if (weight <= limit || oldest === key) break;
      forget(oldest);
    }
    return value;
  };
}
