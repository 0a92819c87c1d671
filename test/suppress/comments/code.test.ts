import { expect, test } from '@jest/globals';
import { codeDirectives } from '../../../src/suppress/comments/code.js';
import { createSource } from '../../../src/syntax/source.js';

const read = (text: string) => codeDirectives(createSource('lib/a.ts', text));

test('directives of code are for their own line, or the next that has code', () => {
  const text = [
    'new Queue(this, "A"); // gitops-drift:ignore: own',
    '/* gitops-drift:ignore: below */',
    '// a word',
    '',
    'new Queue(this, "B");',
    '   * gitops-drift:ignore /Tags: in a block */',
    '//// # gitops-drift:ignore: many signs',
    'x = 1',
    '# gitops-drift:ignore: nothing below',
  ].join('\n');
  expect(read(text).directives.map(({ reason, line, codeLine }) => `${reason} ${line}>${codeLine}`)).toEqual([
    'own 1>1',
    'below 2>5',
    'in a block 6>8',
    'many signs 7>8',
    'nothing below 9>0',
  ]);
});

test('the lines of a hostile file are each looked at once', () => {
  const rows = ['/', '#', '/*', '# ', '//\t'].map((sign) => sign.repeat(9000 / sign.length));
  const wide = `//gitops-drift:${' '.repeat(9000)}x`;
  const text = [...Array.from({ length: 60 }, () => [...rows, wide]).flat(), '// gitops-drift:ignore: x'].join('\n');
  expect(read(text).directives).toHaveLength(1);
  expect(read('// gitops-drift:ignore: x\n'.repeat(60_000)).directives).toHaveLength(60_000);
});
