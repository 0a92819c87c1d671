import { describe, expect, test } from '@jest/globals';
import { DIALECT } from '../../../../src/iac/cloudformation/template/dialect.js';
import {
  MAX_ITEMS,
  MAX_MADE_CHARACTERS,
  MAX_PARAMETERS,
  MAX_RESOURCES,
} from '../../../../src/iac/cloudformation/template/limits.js';
import { MAX_DEPTH, MAX_NODES } from '../../../../src/syntax/limits.js';
import { parseNode } from '../../../../src/syntax/parse.js';
import { createSource } from '../../../../src/syntax/source.js';
import { evaluateText } from '../../../support/evaluate.js';

const topic = (name: string) => `Resources:\n  T: { Type: AWS::SNS::Topic, Properties: { DisplayName: ${name} } }\n`;
const repeat = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index));

/** Each bound: a text for a size, the largest size that is taken, and what is said of one more. */
const BOUNDS: [string, (size: number) => string, number, RegExp][] = [
  [
    'items of Fn::Split',
    (size) => topic(`!Select [0, !Split [",", "${','.repeat(size - 1)}"]]`),
    MAX_ITEMS,
    /^t\.yaml:2:\d+: Fn::Split makes more than 20000 items/,
  ],
  [
    'pieces of Fn::Join',
    (size) => topic(`!Join ["", [${repeat(size, () => 'a').join()}]]`),
    MAX_ITEMS,
    /^t\.yaml:2:\d+: Fn::Join puts together more than 20000 pieces/,
  ],
  [
    'parameters',
    (size) => `Parameters:\n${repeat(size, (n) => `  P${n}: { Type: String, Default: a }\n`).join('')}${topic('a')}`,
    MAX_PARAMETERS,
    /^t\.yaml:1002:3: Parameters has more than 1000 members/,
  ],
  [
    'resources',
    (size) => `Resources:\n${repeat(size, (n) => `  T${n}: { Type: AWS::SNS::Topic }\n`).join('')}`,
    MAX_RESOURCES,
    /^t\.yaml:5002:3: Resources has more than 5000 members/,
  ],
  [
    'characters that functions make',
    (size) =>
      `Parameters: { P: { Type: String, Default: ${'a'.repeat(4000)} } }\n${topic(`!Join ["", [${repeat(size, () => '!Ref P').join()}]]`)}`,
    MAX_MADE_CHARACTERS / 4000,
    /^t\.yaml:3:\d+: the template evaluates to more than 20000000 characters/,
  ],
];

describe('what is made of a template is bounded, with file and line', () => {
  test.each(BOUNDS)('%s', (_, text, most, message) => {
    expect(() => evaluateText(text(most), { path: 't.yaml' })).not.toThrow();
    expect(() => evaluateText(text(most + 1), { path: 't.yaml' })).toThrow(message);
  });
});

const nested = (depth: number) => `${'['.repeat(depth)}a${']'.repeat(depth)}`;
const read = (path: string, text: string) => () => parseNode(createSource(path, text), 'config', DIALECT);

/** The same of what is parsed. */
const PARSED: [string, string, (size: number) => string, number, RegExp][] = [
  [
    'depth of dashes',
    'c.yaml',
    (size) => `${'- '.repeat(size)}a`,
    MAX_DEPTH,
    /^c\.yaml:1:\d+: nested deeper than 200 levels/,
  ],
  [
    'depth of brackets',
    'c.yaml',
    (size) => `a: ${nested(size - 1)}`,
    MAX_DEPTH,
    /^c\.yaml:1:\d+: nested deeper than 200 levels/,
  ],
  [
    'depth of JSON',
    'c.json',
    (size) => nested(size).replace('a', '1'),
    MAX_DEPTH,
    /^c\.json:1:\d+: nested deeper than 200 levels/,
  ],
  [
    'values of JSON',
    'c.json',
    (size) => `[1${',1'.repeat(size - 1)}]`,
    MAX_NODES,
    /^c\.json:1:\d+: more than 500000 values/,
  ],
];

describe('what is parsed is bounded, with file and line', () => {
  test.each(PARSED)('%s', (_, path, text, most, message) => {
    expect(read(path, text(most))).not.toThrow();
    expect(read(path, text(most + 1))).toThrow(message);
  });

  test.each([
    ['- ', 'dashes'],
    ['? ', 'question marks'],
    ['[', 'brackets'],
    ['{a: ', 'braces'],
  ])('100,000 levels of "%s" are refused before they are composed', (open) => {
    expect(read('c.yaml', `a:\n  ${open.repeat(100_000)}`)).toThrow(/nested deeper than 200 levels/);
  });

  test('words, signs and line breaks of YAML', () => {
    const list = (items: number) => `a: [${'a,'.repeat(items)}a]`;
    expect(read('c.yaml', list(100_000))).not.toThrow();
    expect(read('c.yaml', list(250_000))).toThrow(/^c\.yaml:1:\d+: more than 400000 words/);
  });

  test('entries that merge keys copy', () => {
    const map = `{${repeat(2000, (n) => `k${n}: 1`).join()}}`;
    const merged = (times: number) => `a: &a ${map}\n${repeat(times, (n) => `b${n}: { <<: *a }\n`).join('')}`;
    expect(read('c.yaml', merged(100))).not.toThrow();
    expect(read('c.yaml', merged(150))).toThrow(/^c\.yaml:1:1: aliases expand this to more than 500000 values/);
  });

  test('JSON that is nothing but errors', () => {
    expect(read('c.json', `{"a": [${'x '.repeat(100_000)}]}`)).toThrow(
      /^c\.json:1:8: JSON not well-formed: invalid symbol\n.*fix this one first.*$/,
    );
  });
});
