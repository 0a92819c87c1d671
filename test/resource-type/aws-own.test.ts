import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { decodeDefaults } from '../../src/resource-type/aws-defaults.js';
import { ownOfAws } from '../../src/resource-type/aws-own.js';
import { loadResourceTypes } from '../../src/resource-type/index-file.js';
import type { ResourceType } from '../../src/resource-type/resource-type.js';
import { VOLATILE_PLACES } from '../../src/resource-type/volatile-data.js';

/** A type's name for a pattern, and another one that it does not cover. */
function typesOf(pattern: string): [string, string | undefined] {
  if (pattern === '*') return ['AWS::Test::Thing', undefined];
  return [pattern.endsWith('*') ? `${pattern.slice(0, -1)}Thing` : pattern, 'AWS::Other::Thing'];
}

describe('what moves by itself', () => {
  test.each(VOLATILE_PLACES.map(({ type, path }) => [type, path] as const))('%s%s', (pattern, place) => {
    const path = place.replace('/**', '/Deep/0').replace('/*', '/Any');
    const [type, other] = typesOf(pattern);
    const kindAt = (name: string, at: string) => ownOfAws({ type: name, resourceType: undefined }).at(at, 'x')?.kind;
    expect(kindAt(type, path)).toBe('volatile');
    expect(kindAt(type, `${path}Policy`)).toBeUndefined();
    if (other !== undefined) expect(kindAt(other, path)).toBeUndefined();
  });

  test('is nothing that the severity of a change is about', () => {
    const grave =
      /Polic|Encrypt|Public(?:Access|ly)|Ingress|Egress|Principal|Kms|Log(?:ging)?$|Layers|SecurityGroup|Acl/i;
    expect(VOLATILE_PLACES.filter(({ path }) => grave.test(path))).toEqual([]);
  });

  test('each line says why', () => {
    expect(VOLATILE_PLACES.filter(({ because }) => because.length < 10)).toEqual([]);
  });
});

describe('what a resource is known by', () => {
  const type = 'AWS::SQS::Queue';
  const resourceType = loadResourceTypes().get(type);
  const physicalId = 'https://sqs.eu-west-1.amazonaws.com/111111111111/shop-orders';
  const { at } = ownOfAws({ type, resourceType, physicalId });

  test.each<[string, string, Json, string | undefined]>([
    ['what only AWS sets', '/Arn', 'arn:aws:sqs:eu-west-1:111111111111:other', 'read-only'],
    ['its primary identifier', '/QueueUrl', 'x', 'read-only'],
    ['its physical ID', '/Any', physicalId, 'identifier'],
    ['its name', '/QueueName', 'shop-orders', 'identifier'],
    ['a name made of its own', '/LogGroup', '/aws/queues/shop-orders', 'identifier'],
    ['not what only ends like it', '/LogGroup', 'their-backshop-orders', undefined],
    ["not somebody else's", '/KmsMasterKeyId', 'arn:aws:kms:eu-west-1:999999999999:key/1', undefined],
    ["AWS's key", '/KmsMasterKeyId', 'alias/aws/sqs', 'generated'],
    ["AWS's role for a service", '/Role', 'arn:aws:iam::1:role/aws-service-role/x', 'generated'],
  ])('%s', (_, path, value, kind) => {
    expect(at(path, value)?.kind).toBe(kind);
  });

  test('a short physical ID names nothing by chance', () => {
    expect(ownOfAws({ type, resourceType, physicalId: 'abc' }).at('/Any', 'abc')).toBeUndefined();
    expect(ownOfAws({ type, resourceType, physicalId: 'abcd' }).at('/Any', 'abcd')?.kind).toBe('identifier');
    expect(ownOfAws({ type, resourceType, physicalId: 'abcd' }).at('/Any', 'x/abcd')).toBeUndefined();
  });
});

describe('defaults', () => {
  const known = {
    recorded: {
      '/Mode': ['on'],
      '/Switch': [true, false],
      '/Retention': [0, 1],
      '/Port': ['3306', '5432'],
      '/List/*/Depth': [1],
      '/Sizes': [['s', 'm']],
    },
    generated: ['/Token'],
    mined: { '/Mode': ['off'], '/Size': [10] },
  };
  const lines = [`*\t${JSON.stringify({ Level: ['LOW'], Size: [20] })}`, `AWS::Test::Thing\t${JSON.stringify(known)}`];
  const resourceType = { defaults: { '/Mode': 'auto', '/Stated': 5, '/Size': 10 } } as unknown as ResourceType;
  const { at, hasDefault } = ownOfAws({ type: 'AWS::Test::Thing', resourceType }, decodeDefaults(lines.join('\n')));

  test.each<[string, string, Json, string | undefined]>([
    ['what was seen', '/Mode', 'on', 'recorded'],
    ['over what the schema states', '/Mode', 'auto', undefined],
    ['and over what was mined', '/Mode', 'off', undefined],
    ['a switch that was seen both ways is none', '/Switch', true, undefined],
    ['nor is a number', '/Retention', 0, undefined],
    ['a text by what else is there', '/Port', '5432', 'recorded'],
    ['of an element, at any index', '/List/7/Depth', 1, 'recorded'],
    ['a whole list', '/Sizes', ['s', 'm'], 'recorded'],
    ['not a longer one', '/Sizes', ['s', 'm', 'l'], undefined],
    ['as a text, too', '/Stated', '5', 'schema'],
    ['over what was mined and what is usual', '/Size', 10, 'schema'],
    ['what is usual for the name', '/Deep/Level', 'LOW', 'usual'],
    ['nothing else for the name', '/Deep/Level', 'HIGH', undefined],
  ])('%s', (_, path, value, from) => {
    const own = at(path, value);
    expect(own?.kind === 'default' ? own.from : own?.kind).toBe(from);
  });

  test('what AWS makes up, whatever it is', () => {
    expect(at('/Token', 'x')?.kind).toBe('generated');
  });

  test('places where AWS sets something, and those that lead there', () => {
    expect(['/Mode', '/List', '/List/0', '/List/3/Depth', '/Stated'].map(hasDefault)).toEqual(Array(5).fill(true));
    expect(['/Other', '/Mode/x', '/Lis'].map(hasDefault)).toEqual(Array(3).fill(false));
  });

  test('nothing at a type that nothing is known of', () => {
    const unknown = ownOfAws({ type: 'AWS::No::Thing', resourceType: undefined });
    expect(unknown.at('/Anything', 'x')).toBeUndefined();
  });
});

describe('the data that ships', () => {
  test('knows what AWS sets at a bucket, and not what depends on other settings', () => {
    const bucket = ownOfAws({ type: 'AWS::S3::Bucket', resourceType: loadResourceTypes().get('AWS::S3::Bucket') });
    const block = '/PublicAccessBlockConfiguration/BlockPublicAcls';
    expect(bucket.at(block, true)).toMatchObject({ kind: 'default', from: 'recorded' });
    expect(bucket.at(block, false)).toBeUndefined();
    const queue = ownOfAws({ type: 'AWS::SQS::Queue', resourceType: undefined });
    expect(queue.at('/SqsManagedSseEnabled', false)).toBeUndefined();
  });
});
