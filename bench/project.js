import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';

/**
 * One kind of resource: how a template declares it, what AWS then tells of it, and what somebody changes out of band, each
 * where the template says it in another way. `n` makes it unique.
 */
const KINDS = [
  {
    id: 'Bucket',
    yaml: (n) => `
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub bench-\${Env}-${n}
      VersioningConfiguration: { Status: Enabled }
      Tags: [{ Key: team, Value: shop }, { Key: env, Value: !Ref Env }]`,
    physicalId: (n) => `bench-prod-${n}`,
    live: (n) => ({
      BucketName: `bench-prod-${n}`,
      Arn: `arn:aws:s3:::bench-prod-${n}`,
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'team', Value: 'shop' },
      ],
    }),
    // A literal.
    drifted: { VersioningConfiguration: { Status: 'Suspended' } },
  },
  {
    id: 'Queue',
    yaml: (n) => `
    Type: AWS::SQS::Queue
    Properties:
      QueueName: bench-${n}
      VisibilityTimeout: !FindInMap [Timeouts, !Ref Env, Queue]
      MessageRetentionPeriod: 345600`,
    physicalId: (n) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/bench-${n}`,
    live: (n) => ({
      QueueName: `bench-${n}`,
      QueueUrl: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/bench-${n}`,
      Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:bench-${n}`,
      VisibilityTimeout: 120,
      MessageRetentionPeriod: 345600,
      DelaySeconds: 0,
    }),
    // A mapping, shared by the queues of a stack.
    drifted: { VisibilityTimeout: 300 },
  },
  {
    id: 'Topic',
    yaml: (n) => `
    Type: AWS::SNS::Topic
    Properties:
      TopicName: bench-${n}
      DisplayName: !Join ['-', [bench, !Ref Env, '${n}']]
      SignatureVersion: !Ref Signature`,
    physicalId: (n) => `arn:aws:sns:${REGION}:${ACCOUNT}:bench-${n}`,
    live: (n) => ({
      TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:bench-${n}`,
      TopicName: `bench-${n}`,
      DisplayName: `bench-prod-${n}`,
      SignatureVersion: '1',
    }),
    // A parameter's default, shared by the topics of a stack.
    drifted: { SignatureVersion: '2' },
  },
  {
    id: 'Logs',
    yaml: (n) => `
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /bench/${n}
      RetentionInDays: !If [IsProd, 365, 7]`,
    physicalId: (n) => `/bench/${n}`,
    live: (n) => ({ LogGroupName: `/bench/${n}`, RetentionInDays: 365, LogGroupClass: 'STANDARD' }),
    // A branch of Fn::If.
    drifted: { RetentionInDays: 731 },
  },
  {
    id: 'Role',
    yaml: (n) => `
    Type: AWS::IAM::Role
    Properties:
      RoleName: bench-${n}
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{ Effect: Allow, Action: ['sqs:*'], Resource: !Sub 'arn:aws:sqs:*:\${AWS::AccountId}:*' }]`,
    physicalId: (n) => `bench-${n}`,
    live: (n) => ({
      RoleName: `bench-${n}`,
      Path: '/',
      Arn: `arn:aws:iam::${ACCOUNT}:role/bench-${n}`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      Policies: [queuePolicy(`arn:aws:sqs:*:${ACCOUNT}:*`)],
    }),
    // Text of Fn::Sub.
    drifted: { Policies: [queuePolicy(`arn:aws:sqs:*:${ACCOUNT}:orders-*`)] },
  },
];

function queuePolicy(resource) {
  const statement = { Effect: 'Allow', Action: ['sqs:*'], Resource: resource };
  return { PolicyName: 'queue', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } };
}

const HEAD = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Env: { Type: String, Default: dev }
  Signature: { Type: String, Default: '1' }
Mappings:
  Timeouts:
    dev: { Queue: 30 }
    prod: { Queue: 120 }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:`;

/**
 * Makes a Git repository of `stacks` templates with `resources` resources altogether, in a temporary folder, and the
 * recorded cloud that it is deployed to. One resource of each stack has drifted, or `all` have.
 */
export function createProject({ stacks, resources, all = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-drift-bench-'));
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, 'templates'), { recursive: true });
  const names = Array.from({ length: stacks }, (_, index) => `bench-${index}`);
  const recorded = names.map((name, index) => {
    const stack = createStack(name, index, resources / stacks, all);
    writeFileSync(join(repository, 'templates', `${name}.yaml`), stack.template);
    return stack;
  });
  const config = names.map((name) => `  - { name: ${name}, template: templates/${name}.yaml, region: ${REGION} }`);
  writeFileSync(join(repository, 'gitops-drift.yaml'), `version: 1\nprovider: aws\nstacks:\n${config.join('\n')}\n`);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '.');
  git(repository, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'bench');
  const regions = { [REGION]: { stacks: recorded, unmanaged: [] } };
  const snapshot = join(folder, 'live.json');
  writeFileSync(
    snapshot,
    JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: ACCOUNT, regions }),
  );
  return { folder, repository, snapshot };
}

function createStack(name, index, count, all) {
  const texts = [HEAD];
  const resources = [];
  for (let place = 0; place < count; place += 1) {
    const kind = KINDS[place % KINDS.length];
    const n = `${index}-${place}`;
    const logicalId = `${kind.id}${place}`;
    const properties = { ...kind.live(n), ...(all || place === 0 ? kind.drifted : {}) };
    texts.push(`  ${logicalId}:${kind.yaml(n)}`);
    resources.push({ logicalId, type: typeOf(kind), physicalId: kind.physicalId(n), properties });
  }
  const template = `${texts.join('\n')}\n`;
  return { name, template, parameters: { Env: 'prod' }, outputs: {}, exports: {}, resources };
}

function typeOf(kind) {
  return /Type: (\S+)/.exec(kind.yaml(''))[1];
}

function git(folder, ...args) {
  execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
