import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DIALECT } from '../../../src/iac/cloudformation/template/dialect.js';
import { readAnyYaml } from '../../../src/syntax/edit/read-yaml.js';
import { parseAnyYaml } from '../../../src/syntax/parse-yaml.js';
import { nodeOf } from '../../../src/syntax/plain/nodes.js';
import { readPlainYaml } from '../../../src/syntax/plain/read-plain.js';
import { createSource } from '../../../src/syntax/source.js';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const TEXTS = ['demo', 'demo/templates', 'templates', 'moto/templates'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((file) => /\.(?:ya?ml|template)$/.test(file))
    .map((file) => [`${folder}/${file}`, readFileSync(join(FIXTURES, folder, file), 'utf8')] as const),
);

/** Holds that a text comes to what the library makes of it, places and all, where it is read without it. */
function agrees(text: string): boolean {
  const tree = readPlainYaml(text);
  if (tree === undefined) return false;
  expect({ text, tree }).toEqual({ text, tree: readAnyYaml(text) });
  const node = nodeOf(tree, DIALECT);
  if (node === undefined) return false;
  expect({ text, node, problems: [] }).toEqual({ text, ...parseAnyYaml(createSource('template.yaml', text), DIALECT) });
  return true;
}

test('what people write in is read without the library, which would take many times as long', () => {
  const plain = TEXTS.filter(([, text]) => agrees(text)).map(([name]) => name);
  const demo = TEXTS.map(([name]) => name).filter((name) => name.startsWith('demo/templates/'));
  expect(plain).toEqual(expect.arrayContaining([...demo, 'templates/nested.yml', 'templates/long-form.yaml']));
});

test.each([
  'A: 1\nB: { C: [a, "b", \'c\'], }\n',
  'A: !If [x, !Ref B, !Sub "c"] # why\n',
  'A: !If\n  - x\n  - Ref: B\n  -   - y\n      - z\n  - - k: v\n      l: w\n',
  'A:\n- x\n- y\nB: |\n  one\n\n    two\n\nC: !Sub |-\n  three\n',
  '# top\n---\nA:\n  B: >\n    one\n    two\n\n    three\n  # below\n  C: -1\n# end\n\n',
  'A: "\\u00e9\\n\\"" \n"B c": it\'s #1\nC: a:b\n',
  'A: {"k":[\n    1,\n    2\n  ]}\n',
])('%j is read as the library reads it', (text) => expect(agrees(text)).toBe(true));

test.each([
  ['an anchor', 'A: &a 1\n'],
  ['an alias', 'A: *a\n'],
  ['merged maps', 'A: { <<: { B: 1 } }\n'],
  ['a merged map', 'A:\n  <<: { B: 1 }\n'],
  ['an empty value', 'A:\n'],
  ['an empty item', 'A:\n  -\n  - 1\n'],
  ['an empty member', 'A: { B, C: 1 }\n'],
  ['a text of two lines', 'A: one\n  two\n'],
  ['quotes of two lines', 'A: "one\n  two"\n'],
  ['an escape of YAML alone', 'A: "\\x41"\n'],
  ['a tab', 'A:\t1\n'],
  ['a carriage return', 'A: 1\r\n'],
  ['a byte order mark', '\ufeffA: 1\n'],
  ['an unknown tag', 'A: !Reff B\n'],
  ["YAML's own tag", 'A: !!str 1\n'],
  ['a tag before a key', '!Ref A: 1\n'],
  ['an explicit key', '? A\n: 1\n'],
  ['a key in a value', 'A: B: 1\n'],
  ['a pair in a list', 'A: [B: 1]\n'],
  ['a second document', 'A: 1\n---\nB: 2\n'],
  ['the end of a document', 'A: 1\n...\n'],
  ['a directive', '%YAML 1.1\n---\nA: 1\n'],
  ['an indentation that is told', 'A: |2\n   x\n'],
  ['kept line breaks', 'A: |+\n  x\n\n'],
  ['an uneven indentation', 'A:\n    B: 1\n  C: 2\n'],
  ['brackets at the margin', 'A:\n  B: [\n  x ]\n'],
  ['brackets that nobody closes', 'A: [x\n'],
  ['a comment in brackets', 'A: [x, # y\n  z]\n'],
  ['a comment that ends a map', 'A:\n  B: 1\n  # C: 2\nD: 3\n'],
  ['a comment that ends the text, indented', 'A: 1\n  # B: 2\n'],
  ['a list alone', '- A\n'],
  ['nothing', '# A\n'],
])('%s is left to the library', (_, text) => expect(agrees(text)).toBe(false));

test('a text as long as the library may have to refuse is left to it', () => {
  const text = (length: number) => `A: ${'x'.repeat(length - 4)}\n`;
  expect(readPlainYaml(text(200_000))).toBeDefined();
  expect(readPlainYaml(text(200_001))).toBeUndefined();
});

test.each([
  [
    'maps',
    (depth: number) =>
      Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}k:`)
        .join('\n')
        .concat(' 1\n'),
  ],
  ['brackets', (depth: number) => `k: ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}\n`],
])('%s that are deeper than 50 levels are left to the library', (_, nested) => {
  expect(agrees(nested(50))).toBe(true);
  expect(agrees(nested(51))).toBe(false);
});

/** Pieces that mean something somewhere. */
const PIECES = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    ':',
    ': ',
    '- ',
    '-',
    '#',
    ' # c',
    '\n  # c\n',
    '\n# c\n',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
  ],
  ...[
    '|',
    '|-\n',
    '>',
    '!Ref ',
    '!If\n',
    '!',
    '? ',
    '&a ',
    '*a',
    '---\n',
    '...\n',
    '\\',
    '<<: ',
    '%',
    '~',
    '@',
    '0',
    'k: v',
  ],
  ...['\n    x', '\n  - x', '\n- x', '[]', '{}', '""', ', ', '- - x', '|\n      t\n', '>-\n  t\n  s\n', '\n k: v'],
];

test('of 2,000 texts that are almost right each is read as the library reads it, or left to it', () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
    piece: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, fc.constant('')),
  });
  const window = fc.record({
    text: fc.constantFrom(...TEXTS.map(([, text]) => text)),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.integer({ min: 2, max: 14 }),
  });
  let plain = 0;
  fc.assert(
    fc.property(window, fc.array(change, { maxLength: 4 }), ({ text, from, count }, changes) => {
      const cut = changes.reduce(
        (changed, { at, cut: length, piece }) => {
          const place = Math.floor(at * changed.length);
          return changed.slice(0, place) + piece + changed.slice(place + length);
        },
        linesOf(text, from, count),
      );
      if (agrees(cut)) plain += 1;
    }),
    { numRuns: 2000, seed: 1 },
  );
  expect(plain).toBeGreaterThan(200);
});

/** Some lines of a text, as far to the left as they go. */
function linesOf(text: string, from: number, count: number): string {
  const all = text.split('\n');
  const start = Math.floor(from * all.length);
  const lines = all.slice(start, start + count);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  return lines
    .map((line) => line.slice(Math.min(...indents, 80)))
    .join('\n')
    .concat('\n');
}
