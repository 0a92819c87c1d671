import stringWidth from 'string-width';

/** How many columns of a terminal a text takes; most texts are plain ASCII, of which that is known at once. */
export function textWidth(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}
