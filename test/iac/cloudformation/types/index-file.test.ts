import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { packageFile } from '../../../../src/base/package-file.js';
import { pathPatterns } from '../../../../src/base/path-pattern.js';
import { distilType } from '../../../../src/iac/cloudformation/types/distil.js';
import { resourceTypeFromSchema } from '../../../../src/iac/cloudformation/types/from-schema.js';
import { decodeIndex, encodeIndex, loadResourceTypes } from '../../../../src/iac/cloudformation/types/index-file.js';
import { type MinedFact, secretPlaces } from '../../../../src/iac/cloudformation/types/mined.js';
import { describeShared, sharedLines } from '../../../support/shared.js';

const DATA = fileURLToPath(new URL('../../../../data/resource-types.json.gz', import.meta.url));
const ZIP = fileURLToPath(new URL('../../../../../shared/schemas/cloudformation-schemas.zip', import.meta.url));

describe('the index that ships', () => {
  const types = loadResourceTypes();

  test('knows every type of the registry by name, sorted', () => {
    const names = types.names();
    expect(names.length).toBeGreaterThan(1600);
    expect(names).toEqual([...names].sort());
    expect(types.get('AWS::No::Such')).toBeUndefined();
    expect(types.get('__proto__')).toBeUndefined();
  });

  test('knows a bucket', () => {
    expect(types.get('AWS::S3::Bucket')).toMatchObject({
      primaryIdentifier: ['/BucketName'],
      createOnly: expect.arrayContaining(['/BucketName']),
      readOnly: expect.arrayContaining(['/Arn', '/DomainName']),
      writeOnly: expect.arrayContaining(['/AccessControl']),
      tagProperty: '/Tags',
      readable: true,
      readPermissions: expect.arrayContaining(['s3:GetBucketTagging']),
    });
  });

  test('knows a security group and a service', () => {
    const group = types.get('AWS::EC2::SecurityGroup');
    expect(group?.transforms['/SecurityGroupIngress/*/IpProtocol']).toContain("'6': 'tcp'");
    expect(group?.unordered).toContain('/Tags');
    expect(types.get('AWS::ECS::Service')?.primaryIdentifier).toEqual(['/ServiceArn', '/Cluster']);
    expect(types.get('AWS::SQS::QueuePolicy')?.readable).toBe(false);
  });

  test('knows statements in statements of a web ACL', () => {
    const maps = pathPatterns(types.get('AWS::WAFv2::WebACL')?.documents ?? []);
    const field = '/FieldToMatch/QueryString';
    expect(maps.has(`/Rules/0/Statement/ByteMatchStatement${field}`)).toBe(true);
    const nested = '/Rules/0/Statement/AndStatement/Statements/1/NotStatement/Statement/OrStatement/Statements/0';
    expect(maps.has(`${nested}/ByteMatchStatement${field}`)).toBe(true);
  });

  test('holds no path in a registry spelling', () => {
    const odd = types.names().flatMap((name) => {
      const type = types.get(name);
      const paths = [type?.primaryIdentifier, type?.readOnly, type?.writeOnly, type?.createOnly].flat();
      return [...paths, ...Object.keys(type?.transforms ?? {})].filter((path) => !/^(\/[\w*]+)+$/.test(path ?? ''));
    });
    expect(odd).toEqual([]);
  });
});

describe('the index file', () => {
  test('gives back what was put in', () => {
    const type = resourceTypeFromSchema({
      typeName: 'Acme::Shop::Cart',
      properties: {
        A: { type: 'array', insertionOrder: true, items: {} },
        Size: { type: 'integer' },
        Place: {
          type: 'object',
          properties: { DomainName: { type: 'string' }, Kind: { type: 'string', enum: ['a', 'b'] } },
        },
        OtherDomainNames: { type: 'array', items: { type: 'string' } },
      },
      handlers: { read: {} },
    });
    const other = resourceTypeFromSchema({ typeName: 'Acme::Shop::Basket', properties: {} });
    const index = decodeIndex(gzipSync(encodeIndex([type, other])));
    expect(index.names()).toEqual(['Acme::Shop::Basket', 'Acme::Shop::Cart']);
    expect(index.get('Acme::Shop::Cart')).toEqual(type);
    expect(index.get('Acme::Shop::Basket')).toEqual(other);
  });

  test('is the same text for the same types in any order', () => {
    const types = ['A1::A1::A1', 'B1::B1::B1'].map((typeName) => resourceTypeFromSchema({ typeName, properties: {} }));
    expect(encodeIndex(types)).toBe(encodeIndex([...types].reverse()));
  });
});

describeShared('schemas/cloudformation-schemas.zip', 'the index that ships and its schemas', () => {
  test('agree on where types keep secrets: what ships is a fresh distillation', () => {
    const shipped = JSON.parse(readFileSync(packageFile('data/secret-places.json'), 'utf8'));
    expect(shipped).toEqual(secretPlaces(sharedLines<MinedFact>('mined/facts.jsonl.gz')));
    expect(shipped['AWS::ApiGateway::ApiKey']).toEqual(['/Value']);
    expect(shipped['AWS::SSM::Parameter']).toBeUndefined();
  });

  test('agree: what ships is a fresh distillation', () => {
    const mined = sharedLines<MinedFact>('mined/facts.jsonl.gz');
    const types = Object.entries(unzipSync(readFileSync(ZIP)))
      .filter(([name]) => name.endsWith('.json'))
      .map(([, bytes]) => distilType(JSON.parse(Buffer.from(bytes).toString('utf8')), mined));
    const shipped = gunzipSync(readFileSync(DATA)).toString('utf8');
    // Compared as a whole: a difference of a million characters helps nobody. `npm run distil` makes the index anew.
    expect(encodeIndex(types) === shipped).toBe(true);
  });
});
