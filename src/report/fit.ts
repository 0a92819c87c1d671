import { head } from '../base/clean.js';
import { textWidth } from '../base/width.js';

/** Less than this of a path says nothing. */
const LEAST_PATH = 16;

/**
 * A text of one line in at most `width` terminal columns. What is cut off leaves an ellipsis, and a cut is never inside of
 * `${…}`, since half a variable reads like another one.
 */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let length = Math.min(text.length, Math.max(0, width - 1));
  while (length > 0 && textWidth(head(text, length)) > width - 1) length -= 1;
  return `${beforeVariable(head(text, length)).trimEnd()}…`;
}

/** A path in at most `width` columns: the names in its middle give way, its end stays, since it tells most. */
export function fittedPath(path: string, width: number): string {
  const most = Math.max(LEAST_PATH, width);
  if (textWidth(path) <= most) return path;
  const names = path.split('/').slice(1);
  for (let from = 1; from < names.length; from += 1) {
    const shown = `/…/${names.slice(from).join('/')}`;
    if (textWidth(shown) <= most) return shown;
  }
  return fitted(path, most);
}

/** A text without the beginning of a `${…}` that was cut in two. */
export function beforeVariable(text: string): string {
  const open = text.lastIndexOf('${');
  if (open !== -1 && !text.includes('}', open)) return text.slice(0, open);
  return text.endsWith('$') ? text.slice(0, -1) : text;
}

/** Where a text may be cut so that what follows has no half of a `${…}`: at `from`, or behind the variable around it. */
export function afterVariable(text: string, from: number): number {
  const open = text.lastIndexOf('${', from);
  if (open === -1 || open === from) return from;
  const close = text.indexOf('}', open);
  return close >= from ? close + 1 : from;
}
