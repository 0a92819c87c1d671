import { expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { attribute } from '../../src/who/attribute.js';
import type { WriteEvent } from '../../src/who/event.js';

const CHANGE = { deed: 'update', path: '/MemorySize', live: 512, properties: ['MemorySize', 'Timeout'] } as const;

/** Calls one after the other, as `alice: 512`; `?` is a value that can't be compared, `-` another property. */
function calls(...told: string[]): WriteEvent[] {
  return told.map((each, at) => {
    const [principal = '', value = ''] = each.split(': ');
    const memory: Json = value === '?' ? '***' : Number(value);
    return {
      ...{ id: `${at}`, name: 'UpdateFunctionConfiguration', time: `2026-11-2${at}T00:00:00.000Z`, principal },
      ...{ byService: false, deeds: ['update'], about: [] },
      parameters: value === '-' ? { timeout: 9 } : { memorySize: memory },
    };
  });
}

test.each([
  [['alice: 512'], 'exact alice 0'],
  // Forms send all settings, whichever was changed.
  [['alice: 512', 'bob: 512'], 'exact alice 0'],
  [['alice: 512', 'carol: -', 'bob: 512', 'bob: 512'], 'exact alice 0'],
  // By turns: who came last set what is live.
  [['alice: 512', 'bob: 128', 'carol: 512'], 'exact carol 2'],
  [['alice: 512', 'bob: 128', 'carol: 512', 'bob: 512'], 'exact carol 2'],
  [['alice: 512', 'bob: ?', 'carol: 512'], 'exact carol 2'],
  [['alice: 512', 'bob: 128'], 'possible - 0'],
])('of %j is named: %s', (told, expected) => {
  const { grade, principal = '-', eventId } = attribute(CHANGE, calls(...told), { reason: '' });
  expect(`${grade} ${principal} ${eventId}`).toBe(expected);
});

test('of a resource that was taken away more than once, the last who did is named', () => {
  const deleting = calls('alice: -', 'bob: -').map((each) => ({ ...each, deeds: ['delete' as const] }));
  const gone = { deed: 'delete', path: '', properties: [] } as const;
  expect(attribute(gone, deleting, { reason: '' })).toMatchObject({ grade: 'exact', principal: 'bob' });
});
