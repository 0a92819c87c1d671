/** Starts what a key stands for the first time it is asked for, and gives the same promise from then on. */
export function once<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  start: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const started = start();
  cache.set(key, started);
  return started;
}
