import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DriftError } from '../../../src/errors.js';
import type { Written } from '../../../src/patch/edit/written.js';
import { jsonDocuments, yamlDocuments } from './documents.js';
import { change, everyChange, type Opened, open } from './operations.js';

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
    Rows: [1, [2, { three: 3 }], { Text: 'first\nsecond', If: { 'Fn::If': ['C', { Ref: 'A' }, []] } }],
  },
];

const tally = { done: 0, refused: new Map<string, number>() };

function tryOpen(text: string, path: string): Opened | undefined {
  try {
    return open(text, path);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** Makes changes one after the other, each on the text that the one before gave. */
function makeChanges(text: string, path: string, turns: readonly number[]): void {
  let opened = tryOpen(text, path);
  for (const turn of turns) {
    if (!opened) return;
    const changes = [...everyChange(opened, VALUES, 5)];
    const wanted = changes[turn % changes.length];
    if (wanted === undefined) return;
    const result = change(opened, wanted);
    tally.done += 1;
    if (result.refused !== undefined) {
      const reason = result.refused.replace(/(?<=[&] ?|key )\S+/, '…');
      tally.refused.set(reason, (tally.refused.get(reason) ?? 0) + 1);
    } else opened = tryOpen(result.text, path);
  }
}

const turns = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });

test('YAML: every change means what was wanted, or is refused', () => {
  fc.assert(
    fc.property(yamlDocuments(), turns, (text, each) => makeChanges(text, 'a.yaml', each)),
    { numRuns: Number(process.env['RUNS'] ?? 1500) },
  );
  console.log(tally);
});

test('JSON: every change means what was wanted', () => {
  fc.assert(
    fc.property(jsonDocuments(), turns, (text, each) => makeChanges(text, 'a.json', each)),
    { numRuns: Number(process.env['RUNS'] ?? 1500) },
  );
});

test('the generator writes YAML that can be read', () => {
  const texts = fc.sample(yamlDocuments(), 300);
  const failed = texts.filter((text) => !tryOpen(text, 'a.yaml'));
  expect([failed.length < 15, failed.slice(0, 3)]).toEqual([true, expect.anything()]);
});
