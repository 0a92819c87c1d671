import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import { segments } from '../../src/base/json-pointer.js';
import { type Given, judged, recorded } from './stack.js';

const QUEUE = 'AWS::SQS::Queue';
const TEMPLATE = `Resources:
  Queue:
    Type: ${QUEUE}
    Properties: {DelaySeconds: 5, QueueName: orders}
`;
const LIVE = { DelaySeconds: 5, QueueName: 'orders' };

/** What became of each resource, and the findings, as `path verdict`. */
async function outcome(given: Given) {
  const judgements = await judged(given);
  return judgements.map(({ resource, findings }) => ({
    resource: `${resource.logicalId} ${resource.status}`,
    ...(resource.reason === undefined ? {} : { reason: resource.reason }),
    findings: findings.map(({ path, verdict, kind }) => `${kind} ${path} ${verdict}`),
  }));
}

describe('a resource', () => {
  test.each<[string, JsonObject | null, string | null | undefined, object]>([
    ['as Git says', LIVE, TEMPLATE, { resource: 'Queue inSync', findings: [] }],
    [
      'that somebody changed',
      { ...LIVE, DelaySeconds: 9 },
      TEMPLATE,
      { resource: 'Queue modified', findings: ['modified /DelaySeconds drift'] },
    ],
    [
      'that somebody changed, with a deployed template that is not known',
      { ...LIVE, DelaySeconds: 9 },
      null,
      { resource: 'Queue modified', findings: ['modified /DelaySeconds drift'] },
    ],
    [
      'that Git has changed',
      { ...LIVE, DelaySeconds: 4 },
      TEMPLATE.replace('5', '4'),
      {
        resource: 'Queue undeployed',
        reason: 'what Git says of it is not deployed yet',
        findings: ['modified /DelaySeconds undeployed'],
      },
    ],
    [
      'that Git says of what is live already',
      LIVE,
      TEMPLATE.replace('5', '4'),
      {
        resource: 'Queue undeployed',
        reason: 'what Git says of it is not deployed yet',
        findings: ['modified /DelaySeconds adopted'],
      },
    ],
    [
      'that both have changed',
      { ...LIVE, DelaySeconds: 9 },
      TEMPLATE.replace('5', '4'),
      { resource: 'Queue modified', findings: ['modified /DelaySeconds conflict'] },
    ],
    ['that is gone', null, TEMPLATE, { resource: 'Queue deleted', findings: ['deleted  drift'] }],
  ])('%s', async (_, live, template, expected) => {
    const stack = { template: template ?? null };
    expect(await outcome({ template: TEMPLATE, resources: [recorded('Queue', QUEUE, live)], stack })).toEqual([
      expected,
    ]);
  });

  test.each<[string, Given, string, string]>([
    [
      'could not be read',
      { template: TEMPLATE, resources: [recorded('Queue', QUEUE, undefined, { error: 'denied' })] },
      'unreadable',
      'denied',
    ],
    [
      'has a type that nothing reads',
      { template: TEMPLATE, resources: [recorded('Queue', QUEUE, undefined, { unsupported: 'no handler' })] },
      'unsupported',
      'no handler',
    ],
    [
      'is being made',
      {
        template: TEMPLATE,
        resources: [recorded('Queue', QUEUE, undefined, { physicalId: null, status: 'CREATE_FAILED' })],
      },
      'unreadable',
      'no physical ID yet (CREATE_FAILED)',
    ],
    [
      'is being made, as nobody knows',
      { template: TEMPLATE, resources: [recorded('Queue', QUEUE, undefined, { physicalId: null })] },
      'unreadable',
      'no physical ID yet (status unknown)',
    ],
    [
      'is made by a macro',
      { template: `Transform: MyMacro\n${TEMPLATE}`, resources: [recorded('Queue', QUEUE, LIVE)] },
      'unsupported',
      'the macro MyMacro makes the deployed resource; Git does not hold its output',
    ],
    [
      'is one of SAM',
      {
        template: 'Transform: AWS::Serverless-2016-10-31\nResources: {Queue: {Type: AWS::Serverless::Function}}\n',
        resources: [recorded('Queue', 'AWS::Serverless::Function', {})],
      },
      'unsupported',
      'AWS::Serverless makes other resources of it',
    ],
    [
      'may be there or not',
      {
        template: `Parameters: {On: {Type: "AWS::SSM::Parameter::Value<String>", Default: /on}}\nConditions: {IsOn: !Equals [!Ref On, x]}\n${TEMPLATE}    Condition: IsOn\n`,
        resources: [recorded('Queue', QUEUE, LIVE)],
      },
      'unsupported',
      'parameter On names the SSM parameter /on, whose value is not known here',
    ],
  ])('that %s is not judged', async (_, given, status, reason) => {
    const [one] = await judged(given);
    expect(one?.resource).toMatchObject({ status, reason: expect.stringContaining(reason), unverifiable: [] });
    expect(one?.findings).toEqual([]);
    expect(one?.compared).toBe(0);
  });

  test.each([
    'AWS::LanguageExtensions',
    'AWS::Serverless-2016-10-31',
    'AWS::Include',
    'AWS::CodeDeployBlueGreen',
    'AWS::SecretsManager-2020-07-23',
    'AWS::SecretsManager-2024-09-16',
  ])('stays as it is written with the transform %s', async (transform) => {
    const template = `Transform: ${transform}\n${TEMPLATE}`;
    expect(await outcome({ template, resources: [recorded('Queue', QUEUE, LIVE)] })).toMatchObject([
      { resource: 'Queue inSync' },
    ]);
  });

  test.each(['AWS::ServiceCatalog', 'MyAWS::Include', 'AWS::Include2'])('but not with %s', async (transform) => {
    const template = `Transform: ${transform}\n${TEMPLATE}`;
    expect(await outcome({ template, resources: [recorded('Queue', QUEUE, LIVE)] })).toMatchObject([
      { resource: 'Queue unsupported' },
    ]);
  });

  test.each([
    [200, 'inSync'],
    [201, 'unsupported'],
  ])('whose live model is nested %i levels deep: %s', async (depth, status) => {
    let deep: Json = 'x';
    for (let level = 1; level < depth; level += 1) deep = { A: deep };
    const resources = [recorded('Queue', QUEUE, { ...LIVE, Deep: deep })];
    const readResource = async () => ({ status: 'live' as const, properties: { ...LIVE, Deep: deep } });
    const [one] = await judged({ template: TEMPLATE, resources, provider: { readResource } });
    expect(one?.resource.status).toBe(status);
  });
});

describe('resources that only one side has', () => {
  const both = `${TEMPLATE}  Topic: {Type: AWS::SNS::Topic}\n`;

  test('only Git: to be made', async () => {
    const given = { template: both, resources: [recorded('Queue', QUEUE, LIVE)], stack: { template: TEMPLATE } };
    const [, topic] = await judged(given);
    expect(topic?.resource).toMatchObject({
      logicalId: 'Topic',
      status: 'undeployed',
      physicalId: null,
      reason: 'declared in Git, not yet in the deployed stack',
    });
    expect(topic?.findings).toMatchObject([
      { path: '', verdict: 'undeployed', location: { file: 'shop.yaml', line: 5 }, patch: { status: 'none' } },
    ]);
  });

  test('of another type: to be replaced', async () => {
    const resources = [recorded('Queue', 'AWS::SNS::Topic', {})];
    expect(await outcome({ template: TEMPLATE, resources, stack: { template: TEMPLATE } })).toMatchObject([
      { resource: 'Queue undeployed', reason: 'deployed as AWS::SNS::Topic' },
    ]);
  });

  test('only the stack: to be taken away, without a place', async () => {
    const resources = [recorded('Queue', QUEUE, LIVE), recorded('Topic', 'AWS::SNS::Topic', {})];
    const given = { template: TEMPLATE, resources, stack: { template: both } };
    const [, topic] = await judged(given);
    expect(topic?.resource).toMatchObject({
      logicalId: 'Topic',
      physicalId: 'Topic',
      status: 'undeployed',
      reason: 'no longer in Git, still in the deployed stack',
    });
    expect(topic?.findings[0]?.location).toBeUndefined();
  });

  test('none where the templates are the same, or the deployed one does not declare it', async () => {
    const resources = [recorded('Queue', QUEUE, LIVE), recorded('Topic', 'AWS::SNS::Topic', {})];
    for (const template of [TEMPLATE, TEMPLATE.replace('orders', 'others')]) {
      expect(await outcome({ template: TEMPLATE, resources, stack: { template } })).toHaveLength(1);
    }
    // Where it is not known, what the stack has was deployed from somewhere; but macros make resources of their own.
    expect(await outcome({ template: TEMPLATE, resources, stack: { template: null } })).toHaveLength(2);
    expect(await outcome({ template: `Transform: M\n${TEMPLATE}`, resources, stack: { template: null } })).toHaveLength(
      1,
    );
  });

  test('behind a condition that is false: no part of Git', async () => {
    const off = `Conditions: {Off: !Equals [a, b], On: !Equals [a, a]}\n${both}    # off\n`;
    const ours = off.replace('{Type: AWS::SNS::Topic}', '{Type: AWS::SNS::Topic, Condition: Off}');
    const theirs = off.replace('{Type: AWS::SNS::Topic}', '{Type: AWS::SNS::Topic, Condition: On}');
    const queue = recorded('Queue', QUEUE, LIVE);
    expect(await outcome({ template: ours, resources: [queue], stack: { template: ours } })).toHaveLength(1);
    const resources = [queue, recorded('Topic', 'AWS::SNS::Topic', {})];
    expect(await outcome({ template: ours, resources, stack: { template: theirs } })).toMatchObject([
      { resource: 'Queue inSync' },
      { resource: 'Topic undeployed', reason: 'no longer in Git, still in the deployed stack' },
    ]);
    const later = ours.replace('QueueName: orders', 'QueueName: later');
    expect(await outcome({ template: later, resources, stack: { template: ours } })).toHaveLength(1);
  });
});

describe('what a finding shows', () => {
  test.each<[string, Json, string, Json]>([
    ['a number beside a number', 9, '"5"', 5],
    ['a text that is no such number', 9, '"05"', '05'],
    ['a switch beside a switch', true, '"false"', false],
    ['a text beside a switch', true, '"off"', 'off'],
    ['a text beside a text', 'nine', '"5"', '5'],
    ['a number', 9, '5', 5],
  ])('%s', async (_, live, written, desired) => {
    const template = TEMPLATE.replace('DelaySeconds: 5', `DelaySeconds: ${written}`);
    const [one] = await judged({ template, resources: [recorded('Queue', QUEUE, { ...LIVE, DelaySeconds: live })] });
    expect(one?.findings).toMatchObject([{ path: '/DelaySeconds', desired, live }]);
  });

  test('the place of the value, or of the resource where there is none', async () => {
    const template = `${TEMPLATE.replace('{DelaySeconds: 5, QueueName: orders}', '{Tags: [{Key: a, Value: b}]}')}`;
    const live = {
      Tags: [
        { Key: 'a', Value: 'c' },
        { Key: 'd', Value: 'e' },
      ],
    };
    const [one] = await judged({ template, resources: [recorded('Queue', QUEUE, live)] });
    expect(one?.findings.map(({ path, location }) => [path, location?.line])).toEqual([
      ['/Tags/0/Value', 4],
      ['/Tags/1', 4],
    ]);
  });

  test('no secret: of a parameter, of what is in its place now, and of what was deployed', async () => {
    const template = `Parameters: {Secret: {Type: String, NoEcho: true, Default: hunter2hunter2}}
Resources:
  It: {Type: AWS::Amplify::App, Properties: {Name: shop, Description: !Ref Secret}}
`;
    const resources = [recorded('It', 'AWS::Amplify::App', { Name: 'shop', Description: 'renewed' })];
    const [one] = await judged({ template, resources, stack: { template: template.replace('!Ref Secret', 'old') } });
    expect(one?.findings).toMatchObject([{ path: '/Description', desired: '****', live: '****', deployed: '****' }]);
    expect(JSON.stringify(one?.findings)).not.toMatch(/hunter2|renewed/);
  });

  test('what is unlike but the same, where it is asked for', async () => {
    const template = TEMPLATE.replace('DelaySeconds: 5', 'DelaySeconds: "5"');
    const given = { template, resources: [recorded('Queue', QUEUE, LIVE)] };
    const [explained] = await judged(given, { explain: true });
    expect(explained?.resource.equivalent).toMatchObject([{ path: '/DelaySeconds', desired: '5', live: 5 }]);
    expect((await judged(given))[0]?.resource.equivalent).toBeUndefined();
  });

  test('where it stands: in which stack, region and account, by its path', async () => {
    const resources = [recorded('Queue', QUEUE, { ...LIVE, DelaySeconds: 9 }, { physicalId: 'https://queue' })];
    const [one] = await judged({ template: TEMPLATE, resources, target: { path: 'root/Shop' } });
    const place = { stack: 'root/Shop', region: 'eu-west-1', account: '111111111111', logicalId: 'Queue' };
    expect(one?.findings[0]).toMatchObject({ ...place, type: QUEUE, physicalId: 'https://queue' });
    expect(one?.resource).toMatchObject(place);
    expect(one?.drifted?.logicalId).toBe('Queue');
    expect(segments(one?.findings[0]?.path ?? '')).toEqual(['DelaySeconds']);
  });
});

describe('what the surroundings tell', () => {
  test('tags of the stack, aliases of keys, and what other resources put into a list', async () => {
    const template = `Resources:
  Queue:
    Type: ${QUEUE}
    Properties: {KmsMasterKeyId: alias/shop, Tags: [{Key: Own, Value: "1"}]}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/shop, TargetKeyId: !Ref Key}}
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
`;
    const key = '0123abcd-0000-1111-2222-333344445555';
    const resources = (target: string) => [
      recorded('Queue', QUEUE, {
        KmsMasterKeyId: `arn:aws:kms:eu-west-1:111111111111:key/${target}`,
        Tags: [
          { Key: 'Own', Value: '1' },
          { Key: 'Stage', Value: 'prod' },
        ],
      }),
      recorded('Alias', 'AWS::KMS::Alias', { AliasName: 'alias/shop', TargetKeyId: key }),
      recorded('Key', 'AWS::KMS::Key', {}, { physicalId: key }),
    ];
    const stack = { tags: { Stage: 'prod' } };
    expect((await outcome({ template, resources: resources(key), stack }))[0]).toEqual({
      resource: 'Queue inSync',
      findings: [],
    });
    expect((await outcome({ template, resources: resources(key.replace('0', '9')), stack }))[0]?.findings).toEqual([
      'modified /KmsMasterKeyId drift',
    ]);
  });

  test('a nested stack whose template is a local path is compared by itself', async () => {
    const template = 'Resources: {Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}}\n';
    const resources = [recorded('Inner', 'AWS::CloudFormation::Stack', { TemplateURL: 'https://bucket/1' })];
    const [one] = await judged({ template, resources });
    expect(one?.findings).toEqual([]);
    expect(one?.resource.unverifiable).toEqual([
      {
        path: '/TemplateURL',
        reason: 'a local path until it is packaged; the nested stack is compared by itself',
        class: 'never',
      },
    ]);
    const elsewhere = template.replace('inner.yaml', 'https://bucket/2');
    const [other] = await judged({ template: elsewhere, resources });
    expect(other?.findings).toMatchObject([{ path: '/TemplateURL' }]);
  });
});

test('proofs compare again what they are asked for, and what is known once', async () => {
  const [one] = await judged({
    template: TEMPLATE,
    resources: [recorded('Queue', QUEUE, { ...LIVE, DelaySeconds: 9 })],
  });
  const compare = one?.drifted?.compare;
  const wanted = one?.drifted?.wanted[0];
  expect(wanted?.finding).toBe(one?.findings[0]);
  expect(wanted?.difference).toMatchObject({ path: '/DelaySeconds', desired: 5, live: 9 });
  expect(compare).toBeDefined();
});
