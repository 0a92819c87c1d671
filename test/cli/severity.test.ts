import { expect, test } from '@jest/globals';
import type { Finding, Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';

const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - { name: shop-prod, template: shop.yaml, region: eu-west-1 }
`;
const OWN = `severity:
  - { rule: tags, severity: medium }
  - { id: slow-queue, severity: critical, stack: "*-prod", path: /VisibilityTimeout, change: raised, title: A queue is slow }
`;

const TEMPLATE = `Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8, Description: shop }
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" }
          Action: sts:AssumeRole
      Policies:
        - PolicyName: deploy
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - { Effect: Allow, Action: s3:GetObject, Resource: "*" }
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30
      Tags: [{ Key: Team, Value: shop }]
  Events:
    Type: AWS::SNS::Topic
  Images:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: "true", BlockPublicPolicy: true }
      VersioningConfiguration: { Status: Enabled }
`;

const ROOT = 'arn:aws:iam::111111111111:root';
const LIVE: [logicalId: string, type: string, physicalId: string, properties: object | null][] = [
  [
    'Web',
    'AWS::EC2::SecurityGroup',
    'sg-1',
    {
      GroupId: 'sg-1',
      GroupDescription: 'web',
      SecurityGroupIngress: [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8', Description: 'web shop' },
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
      ],
    },
  ],
  [
    'Deploy',
    'AWS::IAM::Role',
    'deploy',
    {
      RoleName: 'deploy',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: [ROOT, '222222222222'] }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'deploy',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }],
          },
        },
      ],
    },
  ],
  [
    'Orders',
    'AWS::SQS::Queue',
    'https://sqs.eu-west-1.amazonaws.com/111111111111/orders',
    {
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders',
      VisibilityTimeout: 90,
      Tags: [{ Key: 'Team', Value: 'ops' }],
    },
  ],
  ['Events', 'AWS::SNS::Topic', 'arn:aws:sns:eu-west-1:111111111111:events', null],
  [
    'Images',
    'AWS::S3::Bucket',
    'images',
    { BucketName: 'images', PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: true } },
  ],
];

function snapshot(): string {
  const resources = LIVE.map(([logicalId, type, physicalId, properties]) => ({
    logicalId,
    type,
    physicalId,
    properties,
  }));
  const stack = { name: 'shop-prod', template: TEMPLATE, parameters: {}, outputs: {}, exports: {}, resources };
  const regions = { 'eu-west-1': { stacks: [stack], unmanaged: [] } };
  return JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111', regions });
}

async function scanned(config: string, ...args: string[]): Promise<{ report: Report; exitCode: number | null }> {
  const cwd = makeRepository({ 'gitops-drift.yaml': config, 'shop.yaml': TEMPLATE, 'live.json': snapshot() });
  const { stdout, exitCode } = await runCli(['scan', '-o', 'json', ...args], { cwd });
  return { report: JSON.parse(stdout) as Report, exitCode };
}

function ratings(findings: readonly Finding[]): string[] {
  return findings.map(({ logicalId, path, severity, rule }) => `${logicalId} ${path}: ${severity} ${rule}`).sort();
}

test('a scan gives each finding its severity and rule, and the report tells of the rules', async () => {
  const { report, exitCode } = await scanned(CONFIG, '--fail-on', 'critical');
  expect(exitCode).toBe(1);
  expect(ratings(report.findings)).toEqual([
    'Deploy /AssumeRolePolicyDocument/Statement/0/Principal/AWS/1: critical trust-widened',
    'Deploy /Policies/0/PolicyDocument/Statement/0/Action/1: high iam-changed',
    'Events : high deleted',
    'Images /PublicAccessBlockConfiguration/BlockPublicAcls: critical public-access-block-off',
    'Images /VersioningConfiguration: high versioning-off',
    'Orders /Tags/0/Value: low tags',
    'Orders /VisibilityTimeout: medium configuration',
    'Web /SecurityGroupIngress/0/Description: low descriptions',
    'Web /SecurityGroupIngress/1: critical ingress-from-anywhere',
  ]);
  expect(report.summary.findings).toEqual({ critical: 3, high: 3, medium: 1, low: 2 });
  expect(report.rules?.map(({ id }) => id)).toEqual([
    ...['tags', 'descriptions', 'ingress-from-anywhere', 'public-access-block-off', 'trust-widened', 'versioning-off'],
    ...['deleted', 'iam-changed', 'configuration'],
  ]);
  expect(report.rules?.at(-1)).toEqual({
    id: 'configuration',
    severity: 'medium',
    title: 'Configuration changed',
    why: expect.any(String),
    help: expect.any(String),
  });
});

test('the configuration has the first word', async () => {
  const { report } = await scanned(CONFIG + OWN);
  expect(ratings(report.findings)).toEqual(
    expect.arrayContaining(['Orders /Tags/0/Value: medium tags', 'Orders /VisibilityTimeout: critical slow-queue']),
  );
  expect(report.rules?.[0]).toMatchObject({ id: 'slow-queue', severity: 'critical', title: 'A queue is slow' });
  expect(report.rules?.find(({ id }) => id === 'tags')?.severity).toBe('medium');
});
