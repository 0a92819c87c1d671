/** What stands for what XML 1.0 can't have or would read as its own. All else has been made visible before. */
const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\uFFFE': '\\ufffe',
  '\uFFFF': '\\uffff',
};

/** An element as text. Its children are elements or texts; the texts hold no control characters but line breaks. */
export function element(
  name: string,
  attributes: Record<string, string | number>,
  children: readonly (string | { text: string })[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value), true)}"`);
  const open = `<${name}${written.join('')}`;
  if (children.length === 0) return `${open}/>`;
  const [first] = children;
  if (typeof first === 'object') return `${open}>${escaped(first.text, false)}</${name}>`;
  return `${open}>\n${children.join('\n')}\n</${name}>`;
}

/** In attributes, line breaks would become blanks. */
function escaped(text: string, isAttribute: boolean): string {
  const pattern = isAttribute ? /[&<>"\n\uFFFE\uFFFF]/g : /[&<>\uFFFE\uFFFF]/g;
  return text.replace(pattern, (character) => ESCAPES[character] ?? character);
}
