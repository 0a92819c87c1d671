import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import type { Written } from '../../../src/syntax/edit/written.js';
import { everyChange } from './every-change.js';
import { change, open } from './operations.js';

const FOLDER = fileURLToPath(new URL('../../../fixtures/templates/', import.meta.url));

const VALUES: Written[] = [
  'changed',
  7,
  true,
  'a: #{b}, [c] "d" \'e\' \\',
  '012',
  'first\nsecond\n',
  { Ref: 'Vpc' },
  { 'Fn::GetAtt': ['Vpc', 'Arn'] },
  { 'Fn::Sub': '${AWS::StackName}-x' },
  ['a', 'b'],
  [],
  {},
  { Value: 'v', Key: 'k', 'Nested list': [1, [2, { three: 3 }], { Four: { 'Fn::If': ['C', { Ref: 'A' }, 'x'] } }] },
];

/** Only what can't be edited without more knowledge is refused. */
const REASONS = /aliases|merge|indentation indicator/;

const names = readdirSync(FOLDER);
const total = { changes: 0, refused: 0, templates: 0 };

test.each(names)('%s: set, add and remove at every place', (name) => {
  const opened = open(readFileSync(FOLDER + name, 'utf8'), name);
  let changes = 0;
  const refused: string[] = [];
  for (const wanted of everyChange(opened, VALUES)) {
    const result = change(opened, wanted);
    changes += 1;
    if (result.refused !== undefined) refused.push(result.refused);
  }
  expect(changes).toBeGreaterThan(0);
  expect(refused.filter((reason) => !REASONS.test(reason))).toEqual([]);
  if (!/^ *&|[ [{]&\w|\|\d/m.test(opened.text)) expect(refused).toEqual([]);
  total.changes += changes;
  total.refused += refused.length;
  total.templates += 1;
});

afterAll(() => {
  const { changes, refused, templates } = total;
  process.stdout.write(`editor: ${changes} changes in ${templates} templates, ${refused} refused\n`);
});
