/**
 * A value as a text. Unlike `String`, it asks nothing of the value itself: an object from the cloud may well have a key
 * `toString`, `valueOf` or `toJSON`, which is none of ours to call.
 */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? '') : String(value);
}

/** A value as a number; what is no scalar is none. */
export function asNumber(value: unknown): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value);
}

/** A text with a capital at its beginning. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
