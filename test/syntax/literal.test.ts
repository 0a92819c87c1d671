import { expect, test } from '@jest/globals';
import { otherReadings, readNumber, readPlain } from '../../src/syntax/literal.js';

test.each<[string, string[]]>([
  ['0b101', ['5']],
  ['-0b101', ['-5']],
  ['0b1_0', ['2']],
  ['0o17', ['15']],
  ['-0o17', ['-15']],
  ['0x1F', ['31']],
  ['0X1f', ['31']],
  ['+0x1F', ['31']],
  ['017', ['15', '17']],
  ['08', ['8']],
  ['1:30', ['90']],
  ['1:00:01', ['3601']],
  ['1e3', ['1000']],
  ['1.50', ['1.5']],
  ['1_000', ['1000']],
  ['-1.0', ['-1']],
  ['1.2.3', []],
  ['yes', []],
  ['0b102', ['2']],
])('%s may also be read as %j', (text, readings) => {
  expect(otherReadings(text)).toEqual(readings);
});

const WORDS: Record<string, boolean> = { true: true, yes: true, on: true, false: false, no: false, off: false };
test.each(
  Object.entries(WORDS).flatMap(([word, value]) => {
    const capitalised = `${word[0]?.toUpperCase()}${word.slice(1)}`;
    return [word, word.toUpperCase(), capitalised].map((text) => [text, value] as const);
  }),
)('%s is the boolean %s', (text, value) => {
  expect(readPlain(text)).toEqual(text === String(value) ? { value } : { value, text });
});

test.each(['', '~', 'null', 'Null', 'NULL'])('%j is null', (text) => expect(readPlain(text)).toEqual({ value: null }));

test.each(['y', 'n', 'tRUE', 'nUll', '2026-01-01', '1.2.3', 'yes please', '0x', '.', '-', '1e', 'Infinity'])(
  '%s is a text',
  (text) => expect(readPlain(text)).toEqual({ value: text }),
);

test.each(['0b101', '0o17', '0x1F', '017', '1:30', '1e3', '1_000', '+0x1F', '1.5E-3', '08'])(
  '%s is a text that may be a number',
  (text) => expect(readPlain(text)).toEqual({ value: text, text }),
);

test.each<[string, number]>([
  ['0', 0],
  ['10', 10],
  ['-1', -1],
  ['1.5', 1.5],
])('%s is a number', (text, value) => expect(readPlain(text)).toEqual({ value }));

test.each<[string, number]>([
  ['+1', 1],
  ['1.0', 1],
  ['1.', 1],
  ['.5', 0.5],
])('%s is a number that is written otherwise', (text, value) => expect(readPlain(text)).toEqual({ value, text }));

test.each<[string, string | number]>([
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', '9007199254740992'],
  ['-9007199254740992', '-9007199254740992'],
  ['1'.repeat(400), '1'.repeat(400)],
])('%s is held by a double, or stays text', (text, value) => {
  expect(readNumber(text).value).toBe(value);
});
