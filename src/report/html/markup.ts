import { clean, head } from '../../base/clean.js';

const MARKUP = Symbol('markup');
/** No text of a report takes more room than this: what is longer is cut, and says by how much. */
const LONGEST = 2000;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A piece of HTML. A value that was read from a file can't be one, whatever it holds. */
export interface Markup {
  readonly [MARKUP]: string;
}

type Part = Markup | string | number | undefined | readonly Part[];

/** HTML of a template: texts in it are cut, cleaned and escaped; what is undefined leaves nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = '';
  for (const [index, text] of texts.entries()) markup += text + render(parts[index]);
  return { [MARKUP]: markup };
}

/** HTML that was made here, as it is. */
export function trusted(text: string): Markup {
  return { [MARKUP]: text };
}

export function textOf(markup: Markup): string {
  return markup[MARKUP];
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return plain(part).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  if (typeof part === 'number') return String(part);
  return MARKUP in part ? part[MARKUP] : part.map(render).join('');
}

/** A text for people: at most about `longest` characters, and whatever can't be seen as an escape. */
export function plain(text: string, longest = LONGEST): string {
  if (text.length <= longest) return clean(text);
  const kept = head(text, longest);
  return `${clean(kept)}… (+${text.length - kept.length} characters)`;
}

/** A message of several lines. */
export function lines(message: string): Markup {
  const [first = '', ...rest] = message.slice(0, LONGEST).split(/\r?\n/);
  const cut = message.length > LONGEST ? `… (+${message.length - LONGEST} characters)` : '';
  return html`${first}${rest.map((line) => html`<br>${line}`)}${cut}`;
}

/** JSON that can stand in a `script` element: nothing in it ends the element or a line. */
export function embedded(value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return trusted(json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'));
}
