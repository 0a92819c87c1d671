/** Property paths are RFC 6901 JSON Pointers: '' is the whole, '/Tags/0/Value' a leaf. */

/** Appends one key or index to a pointer, escaping `~` and `/`. */
export function child(pointer: string, key: string | number): string {
  const text = String(key);
  // Few keys have anything to escape, and each step of a walk asks.
  return `${pointer}/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

/** Splits a pointer into its unescaped keys. `''` gives `[]`. */
export function segments(pointer: string): string[] {
  if (pointer === '') return [];
  const keys = pointer.slice(1).split('/');
  return pointer.includes('~') ? keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')) : keys;
}

/** Builds a pointer from unescaped keys. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.reduce<string>((pointer, key) => child(pointer, key), '');
}

/** Whether a path is another one or lies below it. */
export function isWithin(path: string, outer: string): boolean {
  return path.startsWith(outer) && (path.length === outer.length || path[outer.length] === '/');
}

/** Whether one path is the other or leads to it. */
export function touches(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** A path with `*` for each index, as schemas have it. */
export function withoutIndices(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/*');
}
