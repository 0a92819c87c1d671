import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import { sameInTemplates } from '../../src/compare/scalar.js';
import { judgeThreeWay } from '../../src/compare/verdict.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';

const TYPE = 'AWS::SQS::Queue';

async function judge(desired: PlainObject, deployed: PlainObject, live: JsonObject, type = TYPE) {
  const compare = (side: PlainObject) =>
    compareResource({
      type,
      types: cloudFormationTypes,
      resourceType: cloudFormationTypes.get(type),
      desired: side,
      live,
      partial: false,
      context: {},
    });
  const judged = judgeThreeWay(
    desired,
    deployed,
    await compare(desired),
    await compare(deployed),
    sameInTemplates({ types: cloudFormationTypes, type, resourceType: cloudFormationTypes.get(type) }),
  );
  return judged.map(({ difference, verdict, deployed: was }) => ({
    path: difference.path,
    verdict,
    git: difference.desired,
    deployed: was,
    live: difference.live,
  }));
}

describe('the verdict on a property', () => {
  const of = (value: number | undefined): JsonObject => (value === undefined ? {} : { VisibilityTimeout: value });
  const path = '/VisibilityTimeout';
  test.each([
    ['all the same', 60, 60, 60, undefined],
    ['changed in the cloud', 60, 60, 90, 'drift'],
    ['changed in Git', 90, 60, 60, 'undeployed'],
    ['changed in Git as it is live already', 90, 60, 90, 'adopted'],
    ['changed in Git and otherwise in the cloud', 90, 60, 120, 'conflict'],
    ['new in Git', 90, undefined, 60, 'undeployed'],
    ['gone from the cloud', 60, 60, undefined, 'drift'],
    ['gone from Git', undefined, 60, 60, 'undeployed'],
    ['gone from Git and from the cloud', undefined, 60, undefined, 'adopted'],
    ['gone from Git and changed in the cloud', undefined, 60, 90, 'conflict'],
    ['only in the cloud', undefined, undefined, 60, undefined],
  ])('%s', async (_name, git, deployed, live, verdict) => {
    const found = await judge(of(git), of(deployed), of(live));
    expect(found.map((one) => [one.path, one.verdict])).toEqual(verdict === undefined ? [] : [[path, verdict]]);
  });
});

describe('the verdict on an element of a list', () => {
  const tags = (values: Record<string, string>) => ({
    Tags: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
  });
  test.each([
    ['added in the cloud', {}, {}, { Owner: 'maria' }, 'drift'],
    ['taken out in the cloud', { Owner: 'a' }, { Owner: 'a' }, {}, 'drift'],
    ['added in Git', { Owner: 'a' }, {}, {}, 'undeployed'],
    ['taken out in Git', {}, { Owner: 'a' }, { Owner: 'a' }, 'undeployed'],
    ['added in Git as it is live already', { Owner: 'a' }, {}, { Owner: 'a' }, 'adopted'],
    ['taken out in Git and in the cloud', {}, { Owner: 'a' }, {}, 'adopted'],
    ['changed in all three', { Owner: 'a' }, { Owner: 'b' }, { Owner: 'c' }, 'conflict'],
  ])('%s', async (_name, git, deployed, live, verdict) => {
    const base = { Team: 'shop', Env: 'prod' };
    const reordered = { Env: 'prod', Team: 'shop' };
    const found = await judge(
      tags({ ...base, ...git }),
      tags({ ...reordered, ...deployed }),
      tags({ ...live, ...base }),
    );
    expect(found.map((one) => one.verdict)).toEqual([verdict]);
  });

  test('is not disturbed by another change of the same list', async () => {
    const found = await judge(
      tags({ Team: 'shop', Env: 'prod', Tier: '1' }),
      tags({ Team: 'shop', Env: 'prod' }),
      tags({ Env: 'prod', Team: 'sales' }),
    );
    expect(found).toMatchObject([
      { path: '/Tags/0/Value', verdict: 'drift', git: 'shop', live: 'sales' },
      { path: '/Tags/2', verdict: 'undeployed' },
    ]);
  });
});

test('what the deployed template leaves to AWS counts as deployed the way it is', async () => {
  const encryption = (id: string) => ({ KmsMasterKeyId: id });
  const found = await judge(
    { ...encryption('alias/a'), RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: 'arn:aws:sqs:x:1:a' } },
    { ...encryption('alias/a') },
    { ...encryption('alias/a'), RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: 'arn:aws:sqs:x:1:a' } },
  );
  expect(found.map((one) => one.verdict)).toEqual(['undeployed']);
});

test('a difference is drift where the deployed value is not known', async () => {
  const found = await judge(
    { VisibilityTimeout: 60 },
    { VisibilityTimeout: unresolved('NoEcho') },
    { VisibilityTimeout: 90 },
  );
  expect(found).toMatchObject([{ verdict: 'drift' }]);
});

test.each([
  [
    'a literal that became a parameter',
    { VisibilityTimeout: '60' },
    { VisibilityTimeout: 60 },
    { VisibilityTimeout: 90 },
  ],
  [
    'a literal within an object',
    { RedrivePolicy: { maxReceiveCount: '5' } },
    { RedrivePolicy: { maxReceiveCount: 5 } },
    {},
  ],
])('%s is not another value: a change in the cloud is no conflict', async (_name, git, deployed, live) => {
  expect(await judge(git, deployed, live)).toMatchObject([{ verdict: 'drift' }]);
});

test('a lone statement is a list of one on each side', async () => {
  const role = (Action: string) => ({
    AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Action, Principal: { Service: 'ec2.amazonaws.com' } } },
  });
  const live = { AssumeRolePolicyDocument: { Statement: [role('sts:TagSession').AssumeRolePolicyDocument.Statement] } };
  const found = await judge(role('sts:TagSession'), role('sts:AssumeRole'), live, 'AWS::IAM::Role');
  expect(found.map((one) => one.verdict)).toEqual(['adopted']);
});

test('values that mean the same are the same on all three sides', async () => {
  const found = await judge({ VisibilityTimeout: '60' }, { VisibilityTimeout: 60 }, { VisibilityTimeout: 60 });
  expect(found).toEqual([]);
});
