/** Characters that JSON lets stand as they are, but that hide or reorder text where the file is looked at. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu;
/** Where some of them may be: all that is not ASCII. It is the faster search. */
const SUSPECT = /[\x7f-\uffff]+/g;

/** A value as JSON with a final newline, such that reading the file shows what it says; in one line with `indent` 0. */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  return `${text.replace(SUSPECT, (characters) => characters.replace(INVISIBLE, escapeUnits))}\n`;
}

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
