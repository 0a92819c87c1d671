/** A scalar as CloudFormation reads it; `text` where readers disagree or where the text says more than the value. */
export interface Literal {
  value: string | number | boolean | null;
  text?: string;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map(
  ['true', 'yes', 'on', 'false', 'no', 'off'].flatMap((word, index) =>
    [word, word.toUpperCase(), `${word[0]?.toUpperCase()}${word.slice(1)}`].map((text): [string, boolean] => [
      text,
      index < 3,
    ]),
  ),
);

const DECIMAL = /^[-+]?(?:0|[1-9]\d*)(?:\.\d*)?$|^[-+]?\.\d+$/;
/** Octal, hexadecimal, binary, sexagesimal, with underscores or an exponent: YAML 1.1 and 1.2 and JSON disagree. */
const ODD_NUMBER =
  /^[-+]?(?:0[0-7_]+|0\d+|0o[0-7]+|0x[\da-fA-F_]+|0b[01_]+|\d[\d_]*(?::[0-5]?\d)+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?)$/;

/**
 * Reads a plain YAML scalar as CloudFormation does: `yes`, `no`, `on` and `off` are booleans, dates and single letters are
 * strings. Numbers that readers disagree on stay text.
 */
export function readPlain(text: string): Literal {
  if (text === '' || /^(?:~|null|Null|NULL)$/.test(text)) return { value: null };
  const truth = BOOLEANS.get(text);
  if (truth !== undefined) return String(truth) === text ? { value: truth } : { value: truth, text };
  if (DECIMAL.test(text)) return readNumber(text);
  return ODD_NUMBER.test(text) ? { value: text, text } : { value: text };
}

/** Reads a decimal number; one that a double can't hold stays text. */
export function readNumber(text: string): Literal {
  const value = Number(text);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    return { value: text, text };
  return String(value) === text ? { value } : { value, text };
}

/** The texts by which a number-like literal may also be known: YAML 1.1's reading and the decimal one. */
export function otherReadings(text: string): string[] {
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const readings: number[] = [];
  if (/^0[0-7]+$/.test(digits)) readings.push(Number.parseInt(digits, 8));
  if (/^0[xX]/.test(digits)) readings.push(Number.parseInt(digits, 16));
  if (/^0o/.test(digits)) readings.push(Number.parseInt(digits.slice(2), 8));
  if (/^0b/.test(digits)) readings.push(Number.parseInt(digits.slice(2), 2));
  if (/^\d+(?::\d+)+$/.test(digits)) readings.push(digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  if (/^\d[\d.]*(?:[eE][-+]?\d+)?$/.test(digits)) readings.push(Number(digits));
  return readings.filter(Number.isFinite).map((reading) => sign + String(reading));
}
