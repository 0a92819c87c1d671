import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/cloud/aws/iam/policy.js';
import { type CliResult, runCli } from '../support/cli.js';
import { type Files, makeRepository } from '../support/repository.js';

const ROLE = 'arn:aws:iam::222222222222:role/drift-reader';
const CONFIG = `version: 1
region: eu-west-1
stacks:
  - { name: shop-prod, template: shop.yaml, account: "111111111111" }
  - { name: web-prod, template: web.yaml, region: us-east-1, roleArn: "${ROLE}" }
`;
const FILES: Files = {
  'gitops-drift.yaml': CONFIG,
  'shop.yaml': `Transform: AWS::LanguageExtensions
Resources:
  Orders: { Type: AWS::SQS::Queue }
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic\${Name}: { Type: AWS::SNS::Topic }
  Child: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: parts/child.yaml } }
`,
  'parts/child.yaml': 'Resources:\n  Logs: { Type: AWS::Logs::LogGroup }\n',
  'web.yaml': 'Resources:\n  Site: { Type: AWS::S3::Bucket, Properties: { BucketName: !ImportValue name } }\n',
};

async function permissions(files: Files, ...args: string[]): Promise<CliResult & { policy: Policy; text: string }> {
  const result = await runCli(['permissions', ...args], { cwd: makeRepository(files) });
  const policy =
    result.exitCode === 0 ? (JSON.parse(result.stdout) as Policy) : { Version: '2012-10-17' as const, Statement: [] };
  return { ...result, policy, text: JSON.stringify(policy) };
}

describe('gitops-drift permissions', () => {
  test('prints what the configured stacks and the types in their templates need, without a cloud', async () => {
    const { policy, text, exitCode } = await permissions(FILES);
    expect(exitCode).toBe(0);
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
      'ReadStacks',
      'ReadRegions',
      'ReadResources',
      'AssumeRoles',
    ]);
    expect(policy.Statement[0]?.Resource).toEqual([
      'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop-prod-*/*',
      'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop-prod/*',
      'arn:aws:cloudformation:us-east-1:222222222222:stack/web-prod/*',
    ]);
    for (const action of [
      'sqs:GetQueueAttributes',
      'sns:GetTopicAttributes',
      'logs:DescribeLogGroups',
      's3:GetBucketTagging',
    ])
      expect(text).toContain(action);
    expect(policy.Statement.at(-1)).toMatchObject({ Action: ['sts:AssumeRole'], Resource: [ROLE] });
  });

  test('prints it for one role, or for the credentials that assume it', async () => {
    const role = await permissions(FILES, '--for', ROLE);
    expect(role.text).toContain('s3:GetBucketTagging');
    expect(role.text).toContain('cloudformation:ListExports');
    expect(role.text).not.toMatch(/sqs:|AssumeRole|shop-prod/);
    const caller = await permissions(FILES, '--for', 'caller');
    expect(caller.text).toMatch(/sqs:.*AssumeRole/);
    expect(caller.text).not.toMatch(/s3:|web-prod|ListExports/);
    const nobody = await permissions(FILES, '--for', 'arn:aws:iam::1:role/x');
    expect(nobody).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(ROLE) });
  });

  const ACCOUNTS = `version: 1
accounts:
  - { id: "111111111111", name: home, regions: [eu-west-1] }
  - { id: "222222222222", name: prod, regions: [eu-west-1, us-east-1], roleArn: "${ROLE}", externalId: drift }
`;

  test('knows accounts: their regions, roles and external IDs', async () => {
    const stacks = 'stacks:\n  - { name: web, template: web.yaml, account: prod }\n';
    const files = { ...FILES, 'gitops-drift.yaml': ACCOUNTS + stacks };
    const prod = await permissions(files, '--for', 'prod');
    expect(prod.policy.Statement[0]?.Resource).toEqual([
      'arn:aws:cloudformation:eu-west-1:222222222222:stack/web/*',
      'arn:aws:cloudformation:us-east-1:222222222222:stack/web/*',
    ]);
    const caller = await permissions(files, '--for', 'home');
    expect(caller.policy.Statement).toEqual([
      {
        ...{ Sid: 'AssumeRoles', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [ROLE] },
        Condition: { StringEquals: { 'sts:ExternalId': 'drift' } },
      },
    ]);
    const one = await permissions(files, '--for', 'prod', '--region', 'us-east-1');
    expect(one.policy.Statement[0]?.Resource).toEqual(['arn:aws:cloudformation:us-east-1:222222222222:stack/web/*']);
    const nowhere = await permissions(files, '--region', 'ap-south-1');
    expect(nowhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--region ap-south-1 matches no') });
  });

  test('without configured stacks, whoever reads an account looks for them there', async () => {
    const files = { ...FILES, 'gitops-drift.yaml': ACCOUNTS };
    const prod = await permissions(files, '--for', ROLE);
    expect(prod.policy.Statement[0]).toMatchObject({ Sid: 'ReadStacks', Resource: '*' });
    expect(prod.text).toMatch(/ListStacks.*sqs:/);
    const nowhere = await permissions(files, '--region', 'ap-south-1');
    expect(nowhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('have none of these regions') });
  });

  test('has what availability zones take where a template asks for them, once', async () => {
    const subnet =
      'Resources:\n  A: { Type: AWS::EC2::Subnet, Properties: { AvailabilityZone: !Select [0, !GetAZs ""] } }\n';
    const { policy } = await permissions({ ...FILES, 'web.yaml': subnet }, '--for', ROLE);
    const zones = ['ec2:DescribeAvailabilityZones', 'ec2:DescribeSubnets'];
    const held = policy.Statement.filter(({ Action }) => Action.some((action) => zones.includes(action)));
    expect(held).toMatchObject([{ Sid: 'ReadRegions', Action: expect.arrayContaining(zones), Resource: '*' }]);
    const { text } = await permissions({ ...FILES, 'web.yaml': subnet }, '--for', 'caller');
    expect(text).not.toContain('ec2:');
  });

  test('knows the drift detection of CloudFormation, by configuration or option', async () => {
    const configured = { ...FILES, 'gitops-drift.yaml': `provider: cloudformation\n${CONFIG}` };
    const judged = await permissions(configured);
    expect(judged.text).toMatch(/DescribeStackResourceDrifts.*DetectStackDrift.*DescribeStackDriftDetectionStatus/);
    expect(judged.text).not.toMatch(/cloudformation:(?:Get|List)Resource/);
    expect((await permissions(FILES, '--provider', 'cloudformation')).policy).toEqual(judged.policy);
    expect((await permissions(FILES, '--cross-check')).text).toMatch(/DetectStackDrift.*cloudformation:GetResource/);
  });

  test('knows what looking for unmanaged resources takes, and what can not be known of it', async () => {
    const { policy, stderr } = await permissions(FILES, '--unmanaged', '--for', 'caller');
    const everywhere = policy.Statement.find(({ Sid }) => Sid === 'ReadRegions');
    expect(everywhere?.Action).toEqual([
      'cloudformation:BatchDescribeTypeConfigurations',
      'cloudformation:DescribeStacks',
      'cloudformation:GetResource',
      'cloudformation:GetTemplate',
      'cloudformation:ListResources',
      'cloudformation:ListStackResources',
      'cloudformation:ListStacks',
      'tag:GetResources',
    ]);
    expect(stderr).toMatch(/^warning: what --unmanaged finds may be of any type.*\n.*as not verified/);
  });

  test('prints it for some stacks, and says which are there when none matches', async () => {
    expect((await permissions(FILES, '--stack', 'web-*')).text).not.toContain('shop-prod');
    expect((await permissions(FILES, '--region', 'eu-west-1')).text).not.toContain('web-prod');
    const { exitCode, stderr } = await permissions(FILES, '--stack', 'x');
    expect(stderr).toMatch(/--stack x matches no stack[\s\S]*shop-prod, web-prod/);
    expect(exitCode).toBe(2);
  });

  test('without a configuration, all templates count and any stack may be read', async () => {
    const { 'gitops-drift.yaml': _, ...files } = FILES;
    const { policy, text, stderr } = await permissions({ ...files, 'broken.yaml': `${files['web.yaml']}  - x` });
    expect(policy.Statement[0]?.Resource).toBe('*');
    expect(text).toMatch(/ListStacks.*logs:.*s3:.*sns:.*sqs:/);
    expect(stderr).toMatch(/^warning: broken\.yaml:\d+/);
  });

  test('says when IAM would refuse it, and splits it', async () => {
    const types = [
      'S3::Bucket',
      'Lambda::Function',
      'EC2::Instance',
      'ECS::Service',
      'RDS::DBCluster',
      'WAFv2::WebACLAssociation',
    ];
    const many = [
      ...types,
      'DynamoDB::Table',
      'ElasticLoadBalancingV2::LoadBalancer',
      'Cognito::UserPool',
      'Redshift::Cluster',
      'Neptune::DBCluster',
      'SageMaker::Model',
      'Bedrock::Agent',
      'Proton::ServiceTemplate',
      'IoT::Thing',
      'EKS::Cluster',
      'OpenSearchService::Domain',
      'ApiGateway::RestApi',
      'CloudFront::Distribution',
      'Glue::Job',
      'Kendra::Index',
      'Lex::Bot',
      'MSK::Cluster',
      'QuickSight::Dashboard',
      'Transfer::Server',
      'WorkSpacesWeb::Portal',
      'Connect::Instance',
      'AppFlow::Flow',
      'DataZone::Domain',
      'FSx::DataRepositoryAssociation',
      'GuardDuty::Detector',
      'ImageBuilder::Image',
      'Backup::BackupPlan',
      'CodePipeline::Pipeline',
      'Detective::Graph',
      'Events::Rule',
      'Route53::HostedZone',
      'StepFunctions::StateMachine',
    ];
    const template = `Resources:\n${many.map((type, index) => `  R${index}: { Type: "AWS::${type}" }\n`).join('')}`;
    const config = `version: 1\nstacks:\n${Array.from({ length: 40 }, (_, index) => `  - { name: stack-${index}, template: all.yaml, region: eu-west-1 }\n`).join('')}`;
    const files = { 'gitops-drift.yaml': config, 'all.yaml': template };
    const { stderr } = await permissions(files);
    expect(stderr).toMatch(/the policy has \d+ characters; IAM takes 6144[\s\S]*--split/);
    const split = await permissions(files, '--split');
    const policies = JSON.parse(split.stdout) as Policy[];
    expect(policies.length).toBeGreaterThan(1);
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
    expect(split.stderr).not.toContain('IAM takes');
  });

  test('writes a file', async () => {
    const cwd = makeRepository(FILES);
    expect(await runCli(['permissions', '-o', 'policy.json'], { cwd })).toMatchObject({ exitCode: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'policy.json'), 'utf8'))).toHaveProperty('Version', '2012-10-17');
  });
});
