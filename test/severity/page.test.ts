import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { shippedRules } from '../../src/iac/cloudformation/types/severity-rules.js';
import { OPENINGS } from '../../src/severity/openings/registry.js';
import { RELATIONS } from '../../src/severity/rule.js';

const PAGE = readFileSync(new URL('../../docs/severity.md', import.meta.url), 'utf8');
const SCHEMA = JSON.parse(readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'));

test('the page has the rules that ship, in their order', () => {
  const rows = PAGE.split('\n').flatMap((line) => {
    const [, id, severity, title, when] = /^\| `([a-z-]+)` \| (\w+) \| (.+?) \| (.+) \|$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id, severity, title, when: when !== '' }];
  });
  expect(rows).toEqual(shippedRules().map(({ id, severity, title }) => ({ id, severity, title, when: true })));
});

test('the page and the schema name every relation and opening', () => {
  const { relations, openings } = SCHEMA.$defs;
  expect(relations.items.enum).toEqual(RELATIONS);
  expect(openings.items.enum).toEqual(Object.keys(OPENINGS));
  for (const name of [...RELATIONS, ...Object.keys(OPENINGS)]) expect(PAGE).toContain(`\`${name}\``);
  for (const { enum: names, pattern } of [
    { ...relations.items, ...relations },
    { ...openings.items, ...openings },
  ]) {
    expect(pattern).toBe(`^(${names.join('|')})$`);
  }
});

test.each(['type', 'stack', 'path', 'except', 'old', 'change', 'opens', 'declared', 'undeclared', 'any'])(
  'the page tells of %s',
  (name) => {
    expect(PAGE).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'));
  },
);
