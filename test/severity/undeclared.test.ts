import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { severityRules } from '../../src/severity/rules.js';
import type { UndeclaredIn } from '../../src/severity/undeclared.js';
import { OPENING_ROWS, OWN } from './undeclared-changes.js';

const RULES = severityRules();

function openings(type: string, path: string, live: Json, more: Partial<UndeclaredIn> = {}, rules = RULES): string[] {
  const about = { stack: 'shop-prod', logicalId: 'Thing', accountId: OWN, desired: {}, isAwsDefault: () => false };
  return rules
    .openings([{ path, live }], { type, ...about, ...more })
    .map(({ path: at, rated }) => `${at} ${rated.rule}`);
}

describe.each(Object.entries(OPENING_ROWS))('%s', (_, rows) => {
  test.each(rows)('%s %s: %j, not %j', (type, path, open, harmless, rule, more = {}) => {
    const { at = path, desired = {} } = more;
    expect(openings(type, path, open, { desired })).toEqual([`${at} ${rule}`]);
    expect(openings(type, path, harmless, { desired })).toEqual([]);
    expect(openings(type, path, open, { desired, isAwsDefault: () => true })).toEqual([]);
  });
});

test('the table has many services and kinds', () => {
  const rows = Object.values(OPENING_ROWS).flat();
  const services = new Set(rows.map(([type]) => type.split('::')[1]));
  const kinds = new Set(rows.map((row) => row[4]));
  const changes = new Set(rows.map(([type, path]) => `${type} ${path}`));
  expect(services.size).toBeGreaterThanOrEqual(25);
  expect(kinds.size).toBeGreaterThanOrEqual(12);
  expect(changes.size).toBeGreaterThanOrEqual(100);
});
