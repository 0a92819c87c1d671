import { expect, test } from '@jest/globals';
import { protocol } from '../../src/resource-type/equivalences/protocol.js';
import { weeklyWindow } from '../../src/resource-type/equivalences/weekly-window.js';

test.each([
  ['IpProtocol', '6', 'tcp', true],
  ['Protocol', 17, 'UDP', true],
  ['Protocol', '-1', 'all', true],
  ['Protocol', '6', 'udp', false],
  ['Port', '6', 'tcp', false],
])('%s: %s and %s are the same protocol: %s', (property, desired, live, same) => {
  expect(protocol(desired, live, { property })).toBe(same);
});

test.each([
  ['Sun:05:00-Sun:06:00', 'sun:05:00-sun:06:00', true],
  ['Sun:05:00-Sun:06:00', 'sun:05:00-sun:07:00', false],
  ['Prod', 'prod', false],
])('%s and %s are the same window: %s', (desired, live, same) => {
  expect(weeklyWindow(desired, live, { property: 'Window' })).toBe(same);
});
