import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { LiveResource, Provider, ResourceRequest } from '../../src/cloud/cloud.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { noteDefects } from '../../src/model/defects.js';
import type { Target } from '../../src/model/target.js';
import { checkCrossCheck, crossCheck } from '../../src/scan/cross-check.js';
import { judgeStack } from '../../src/scan/judge.js';
import { severityRules } from '../../src/severity/rules.js';
import { ACCOUNT, REGION, recorded, stateOf, TARGET } from './stack.js';

const TEMPLATE = `Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: orders, DelaySeconds: 5}}
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: Orders}}
`;
const LIVE = { Queue: { QueueName: 'orders', DelaySeconds: 5 }, Topic: { DisplayName: 'Orders' } };

type Opinion = (request: ResourceRequest) => LiveResource;

/** What AWS says of a resource whose declared properties are as deployed, but for these. */
function aws({ logicalId }: ResourceRequest, actual: Record<string, number> = {}): LiveResource {
  const expected = LIVE[logicalId as keyof typeof LIVE];
  const differences = Object.entries(actual).map(([name, value]) => ({
    path: `/${name}`,
    expected: 5,
    actual: value,
  }));
  const properties = { ...expected, ...actual };
  return { status: 'live', properties, partial: true, verdict: { expected, differences } };
}

async function check(delay: number, opinion: Opinion, target: Partial<Target> = {}) {
  const asked: ResourceRequest[] = [];
  const provider: Partial<Provider> = {
    secondOpinion: async (request) => {
      asked.push(request);
      return opinion(request);
    },
  };
  const resources = [
    recorded('Queue', 'AWS::SQS::Queue', { ...LIVE.Queue, DelaySeconds: delay }, { physicalId: 'queue-1' }),
    recorded('Topic', 'AWS::SNS::Topic', LIVE.Topic, { physicalId: 'topic-1' }),
  ];
  const state = await stateOf({ template: TEMPLATE, stack: { template: TEMPLATE }, resources });
  const options = {
    types: cloudFormationTypes,
    severity: severityRules(cloudFormationTypes),
    defects: noteDefects(),
    resourceType: async (type: string) => cloudFormationTypes.get(type),
    explain: true,
  };
  const stack = { ...TARGET, ...target };
  const own = await judgeStack(stack, state, options);
  return { asked, result: await crossCheck(stack, state, own, provider as Provider, options) };
}

describe('a cross-check', () => {
  test('needs a provider that AWS can be asked by', () => {
    expect(() => checkCrossCheck({ name: 'snapshot' } as Provider)).toThrow(DriftError);
    expect(() => checkCrossCheck({ name: 'snapshot' } as Provider)).toThrow(
      /^--cross-check is not possible with the provider "snapshot"\n {2}use --provider aws/,
    );
    const secondOpinion: Provider['secondOpinion'] = async () => ({ status: 'deleted' });
    expect(() => checkCrossCheck({ name: 'aws', secondOpinion } as unknown as Provider)).not.toThrow();
  });

  test.each<[string, number, Opinion]>([
    ['find nothing', 5, (request) => aws(request)],
    ['find the same', 9, (request) => aws(request, request.logicalId === 'Queue' ? { DelaySeconds: 9 } : {})],
  ])('is of one mind where both %s', async (_, delay, opinion) => {
    expect((await check(delay, opinion)).result).toEqual({ stacks: 1, disagreements: [], errors: [] });
  });

  test('tells what only this tool finds', async () => {
    const { result } = await check(9, (request) => aws(request));
    expect(result.disagreements).toMatchObject([
      { stack: 'shop', region: REGION, account: ACCOUNT, logicalId: 'Queue', path: '/DelaySeconds' },
    ]);
    expect(result.disagreements).toMatchObject([{ own: 'modified', aws: 'inSync', desired: 5, live: 9 }]);
  });

  test('tells what only AWS finds', async () => {
    const { result } = await check(5, (request) =>
      aws(request, request.logicalId === 'Queue' ? { DelaySeconds: 9 } : {}),
    );
    expect(result.disagreements).toMatchObject([{ logicalId: 'Queue', path: '/DelaySeconds', own: 'inSync' }]);
    expect(result.disagreements).toMatchObject([{ aws: 'modified', desired: 5, live: 9 }]);
  });

  test('tells which of them finds a resource gone', async () => {
    const { result } = await check(5, (request) =>
      request.logicalId === 'Topic' ? { status: 'deleted' } : aws(request),
    );
    expect(result.disagreements).toMatchObject([{ logicalId: 'Topic', path: '', own: 'inSync', aws: 'deleted' }]);
  });

  test('says nothing where AWS could not look and nothing was found', async () => {
    const { result } = await check(5, () => ({ status: 'unreadable', reason: 'denied' }));
    expect(result).toEqual({ stacks: 1, disagreements: [], errors: [] });
  });

  test('asks for each resource of the stack, in its region and as its role', async () => {
    const roleArn = 'arn:aws:iam::111111111111:role/reader';
    const { asked } = await check(5, (request) => aws(request), { roleArn });
    expect(asked).toMatchObject([
      { name: 'shop', region: REGION, roleArn, logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'queue-1' },
      { name: 'shop', region: REGION, roleArn, logicalId: 'Topic', type: 'AWS::SNS::Topic', physicalId: 'topic-1' },
    ]);
  });

  test('names a stack that AWS can not judge, with the path of a nested one, and why', async () => {
    const refuse: Opinion = () => {
      throw new DriftError('provider', [{ code: 'cloud-request-failed', message: 'no detection', hint: 'try later' }]);
    };
    expect((await check(9, refuse)).result).toEqual({
      stacks: 0,
      disagreements: [],
      errors: [{ stack: 'shop', region: REGION, account: ACCOUNT, error: 'no detection\n  try later' }],
    });
    const { result } = await check(9, refuse, { name: 'shop-Net-1A', path: 'shop/Net' });
    expect(result.errors.map(({ stack }) => stack)).toEqual(['shop/Net']);
  });

  test('does not hide a defect', async () => {
    const broken: Opinion = () => {
      throw new TypeError('a defect');
    };
    await expect(check(5, broken)).rejects.toThrow('a defect');
  });
});
