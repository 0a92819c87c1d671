import { createHash } from 'node:crypto';

/** A text that two values share exactly when they are the same, whatever the order of keys. */
export function contentText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(contentText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${contentText(each)}`).join()}}`;
}

/**
 * Whether two values are the same: alike in kind and text, with members of the same names whatever their order; numbers
 * by value, lists in order, and no member is not a member that is undefined. What stands for something unresolved is a
 * value like others, by its message. It agrees with `contentText`, and stops at the first place that differs.
 */
export function sameContent(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameContent(left[key], right[key]));
}

/** A short name for a value, the same on every machine: it names a set's element wherever it stands. */
export function contentName(value: unknown): string {
  return createHash('sha256').update(contentText(value)).digest('hex').slice(0, 8);
}
