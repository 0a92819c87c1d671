import type { Problem } from './errors.js';

/** Problems of one file in the order of their places, as a person works through them. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
}
