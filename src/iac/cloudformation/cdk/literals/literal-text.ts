/** A value as a literal like another: in its kind, with its quotes. Undefined where it is of another kind. */
export function literalText(value: unknown, like: string | number | boolean, text: string): string | undefined {
  switch (typeof like) {
    case 'number': {
      const number = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? String(number) : undefined;
    }
    case 'boolean': {
      const word = String(value);
      return word === 'true' || word === 'false' ? word : undefined;
    }
    default:
      return typeof value === 'object' || value === undefined ? undefined : quoted(String(value), text.charAt(0));
  }
}

/** A text in quotes of a kind: `'`, `"` or a backtick. */
function quoted(value: string, quote: string): string {
  const inner = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${quote === '`' ? inner.replaceAll('${', '\\${') : inner}${quote}`;
}
