/** Property paths are RFC 6901 JSON Pointers: '' is the whole, '/Tags/0/Value' a leaf. */

/** Appends one key or index to a pointer, escaping `~` and `/`. */
export function child(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Splits a pointer into its unescaped keys. `''` gives `[]`. */
export function segments(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Builds a pointer from unescaped keys. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.reduce<string>((pointer, key) => child(pointer, key), '');
}

/** Whether one path is the other or leads to it. */
export function touches(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
