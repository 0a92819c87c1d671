import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AdoptedFinding, commitMessage } from '../../src/report/commit-message.js';
import { anyCharacter } from '../support/any-character.js';

const RESOURCE: AdoptedFinding = {
  stack: 'shop-prod',
  region: 'eu-west-1',
  account: '111111111111',
  logicalId: 'Orders',
  type: 'AWS::SQS::Queue',
  kind: 'modified',
  path: '/VisibilityTimeout',
};
const FINDING: AdoptedFinding = { ...RESOURCE, desired: 30, live: 60 };

test('lists every finding by stack and resource, with what it was and what it is', () => {
  const gate: AdoptedFinding = { ...RESOURCE, stack: 'net', account: null, logicalId: 'Gate' };
  const message = commitMessage([
    FINDING,
    { ...RESOURCE, logicalId: 'Shop', type: 'AWS::S3::Bucket', path: '/Tags', desired: ['a'], live: ['a', 'b'] },
    { ...RESOURCE, path: '/KmsMasterKeyId', live: 'alias/shop' },
    { ...gate, path: '/Name', desired: 'x' },
    { ...gate, logicalId: 'Old', kind: 'deleted', path: '' },
  ]);
  expect(message).toBe(`Adopt 4 live values, remove 1 deleted resource of 2 stacks

Stack shop-prod (eu-west-1, 111111111111):

- Orders (AWS::SQS::Queue)
  - /VisibilityTimeout: 30 -> 60
  - /KmsMasterKeyId: (nothing) -> alias/shop
- Shop (AWS::S3::Bucket)
  - /Tags: […] -> […, b]

Stack net (eu-west-1):

- Gate (AWS::SQS::Queue)
  - /Name: x -> (nothing)
- Old (AWS::SQS::Queue)
  - deleted outside Git; removed from the template
`);
});

test.each([
  [[FINDING], 'Adopt 1 live value of stack shop-prod'],
  [[FINDING, FINDING], 'Adopt 2 live values of stack shop-prod'],
  [[{ ...FINDING, kind: 'deleted' as const }], 'Remove 1 deleted resource of stack shop-prod'],
  [[FINDING, { ...FINDING, region: 'us-east-1' }], 'Adopt 2 live values of 2 stacks'],
  [[{ ...FINDING, stack: 'x'.repeat(128) }], `Adopt 1 live value of stack ${'x'.repeat(43)}…`],
])('the subject sums it up in 72 characters (%#)', (findings, expected) => {
  const [subject, blank] = commitMessage(findings).split('\n');
  expect(subject).toBe(expected);
  expect(subject?.length).toBeLessThanOrEqual(72);
  expect(blank).toBe('');
});

test('a long document shows what differs in it, place by place', () => {
  const statement = (action: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: Array.from({ length: 50 }, (_, at) => `arn:${at}`),
      },
      { Sid: 'Write', Effect: 'Allow', Action: action, Resource: '*' },
    ],
  });
  const change = { path: '/PolicyDocument', desired: statement('s3:PutObject'), live: statement('s3:*') };
  expect(commitMessage([{ ...FINDING, ...change }])).toContain(
    '\n  - /PolicyDocument Statement[Write].Action: s3:PutObject -> s3:*\n',
  );
});

test('whatever names and values say, each finding stays in its line and no line is long', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 300 }),
    fc.constantFrom('a\n\nSigned-off-by: Eve', '\u202e\u001b[31mred', 'x\r\n---\ndiff --git a b', 'y'.repeat(5000)),
  );
  const value = fc.oneof(
    text,
    fc.integer(),
    fc.constant(null),
    fc.array(text, { maxLength: 3 }),
    fc.object({ maxDepth: 2 }),
  );
  const finding = fc.record({ stack: text, logicalId: text, path: text, live: value as fc.Arbitrary<string> });
  fc.assert(
    fc.property(finding, (changed) => {
      const [subject = '', ...lines] = commitMessage([{ ...FINDING, ...changed }]).split('\n');
      expect(subject.length).toBeLessThanOrEqual(72);
      for (const line of lines) {
        expect(line).toMatch(/^(?:|Stack .*:|- .*| {2}- .*)$/);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }),
  );
});
