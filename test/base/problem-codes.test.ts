import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { groupBy } from '../../src/base/group.js';
import { PROBLEM_CODES } from '../../src/base/problem-codes.js';

const PAGE = fileURLToPath(new URL('../../docs/errors.md', import.meta.url));
const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const CODES = Object.entries(PROBLEM_CODES);

/** `UPDATE_GOLDEN=1` writes the tables anew below the page's own words. */
test('the page has every code with its cause and what to do, and no others', () => {
  const own = readFileSync(PAGE, 'utf8').split('\n## ')[0]?.trimEnd();
  const page = `${own}\n\n${tables()}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});

test('every code is made somewhere', () => {
  const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('problem-codes.ts'))
    .map((path) => readFileSync(`${SRC}${path}`, 'utf8'))
    .join('\n');
  expect(CODES.map(([code]) => code).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

test.each(CODES)('%s can be looked up: one sentence for the cause, one for the remedy', (code, { cause, remedy }) => {
  expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  for (const text of [cause, remedy]) expect(text).toMatch(/^[A-Z`][^|\n]*\.$/);
  expect(CODES.filter(([, other]) => other.cause === cause)).toHaveLength(1);
});

function tables(): string {
  const groups = groupBy(CODES, ([code]) => code.split('-')[0]);
  return [...groups]
    .map(([group, codes]) => {
      const rows = codes.map(([code, { cause, remedy }]) => `| \`${code}\` | ${cause} | ${remedy} |`);
      return [`## ${group}`, '', '| code | cause | what to do |', '|---|---|---|', ...rows].join('\n');
    })
    .join('\n\n');
}
