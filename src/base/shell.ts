/**
 * A command as text that a POSIX shell reads as exactly these words: whatever is not plainly harmless is put in single
 * quotes (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02). Control characters, which
 * a terminal may act on when such a text is pasted, are left out.
 */
export function shellCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Whether a word would be another one in a command, without what is left out there. */
export function hasUnsafe(word: string): boolean {
  return word.search(UNSAFE) !== -1;
}

function quoted(word: string): string {
  const text = word.replace(UNSAFE, '');
  // A tilde or an equals sign at the beginning means something to some shells.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The words of a command as `shellCommand` writes it; undefined for one that is written otherwise. */
export function shellWords(command: string): string[] | undefined {
  const words: string[] = [];
  const word = /(?:[\w@%+=:,./-]|'[^']*'|\\')+(?: |$)/y;
  while (word.lastIndex < command.length) {
    const [text] = word.exec(command) ?? [];
    if (text === undefined) return undefined;
    words.push(text.replace(/ $/, '').replace(/'([^']*)'|\\'/g, (_, inner: string | undefined) => inner ?? "'"));
  }
  return words;
}
