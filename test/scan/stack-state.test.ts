import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { LiveResource } from '../../src/cloud/cloud.js';
import { toPlain } from '../../src/value/value.js';
import { type Given, recorded, stateOf } from './stack.js';

const QUEUE = 'AWS::SQS::Queue';
const TEMPLATE = `Resources:
  Queue: {Type: ${QUEUE}, Properties: {QueueName: orders}}
`;
const queue = recorded('Queue', QUEUE, { QueueName: 'orders' });

async function refusal(given: Given): Promise<DriftError> {
  const error = await stateOf(given).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DriftError);
  return error as DriftError;
}

describe('a stack that is being changed', () => {
  const SETTLED = [
    ...['CREATE_COMPLETE', 'CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED'],
    ...['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED', 'IMPORT_COMPLETE'],
    ...['IMPORT_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_FAILED'],
    ...['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'],
  ];
  const CHANGING = [
    ...['CREATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'],
    ...['UPDATE_ROLLBACK_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'IMPORT_ROLLBACK_IN_PROGRESS'],
  ];

  test.each(SETTLED)('not with %s', async (status) => {
    const state = await stateOf({ template: TEMPLATE, resources: [queue], stack: { status } });
    expect(state.live.get('Queue')).toEqual({ status: 'live', properties: { QueueName: 'orders' } });
  });

  test.each(CHANGING)('with %s', async (status) => {
    const { code, problems } = await refusal({ template: TEMPLATE, resources: [queue], stack: { status } });
    expect(code).toBe('provider');
    expect(problems).toEqual([
      {
        code: 'stack-unsettled',
        message: `stack shop in eu-west-1 is being changed right now (${status}), so nothing in it was judged`,
        hint: 'scan again when CloudFormation is done',
      },
    ]);
  });

  test('or not deployed at all', async () => {
    const { problems } = await refusal({ template: TEMPLATE, stack: { status: 'REVIEW_IN_PROGRESS' } });
    expect(problems).toEqual([
      {
        code: 'stack-unsettled',
        message: 'stack shop in eu-west-1 is not deployed yet: there is only a change set to create it',
        hint: 'execute the change set, then scan again',
      },
    ]);
  });
});

describe('what is read', () => {
  test('are the resources that are declared, and deployed as the same type', async () => {
    const template = `Conditions: {Never: !Equals [a, b]}
Resources:
  Queue: {Type: ${QUEUE}}
  Retyped: {Type: ${QUEUE}}
  New: {Type: ${QUEUE}}
  Off: {Type: ${QUEUE}, Condition: Never}
  Coming: {Type: ${QUEUE}}
  Gone: {Type: ${QUEUE}}
`;
    const counts: { found: number; read: number }[] = [];
    const state = await stateOf({
      template,
      resources: [
        recorded('Queue', QUEUE, {}),
        recorded('Retyped', 'AWS::SNS::Topic', {}),
        recorded('Off', QUEUE, {}),
        recorded('Extra', QUEUE, {}),
        recorded('Coming', QUEUE, {}, { physicalId: null }),
        recorded('Gone', QUEUE, {}, { status: 'DELETE_COMPLETE' }),
      ],
      onResource: (count) => counts.push(count),
    });
    expect([...state.live.keys()]).toEqual(['Queue']);
    expect([...state.deployedResources.keys()]).toEqual(['Queue', 'Retyped', 'Off', 'Extra', 'Coming']);
    expect(counts).toEqual([
      { found: 1, read: 0 },
      { found: 0, read: 1 },
    ]);
  });

  test('a resource that can not be read stops none', async () => {
    const state = await stateOf({
      template: TEMPLATE,
      resources: [recorded('Queue', QUEUE, undefined, { error: 'denied' })],
    });
    expect(state.live.get('Queue')).toEqual({ status: 'unreadable', reason: 'denied' });
  });

  test('one whose identifier needs the attribute of another one is read after that, with it', async () => {
    const template = `Resources:
  Mapping:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !GetAtt Api.RestApiId, PathPart: x}
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: api}}
`;
    const asked: [string, unknown][] = [];
    const state = await stateOf({
      template,
      resources: [recorded('Mapping', 'AWS::ApiGateway::Resource'), recorded('Api', 'AWS::ApiGateway::RestApi')],
      provider: {
        async readResource({ logicalId, properties }): Promise<LiveResource> {
          asked.push([logicalId, properties['RestApiId']]);
          return { status: 'live', properties: logicalId === 'Api' ? { RestApiId: 'a1' } : {} };
        },
      },
    });
    expect(asked).toEqual([
      ['Api', undefined],
      ['Mapping', 'a1'],
    ]);
    expect([...state.asked]).toEqual(['Api']);
  });

  test('those that wait for each other are read all the same', async () => {
    const template = `Resources:
  Mapping:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !GetAtt Api.Nothing, PathPart: x}
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: api}}
`;
    const resources = [
      recorded('Mapping', 'AWS::ApiGateway::Resource', {}),
      recorded('Api', 'AWS::ApiGateway::RestApi', {}),
    ];
    expect([...(await stateOf({ template, resources })).live.keys()]).toEqual(['Api', 'Mapping']);
  });
});

describe('what the template is evaluated with', () => {
  const VALUE =
    'Resources:\n  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}\n  It: {Type: AWS::SSM::Parameter, Properties: {Value: VALUE}}\n';
  async function valueGiven(expression: string, given: Partial<Given> = {}): Promise<unknown> {
    const state = await stateOf({ template: VALUE.replace('VALUE', expression), resources: [queue], ...given });
    const it = state.evaluated.resources.get('It');
    return it && (toPlain(it.properties) as Record<string, unknown>)['Value'];
  }

  test('the stack: its account, region, name and ID', async () => {
    const all = '!Sub "${AWS::AccountId} ${AWS::Region} ${AWS::StackName}"';
    expect(await valueGiven(all)).toBe('111111111111 eu-west-1 shop');
    expect(await valueGiven('!Ref AWS::StackId', { stack: { id: 'arn:stack' } })).toBe('arn:stack');
    const account = '222222222222';
    const target = { roleArn: `arn:aws:iam::${account}:role/r` };
    expect(await valueGiven(all, { stack: { account }, target })).toBe(`${account} eu-west-1 shop`);
  });

  test('physical IDs, and what only AWS knows; but not what a template declares', async () => {
    const resources = [
      recorded('Queue', QUEUE, { QueueName: 'changed', Arn: 'arn:queue' }, { physicalId: 'https://queue' }),
    ];
    expect(await valueGiven('!Ref Queue', { resources })).toBe('https://queue');
    expect(await valueGiven('!GetAtt Queue.Arn', { resources })).toBe('arn:queue');
    expect(await valueGiven('!GetAtt Queue.QueueName', { resources })).toBe('orders');
  });

  test('exports and zones, asked for only where the template uses them', async () => {
    const region = { exports: { vpc: 'vpc-1' }, availabilityZones: ['eu-west-1a', 'eu-west-1b'] };
    expect(await valueGiven('!ImportValue vpc', { region })).toBe('vpc-1');
    expect(await valueGiven('!Select [1, !GetAZs ""]', { region })).toBe('eu-west-1b');
    const provider = {
      readExports: () => Promise.reject(new Error('asked')),
      availabilityZones: () => Promise.reject(new Error('asked')),
    };
    expect(await valueGiven('plain', { provider })).toBe('plain');
    await expect(valueGiven('!ImportValue vpc', { provider })).rejects.toThrow('asked');
    await expect(valueGiven('!Select [0, !GetAZs ""]', { provider })).rejects.toThrow('asked');
  });

  test('parameters: those of Git over those of the stack', async () => {
    const template = `Parameters: {Size: {Type: Number, Default: 1}}\n${TEMPLATE.replace('orders', '!Ref Size')}`;
    const state = await stateOf({ template, resources: [queue], stack: { parameters: { Size: 5 } } });
    const name = (evaluated: typeof state.evaluated) => {
      const value = evaluated.resources.get('Queue')?.properties.entries.get('QueueName');
      return value && toPlain(value);
    };
    expect(name(state.evaluated)).toBe('5');
    const place = { source: state.template.source, range: { start: 0, end: 1 } };
    expect(name(state.evaluate(state.template, new Map([['Size', { value: '7', ...place }]])))).toBe('7');
  });
});

describe('the deployed template', () => {
  test("is Git's, another one, or not known", async () => {
    const kindOf = async (template: string | null) => {
      const { deployedTemplate } = await stateOf({ template: TEMPLATE, resources: [queue], stack: { template } });
      return deployedTemplate.kind;
    };
    expect(await kindOf(TEMPLATE)).toBe('same');
    expect(await kindOf(TEMPLATE.replace('orders', 'other'))).toBe('other');
    expect(await kindOf(null)).toBe('unknown');
  });

  test('that can not be read is not known, and the scan goes on', async () => {
    const readTemplate = () =>
      Promise.reject(new DriftError('provider', [{ code: 'cloud-request-failed', message: 'denied' }]));
    const state = await stateOf({ template: TEMPLATE, resources: [queue], provider: { readTemplate } });
    expect(state.deployedTemplate).toEqual({ kind: 'unknown', reason: 'denied' });
    expect(state.live.size).toBe(1);
    const broken = () => Promise.reject(new TypeError('oops'));
    await expect(stateOf({ template: TEMPLATE, provider: { readTemplate: broken } })).rejects.toThrow('oops');
  });
});

test('a stack of another account than configured is refused', async () => {
  const { message } = await refusal({ template: TEMPLATE, target: { account: '999999999999' } });
  expect(message).toContain('999999999999');
});
