import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { WORDS } from '../../src/iac/cloudformation/types/words.js';
import { describeShared } from '../support/shared.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/held-out.js', import.meta.url));

describeShared('recorded/cases.jsonl.gz', 'the word table', () => {
  test('carries the counts that `npm run held-out -- --words` prints', () => {
    const printed = execFileSync(process.execPath, [SCRIPT, '--json'], { encoding: 'utf8' });
    expect(WORDS.map(({ meaning, seen }) => [meaning, ...seen])).toEqual(
      (JSON.parse(printed) as [number, number][]).map((seen, index) => [WORDS[index]?.meaning, ...seen]),
    );
  });
});
