import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anyCharacter } from '../../support/any-character.js';
import { at, change, open } from './operations.js';

const TEXTS = [
  ...['yes', 'on', 'y', 'N', 'True', 'off', 'null', '~', '', ' ', 'NULL', '<<', '='],
  ...[
    '012345678901',
    '0o17',
    '0x1F',
    '0b11',
    '1e3',
    '1E-3',
    'e8',
    '-E0',
    '1_000',
    '4',
    '4.0',
    '.5',
    '-1',
    '+1',
    '1.',
    '-',
    '.',
    '--',
  ],
  ...[
    '2012-10-17',
    '2001-12-14t21:59:43.10-05:00',
    '12:30:45',
    '190:20:30.15',
    '.inf',
    '-.Inf',
    '.nan',
    '1.2.3',
    '10.0.0.1',
  ],
  ...[
    '- x',
    '-x',
    '--flag',
    '---',
    '...',
    '--- a',
    '? a',
    '?a',
    ': a',
    ':a',
    'a: b',
    'a:',
    'a:b',
    'a::b',
    '#c',
    'a #c',
    'a#c',
  ],
  ...[
    '[a]',
    '{a}',
    'a,b',
    'a, b',
    '${A}',
    'a]',
    '!Ref x',
    '!x',
    '&a',
    '*a',
    '|',
    '>',
    '|-',
    '%a',
    '@a',
    '`a`',
    "'",
    '"',
    '\\',
  ],
  ...[
    "it's",
    'say "no"',
    'C:\\temp\\new',
    'a\\nb',
    'it\'s "so"',
    ' a',
    'a ',
    '\ta',
    'a\tb',
    'a  b',
    'a\u00a0',
    '\u00a0',
  ],
  ...[
    'first\nsecond',
    'first\nsecond\n',
    'first\n\nsecond\n\n',
    '\n',
    '\na',
    ' a\nb',
    'a\n  b\nc',
    'a \nb',
    'a\r\nb',
    'a\n \nb',
    '# a\n- b: c',
  ],
  ...[
    '🎉',
    'a 🎉 b',
    'é',
    '監視',
    '\u0085',
    '\u2028',
    '\u2029a',
    '\ufeff',
    '\u0000',
    '\u0007bell',
    '\u007f',
    '\u009f',
    '\ud800',
    'a\udfffb',
  ],
  ...[
    'AWS::EC2::VPC',
    's3:*',
    '*',
    'cron(0 6 ? * MON-FRI *)',
    'rate(5 minutes)',
    'arn:aws:iam::123456789012:role/x',
    '{"a": 1}',
  ],
  ...['__proto__', '{{resolve:ssm:/a}}', 'key: [1, 2]', 'a'.repeat(300), `${'word '.repeat(60)}end`],
];

/** Where a text is written: into what stands there, and how it is found again. */
const PLACES: [string, string, (string | number)[]][] = [
  ['in place of a plain text', 'a: old # c\nz: 1\n', ['a']],
  ['in place of a text in single quotes', "a: 'old' # c\nz: 1\n", ['a']],
  ['in place of a text in double quotes', 'a: "old" # c\nz: 1\n', ['a']],
  ['in place of a literal block', 'a: |\n  old\n  text\nz: 1\n', ['a']],
  ['in place of a folded block', 'a: >-\n  old\n  text\n\nz: 1\n', ['a']],
  ['in place of nothing', 'a:\nz: 1\n', ['a']],
  ['in place of a map', 'a:\n  b: c\nz: 1\n', ['a']],
  ['in an element of a list', 'a:\n- old\n-   b\nz: 1\n', ['a', 0]],
  ['in brackets', 'a: [b, old, c]\nz: 1\n', ['a', 1]],
  ['in braces', 'a: {b: old, c: d}\nz: 1\n', ['a', 'b']],
  ['in braces without spaces', 'a: {"b":"old","c":"d"}\nz: 1\n', ['a', 'b']],
  ['in a file with carriage returns', 'a: |-\r\n  old\r\nz: 1\r\n', ['a']],
  ['in JSON', '{"a": "old"}', ['a']],
];

function read(text: string, version: '1.1' | '1.2', path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], parse(text, { version }));
}

function write(value: string, template: string, path: readonly (string | number)[]): string {
  const opened = open(template);
  const result = change(opened, { kind: 'set', at: at(opened.root, path).range, value });
  if (result.refused !== undefined) throw new Error(result.refused);
  return result.text;
}

describe.each(PLACES)('%s', (_, template, path) => {
  test('every text comes back under YAML 1.1 and 1.2', () => {
    for (const text of TEXTS) {
      const written = write(text, template, path);
      for (const version of ['1.1', '1.2'] as const)
        expect([written, read(written, version, path)]).toEqual([written, text]);
      expect(read(written, '1.2', ['z'])).toBe(template.includes('z: 1') ? 1 : undefined);
    }
  });

  test('so does any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const written = write(text, template, path);
        for (const version of ['1.1', '1.2'] as const) expect(read(written, version, path)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

test('keys are quoted where they would be read as something else', () => {
  for (const key of TEXTS.filter((text) => text !== '__proto__')) {
    for (const template of ['a:\n  b: c\n', 'a: {b: c}\n', '{"a": {"b": "c"}}']) {
      const opened = open(template);
      const result = change(opened, { kind: 'insertEntry', at: at(opened.root, ['a']).range, key, value: 'x' });
      if (result.refused !== undefined) throw new Error(result.refused);
      for (const version of ['1.1', '1.2'] as const) {
        const keys = [
          ...((parse(result.text, { version, mapAsMap: true }) as Map<string, Map<unknown, unknown>>)
            .get('a')
            ?.keys() ?? []),
        ];
        expect([result.text, keys]).toEqual([result.text, ['b', key]]);
      }
    }
  }
});

/** Texts of what confuses readers of YAML. */
function anyText(): fc.Arbitrary<string> {
  const pieces = [
    ...' \n\t-?:,[]{}#&*!|>\'"%@`~=<\\.0123456789eExobyYnN_+$aZ/é🎉\u0085\u2028',
    ': ',
    ' #',
    '- ',
    '\n  ',
    '\n\n',
  ];
  const grams = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
  return fc.oneof(grams, fc.string({ unit: anyCharacter, maxLength: 8 }), fc.constantFrom(...TEXTS));
}
