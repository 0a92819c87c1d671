import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../src/base/errors.js';
import { DIALECT } from '../../../src/iac/cloudformation/template/dialect.js';
import { applyEdits } from '../../../src/syntax/edit/apply-edits.js';
import { openDocument } from '../../../src/syntax/edit/document.js';
import { createSource, type Range } from '../../../src/syntax/source.js';
import type { Change } from './model.js';
import { at, edited, open, type Path } from './operations.js';

const set = (range: Range): Change => ({ kind: 'set', at: range, value: 'new' });
const remove = (range: Range): Change => ({ kind: 'remove', at: range });
const entry = (range: Range): Change => ({ kind: 'insertEntry', at: range, key: 'x', value: 1 });

describe('refused', () => {
  test.each<[string, string, Path, (range: Range) => Change, RegExp]>([
    ['a block with an indentation indicator', 'a: |2\n   x\n', ['a'], set, /indentation indicator/],
    ['removing an anchor that is used', 'a: &x 1\nb: *x\n', ['a'], remove, /aliases elsewhere use the anchor &x/],
    ['removing what holds one', 'a:\n  c: &x 1\n  d: 2\nb: *x\n', ['a'], remove, /anchor &x/],
    ['replacing what holds one', 'a: [&x 1]\nb: *x\n', ['a'], set, /anchor &x/],
    ['a text for what is merged', 'a: &x {b: 1}\nc:\n  <<: *x\n', ['a'], set, /merged into other maps/],
    ['an anchor that is a key', 'a: &x b\nc: {*x : 1}\n', ['a'], set, /also used as a key/],
    ['the value of a merge key', 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n', ['c', 'b'], set, /merge key/],
    ['removing a merged entry', 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n', ['c', 'b'], remove, /merge key/],
    [
      'removing what would be merged then',
      'a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n',
      ['c', 'b'],
      remove,
      /bring the key b back/,
    ],
    ['removing one of two keys', 'a: 1\nb: 2\na: 3\n', ['a'], remove, /key a is there more than once/],
    ['removing what a question mark begins', '? a\n: 1\nb: 2\n', ['a'], remove, /question mark/],
    ['removing the argument of a call', 'a: !Sub x\n', ['a', 'Fn::Sub'], remove, /argument of !Sub/],
    ['adding an entry to a call', 'a: !Sub x\n', ['a'], entry, /no map/],
    ['adding a key that is there', 'a: {x: 2}\n', ['a'], entry, /key x is already there/],
    ['adding an entry to a list', 'a: []\n', ['a'], entry, /no map/],
    ['adding an entry to an alias', 'a: &x {b: 1}\nc: *x\n', ['c'], entry, /no map/],
  ])('%s', (_, text, path, change, reason) => {
    expect(edited(text, path, change)).toMatch(reason);
  });

  test('a key that a later one hides', () => {
    expect(open('a: 1\na: 2\n').document.set({ start: 3, end: 4 }, 5).refused).toMatch(/once more below/);
  });

  test('a range at which nothing stands', () => {
    const { document } = open('a: 1\n');
    expect(document.set({ start: 0, end: 2 }, 1).refused).toMatch(/no value/);
    expect(document.remove({ start: 0, end: 2 }).refused).toMatch(/no element/);
    expect(document.remove({ start: 0, end: 5 }).refused).toMatch(/no element/);
    expect(document.insertItem({ start: 3, end: 4 }, 0, 1).refused).toMatch(/no list/);
  });
});

describe('not refused', () => {
  test.each<[string, string, Path, (range: Range) => Change, string]>([
    ['removing an alias', 'a: &x 1\nb: *x\nc: 2\n', ['b'], remove, 'a: &x 1\nc: 2\n'],
    ['removing an anchor with its aliases', 'a:\n  b: &x 1\n  c: *x\nd: 2\n', ['a'], remove, 'd: 2\n'],
    ['removing an anchor that is not used', 'a: &x 1\nb: 2\n', ['a'], remove, 'b: 2\n'],
    ['setting what a question mark begins', '? a\n: 1\nb: 2\n', ['a'], set, '? a\n: new\nb: 2\n'],
    ['setting what an anchor is on', 'a: &x [1, 2] # c\nb: *x\n', ['a'], set, 'a: &x new # c\nb: *x\n'],
  ])('%s', (_, text, path, change, after) => {
    expect(edited(text, path, change)).toBe(after);
  });
});

test('the decoded text of a scalar', () => {
  const { document, root } = open('a: "x\\ty"\nb: |\n  one\n  two\nc: !Sub \'${D}\'\ne: [1]\nf: &x z\ng: *x\n');
  expect(document.textOf(at(root, ['a']).range)).toBe('x\ty');
  expect(document.textOf(at(root, ['b']).range)).toBe('one\ntwo\n');
  expect(document.textOf(at(root, ['c', 'Fn::Sub']).range)).toBe('${D}');
  expect(document.textOf(at(root, ['e']).range)).toBeUndefined();
  expect(document.textOf(at(root, ['g']).range)).toBe('z');
  expect(document.textOf(at(root, ['g']).alias?.range ?? { start: 0, end: 0 })).toBeUndefined();
  expect(document.textOf({ start: 1, end: 2 })).toBeUndefined();
});

test('JSON inside of a text is a document of its own', () => {
  const text = 'a: |\n  {\n    "b": [1, 2],\n    "c": "x"\n  }\nz: 1\n';
  const outer = open(text);
  const range = at(outer.root, ['a']).range;
  const inner = open(outer.document.textOf(range) ?? '', 'a.json');
  const { edits = [] } = inner.document.set(at(inner.root, ['c']).range, 'y');
  const result = outer.document.set(range, applyEdits(inner.text, edits));
  expect(result.edits).toEqual([{ start: 26, end: 38, text: '    "c": "y"' }]);
});

test('setting what is there already changes nothing', () => {
  const { document, root } = open('a: |\n  x\n  y\n');
  expect(document.set(at(root, ['a']).range, 'x\ny\n')).toEqual({ edits: [] });
});

test('what is neither YAML nor JSON is a DriftError', () => {
  expect(() => openDocument(createSource('a.yaml', 'a: [}\n'), DIALECT)).toThrow(DriftError);
});

describe('applyEdits', () => {
  test('applies edits in any order', () => {
    const edits = [
      { start: 4, end: 5, text: 'X' },
      { start: 0, end: 1, text: '' },
      { start: 2, end: 2, text: '+' },
    ];
    expect(applyEdits('abcdef', edits)).toBe('b+cdXf');
  });

  test.each([
    [
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
    ],
    [[{ start: 5, end: 9, text: '' }]],
    [[{ start: 2, end: 1, text: '' }]],
  ])('throws where they overlap or lie outside: %j', (edits) => {
    expect(() => applyEdits('abcdef', edits)).toThrow(RangeError);
  });
});
