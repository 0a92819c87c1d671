import { describe, expect, test } from '@jest/globals';
import { edited, type Path } from './operations.js';

type Row = [name: string, before: string, path: Path, after: string];

function check(_: string, before: string, path: Path, after: string): void {
  expect(edited(before, path, (at) => ({ kind: 'remove', at }), file(before))).toBe(after);
}

function file(text: string): string {
  return text.startsWith('{"') || text.startsWith('{\n') ? 'template.json' : 'template.yaml';
}

describe('in block style', () => {
  test.each<Row>([
    ['a line with its comment', 'a: 1\nb: 2 # why\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['comments of others stay', 'a: 1\n# of b\nb: 2\n# of c\nc: 3\n', ['b'], 'a: 1\n# of b\n# of c\nc: 3\n'],
    ['comments deeper than its key go', 'a:\n  b: 1\n  # end of a\nc: 3\n', ['a'], 'c: 3\n'],
    ['a map with all its lines', 'a:\n  b: 1\n\n  c: |\n    x\n\nd: 1\n', ['a'], '\nd: 1\n'.slice(1)],
    ['empty lines do not add up', 'a: 1\n\nb: 2\n\nc: 3\n', ['b'], 'a: 1\n\nc: 3\n'],
    ['an element', 'a:\n  - x\n  - y # why\n  - z\n', ['a', 1], 'a:\n  - x\n  - z\n'],
    ['the last element', 'a:\n- x\n- y\nb: 1\n', ['a', 1], 'a:\n- x\nb: 1\n'],
    ['an element that is a map', 'a:\n  - Key: x\n    Value: y\n  - Key: z\n', ['a', 0], 'a:\n  - Key: z\n'],
    ['the key beside a dash', 'a:\n  - Key: x # why\n    Value: y\n', ['a', 0, 'Key'], 'a:\n  - Value: y\n'],
    [
      'the key beside a dash, before a comment',
      'a:\n  - Key: x\n    # of y\n    Value: y\n',
      ['a', 0, 'Key'],
      'a:\n  - # of y\n    Value: y\n',
    ],
    ['a key below', 'a:\n  - Key: x\n    Value: y # why\n  - z\n', ['a', 0, 'Value'], 'a:\n  - Key: x\n  - z\n'],
    ['the element beside a dash', '- - a\n  - b\n- c\n', [0, 0], '- - b\n- c\n'],
    ['the only entry', 'a:\n  b: 1 # why\nc: 2\n', ['a', 'b'], 'a: {} # why\nc: 2\n'],
    ['the only element', 'a: # list\n- x\nb: 1\n', ['a', 0], 'a: [] # list\nb: 1\n'],
    ['the only element of a call', 'a: !Join\n  - x\nb: 1\n', ['a', 'Fn::Join', 0], 'a: !Join []\nb: 1\n'],
    ['the only entry of an element', 'a:\n  - b: 1\n  - c\n', ['a', 0, 'b'], 'a:\n  - {}\n  - c\n'],
    ['the only entry of everything', 'a: 1\n', ['a'], '{}\n'],
    ['the first line after a byte order mark', '\uFEFFa: 1\nb: 2\n', ['a'], '\uFEFFb: 2\n'],
    ['the last line, which stays unfinished', 'a: 1\nb: 2', ['b'], 'a: 1'],
    ['with carriage returns', 'a: 1\r\nb:\r\n- x\r\n- y\r\nc: 3\r\n', ['b', 0], 'a: 1\r\nb:\r\n- y\r\nc: 3\r\n'],
    ['nothing', 'a: 1\nb:\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['after kept empty lines', 'a: |+\n  x\n\nb: 1\n\nc: 2\n', ['b'], 'a: |+\n  x\n\nc: 2\n'],
    ['with an explicit indentation indicator', 'a: 1\nb: |2\n   x\n  y\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['a call', 'a:\n  - !Ref X # why\n  - !Sub |\n    x\n  - z\n', ['a', 1], 'a:\n  - !Ref X # why\n  - z\n'],
  ])('%s', check);
});

describe('in brackets', () => {
  test.each<Row>([
    ['the first', 'a: [x, y, z] # why\n', ['a', 0], 'a: [y, z] # why\n'],
    ['one between', 'a: [x, y, z]\n', ['a', 1], 'a: [x, z]\n'],
    ['the last', 'a: [ x, y ]\n', ['a', 1], 'a: [ x ]\n'],
    ['the last before a comma', 'a: [x, y,]\n', ['a', 1], 'a: [x,]\n'],
    ['the only one', 'a: [ x ]\n', ['a', 0], 'a: []\n'],
    ['an entry', 'a: {b: 1, c: {d: 2}, e: 3}\n', ['a', 'c'], 'a: {b: 1, e: 3}\n'],
    ['the only entry', 'a: { b: 1 }\n', ['a', 'b'], 'a: {}\n'],
    ['a pair without braces', 'a: [b: 1, c]\n', ['a', 0], 'a: [c]\n'],
    ['the entry of a pair without braces', 'a: [b: 1, c]\n', ['a', 0, 'b'], 'a: [{}, c]\n'],
    ['a line', 'a: [\n  x, # one\n  y, # two\n  z # three\n]\n', ['a', 1], 'a: [\n  x, # one\n  z # three\n]\n'],
    ['the last line', 'a: [\n  x, # one\n  y # two\n]\n', ['a', 1], 'a: [\n  x # one\n]\n'],
    ['the last line before a comma', 'a: [\n  x, # one\n  y, # two\n]\n', ['a', 1], 'a: [\n  x, # one\n]\n'],
    ['the only line', 'a: [\n  x # one\n]\n', ['a', 0], 'a: []\n'],
    ['the only line beside comments', 'a: [\n  # none\n  x # one\n]\n', ['a', 0], 'a: [\n  # none\n]\n'],
    ['the first, where others are on the next line', 'a: [x,\n    y]\n', ['a', 0], 'a: [y]\n'],
    ['one before a line break', 'a: [x, y,\n    z]\n', ['a', 1], 'a: [x,\n    z]\n'],
    ['in JSON', '{"a": [1, 2], "b": 3}', ['b'], '{"a": [1, 2]}'],
    ['in compact JSON', '{"a":[1,2],"b":3}', ['a', 0], '{"a":[2],"b":3}'],
    ['a line of JSON', '{\n\t"a": 1,\n\t"b": 2,\n\t"c": 3\n}\n', ['b'], '{\n\t"a": 1,\n\t"c": 3\n}\n'],
    ['the last line of JSON', '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}\n', ['b'], '{\n  "a": 1\n}\n'],
    ['the only line of JSON', '{\n  "a": {\n    "b": 2\n  }\n}\n', ['a', 'b'], '{\n  "a": {}\n}\n'],
  ])('%s', check);
});
