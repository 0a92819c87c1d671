import { expect, test } from '@jest/globals';
import { tlsWeakened } from '../../src/severity/openings/tls-weakened.js';
import { type Plain, unresolved } from '../../src/value/value.js';

/** As services name the oldest protocol that they take, from the oldest on. */
const OLDEST: string[][] = [
  ['SSLv3', 'SSLv2', 'SSL'],
  ['TLSv1', 'TLSv1_2016', 'TLS1', 'TLS_1', 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-FS-2018-06', 'TLSv1.0'],
  ['TLSv1.1_2016', 'TLS_1_1', 'TLS-1-1', 'ELBSecurityPolicy-TLS-1-1-2017-01', 'ELBSecurityPolicy-FS-1-1-2019-08'],
  ['TLSv1.2_2021', 'TLS_1_2', 'Policy-Min-TLS-1-2-2019-07', 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'tlsv1.2'],
  ['TLSv1.3', 'TLS_1_3', 'ELBSecurityPolicy-TLS13-1-3-2021-06'],
];
const step = (before: Plain, after: Plain, keys = ['Policy']) => ({
  type: 'Acme::Thing::Widget',
  keys,
  before: { Policy: before },
  after: { Policy: after },
});

const steps = OLDEST.flatMap((names, age) =>
  names.flatMap((name) => OLDEST.map((others, other) => [others[0] ?? '', name, age < other] as const)),
);
test.each(steps)('from %s to %s: weakened %s', (before, after, expected) => {
  expect(tlsWeakened(step(before, after))).toBe(expected);
});

test.each<[Plain, Plain, boolean]>([
  [['TLSv1.2'], ['TLSv1.2', 'SSLv3'], true],
  [['TLSv1.2'], ['TLSv1.2', 'TLSv1.3'], false],
  [['TLSv1.2', 'SSLv3'], ['TLSv1.2'], false],
  [{ A: ['TLSv1.2'] }, { A: ['TLSv1.1'] }, true],
  ['TLSv1.2', 'none', false],
  ['none', 'SSLv3', false],
  ['TLSv1.2', 10, false],
  ['TLSv1.2', unresolved('later'), false],
  [unresolved('later'), 'SSLv3', false],
])('from %j to %j: weakened %s', (before, after, expected) => {
  expect(tlsWeakened(step(before, after))).toBe(expected);
});

test('an element of a list is looked at with the others', () => {
  expect(tlsWeakened(step(['TLSv1.1', 'TLSv1.2'], ['TLSv1.1', 'TLSv1.1'], ['Policy', '1']))).toBe(false);
  expect(tlsWeakened(step(['TLSv1.2', 'TLSv1.2'], ['TLSv1.2', 'SSLv3'], ['Policy', '1']))).toBe(true);
});
