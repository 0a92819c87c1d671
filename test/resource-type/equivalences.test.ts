import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { isBlank, saysNothing } from '../../src/resource-type/equivalences/absent.js';
import type { EquivalenceContext } from '../../src/resource-type/equivalences/equivalence.js';
import { isUnknownAlias } from '../../src/resource-type/equivalences/kms-key.js';
import { BY_QUIRK, EVERYWHERE } from '../../src/resource-type/equivalences/registry.js';
import { nonAsciiMask } from '../../src/resource-type/equivalences/text-spelling.js';

// The mask of characters outside ASCII makes a value unverifiable, not equal, so it is no registered rule.
const RULES = new Map([...EVERYWHERE, ...BY_QUIRK, ['non-ascii-mask', nonAsciiMask] as const]);
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:eu-west-1:111111111111:key/${KEY}`;
const CONTEXT: EquivalenceContext = {
  accountId: '111111111111',
  region: 'eu-west-1',
  kmsAliasTargets: { 'alias/shop': KEY },
  property: 'Value',
};

function holds(name: string, desired: Json, live: Json, property = 'Value'): boolean | undefined {
  return RULES.get(name)?.(desired, live, { ...CONTEXT, property });
}

// Rule, two values, and the property where it matters.
type Case = [rule: string, desired: Json, live: Json, property?: string];

const SAME: Case[] = [
  ['text-form', true, 'true'],
  ['text-form', 'True', true],
  ['text-form', 10, '10'],
  ['text-form', '1', '1.0'],
  ['text-form', 1.5, '1.50'],
  ['text-form', 8, '8', 'EngineVersion'],
  ['arn-or-name', 'arn:aws:iam::111111111111:role/app', 'app'],
  ['arn-or-name', 'app', 'arn:aws:iam::111111111111:role/path/app'],
  ['arn-or-name', 'cart', 'arn:aws:lambda:eu-west-1:111111111111:function:cart'],
  ['arn-or-name', 'arn:aws:logs:eu-west-1:111111111111:log-group:/app:*', '/app'],
  ['arn-or-name', 'web:3', 'arn:aws:ecs:eu-west-1:111111111111:task-definition/web:3'],
  ['kms-key', KEY, KEY_ARN],
  ['kms-key', 'alias/shop', KEY_ARN],
  ['kms-key', 'arn:aws:kms:eu-west-1:111111111111:alias/shop', KEY],
  ['network-address', '10.0.0.5/24', '10.0.0.0/24', 'CidrIp'],
  ['network-address', '2001:0db8::/64', '2001:db8:0:0::/64', 'CidrIpv6'],
  ['network-address', '::1', '0:0:0:0:0:0:0:1', 'Address'],
  ['dns-trailing-dot', 'example.com', 'example.com.'],
  ['dns-trailing-dot', '_a.example.com.', '_a.example.com'],
  ['trailing-newline', 'a\nb\n', 'a\nb'],
  ['trailing-newline', 'a', 'a\r\n'],
  ['account-principal', '222222222222', 'arn:aws:iam::222222222222:root'],
  ['account-principal', 'arn:aws-cn:iam::222222222222:root', '222222222222'],
  ['anyone-principal', '*', { AWS: '*' }, 'Principal'],
  ['anyone-principal', { AWS: ['*'] }, '*', 'Principal'],
  ['non-ascii-mask', 'caf?', 'café'],
  ['ssh-key-comment', 'ssh-ed25519 AAAAC3Nz me@home', 'ssh-ed25519 AAAAC3Nz'],
  ['protocol', 6, 'tcp', 'IpProtocol'],
  ['protocol', 'all', '-1', 'IpProtocol'],
  ['protocol', 'http', 'HTTP', 'Protocol'],
  ['weekly-window', 'Sun:05:00-Sun:06:00', 'sun:05:00-sun:06:00'],
  ['ignore-case', 'Zone-A', 'zone-a'],
  ['version-prefix', '8.0', '8.0.45'],
  ['version-prefix', 8, '8.4'],
  ['whole-hour', 3700, 3600],
  ['access-string', 'on ~* +get', 'on ~* -@all +get'],
];

const DIFFERENT: Case[] = [
  ['text-form', true, 'yes'],
  ['text-form', '012345678901', '12345678901'],
  ['text-form', '5.1', '5.10', 'EngineVersion'],
  ['text-form', 1, 2],
  ['text-form', '', 0],
  ['text-form', '1e3', '1000'],
  ['text-form', '0x10', '16'],
  ['text-form', [1], ['1']],
  ['arn-or-name', 'arn:aws:iam::111111111111:role/app', 'pp'],
  ['arn-or-name', 'arn:aws:iam::222222222222:role/app', 'app'],
  ['arn-or-name', 'arn:aws:lambda:us-east-1:111111111111:function:cart', 'cart'],
  ['arn-or-name', 'arn:aws:lambda:eu-west-1:111111111111:function:cart:live', 'live'],
  ['arn-or-name', 'arn:aws:lambda:eu-west-1:111111111111:function:cart:live', 'cart'],
  ['arn-or-name', 'arn:aws:iam::111111111111:role/app', 'arn:aws:iam::111111111111:role/x/app'],
  ['arn-or-name', 'arn:aws:iam::111111111111:role/app', ''],
  ['kms-key', 'alias/other', KEY_ARN],
  ['kms-key', KEY.replace('1', '2'), KEY_ARN],
  ['kms-key', KEY_ARN.replace('eu-west-1', 'eu-west-2'), KEY_ARN],
  ['kms-key', 'alias/__proto__', KEY],
  ['network-address', '10.0.0.5/24', '10.0.0.0/25', 'CidrIp'],
  ['network-address', '10.0.1.0/24', '10.0.0.0/24', 'CidrIp'],
  ['network-address', '10.0.0.5/30', '10.0.0.6/30', 'CustomerAddress'],
  ['network-address', '10.0.0.1', '10.0.0.2', 'Address'],
  ['network-address', '10.0.0.0/99', '10.0.0.0/98', 'CidrIp'],
  ['network-address', '::/0', '0.0.0.0/0', 'CidrIp'],
  ['dns-trailing-dot', 'example.com', 'example.com..'],
  ['dns-trailing-dot', 'Done', 'Done.'],
  ['dns-trailing-dot', 'All done', 'All done.'],
  ['trailing-newline', 'a\nb', 'a\nb\nc'],
  ['trailing-newline', '\na', 'a'],
  ['account-principal', '222222222222', 'arn:aws:iam::222222222222:role/root'],
  ['account-principal', '222222222222', 'arn:aws:iam::333333333333:root'],
  ['anyone-principal', '*', { AWS: '*' }, 'Resource'],
  ['anyone-principal', '*', { AWS: ['*', '111111111111'] }, 'Principal'],
  ['anyone-principal', '*', { AWS: '*', Service: 'x' }, 'Principal'],
  ['anyone-principal', '*', { Service: '*' }, 'Principal'],
  ['non-ascii-mask', 'why?', 'why!'],
  ['non-ascii-mask', 'café', 'caf?'],
  ['non-ascii-mask', 'a?', 'a'],
  ['ssh-key-comment', 'ssh-ed25519 AAAAC3Nz me', 'ssh-ed25519 AAAAC3Nzz me'],
  ['ssh-key-comment', 'ssh-ed25519 AAAA', 'ssh-rsa AAAA'],
  ['ssh-key-comment', 'hello world', 'hello world again'],
  ['protocol', 6, 'udp', 'IpProtocol'],
  ['protocol', 6, 'tcp', 'Port'],
  ['weekly-window', 'sun:05:00-sun:06:00', 'sun:05:00-sun:07:00'],
  ['weekly-window', 'Sunday', 'sunday'],
  ['ignore-case', 'a', 'b'],
  ['version-prefix', '8.0', '8.01'],
  ['version-prefix', '8.0.45', '8.0'],
  ['version-prefix', '', '.8'],
  ['whole-hour', 7300, 3600],
  ['whole-hour', 'soon', 0],
  ['access-string', 'on ~* +get', 'on ~* +set'],
  ['access-string', 'on ~* +@all -set', 'on ~* +@all'],
];

describe('equivalences', () => {
  test.each(SAME)('%s: %j and %j mean the same', (...[name, desired, live, property]: Case) => {
    expect(holds(name, desired, live, property)).toBe(true);
  });

  test.each(DIFFERENT)('%s: %j and %j are different', (...[name, desired, live, property]: Case) => {
    expect(holds(name, desired, live, property)).toBe(false);
  });

  test.each([...RULES.keys()])('%s has its cases here, both ways', (name) => {
    expect(SAME.some(([rule]) => rule === name)).toBe(true);
    expect(DIFFERENT.some(([rule]) => rule === name)).toBe(true);
  });

  test('none of those tried everywhere forgives two plain texts that differ', () => {
    const texts = [
      'web',
      'db',
      'us-east-1',
      '10',
      '11',
      'true',
      'false',
      '10.0.0.0/8',
      'alias/a',
      'alias/b',
      '*',
      'a.b',
    ];
    const forgiven = texts.flatMap((desired) =>
      texts.flatMap((live) =>
        desired === live ? [] : [...EVERYWHERE.keys()].filter((name) => holds(name, desired, live, 'CidrIp')),
      ),
    );
    expect(forgiven).toEqual([]);
  });
});

describe('what says nothing', () => {
  test.each<[Json, boolean, boolean]>([
    [null, true, true],
    ['', true, true],
    [[], true, true],
    [{}, true, true],
    [{ A: { B: '' } }, true, true],
    [false, false, true],
    [{ Enabled: false }, false, true],
    [0, false, false],
    ['x', false, false],
    [{ A: 0 }, false, false],
    [[false], false, false],
  ])('%j: blank %s, no more than absent %s', (value, blank, nothing) => {
    expect([isBlank(value), saysNothing(value)]).toEqual([blank, nothing]);
  });
});

test.each([
  ['alias/other', true],
  ['arn:aws:kms:eu-west-1:111111111111:alias/other', true],
  ['alias/shop', false],
  [KEY, false],
  [10, false],
])('%s is an alias of an unknown key: %s', (value, expected) => {
  expect(isUnknownAlias(value, CONTEXT.kmsAliasTargets)).toBe(expected);
});
