import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../src/base/json.js';
import { isBlank, saysNothing } from '../../../src/compare/absent.js';
import { unknownAlias } from '../../../src/compare/meanings/kms.js';
import { MEANING_NAMES, type MeaningName } from '../../../src/compare/meanings/names.js';
import { meaning } from '../../../src/compare/meanings/registry.js';
import { sameForm } from '../../../src/compare/scalar.js';

const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:eu-west-1:111111111111:key/${KEY}`;
const SURROUNDINGS = { accountId: '111111111111', region: 'eu-west-1', kmsAliasTargets: { 'alias/shop': KEY } };
const PLACE = { path: '/X', stablePath: '/X', property: 'X', document: 'none' as const, isAuthors: false };

/** Whether a live value says what is declared where the values have this meaning. */
function same(name: MeaningName, desired: Json, live: Json): boolean {
  const kind = meaning(name);
  if (kind === undefined) throw new Error(`there is no ${name}`);
  if (sameForm(desired, live, PLACE, kind) !== undefined) return true;
  return kind.stands.some(({ holds }) => holds(String(desired), String(live), SURROUNDINGS));
}

type Case = [name: MeaningName, desired: Json, live: Json];

const SAME: Case[] = [
  ['text', true, 'true'],
  ['text', 'True', true],
  ['text', 10, '10'],
  ['text', 'a\nb\n', 'a\nb'],
  ['number', 5, '5.0'],
  ['number', '1', '1.00'],
  ['boolean', 'True', 'true'],
  ['keyword', 'managed', 'MANAGED'],
  ['identifier', 'arn:aws:iam::111111111111:role/app', 'app'],
  ['identifier', 'app', 'arn:aws:iam::111111111111:role/path/app'],
  ['identifier', 'cart', 'arn:aws:lambda:eu-west-1:111111111111:function:cart'],
  ['identifier', 'web:3', 'arn:aws:ecs:eu-west-1:111111111111:task-definition/web:3'],
  [
    'identifier',
    'arn:aws:logs:eu-west-1:111111111111:log-group:/app:*',
    'arn:aws:logs:eu-west-1:111111111111:log-group:/app',
  ],
  ['lower-identifier', 'Shop-Db', 'shop-db'],
  ['kms-key', KEY, KEY_ARN],
  ['kms-key', 'alias/shop', KEY_ARN],
  ['kms-key', 'arn:aws:kms:eu-west-1:111111111111:alias/shop', KEY],
  ['principal', '222222222222', 'arn:aws:iam::222222222222:root'],
  ['principal', 'arn:aws-cn:iam::222222222222:root', '222222222222'],
  ['dns-name', 'App.Example.com', 'app.example.com.'],
  ['dns-name', '*.example.com', '\\052.example.com.'],
  ['dns-name', '_a.example.com.', '_a.example.com'],
  ['header-name', 'User-Agent', 'user-agent'],
  ['hex', '9E:99:A4', '9e99a4'],
  ['ip-address', '::1', '0:0:0:0:0:0:0:1'],
  ['cidr', '10.0.0.5/24', '10.0.0.0/24'],
  ['cidr', '2001:0db8::/64', '2001:db8:0:0::/64'],
  ['protocol', 6, 'tcp'],
  ['protocol', 'all', '-1'],
  ['protocol', '17', 'UDP'],
  ['protocol', 'http', 'HTTP'],
  ['weekly-window', 'Sun:05:00-Sun:06:00', 'sun:05:00-sun:06:00'],
  ['schedule', 'rate(60 minutes)', 'rate(1 hour)'],
  ['schedule', 'rate(7 days)', 'rate(1 week)'],
  ['schedule', 'cron( 0  12 * * ? * )', 'cron(0 12 * * ? *)'],
  ['duration', 'PT60M', 'PT1H'],
  ['duration', 'P1D', 'PT24H'],
  ['whole-hour', 3700, 3600],
  ['size', '1 vCPU', '1024'],
  ['size', '.5 vcpu', 512],
  ['size', '2GB', '2048'],
  ['size', '2 GiB', 2048],
  ['version', '8.0', '8.0.45'],
  ['version', 8, '8.4'],
  ['version', 'OpenSearch_2', 'OpenSearch_2.11'],
  ['body', 'a: 1\n', 'a: 1'],
  ['body-format', 'YAML', 'JSON'],
  ['ssh-key', 'ssh-ed25519 AAAAC3Nz me@home', 'ssh-ed25519 AAAAC3Nz'],
  ['access-string', 'on ~* +get', 'on ~* -@all +get'],
  ['folder', '/in/', '/in'],
  ['url', 'https://example.com/', 'example.com'],
  ['trimmed', ' a\n', 'a'],
  ...(['ON', 'on', 'true', 'TRUE'] as const).map((text): Case => ['engine-parameter', text, '1']),
  ...(['OFF', 'false', '0'] as const).map((text): Case => ['engine-parameter', text, '0']),
  ['engine-parameter', '1.0', '1'],
];

const DIFFERENT: Case[] = [
  ['text', true, 'yes'],
  ['text', '1.10', '1.1'],
  ['text', 'True', 'true'],
  ['text', 1, 2],
  ['text', '', 0],
  ['text', [1], ['1']],
  ['text', 'a\nb', 'a\nb\nc'],
  ['text', '\na', 'a'],
  ['text', 'Done', 'Done.'],
  ['text', 'arn:aws:sqs:eu-west-1:111111111111:jobs', 'jobs'],
  ['number', '1e3', '1000'],
  ['number', '0x10', '16'],
  ['number', '012345678901', '12345678901'],
  ['boolean', 'true', 'false'],
  ['boolean', 'Yes', 'yes'],
  ['keyword', 'a', 'b'],
  ['identifier', 'App', 'app'],
  ['identifier', 'arn:aws:iam::111111111111:role/app', 'pp'],
  ['identifier', 'arn:aws:iam::222222222222:role/app', 'app'],
  ['identifier', 'arn:aws:lambda:us-east-1:111111111111:function:cart', 'cart'],
  ['identifier', 'arn:aws:lambda:eu-west-1:111111111111:function:cart:live', 'live'],
  ['identifier', 'arn:aws:iam::111111111111:role/app', 'arn:aws:iam::111111111111:role/x/app'],
  ['identifier', 'arn:aws:iam::111111111111:role/app', ''],
  ['identifier', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/'],
  ['lower-identifier', 'shop-db', 'shop-db2'],
  ['kms-key', 'alias/other', KEY_ARN],
  ['kms-key', KEY.replace('1', '2'), KEY_ARN],
  ['kms-key', KEY_ARN.replace('eu-west-1', 'eu-west-2'), KEY_ARN],
  ['kms-key', 'alias/__proto__', KEY],
  ['principal', '222222222222', 'arn:aws:iam::222222222222:role/root'],
  ['principal', '222222222222', 'arn:aws:iam::333333333333:root'],
  ['dns-name', 'example.com', 'example.com..'],
  ['dns-name', 'All Done', 'all done'],
  ['header-name', 'X-A', 'x-b'],
  ['hex', '9E99', '9e98'],
  ['hex', 'XY', 'xy'],
  ['ip-address', '10.0.0.1', '10.0.0.2'],
  ['ip-address', '10.0.0.5/30', '10.0.0.6/30'],
  ['cidr', '10.0.0.5/24', '10.0.0.0/25'],
  ['cidr', '10.0.1.0/24', '10.0.0.0/24'],
  ['cidr', '10.0.0.0/99', '10.0.0.0/98'],
  ['cidr', '::/0', '0.0.0.0/0'],
  ['protocol', 6, 'udp'],
  ['weekly-window', 'sun:05:00-sun:06:00', 'sun:05:00-sun:07:00'],
  ['weekly-window', 'Sunday', 'sunday'],
  ['schedule', 'rate(60 minutes)', 'rate(61 minutes)'],
  ['schedule', 'cron(0 12 * * ? *)', 'cron(0 13 * * ? *)'],
  ['duration', 'PT60M', 'PT61M'],
  ['duration', 'P1M', 'P30D'],
  ['duration', 'PT', 'P'],
  ['whole-hour', 7300, 3600],
  ['whole-hour', 'soon', 0],
  ['size', '1 vCPU', '1023'],
  ['size', '2GB', '2000'],
  ['version', '8.0', '8.01'],
  ['version', '8.0.45', '8.0'],
  ['version', '', '.8'],
  ['version', '5.1', '5.10'],
  ['body', 'a: 1', 'a: 2'],
  ['body-format', 'YAML', 'TEXT'],
  ['ssh-key', 'ssh-ed25519 AAAAC3Nz me', 'ssh-ed25519 AAAAC3Nzz me'],
  ['ssh-key', 'hello world', 'hello world again'],
  ['access-string', 'on ~* +get', 'on ~* +set'],
  ['access-string', 'on ~* +@all -set', 'on ~* +@all'],
  ['folder', '/in/', '/inn'],
  ['folder', '/', ''],
  ['url', 'http://example.com', 'example.com'],
  ['trimmed', 'a b', 'ab'],
  ['engine-parameter', 'ON', '0'],
  ['engine-parameter', '2', '1'],
];

describe('what values mean', () => {
  test.each(SAME)('%s: %j and %j are the same', (name, desired, live) => {
    expect(same(name, desired, live)).toBe(true);
  });

  test.each(DIFFERENT)('%s: %j and %j are different', (name, desired, live) => {
    expect(same(name, desired, live)).toBe(false);
  });

  test.each(MEANING_NAMES.map((name) => [name]))('%s has its cases here, both ways', (name) => {
    expect(SAME.some(([each]) => each === name)).toBe(true);
    expect(DIFFERENT.some(([each]) => each === name)).toBe(true);
  });

  test('no form changes a text that is in canonical form already', () => {
    for (const [name, desired] of SAME) {
      for (const { of } of meaning(name)?.forms ?? []) expect(of(of(String(desired)))).toBe(of(String(desired)));
    }
  });

  test('between two templates a relation does not stand: forms alone count', () => {
    const kind = meaning('version');
    expect(kind && sameForm('8.0', '8.0.45', PLACE, kind)).toBeUndefined();
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
    [[''], true, true],
    [['', ''], true, false],
  ])('%j: blank %s, no more than absent %s', (value, blank, nothing) => {
    expect([isBlank(value), saysNothing(value)]).toEqual([blank, nothing]);
  });
});

test.each([
  ['alias/other', KEY_ARN, true],
  ['arn:aws:kms:eu-west-1:111111111111:alias/other', KEY, true],
  ['alias/other', 'alias/third', false],
  ['alias/shop', KEY_ARN, false],
  [KEY, KEY_ARN, false],
])('%s beside %s: whether it is the same key is not known: %s', (desired, live, expected) => {
  expect(unknownAlias(desired, live, SURROUNDINGS.kmsAliasTargets) !== undefined).toBe(expected);
});
