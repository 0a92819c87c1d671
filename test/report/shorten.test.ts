import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { shorten } from '../../src/report/shorten.js';

const allow = (sid: string, action: Json, resource: Json = '*') => ({
  Sid: sid,
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});
const policy = (...statements: Json[]) => ({ Version: '2012-10-17', Statement: statements });
const arn = 'arn:aws:lambda:eu-west-1:111111111111:function:shop-prod-checkout-worker';

const cases: [
  what: string,
  desired: Json | undefined,
  live: Json | undefined,
  shownDesired: string,
  shownLive: string,
][] = [
  ['short values stay whole', 512, 1024, '512', '1024'],
  ['short texts too', '10.20.0.0/16', '0.0.0.0/0', '10.20.0.0/16', '0.0.0.0/0'],
  ['a text and a number that look alike', '10', 10, '"10"', '10'],
  ['a text and a switch that look alike', 'true', true, '"true"', 'true'],
  ['a text and another number', '14', 1, '14', '1'],
  ['nothing and empty', undefined, '', '–', '""'],
  ['blanks at the end', 'shop ', 'shop', '"shop "', 'shop'],
  ['something only in Git', { Key: 'Team', Value: 'shop' }, undefined, '{Key: Team, Value: shop}', '–'],
  [
    'a long map, member by member',
    undefined,
    { CidrIp: '0.0.0.0/0', Description: 'temp', FromPort: 5432, IpProtocol: 'tcp' },
    '–',
    'CidrIp: 0.0.0.0/0\nDescription: temp\nFromPort: 5432\nIpProtocol: tcp',
  ],
  ['something only in the cloud', undefined, ['a', 'b, c'], '–', '[a, "b, c"]'],
  ['masked secrets', '****', '****', '****', '**** (differs)'],
  [
    'long texts lose their common beginning and end',
    `${arn}:prod/invocations`,
    `${arn}:canary/invocations`,
    '…prod-checkout-worker:prod/invocations',
    '…prod-checkout-worker:canary/invocations',
  ],
  [
    'the end only',
    `${arn}-a`,
    `${arn}-b`,
    '…function:shop-prod-checkout-worker-a',
    '…function:shop-prod-checkout-worker-b',
  ],
  ['a changed member', { A: 1, B: { C: 2, D: 3 } }, { A: 1, B: { C: 2, D: 4 } }, 'B.D: 3', 'B.D: 4'],
  ['an added member', { A: 1 }, { A: 1, B: 'x' }, 'B: –', 'B: x'],
  ['added and removed elements', ['a', 'b', 'c'], ['a', 'c', 'd'], '[…, b]', '[…, d]'],
  ['an added element', ['a', 'b'], ['a', 'b', 'c'], '[…]', '[…, c]'],
  ['another order', ['a', 'b'], ['b', 'a'], '[a, b]', '[b, a]'],
  ['lists without a common element', ['a'], ['b', 'c'], '[a]', '[b, c]'],
  [
    'elements with a name are found by it',
    [
      { Key: 'Team', Value: 'shop' },
      { Key: 'Env', Value: 'prod' },
    ],
    [
      { Key: 'Env', Value: 'prod' },
      { Key: 'Team', Value: 'web' },
    ],
    '[Team].Value: shop',
    '[Team].Value: web',
  ],
  [
    'elements without a name are found by place',
    [{ Port: 80 }, { Port: 443 }],
    [{ Port: 80 }, { Port: 8443 }],
    '[1].Port: 443',
    '[1].Port: 8443',
  ],
  [
    'a changed statement of a policy',
    policy(allow('Read', ['s3:GetObject', 's3:ListBucket']), allow('Mail', 'ses:SendEmail')),
    policy(allow('Mail', 'ses:SendEmail'), allow('Read', ['s3:GetObject', 's3:*'])),
    'Statement[Read].Action: […, s3:ListBucket]',
    'Statement[Read].Action: […, s3:*]',
  ],
  [
    'one action becomes two',
    policy(allow('Mail', 'ses:SendEmail')),
    policy(allow('Mail', ['ses:SendEmail', 'ses:SendRawEmail'])),
    'Statement[Mail].Action: […]',
    'Statement[Mail].Action: […, ses:SendRawEmail]',
  ],
  [
    'an added statement',
    policy(allow('Read', 's3:GetObject')),
    policy(allow('Read', 's3:GetObject'), { Effect: 'Allow', Action: '*', Resource: '*' }),
    'Statement[1]: –',
    'Statement[1]: {Effect: Allow, Action: "*", Resource: "*"}'.replaceAll('"', ''),
  ],
  [
    'JSON texts are documents, inside documents too',
    JSON.stringify({ a: { b: 1 }, c: JSON.stringify({ d: [1, 2] }) }),
    JSON.stringify({ c: JSON.stringify({ d: [1, 3] }), a: { b: 1 } }),
    'c.d: […, 2]',
    'c.d: […, 3]',
  ],
  ['JSON text and document', '{"a":1}', { a: 2 }, 'a: 1', 'a: 2'],
  ['texts of several lines', 'one\ntwo\nthree\n', 'one\n2\nthree\n', 'line 2: two', 'line 2: 2'],
  ['an added line', 'one\nthree', 'one\ntwo\nthree', 'line 2: –', 'line 2: two'],
  ['escape codes', '\u001b[31mred\u0007', 'a\u202eb', '\\x1b[31mred\\x07', 'a\\u202eb'],
  ['a line break on one side', 'a\nb', 'a b', 'a\\nb', 'a b'],
  ['lookalikes', 'caf\u00e9', 'cafe\u0301', 'caf\\xe9', 'cafe\\u0301'],
  ['blanks that look alike', 'a b', 'a\u00a0b', 'a b', 'a\\xa0b'],
  ['unlike kinds', { a: 1 }, 'x', '{a: 1}', 'x'],
];

describe('what differs', () => {
  test.each(cases)('%s', (_, desired, live, shownDesired, shownLive) => {
    expect(shorten(desired, live, 36)).toEqual({ desired: shownDesired, live: shownLive });
  });

  test('values that differ never look the same', () => {
    for (const [, desired, live] of cases) {
      const shown = shorten(desired, live, 24);
      expect(shown.desired).not.toBe(shown.live);
    }
  });
});

describe('size', () => {
  test.each<[string, Json, Json]>([
    ['texts', 'a'.repeat(1_000_000), 'b'.repeat(1_000_000)],
    [
      'texts that differ in the middle',
      `${'x'.repeat(500_000)}a${'y'.repeat(500_000)}`,
      `${'x'.repeat(500_000)}b${'y'.repeat(500_000)}`,
    ],
    ['lines', 'a\n'.repeat(50_000), 'b\n'.repeat(50_000)],
    ['lists', Array.from({ length: 2000 }, (_, n) => `a${n}`), Array.from({ length: 2000 }, (_, n) => `b${n}`)],
    ['documents', wide('a'), wide('b')],
    ['depth', deep(500, 1), deep(500, 2)],
  ])('a megabyte of %s becomes a few lines', (_, desired, live) => {
    const shown = shorten(desired, live, 120);
    for (const side of [shown.desired, shown.live]) {
      expect(side.length).toBeLessThan(400);
      expect(side.split('\n').length).toBeLessThan(12);
    }
  });

  test('says how much is left out', () => {
    const shown = shorten('a'.repeat(1000), 'b', 100);
    expect(shown.desired).toMatch(/^a+… \(\+\d+ characters\) …a+$/);
    expect(shorten(wide('a'), wide('b'), 100).live).toMatch(/\n… and \d+ more: $/);
    expect(
      shorten(
        undefined,
        Array.from({ length: 100 }, (_, n) => n),
        40,
      ).live,
    ).toMatch(/, … \d+ more\]$/);
  });

  test('never cuts a character in two', () => {
    const shown = shorten(`${'🛒'.repeat(50)}a`, `${'🛒'.repeat(51)}`, 20);
    expect(shown.desired + shown.live).not.toMatch(/\\ud/);
    expect(shown.desired).toMatch(/^…(🛒)+a$/u);
  });
});

function wide(value: string): Json {
  return Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`member${index}`, value]));
}

function deep(depth: number, value: number): Json {
  let nested: Json = value;
  for (let index = 0; index < depth; index += 1) nested = { n: nested };
  return nested;
}
