import { describe, expect, test } from '@jest/globals';
import { applyEdits } from '../../../src/syntax/edit/apply-edits.js';
import type { Written } from '../../../src/syntax/edit/written.js';
import { get } from '../../../src/syntax/node.js';
import { edited, open, perform } from './operations.js';

/** A document, the new value of `a`, and what becomes of it. */
type Row = [name: string, before: string, value: Written, after: string];

function check(_: string, before: string, value: Written, after: string): void {
  // What these literals' types become is the matter of the test: the meaning is not compared.
  const opened = open(before);
  const node = get(opened.root, 'a');
  if (!node) throw new Error('no a');
  const { edits, refused } = perform(opened.document, { kind: 'set', at: node.alias?.range ?? node.range, value });
  expect(refused ?? applyEdits(before, edits ?? [])).toBe(after);
}

describe('a scalar in place of a scalar', () => {
  test.each<Row>([
    ['keeps the comment', 'a: old # why\nb: 1\n', 'new', 'a: new # why\nb: 1\n'],
    ['keeps single quotes', "a: 'old'\n", "it's", "a: 'it''s'\n"],
    ['keeps double quotes', 'a: "old"\n', 'say "no"', 'a: "say \\"no\\""\n'],
    ['a quoted number stays quoted', 'a: "2"\n', 4, 'a: "4"\n'],
    ['a quoted boolean stays quoted', "a: 'false'\n", true, "a: 'true'\n"],
    ['a quoted text gives way to a number', 'a: "two"\n', 4, 'a: 4\n'],
    ['a number stays a number', 'a: 2\n', '4', 'a: 4\n'],
    ['a boolean stays a boolean', 'a: true\n', 'false', 'a: false\n'],
    ['a boolean keeps its case', 'a: True\n', false, 'a: False\n'],
    ['a boolean in capitals keeps them', 'a: TRUE\n', false, 'a: FALSE\n'],
    ['yes gives way to what all readers agree on', 'a: yes\n', false, 'a: false\n'],
    ['a text is quoted that looks like a number', 'a: old\n', '4', 'a: "4"\n'],
    ['a number gives way to a text of digits', 'a: 2\n', '012', 'a: "012"\n'],
    ['a version that would lose its zero is quoted', 'a: 15.10\n', '15.20', 'a: "15.20"\n'],
    ['a version that would not stays', 'a: 15.10\n', '15.11', 'a: 15.11\n'],
    ['a date is quoted', 'a: 2012-10-17\n', '2008-10-17', 'a: "2008-10-17"\n'],
    ['quotes are those of the document', "b: 'x'\nc: 'y'\na: old\n", 'yes', "b: 'x'\nc: 'y'\na: 'yes'\n"],
    ['quotes without escapes are preferred', 'a: old\n', '{"b": 1}', 'a: \'{"b": 1}\'\n'],
    ['a large number has no exponent', 'a: 1\n', 1e21, 'a: 1000000000000000000000\n'],
    ['a small number has no exponent', 'a: 1\n', 1.5e-7, 'a: 0.00000015\n'],
    ['null is written plainly', 'a: "x"\n', null, 'a: null\n'],
    ['several lines stay on one', 'a: old # why\n', 'b\nc', 'a: "b\\nc" # why\n'],
    ['a text of several lines becomes one', 'a: one\n  two\n  three # why\nb: 1\n', 'new', 'a: new # why\nb: 1\n'],
    ['below its key it stays there', 'a: # why\n  old # c\n', 'new', 'a: # why\n  new # c\n'],
    ['a wide gap stays', 'a:   old   # why\n', 'new', 'a:   new   # why\n'],
    ['nothing before', 'a:\nb: 1\n', 'new', 'a: new\nb: 1\n'],
    ['nothing before a comment', 'a: # why\nb: 1\n', 'new', 'a: new # why\nb: 1\n'],
    ['nothing before the end', 'b: 1\na:', 'new', 'b: 1\na: new'],
    ['an anchor stays', 'a: &x old\nb: *x\n', 'new', 'a: &x new\nb: *x\n'],
    ['an alias gets a value of its own', 'b: &x old\na: *x # why\n', 'new', 'b: &x old\na: new # why\n'],
    ['a tag of YAML stays', 'a: !!str 1.20\n', '1.30', 'a: !!str "1.30"\n'],
    ['a tag of YAML that does not fit goes', 'a: !!int 1 # why\n', 'new', 'a: new # why\n'],
    ['so does that of a map', 'a: !!map {b: 1}\n', 7, 'a: 7\n'],
    ['carriage returns stay', 'a: old\r\nb: 1\r\n', 'new', 'a: new\r\nb: 1\r\n'],
    ['a byte order mark stays', '\uFEFFa: old\n', 'new', '\uFEFFa: new\n'],
    ['the last line stays unfinished', 'a: old', 'new', 'a: new'],
    ['of several keys the last is set', 'a: 1\nb: 2\na: 3\n', 4, 'a: 1\nb: 2\na: 4\n'],
    ['an option', 'a: -Xmx1g\n', '-Xmx2g', 'a: -Xmx2g\n'],
  ])('%s', check);
});

describe('blocks of text', () => {
  test.each<Row>([
    [
      'only the changed line changes',
      'a: | # doc\n  {\n    "b": 1,\n    "c": 2\n  }\nz: 1\n',
      '{\n  "b": 1,\n  "c": 3\n}\n',
      'a: | # doc\n  {\n    "b": 1,\n    "c": 3\n  }\nz: 1\n',
    ],
    ['a line goes', 'a: |\n  one\n  two\n  three\nz: 1\n', 'one\nthree\n', 'a: |\n  one\n  three\nz: 1\n'],
    ['a line comes', 'a: |\n  one\n  three\nz: 1\n', 'one\ntwo\nthree\n', 'a: |\n  one\n  two\n  three\nz: 1\n'],
    ['a line comes at the end', 'a: |-\n  one', 'one\ntwo', 'a: |-\n  one\n  two'],
    ['the last line goes', 'a: |-\n  one\n  two\nz: 1\n', 'one', 'a: |-\n  one\nz: 1\n'],
    [
      'white space of other lines stays',
      'a: |\n  one\n \n     \n  two\n',
      'one\n\n   \nthree\n',
      'a: |\n  one\n \n     \n  three\n',
    ],
    ['chomping changes with the last line break', 'a: |\n  one\nz: 1\n', 'one', 'a: |-\n  one\nz: 1\n'],
    ['and back', 'a: |-\n  one\nz: 1\n', 'one\n', 'a: |\n  one\nz: 1\n'],
    ['kept line breaks stay kept', 'a: |+\n  one\n\nz: 1\n', 'two\n\n', 'a: |+\n  two\n\nz: 1\n'],
    ['empty lines at the end are kept by the header', 'a: |\n  one\nz: 1\n', 'one\n\n', 'a: |+\n  one\n\nz: 1\n'],
    ['empty lines below do not become text', 'a: |\n  one\n\nz: 1\n', 'one\n\n', 'a: "one\\n\\n"\n\nz: 1\n'],
    ['indentation of four', 'a: |\n    one\n      two\nz: 1\n', 'one\n  three\n', 'a: |\n    one\n      three\nz: 1\n'],
    ['carriage returns', 'a: |\r\n  one\r\n  two\r\nz: 1\r\n', 'one\nthree\n', 'a: |\r\n  one\r\n  three\r\nz: 1\r\n'],
    ['what needs an indicator is quoted', 'a: |\n  one\nz: 1\n', ' one\ntwo\n', 'a: " one\\ntwo\\n"\nz: 1\n'],
    ['what is not printable is quoted', 'a: |\n  one\nz: 1\n', 'o\u0007ne\n', 'a: "o\\u0007ne\\n"\nz: 1\n'],
    ['a number takes its place', 'a: | # why\n  one\n  two\nz: 1\n', 7, 'a: 7 # why\nz: 1\n'],
    ['a folded text becomes a quoted one', 'a: >- # why\n  one\n  two\n\nz: 1\n', 'new', 'a: "new" # why\n\nz: 1\n'],
    [
      'a folded text of several lines becomes literal',
      'a: >\n  one\n  two\nz: 1\n',
      'one\ntwo\n',
      'a: |\n  one\n  two\nz: 1\n',
    ],
    ['nothing becomes a literal block', 'a:\nz: 1\n', 'one\ntwo\n', 'a: |\n  one\n  two\nz: 1\n'],
    ['a tag stays', 'a: !Sub |\n  one\n  ${B}\nz: 1\n', 'one\n${C}\n', 'a: !Sub |\n  one\n  ${C}\nz: 1\n'],
  ])('%s', (name, before, value, after) => {
    if (!before.includes('!Sub')) return check(name, before, value, after);
    expect(edited(before, ['a', 'Fn::Sub'], (at) => ({ kind: 'set', at, value }))).toBe(after);
  });
});

describe('intrinsics', () => {
  test.each<Row>([
    ['a short one gives way', 'a: !Ref X # why\n', 'new', 'a: new # why\n'],
    ['a short one of several lines gives way', 'a: !If\n  - C\n  - x\n  - y\nb: 1\n', 'new', 'a: new\nb: 1\n'],
    ['a long one gives way, its comment stays', 'a:\n  Ref: X # why\nb: 1\n', 'new', 'a: new # why\nb: 1\n'],
    [
      'a long one of several lines',
      'a: # why\n  Fn::If:\n  - C\n  - x\n  - Ref: Y # not this\nb: 1\n',
      'new',
      'a: new # why\nb: 1\n',
    ],
    ['a long one in braces', 'a: {Ref: X} # why\n', 'new', 'a: new # why\n'],
    ['short ones are written by default', 'a: old # why\n', { Ref: 'X' }, 'a: !Ref X # why\n'],
    ['attributes are written with a dot', 'a: old\n', { 'Fn::GetAtt': ['X', 'Arn'] }, 'a: !GetAtt X.Arn\n'],
    ['one takes the place of another', 'a: !Ref X\n', { 'Fn::Sub': '${Y}-z' }, 'a: !Sub ${Y}-z\n'],
    ['the same one keeps its quotes', 'a: !Sub "${Y}-z"\n', { 'Fn::Sub': '${Y}' }, 'a: !Sub "${Y}"\n'],
    [
      'a call of a call is long where it must be',
      'a: old\n',
      { 'Fn::Base64': { 'Fn::Sub': 'x' } },
      'a:\n  Fn::Base64: !Sub x\n',
    ],
    [
      'arguments stay on the line',
      'a: old # why\n',
      { 'Fn::If': ['C', { Ref: 'X' }, 1] },
      'a: !If [C, !Ref X, 1] # why\n',
    ],
    [
      'long arguments go below',
      'a: old # why\n',
      { 'Fn::Sub': ['x', { Y: { b: 1 } }] },
      'a: !Sub # why\n  - x\n  - "Y":\n      b: 1\n',
    ],
    [
      'long form where the document has it',
      'b:\n  Ref: X\na: old # why\nc: 1\n',
      { Ref: 'Y' },
      'b:\n  Ref: X\na: # why\n  Ref: "Y"\nc: 1\n',
    ],
    [
      'long form in braces where the document has it',
      'b: {Ref: X}\na: old\n',
      { Ref: 'Z' },
      'b: {Ref: X}\na: {Ref: Z}\n',
    ],
    ['an anchor before the tag stays', 'a: &x !Ref X\nb: *x\n', 'new', 'a: &x new\nb: *x\n'],
    ['an anchor behind the tag stays', 'a: !Ref &x X\nb: *x\n', 'new', 'a: &x new\nb: *x\n'],
  ])('%s', check);

  test('the argument alone is set', () => {
    const set = (at: { start: number; end: number }) => ({ kind: 'set' as const, at, value: '${B}-y' });
    expect(edited('a: !Sub "${B}-x" # why\n', ['a', 'Fn::Sub'], set)).toBe('a: !Sub "${B}-y" # why\n');
    expect(edited('a:\n  Fn::Sub: ${B}-x\n', ['a', 'Fn::Sub'], set)).toBe('a:\n  Fn::Sub: ${B}-y\n');
  });
});

describe('collections', () => {
  test.each<Row>([
    ['a list in place of a scalar', 'a: old # why\nb: 1\n', ['x', 'w'], 'a: # why\n  - x\n  - w\nb: 1\n'],
    ['not deeper where lists are not', 'c:\n- z\na: old\n', ['x'], 'c:\n- z\na:\n- x\n'],
    ['in brackets as its neighbours', 'c: [z]\na: old\n', ['x', 'w'], 'c: [z]\na: [x, w]\n'],
    ['a map in place of a scalar', 'a: old\n', { x: 1, w: { z: [] } }, 'a:\n  x: 1\n  w:\n    z: []\n'],
    [
      'a scalar in place of a list',
      'a: # why\n  - x # one\n  # two\n  - y # three\nb: 1\n',
      'new',
      'a: new # why\nb: 1\n',
    ],
    [
      'a list in place of a list',
      'a:\n  # head\n  - "x"\n  - "y"\n  # tail\nb: 1\n',
      ['z'],
      'a:\n  # head\n  - "z"\n  # tail\nb: 1\n',
    ],
    ['a map in place of a list that is not deeper', 'a:\n- x\nb: 1\n', { y: 'z' }, 'a:\n  "y": z\nb: 1\n'],
    ['brackets stay', 'a: [x, "y"] # why\n', ['z', 1], 'a: [z, 1] # why\n'],
    ['braces stay', 'a: { x: 1 }\n', { x: 2, z: 3 }, 'a: { x: 2, z: 3 }\n'],
    ['the order of keys stays', 'a:\n  Key: b\n  Value: c\n', { Value: 'd', Key: 'e' }, 'a:\n  Key: e\n  Value: d\n'],
    ['indentation of four', 'b:\n    c: 1\na: old\n', { x: { z: 1 } }, 'b:\n    c: 1\na:\n    x:\n        z: 1\n'],
    ['nothing in place of everything', 'a:\n  x: 1\nb: 1\n', {}, 'a: {}\nb: 1\n'],
  ])('%s', check);
});
