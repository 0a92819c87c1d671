import { createHash } from 'node:crypto';

/** A text that two values share exactly when they are the same, whatever the order of keys. */
export function contentText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(contentText).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${contentText(each)}`).join()}}`;
}

/** A short name for a value, the same on every machine: it names a set's element wherever it stands. */
export function contentName(value: unknown): string {
  return createHash('sha256').update(contentText(value)).digest('hex').slice(0, 8);
}
