import { expect, test } from '@jest/globals';
import { DIALECT } from '../../src/iac/cloudformation/template/dialect.js';
import { parseNode } from '../../src/syntax/parse.js';
import { createSource } from '../../src/syntax/source.js';

const ONE_MORE_BLANK = ` Version: 1\nResources:\n  Queue:\n    Type: Q\n    Tags: [{ Key: a, Value: b }]\n`;
const HINT = 'fix this one first: the errors after it may follow from it';

test.each<[string, string, string, string | undefined]>([
  ['a first line that is indented', 'a.yaml', ONE_MORE_BLANK, HINT],
  ['a bracket that is not closed', 'a.yaml', 'a: [{ b: 1 }\nc:\n  d: 1\n', undefined],
  ['a quote that is not closed', 'a.yaml', 'a: "b\nc: 1\n', undefined],
  ['errors that are found later in the text first', 'a.yaml', 'a:\n  - b: {{c: "d"e}}\n  f: 1\n', HINT],
  ['nothing but errors', 'a.json', `[${'x '.repeat(1000)}]`, HINT],
  ['a brace that is not closed', 'a.json', '{"a": 1', undefined],
])('the first error of a file is reported, whatever follows from it: %s', (_, path, text, hint) => {
  const problems = problemsOf(path, text);
  expect(problems).toEqual([
    expect.objectContaining({ file: path, message: expect.stringContaining('not well-formed') }),
  ]);
  expect(problems[0]?.hint).toBe(hint);
});

function problemsOf(path: string, text: string): { hint?: string }[] {
  try {
    parseNode(createSource(path, text), 'template', DIALECT);
  } catch (error) {
    return (error as { problems: { hint?: string }[] }).problems;
  }
  return [];
}
