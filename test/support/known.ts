import type { Json } from '../../src/base/json.js';
import { isUnresolved, type Plain } from '../../src/value/value.js';

/** Without what can't be known here. */
export function known(value: Plain): Json | undefined {
  if (isUnresolved(value)) return undefined;
  if (Array.isArray(value)) return value.flatMap((item) => known(item) ?? []);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const inner = known(item);
      return inner === undefined ? [] : [[key, inner] as const];
    }),
  );
}
