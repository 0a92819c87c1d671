import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DIALECT } from '../../../src/iac/cloudformation/template/dialect.js';
import { applyEdits } from '../../../src/syntax/edit/apply-edits.js';
import { get, textOf } from '../../../src/syntax/node.js';
import { parseNode } from '../../../src/syntax/parse.js';
import { createSource } from '../../../src/syntax/source.js';
import { open } from './operations.js';

const line = fc.constantFrom(
  '{',
  '  "a": 1,',
  '}',
  '',
  'x',
  '# no comment',
  '    - y',
  '\ttab',
  'a: b',
  ' ',
  '   ',
  'é 🎉',
);
const lines = fc.array(line, { maxLength: 6 });

const block = fc.record({
  first: fc.constantFrom('{', 'x', '#!/bin/sh', '- y'),
  head: lines,
  old: lines,
  tail: lines,
  last: fc.constantFrom('}', 'z'),
  indicator: fc.constantFrom('|', '|-', '|+'),
  indent: fc.constantFrom('  ', '    '),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  below: fc.constantFrom('z: 1\n', '', '\nz: 1\n', '  # deep\nz: 1\n'),
});

test('a text edited in a block comes out as wanted, and other lines stay byte for byte', () => {
  fc.assert(
    fc.property(block, lines, fc.constantFrom('', '\n', '\n\n'), (given, come, end) => {
      const { first, head, old, tail, last, indicator, indent, lineBreak, below } = given;
      const written = [first, ...head, ...old, ...tail, last].map((each) => each && indent + each);
      const text = ['a: ', indicator, '\n', written.join('\n'), '\n', below].join('').replaceAll('\n', lineBreak);
      const value = [first, ...head, ...come, ...tail, last].join('\n') + end;
      const { document, root } = open(text);
      const node = get(root, 'a');
      const { edits = [] } = document.set(node?.range ?? { start: 0, end: 0 }, value);
      const result = applyEdits(text, edits);
      const read = parseNode(createSource('template.yaml', result), 'template', DIALECT);
      expect([result, textOf(get(read, 'a'))]).toEqual([result, value]);
      expect(textOf(get(read, 'z'))).toBe(below === '' ? undefined : '1');
      if (!result.startsWith('a: |')) return;
      const kept = ['', first, ...head].map((each) => each && indent + each).join(lineBreak);
      expect(result).toContain(kept);
      // Only the header and the lines between may change.
      const rest = edits.filter(({ start }) => start > text.indexOf(lineBreak));
      const changed = text.indexOf(lineBreak) + kept.length;
      for (const { start } of rest) expect(start).toBeGreaterThanOrEqual(changed);
    }),
    { numRuns: 2000 },
  );
});
