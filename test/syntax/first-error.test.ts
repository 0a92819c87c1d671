import { expect, test } from '@jest/globals';
import type { DriftError, Problem } from '../../src/base/errors.js';
import { DIALECT } from '../../src/iac/cloudformation/template/dialect.js';
import { parseNode } from '../../src/syntax/parse.js';
import { createSource } from '../../src/syntax/source.js';

const ONE_MORE_BLANK = ` Version: 1\nResources:\n  Queue:\n    Type: Q\n    Tags: [{ Key: a, Value: b }]\n`;
const HINT = 'fix this one first: the errors after it may follow from it';

test.each<[string, string, string, string, string | undefined]>([
  ['a first line that is indented', 'a.yaml', ONE_MORE_BLANK, '2:1', HINT],
  ['a bracket that is not closed', 'a.yaml', 'a: [{ b: 1 }\nc:\n  d: 1\n', '2:1', undefined],
  ['a quote that is not closed', 'a.yaml', 'a: "b\nc: 1\n', '3:1', undefined],
  [
    'the earliest, which the parser finds later',
    'a.yaml',
    'a:\n  - { T: "!ImportValue { "Fn::Sub": "s" } }\n',
    '2:10',
    HINT,
  ],
  ['nothing but errors', 'a.json', `[${'x '.repeat(1000)}]`, '1:2', HINT],
  ['a brace that is not closed', 'a.json', '{"a": 1', '1:8', undefined],
])('the first error of a file is reported, whatever follows from it: %s', (_, path, text, at, hint) => {
  const problems = problemsOf(path, text);
  expect(problems).toEqual([
    expect.objectContaining({ file: path, message: expect.stringContaining('not well-formed') }),
  ]);
  const [{ line, column, hint: given } = {}] = problems;
  expect({ at: `${line}:${column}`, hint: given }).toEqual({ at, hint });
});

function problemsOf(path: string, text: string): Problem[] {
  try {
    parseNode(createSource(path, text), 'template', DIALECT);
  } catch (error) {
    return [...(error as DriftError).problems];
  }
  return [];
}
