import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DriftError } from '../../../src/base/errors.js';
import type { Written } from '../../../src/syntax/edit/written.js';
import { everyChange } from './every-change.js';
import { jsonDocuments } from './json-documents.js';
import { change, type Opened, open } from './operations.js';
import { yamlDocuments } from './yaml-documents.js';

const VALUES: Written[] = [
  'changed',
  7,
  true,
  null,
  'a: #{b}, [c]',
  '012',
  'first\n  second\n',
  'no end\nof line',
  { Ref: 'A' },
  { 'Fn::GetAtt': ['A', 'Arn'] },
  { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] },
  { 'Fn::Base64': { 'Fn::Sub': 'x\ny\n' } },
  ['a', 'b'],
  [],
  {},
  [['x'], [{ Name: 'y' }]],
  {
    Value: 'v',
    Key: 'k',
    Rows: [1, [2, { three: 3 }], { Text: 'one\ntwo', If: { 'Fn::If': ['C', { Ref: 'A' }, []] } }],
  },
];

/** Only what would break aliases is refused, and a key that is there already. */
const REASONS = /aliases elsewhere|already there/;

function tryOpen(text: string, path: string): Opened | undefined {
  try {
    return open(text, path);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** Makes changes one after the other, each in the text that the one before gave. */
function makeChanges(text: string, path: string, turns: readonly number[]): void {
  let opened = tryOpen(text, path);
  for (const turn of turns) {
    const changes = opened ? [...everyChange(opened, VALUES, 5)] : [];
    const wanted = changes[turn % changes.length];
    if (!opened || !wanted) return;
    const result = change(opened, wanted);
    if (result.refused === undefined) opened = open(result.text, path);
    else expect(result.refused).toMatch(REASONS);
  }
}

const turns = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });

test('YAML: every change means what was wanted', () => {
  fc.assert(
    fc.property(yamlDocuments(), turns, (text, each) => makeChanges(text, 'a.yaml', each)),
    { numRuns: 1500 },
  );
});

test('JSON: every change means what was wanted', () => {
  fc.assert(
    fc.property(jsonDocuments(), turns, (text, each) => makeChanges(text, 'a.json', each)),
    { numRuns: 1000 },
  );
});

test('most of the documents are well-formed', () => {
  const texts = fc.sample(yamlDocuments(), 300);
  expect(texts.filter((text) => !tryOpen(text, 'a.yaml')).length).toBeLessThan(15);
});
