import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';
import type { Written } from '../../../src/patch/edit/written.js';
import { change, everyChange, open } from './operations.js';

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

test.each(readdirSync(FOLDER))('%s', (name) => {
  const opened = open(readFileSync(FOLDER + name, 'utf8'), name);
  const failures: string[] = [];
  const refused = new Map<string, number>();
  let done = 0;
  for (const wanted of everyChange(opened, VALUES)) {
    try {
      const result = change(opened, wanted);
      done += 1;
      if (result.refused !== undefined) refused.set(result.refused, (refused.get(result.refused) ?? 0) + 1);
    } catch (error) {
      failures.push(String(error));
    }
  }
  console.log(name, done, failures.length, refused);
  if (failures.length) throw new Error(failures.slice(0, 2).join('\n======\n'));
});
