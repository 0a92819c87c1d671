import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { DIALECT } from '../../src/iac/cloudformation/template/dialect.js';
import { commentsIn } from '../../src/syntax/comments.js';
import { applyEdits } from '../../src/syntax/edit/apply-edits.js';
import { openDocument } from '../../src/syntax/edit/document.js';
import { get, type Node } from '../../src/syntax/node.js';
import { parseNode } from '../../src/syntax/parse.js';
import { createSource } from '../../src/syntax/source.js';

function parse(text: string): Node {
  return parseNode(createSource('template.yaml', text), 'template', DIALECT);
}

function read(node: Node | undefined): unknown {
  if (node?.kind === 'list') return node.items.map(read);
  if (node?.kind === 'map') return Object.fromEntries(node.entries.map(({ key, value }) => [key, read(value)]));
  return node?.value;
}

// What PyYAML 6.0 makes of each.
describe('YAML 1.1 asks for no indentation in brackets and in quotes', () => {
  test.each<[string, unknown]>([
    ['A:\n  B: {\n  c: 1,\n  d: 2\n  }\n  E: 3\n', { A: { B: { c: 1, d: 2 }, E: 3 } }],
    ['A:\n  B: {\nc: 1 }\n  E: 3\n', { A: { B: { c: 1 }, E: 3 } }],
    ['A:\n  B: [\n  x,\n  y ]\n', { A: { B: ['x', 'y'] } }],
    ['A:\n  - [ x,\n  [ y,\nz ] ]\n  - w\n', { A: [['x', ['y', 'z']], 'w'] }],
    ['A:\n  B: [ plain\n  text, # why\n# not\n  z ]\n', { A: { B: ['plain text', 'z'] } }],
    ['A:\n  B: "one\n  two"\n  C: 3\n', { A: { B: 'one two', C: 3 } }],
    ["A:\n  B: 'it''s\n\ntwo'\n  C: 3\n", { A: { B: "it's\ntwo", C: 3 } }],
    ['A:\n  B: "one \\\n  two" # three\n', { A: { B: 'one two' } }],
    ['A:\n  - "one\n  two"\n  - k: \'v\n  w\'\n', { A: ['one two', { k: 'v w' }] }],
    ['A:\r\n  B: {\r\n  c: "x\r\n  y"\r\n  }\r\n', { A: { B: { c: 'x y' } } }],
    ['A:\n  B: !Join ["", [\n  a,\n  "b\nc" ]]\n', { A: { B: { 'Fn::Join': ['', ['a', 'b c']] } } }],
    ['A:\n  B: { "k": "v: {",\n  l: "#1\n  2" }\n', { A: { B: { k: 'v: {', l: '#1 2' } } }],
  ])('%j', (text, expected) => {
    expect(read(parse(text))).toEqual(expected);
  });

  test.each([
    ['a plain text outside of brackets', 'A:\n  B: one\n  two\n', /Implicit keys|implicit map keys/i],
    ['brackets that nobody closes', 'A:\n  B: [ x,\n  y\n  C: 3\n', /flow|\]/i],
    ['quotes that nobody closes', 'A:\n  B: "one\n  C: 3\n', /quote/i],
    ['quotes over a document marker', 'A:\n  B: "one\n---\n  two"\n', /quote|document/i],
    ['brackets over a document marker', 'A:\n  B: [ one,\n---\n  two ]\n', /flow|\]|document/i],
    ['a map that is indented unevenly', 'A:\n    B: 1\n  C: 2\n', /same column|indent/i],
  ])('%s is refused as ever', (_, text, message) => {
    expect(() => parse(text)).toThrow(DriftError);
    expect(() => parse(text)).toThrow(message);
  });

  test('ranges are those of the text, and an edit touches nothing else', () => {
    const text = 'A:\n  B: {\n  c: "x\n  y", # kept\nd: !Sub "e\n  f"\n  }\n  G: 1\n';
    const source = createSource('template.yaml', text);
    const map = get(get(parse(text), 'A'), 'B');
    const value = get(map, 'c');
    const sub = get(get(map, 'd'), 'Fn::Sub');
    const shown = [map, value, sub].map((node) => node && text.slice(node.range.start, node.range.end));
    expect(shown).toEqual(['{\n  c: "x\n  y", # kept\nd: !Sub "e\n  f"\n  }', '"x\n  y"', '"e\n  f"']);
    const document = openDocument(source, DIALECT);
    const edited = (range = { start: 0, end: 0 }) => applyEdits(text, document.set(range, 'new').edits ?? []);
    expect(edited(value?.range)).toBe(text.replace('"x\n  y"', '"new"'));
    expect(edited(sub?.range)).toBe(text.replace('"e\n  f"', '"new"'));
    const removed = applyEdits(text, document.remove(value?.range ?? { start: 0, end: 0 }).edits ?? []);
    expect(read(parse(removed))).toEqual({ A: { B: { d: { 'Fn::Sub': 'e f' } }, G: 1 } });
    const grown = applyEdits(text, document.insertEntry(map?.range ?? { start: 0, end: 0 }, 'h', 2).edits ?? []);
    expect(read(parse(grown))).toEqual({ A: { B: { c: 'x y', d: { 'Fn::Sub': 'e f' }, h: 2 }, G: 1 } });
  });

  test('what looks like a comment in such a text is none', () => {
    const text = 'A:\n  B: "one\n  # two"\n  C: [ x, # three\n  y ] # four\n';
    expect(commentsIn(text).map((comment) => comment.text)).toEqual(['# three', '# four']);
  });
});
