import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSnapshot } from '../../src/cloud/snapshot/recorded.js';
import { stackSpans } from '../../src/cloud/snapshot/stack-spans.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { anyCharacter } from '../support/any-character.js';
import { buckets, snapshotOf, stackOf } from './cloud.js';

function textsOf(text: string): string[] | undefined {
  const bytes = Buffer.from(text);
  return stackSpans(bytes)?.map(({ start, end }) => bytes.toString('utf8', start, end));
}

describe('finding stacks in the bytes of a snapshot', () => {
  test('finds every stack, whatever its texts hold and however it is laid out', () => {
    const json = fc.jsonValue({ stringUnit: anyCharacter, maxDepth: 4 });
    const region = fc.record({ stacks: fc.array(json), exports: json, unmanaged: fc.array(json) });
    const snapshot = fc.record({ before: json, regions: fc.dictionary(fc.string(), region), after: json });
    fc.assert(
      fc.property(snapshot, fc.constantFrom(0, 2, '\t\r\n '), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const stacks = Object.values(JSON.parse(text).regions as typeof value.regions).flatMap((one) => one.stacks);
        expect(textsOf(text)?.map((each) => JSON.parse(each))).toEqual(stacks);
      }),
    );
  });

  test.each([
    '',
    '[]',
    '{"regions"',
    '{"regions": {"a": {"stacks": [',
    '{"regions": {"a": {"stacks": [{]}}}',
    '{"regions": {"a": {"stacks": {}}}}',
    '{"regions": {"a": {"stacks": [1 2]}}}',
    '{"regions": {"a": {"stacks": ["]}}}',
    '{"regions": {a: 1}}',
    '{"regions": {"a": {"stacks": [,]}}}',
  ])('gives up where brackets and strings do not match: %s', (text) => {
    expect(textsOf(text)).toBeUndefined();
  });

  test('does not take long for a text full of backslashes and brackets', () => {
    const hostile = '\\'.repeat(200_000) + '"'.repeat(2) + '['.repeat(200_000);
    expect(textsOf(`{"regions": {"a": {"stacks": ["${hostile}`)).toBeUndefined();
  });
});

describe('a snapshot that is read stack by stack', () => {
  const many = Array.from({ length: 150 }, (_, index) =>
    stackOf(`shop-${index}`, buckets(2), { exports: { [`url-${index}`]: 'ü' }, parameters: { Env: 'prod' } }),
  );

  test('holds what was recorded, in whatever order and however often stacks are asked for', async () => {
    const snapshot = snapshotOf(many);
    const opened = await openSnapshot(
      { path: 'live.json', text: Buffer.from(JSON.stringify(snapshot)) },
      cloudFormationTypes,
    );
    const stacks = opened.regions['eu-west-1']?.stacks ?? [];
    expect(opened).toMatchObject({ account: '111111111111', regions: { 'eu-west-1': { unmanaged: [] } } });
    expect(stacks.map(({ name, exports }) => [name, exports])).toEqual(
      many.map(({ name, exports }) => [name, exports]),
    );
    expect(stacks.map((stack) => stack.read())).toEqual(many);
    expect([...stacks].reverse().map((stack) => stack.read())).toEqual([...many].reverse());
  });

  test('makes a stack once, as long as few others are asked for', async () => {
    const opened = await openSnapshot(
      { path: 'live.json', text: JSON.stringify(snapshotOf(many)) },
      cloudFormationTypes,
    );
    const stacks = opened.regions['eu-west-1']?.stacks ?? [];
    const first = stacks[0]?.read();
    for (const stack of stacks.slice(1, 60)) stack.read();
    expect(stacks[0]?.read()).toBe(first);
    for (const stack of stacks.slice(1)) stack.read();
    expect(stacks[0]?.read()).not.toBe(first);
    expect(stacks[0]?.read()).toEqual(first);
  });

  test.each<[string, string, string[]]>([
    [
      'the last of two keys counts',
      '{"snapshotVersion":1,"regions":{"a":{"stacks":[{"name":"x","resources":[]}]}},"regions":{"a":{"stacks":[{"name":"y","resources":[]}],"stacks":[{"name":"z","resources":[]}]}}}',
      ['z'],
    ],
    [
      'keys may be written with escapes',
      '{"snapshotVersion":1,"regions":{"a":{"stac\\u006bs":[{"name":"x","resources":[]}]},"b":{"stacks":[{"name":"y","resources":[]}]}}}',
      ['x', 'y'],
    ],
    [
      'a byte order mark may stand in front',
      '\uFEFF{"snapshotVersion":1,"regions":{"a":{"stacks":[{"name":"x","resources":[]}]}}}',
      ['x'],
    ],
  ])('%s, as in JSON', async (_, text, names) => {
    const opened = await openSnapshot({ path: 'live.json', text }, cloudFormationTypes);
    const stacks = Object.values(opened.regions).flatMap((region) => region.stacks);
    expect(stacks.map((stack) => stack.read().name)).toEqual(names);
  });

  test('is held to the schema as a whole, also where only one stack is wrong', async () => {
    const text = JSON.stringify(snapshotOf(many)).replace('"physicalId":"bucket1"', '"physicalId":7');
    await expect(openSnapshot({ path: 'live.json', text }, cloudFormationTypes)).rejects.toThrow(
      /^live\.json:1:\d+: \/regions\/eu-west-1\/stacks\/0\/resources\/1\/physicalId must be string,null$/,
    );
  });
});
