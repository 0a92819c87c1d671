/**
 * A word in which nothing can be taken for Markdown, HTML, a mention, a reference or a link, wherever it stands: letters,
 * digits and harmless marks, without `www.`, commits and references (`PROJ-12`).
 */
const HARMLESS = /^(?!.*(?:www\.|-\d|[0-9a-f]{7}))["'(]*[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N},.;'")%/!?-]*:?$|^[&–—→]$/iu;

/** Prose of unknown origin, in one line: its words as they are where that is harmless, and as code otherwise. */
export function prose(text: string): string {
  const words = text.split(' ').filter((word) => word !== '');
  return words.map((word) => (HARMLESS.test(word) ? word : code(word))).join(' ');
}

/** One line of any text as code: in it nothing means anything but itself. */
export function code(text: string): string {
  if (text.trim() === '') return '`""`';
  const ticks = '`'.repeat(longestRun(text) + 1);
  const isOpen = /^[` ]|[` ]$/.test(text);
  return isOpen ? `${ticks} ${text} ${ticks}` : ticks + text + ticks;
}

/** The same for a cell of a table, in which pipes end the cell even inside code. */
export function cellCode(text: string): string {
  // Readers disagree about what a backslash before an escaped pipe means.
  return code(text).replace(/\\?\|/g, (found) => (found === '|' ? '\\|' : '\\\\x7c'));
}

/** Lines as a fenced block; none of them can end it. */
export function fenced(language: string, lines: readonly string[]): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [ticks + language, ...lines, ticks].join('\n');
}

/** The length of the longest run of backticks. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** Code for places where HTML is read, and Markdown is not. */
export function htmlCode(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<code>${escaped}</code>`;
}
