import { describe, expect, test } from '@jest/globals';
import type { Written } from '../../../src/syntax/edit/written.js';
import { edited } from './operations.js';

/** A document, where in the list `a` an element goes and what it is, or under which key an entry goes, and the result. */
type Row = [name: string, before: string, where: number | string, value: Written, after: string];

function check(_: string, before: string, where: number | string, value: Written, after: string): void {
  const file = /^\{["\n]/.test(before) ? 'template.json' : 'template.yaml';
  const insert = (at: { start: number; end: number }) =>
    typeof where === 'number'
      ? ({ kind: 'insertItem', at, index: where, value } as const)
      : ({ kind: 'insertEntry', at, key: where, value } as const);
  expect(edited(before, ['a'], insert, file)).toBe(after);
}

const TAG = { Value: 'prod', Key: 'Env' };

describe('elements in block style', () => {
  test.each<Row>([
    [
      'at the end, after the comment',
      'a:\n  - x # one\n  # two\nb: 1\n',
      1,
      'w',
      'a:\n  - x # one\n  - w\n  # two\nb: 1\n',
    ],
    ['at the beginning, before the comment', 'a:\n  # one\n  - x\nb: 1\n', 0, 'w', 'a:\n  - w\n  # one\n  - x\nb: 1\n'],
    ['between', 'a:\n- x\n# of z\n- z\n', 1, 'w', 'a:\n- x\n- w\n# of z\n- z\n'],
    ['after a block of text', 'a:\n  - |\n    x\n\n\nb: 1\n', 1, 'w', 'a:\n  - |\n    x\n  - w\n\n\nb: 1\n'],
    ['after kept empty lines', 'a:\n  - |+\n    x\n\nb: 1\n', 1, 'w', 'a:\n  - |+\n    x\n\n  - w\nb: 1\n'],
    ['after an unfinished line', 'a:\n- x', 1, 'w', 'a:\n- x\n- w'],
    ['with carriage returns', 'a:\r\n- x\r\nb: 1\r\n', 1, TAG, 'a:\r\n- x\r\n- Key: Env\r\n  Value: prod\r\nb: 1\r\n'],
    ['in a list beside a dash', 'a:\n- - x\n  - y\n', 0, ['w'], 'a:\n- - w\n- - x\n  - y\n'],
    [
      'in the order of its neighbours',
      'a:\n- Value: x\n  Key: y\n',
      1,
      { Key: 'k', Value: 'v' },
      'a:\n- Value: x\n  Key: y\n- Value: v\n  Key: k\n',
    ],
    ['in the order of tags', 'a:\n- x\n', 1, TAG, 'a:\n- x\n- Key: Env\n  Value: prod\n'],
    [
      'in the order of maps with the same keys',
      'b: {Value: 1, Key: 2}\na:\n- x: 1\n',
      1,
      TAG,
      'b: {Value: 1, Key: 2}\na:\n- x: 1\n- Value: prod\n  Key: Env\n',
    ],
    [
      'in the quotes of its neighbours',
      "a:\n- 'Key': 'x'\n  'Value': 'z'\n",
      1,
      TAG,
      "a:\n- 'Key': 'x'\n  'Value': 'z'\n- 'Key': 'Env'\n  'Value': 'prod'\n",
    ],
    [
      'quotes that were needed are no habit',
      'a:\n- Key: x\n  Value: "012"\n',
      1,
      TAG,
      'a:\n- Key: x\n  Value: "012"\n- Key: Env\n  Value: prod\n',
    ],
    [
      'numbers are quoted as their neighbours',
      "a:\n- Key: x\n  Value: '1'\n",
      1,
      { Key: 'k', Value: 2 },
      "a:\n- Key: x\n  Value: '1'\n- Key: k\n  Value: '2'\n",
    ],
    [
      'in braces as its neighbours',
      'a:\n  - { Key: x, Value: z }\n',
      1,
      TAG,
      'a:\n  - { Key: x, Value: z }\n  - { Key: Env, Value: prod }\n',
    ],
    [
      'beside wide dashes',
      'a:\n-   Key: x\n    Value: z\n',
      1,
      TAG,
      'a:\n-   Key: x\n    Value: z\n-   Key: Env\n    Value: prod\n',
    ],
    ['a call', 'a:\n- !Ref X\n', 1, { Ref: 'W' }, 'a:\n- !Ref X\n- !Ref W\n'],
    ['a long call', 'a:\n- Ref: X\n', 1, { Ref: 'W' }, 'a:\n- Ref: X\n- Ref: W\n'],
    ['a text of several lines', 'a:\n- x\n', 1, 'one\ntwo\n', 'a:\n- x\n- |\n  one\n  two\n'],
    [
      'a text of several lines above a deep comment',
      'a:\n- x\n    # deep\n',
      1,
      'one\ntwo\n',
      'a:\n- x\n- "one\\ntwo\\n"\n    # deep\n',
    ],
    ['into an empty list', 'a: [] # none\nb: 1\n', 0, TAG, 'a: # none\n  - Key: Env\n    Value: prod\nb: 1\n'],
    ['a scalar into an empty list', 'a: [] # none\n', 0, 'w', 'a: [w] # none\n'],
    ['into an empty list that says why', 'a: [ # none\n  ]\n', 0, 'w', 'a: [ # none\n  w]\n'],
  ])('%s', check);
});

describe('entries in block style', () => {
  test.each<Row>([
    [
      'at the end, after the comment',
      'a:\n  x: 1 # one\n  # two\nb: 1\n',
      'w',
      2,
      'a:\n  x: 1 # one\n  w: 2\n  # two\nb: 1\n',
    ],
    ['after nothing', 'a:\n  x:\nb: 1\n', 'w', 2, 'a:\n  x:\n  w: 2\nb: 1\n'],
    ['after a list that is not deeper', 'a:\n  x:\n  - 1\nb: 1\n', 'w', [2], 'a:\n  x:\n  - 1\n  w:\n  - 2\nb: 1\n'],
    [
      'indentation of four',
      'a:\n    x:\n        z: 1\n',
      'w',
      { v: 1 },
      'a:\n    x:\n        z: 1\n    w:\n        v: 1\n',
    ],
    ['into an empty map', 'a: {}\nb: 1\n', 'w', 2, 'a:\n  w: 2\nb: 1\n'],
    ['quoted as its neighbours', 'a:\n  "x": "z"\n', 'w', ['v'], 'a:\n  "x": "z"\n  "w":\n    - "v"\n'],
    ['a key that needs quotes', 'a:\n  x: 1\n', 'on', 'off', 'a:\n  x: 1\n  "on": "off"\n'],
    ['beside merged ones', 'b: &b {x: 1}\na:\n  <<: *b\n', 'x', 2, 'b: &b {x: 1}\na:\n  <<: *b\n  x: 2\n'],
    ['an unfinished line', 'a:\n  x: 1', 'w', 2, 'a:\n  x: 1\n  w: 2'],
  ])('%s', check);
});

describe('in brackets', () => {
  test.each<Row>([
    ['at the end', 'a: [x, y] # why\n', 2, 'w', 'a: [x, y, w] # why\n'],
    ['at the beginning', 'a: [ x ]\n', 0, 'w', 'a: [ w, x ]\n'],
    ['between', 'a: [x, "012"]\n', 1, 'w', 'a: [x, w, "012"]\n'],
    ['after a comma', 'a: [x, ]\n', 1, 'w', 'a: [x, w, ]\n'],
    ['in quotes as the others', 'a: ["x"]\n', 1, 'w', 'a: ["x", "w"]\n'],
    ['what needs quotes there', 'a: [x]\n', 1, 'w, v', 'a: [x, "w, v"]\n'],
    ['an entry', 'a: {x: 1}\n', 'w', { v: [] }, 'a: {x: 1, w: {v: []}}\n'],
    ['an entry of an empty map in brackets', 'b: [1, {}]\na: {x: {}}\n', 'w', 1, 'b: [1, {}]\na: {x: {}, w: 1}\n'],
    ['a line', 'a: [\n  x, # one\n  y # two\n]\n', 2, 'w', 'a: [\n  x, # one\n  y, # two\n  w\n]\n'],
    ['a line after a comma', 'a: [\n  x, # one\n]\n', 1, 'w', 'a: [\n  x, # one\n  w,\n]\n'],
    ['a line between', 'a: [\n  x, # one\n  z # two\n]\n', 1, 'w', 'a: [\n  x, # one\n  w,\n  z # two\n]\n'],
    ['a first line', 'a: [\n  x\n]\n', 0, 'w', 'a: [\n  w,\n  x\n]\n'],
  ])('%s', check);
});

describe('in JSON', () => {
  test.each<Row>([
    ['on one line', '{"a": {"x": 1}}', 'w', [{ v: 'é' }], '{"a": {"x": 1, "w": [{"v": "é"}]}}'],
    ['without spaces', '{"a":{"x":1}}', 'w', [1, { v: 2 }], '{"a":{"x":1,"w":[1,{"v":2}]}}'],
    [
      'with tabs',
      '{\n\t"a": {\n\t\t"x": 1\n\t}\n}\n',
      'w',
      { v: [] },
      '{\n\t"a": {\n\t\t"x": 1,\n\t\t"w": {\n\t\t\t"v": []\n\t\t}\n\t}\n}\n',
    ],
    [
      'with spaces before colons',
      '{\n  "a" : { "x" : 1 }\n}\n',
      'w',
      { v: 1 },
      '{\n  "a" : { "x" : 1, "w" : { "v" : 1 } }\n}\n',
    ],
    [
      'as its neighbours',
      '{\n  "a": [\n    { "Key": "x", "Value": "z" }\n  ]\n}\n',
      1,
      TAG,
      '{\n  "a": [\n    { "Key": "x", "Value": "z" },\n    { "Key": "Env", "Value": "prod" }\n  ]\n}\n',
    ],
    [
      'into an empty list',
      '{\n  "a": [],\n  "b": {\n    "c": 1\n  }\n}\n',
      0,
      TAG,
      '{\n  "a": [\n    {\n      "Key": "Env",\n      "Value": "prod"\n    }\n  ],\n  "b": {\n    "c": 1\n  }\n}\n',
    ],
    [
      'calls in long form',
      '{"a": {"x": {"Ref": "X"}}}',
      'w',
      { 'Fn::GetAtt': ['X', 'Arn'] },
      '{"a": {"x": {"Ref": "X"}, "w": {"Fn::GetAtt": ["X", "Arn"]}}}',
    ],
    [
      'with carriage returns',
      '{\r\n  "a": {\r\n    "x": 1\r\n  }\r\n}',
      'w',
      2,
      '{\r\n  "a": {\r\n    "x": 1,\r\n    "w": 2\r\n  }\r\n}',
    ],
  ])('%s', (name, before, where, value, after) => check(name, before, where, value, after));
});
