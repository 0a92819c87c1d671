import { describe, expect, test } from '@jest/globals';
import { resourceTypeFromSchema } from '../../../../src/iac/cloudformation/types/from-schema.js';
import { packMeanings, unpackMeanings } from '../../../../src/iac/cloudformation/types/meanings-text.js';
import { type MinedFact, withMined } from '../../../../src/iac/cloudformation/types/mined.js';
import { meaningOfName, WORDS } from '../../../../src/iac/cloudformation/types/words.js';

function meanings(properties: object) {
  return resourceTypeFromSchema({ typeName: 'Acme::Shop::Cart', properties }).meanings;
}

const TEXT = { type: 'string' };

describe('what stands at a place, as the schema tells', () => {
  test.each([
    ['an enumeration, which services return in any case', { Kind: { ...TEXT, enum: ['A', 'b'] } }, 'keyword enum'],
    ['a number', { Size: { type: 'integer' } }, 'number type'],
    ['a switch', { Open: { type: 'boolean' } }, 'boolean type'],
    ['a word in its name', { DomainName: TEXT }, 'dns-name word'],
    ['what its list is called', { CidrBlocks: { type: 'array', items: TEXT } }, 'cidr word'],
  ])('%s', (_, properties, key) => {
    expect(Object.keys(meanings(properties))).toEqual([key]);
  });

  test.each([
    ['an enumeration in which case means something', { Kind: { ...TEXT, enum: ['a', 'A'] } }],
    ['a text whose name says nothing', { Comment: TEXT }],
    ['the value of a pair', { Value: TEXT }],
    ['what stands under a key of a map', { DomainName: { type: 'object', patternProperties: { '.*': TEXT } } }],
    ['a list as such', { Arns: { type: 'array', items: { type: 'object', properties: { Comment: TEXT } } } }],
  ])('not: %s', (_, properties) => {
    expect(meanings(properties)).toEqual({});
  });

  test('a name that the schema declares under a key of a map counts', () => {
    const value = { type: 'object', properties: { IpProtocol: TEXT } };
    expect(meanings({ Rules: { type: 'object', patternProperties: { '.*': value } } })).toEqual({
      'protocol word': ['/Rules/*/IpProtocol'],
    });
  });
});

test.each([
  ['KmsKeyId', 'kms-key'],
  ['KMSMasterKeyId', 'kms-key'],
  ['KmsKeyArn', 'kms-key'],
  ['TargetKeyId', 'kms-key'],
  ['CidrIpv6', 'cidr'],
  ['DestinationCidrBlock', 'cidr'],
  ['PrivateIpAddress', 'ip-address'],
  ['IpProtocol', 'protocol'],
  ['DNSName', 'dns-name'],
  ['FullyQualifiedDomainName', 'dns-name'],
  ['HeaderName', 'header-name'],
  ['ThumbprintList', 'hex'],
  ['PreferredMaintenanceWindow', 'weekly-window'],
  ['ScheduleExpression', 'schedule'],
  ['Cpu', 'size'],
  ['SessionDuration', 'duration'],
  ['EngineVersion', 'version'],
  ['Family', 'keyword'],
  ['Type', 'keyword'],
  ['PublicKeyMaterial', 'ssh-key'],
  ['AccessString', 'access-string'],
  ['RoleArn', 'identifier'],
  ['Role', 'identifier'],
  ['VpcId', 'identifier'],
  ['SubnetIds', 'identifier'],
  ['Description', undefined],
  ['Value', undefined],
  ['ContentType', undefined],
])('the name %s says: %s', (name, meaning) => {
  expect(meaningOfName(name)).toBe(meaning);
});

test('every word has its example above', () => {
  expect(WORDS.every(({ because }) => because.length > 20)).toBe(true);
});

test('packed meanings are unpacked as they were', () => {
  const packed = meanings({
    A: { type: 'object', properties: { Size: { type: 'integer' }, RoleArn: TEXT, Other: { type: 'number' } } },
    AB: { type: 'array', items: { type: 'object', properties: { Size: { type: 'integer' } } } },
    DomainName: TEXT,
  });
  expect(unpackMeanings(packMeanings(packed))).toEqual(packed);
});

describe('what was mined', () => {
  const type = resourceTypeFromSchema({
    typeName: 'Acme::Shop::Cart',
    properties: { Name: TEXT, KmsKeyId: TEXT, Folder: TEXT },
  });
  const declared = new Set(['/Name', '/KmsKeyId', '/Folder']);
  const fact = (path: string, name: string, confidence = 0.9): MinedFact => {
    return { type: 'Acme::Shop::Cart', path, fact: name, confidence };
  };

  test('takes the place of what a word says', () => {
    expect(withMined(type, [fact('/Name', 'equal:trailing-dot')], declared).meanings).toEqual({
      'kms-key word': ['/KmsKeyId'],
      'dns-name mined': ['/Name'],
    });
  });

  test('says of what identifies something that the service stores it in lower case', () => {
    expect(withMined(type, [fact('/Name', 'stored:lower')], declared).meanings['lower-identifier mined']).toEqual([
      '/Name',
    ]);
  });

  test.each([
    ['too uncertain', fact('/Folder', 'equal:trailing-slash', 0.74)],
    ['of another type', { ...fact('/Folder', 'equal:trailing-slash'), type: 'Acme::Shop::Basket' }],
    ['of a place that the schema has not', fact('/Elsewhere', 'equal:trailing-slash')],
    ['of a kind that says nothing of values', fact('/Folder', 'optional-computed')],
    ['less than the word knows', fact('/KmsKeyId', 'equal:arn-or-id')],
  ])('counts for nothing where it is %s', (_, each) => {
    expect(withMined(type, [each], declared).meanings).toEqual(type.meanings);
  });

  test('counts from a confidence of 0.75', () => {
    const at = withMined(type, [fact('/Folder', 'equal:trailing-slash', 0.75)], declared);
    expect(at.meanings['folder mined']).toEqual(['/Folder']);
  });
});
