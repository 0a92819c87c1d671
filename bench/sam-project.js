import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
const RUNTIME = 'nodejs20.x';
/** What SAM makes of a function with a role and an event, and the queue of that event. */
const MADE_OF_A_FUNCTION = 4;

/**
 * Makes the same estate twice, each a repository with what is deployed: as SAM templates, and as plain templates that say
 * what the transform makes of them. `stacks` of them have `resources` resources altogether.
 */
export function createSamProjects({ stacks, resources }) {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-drift-bench-'));
  const functions = resources / stacks / MADE_OF_A_FUNCTION;
  const made = Array.from({ length: stacks }, (_, index) => createStack(`sam-${index}`, functions));
  const plain = made.map(({ processedTemplate, ...stack }) => ({ ...stack, template: stringify(processedTemplate) }));
  return { folder, sam: write(join(folder, 'sam'), made), plain: write(join(folder, 'plain'), plain) };
}

function write(folder, stacks) {
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, 'templates'), { recursive: true });
  const lines = stacks.map(({ name, template }) => {
    writeFileSync(join(repository, 'templates', `${name}.yaml`), template);
    return `  - { name: ${name}, template: templates/${name}.yaml, region: ${REGION} }`;
  });
  writeFileSync(join(repository, 'gitops-drift.yaml'), `version: 1\nprovider: aws\nstacks:\n${lines.join('\n')}\n`);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '.');
  git(repository, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'bench');
  const regions = { [REGION]: { stacks, unmanaged: [] } };
  const file = join(folder, 'live.json');
  writeFileSync(
    file,
    JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: ACCOUNT, regions }),
  );
  return { repository, snapshots: [file] };
}

function createStack(name, functions) {
  const texts = [
    'Transform: AWS::Serverless-2016-10-31',
    `Globals:\n  Function:\n    Runtime: ${RUNTIME}\n    Timeout: 30\n    Environment:\n      Variables: { STAGE: prod }`,
    'Resources:',
  ];
  const made = {};
  const resources = [];
  for (let at = 0; at < functions; at += 1) {
    texts.push(sourceOf(at));
    for (const [logicalId, resource] of Object.entries(madeOf(name, at))) {
      const { live, ...declared } = resource;
      made[logicalId] = declared;
      const physicalId = physicalIdOf(name, logicalId, declared.Type);
      resources.push({ logicalId, type: declared.Type, physicalId, properties: live });
    }
  }
  const template = `${texts.join('\n')}\n`;
  const processedTemplate = { AWSTemplateFormatVersion: '2010-09-09', Resources: made };
  return { name, template, processedTemplate, parameters: {}, outputs: {}, exports: {}, resources };
}

function sourceOf(at) {
  return `  Jobs${at}:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: ${at}
      VisibilityTimeout: 180
  Work${at}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://code/work.zip
      Handler: work${at}.handler
      MemorySize: 256
      Policies:
        - Version: '2012-10-17'
          Statement: [{ Effect: Allow, Action: 'sqs:SendMessage', Resource: '*' }]
      Events:
        Job:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:${REGION}:${ACCOUNT}:jobs-${at}
            BatchSize: 5`;
}

function madeOf(stack, at) {
  const queue = { DelaySeconds: at, VisibilityTimeout: 180 };
  const own = {
    ...{ Handler: `work${at}.handler`, MemorySize: 256, Runtime: RUNTIME, Timeout: 30 },
    Environment: { Variables: { STAGE: 'prod' } },
    Tags: [{ Key: 'lambda:createdBy', Value: 'SAM' }],
  };
  const code = { S3Bucket: 'code', S3Key: 'work.zip' };
  const statement = (service) => ({ Effect: 'Allow', Principal: { Service: [service] }, Action: ['sts:AssumeRole'] });
  const policies = [
    {
      PolicyName: `Work${at}RolePolicy0`,
      PolicyDocument: policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }),
    },
  ];
  const role = {
    AssumeRolePolicyDocument: policy(statement('lambda.amazonaws.com')),
    Policies: policies,
    Tags: own.Tags,
  };
  const mapping = { BatchSize: 5, EventSourceArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs-${at}` };
  const name = physicalIdOf(stack, `Work${at}`, 'AWS::Lambda::Function');
  const arn = `arn:aws:iam::${ACCOUNT}:role/${physicalIdOf(stack, `Work${at}Role`, 'AWS::IAM::Role')}`;
  return {
    [`Jobs${at}`]: { Type: 'AWS::SQS::Queue', Properties: queue, live: queue },
    [`Work${at}`]: {
      Type: 'AWS::Lambda::Function',
      Properties: { ...own, Code: code, Role: { 'Fn::GetAtt': [`Work${at}Role`, 'Arn'] } },
      live: { ...own, FunctionName: name, Role: arn },
    },
    [`Work${at}Role`]: { Type: 'AWS::IAM::Role', Properties: role, live: { ...role, Arn: arn } },
    [`Work${at}Job`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { ...mapping, FunctionName: { Ref: `Work${at}` } },
      live: { ...mapping, FunctionName: name },
    },
  };
}

function policy(statement) {
  return { Version: '2012-10-17', Statement: [statement] };
}

function physicalIdOf(stack, logicalId, type) {
  const name = `${stack}-${logicalId}-1A2B3C`;
  return type === 'AWS::SQS::Queue' ? `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}` : name;
}

function git(folder, ...args) {
  execFileSync('git', args, { cwd: folder });
}
