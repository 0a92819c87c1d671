import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { KnownOfType } from '../../src/compare/known-of-type.js';
import { runCli } from '../support/cli.js';

async function explained(...args: string[]): Promise<KnownOfType> {
  const { exitCode, stdout, stderr } = await runCli(['explain-type', ...args, '-o', 'json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as KnownOfType;
}

async function explainedAt(type: string, path: string) {
  const { places } = await explained(type);
  return places.find((place) => place.path === path)?.known.map(({ value, from }) => `${value}: ${from}`);
}

test.each([
  [
    'AWS::RDS::DBInstance',
    '/DBSubnetGroupName',
    [
      'lower-identifier: path data',
      'create-only: schema',
      expect.stringContaining('$lowercase'),
      '"default": recorded',
    ],
  ],
  ['AWS::RDS::DBInstance', '/Engine', ['keyword: mined', '$lowercase(Engine): schema', '"mysql": recorded']],
  ['AWS::RDS::DBInstance', '/PreferredMaintenanceWindow', ['weekly-window: word', expect.stringContaining('schema')]],
  ['AWS::RDS::DBInstance', '/MultiAZ', ['boolean: type', 'false: recorded']],
  ['AWS::RDS::DBInstance', '/MasterUserPassword', ['write-only: schema']],
  ['AWS::RDS::DBInstance', '/Endpoint', ['read-only: schema']],
  ['AWS::RDS::DBInstance', '/Tags', ['set: schema']],
  ['AWS::SSM::Document', '/DocumentType', ['keyword: enum', 'create-only: schema']],
  ['AWS::SSM::Document', '/Content', ['body: path data', 'document: schema']],
  ['AWS::SSM::Document', '/DocumentFormat', ['body-format: path data', 'JSON: schema', '"JSON": mined']],
  ['AWS::AutoScaling::AutoScalingGroup', '/DesiredCapacity', ['moves by itself: path data']],
  ['AWS::GuardDuty::Filter', '/FindingCriteria/Criterion', ['map: schema']],
  ['AWS::CloudFront::Distribution', '/DistributionConfig/CacheBehaviors', ['ordered: word']],
  ['AWS::SSMContacts::Plan', '/Stages', ['ordered: path data']],
  ['AWS::IAM::ManagedPolicy', '/Roles', ['bag: path data']],
  ['AWS::CE::CostCategory', '/Rules', ['set: no evidence']],
  ['AWS::CE::CostCategory', '/Rules/*', ['bag: path data']],
  ['AWS::WAFv2::RuleGroup', '/AvailableLabels/*/Name', ['identifier: word', 'read-only: schema']],
  ['AWS::RDS::OptionGroup', '/OptionConfigurations/*/OptionSettings/*/Value', ['engine-parameter: path data']],
  ['AWS::S3::Bucket', '/Prefix', undefined],
  ['AWS::Redshift::Cluster', '/Port', ['number: type', 'unreturned: path data', '5439: recorded', '5439: mined']],
])('%s %s', async (type, path, known) => {
  expect(await explainedAt(type, path)).toEqual(known);
});

test('what stands beside a key of the author is theirs, whatever its name says', async () => {
  expect(await explainedAt('AWS::Amplify::App', '/EnvironmentVariables/*/Value')).toBeUndefined();
  const { places } = await explained('AWS::IoT::Policy');
  expect(places.find(({ path }) => path === '/PolicyDocument')?.known).toEqual([
    { about: 'document', value: 'document', from: 'schema' },
  ]);
});

test('says why: the reason of path data and of a word, and what the meanings are made of', async () => {
  const { places, meanings, elsewhere } = await explained('AWS::ECR::PullThroughCacheRule');
  const known = places.flatMap((place) => place.known);
  expect(known).toContainEqual({
    ...{ about: 'meaning', value: 'folder', from: 'path data' },
    because: 'the service drops the slash at the end (seen)',
  });
  expect(known.find(({ from }) => from === 'word')?.because).toContain('ARN');
  expect(meanings).toEqual([
    { name: 'folder', forms: ['final-slash'], relations: [] },
    { name: 'identifier', forms: ['log-group-star'], relations: ['arn-or-name', 'partial-arn'] },
    { name: 'text', forms: ['final-newline', 'log-group-star'], relations: [] },
  ]);
  expect(elsewhere).toMatchObject([{ path: '/Prefix', rule: 'folder' }]);
});

test('tells the identifier, the tags, and how a type is read', async () => {
  expect(await explained('AWS::SQS::Queue')).toMatchObject({
    ...{ readable: true, primaryIdentifier: ['/QueueUrl'], tagProperty: '/Tags' },
    readPermissions: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
  });
  const { stdout } = await runCli(['explain-type', 'AWS::DAX::Cluster']);
  expect(stdout).toMatch(/Read +not by Cloud Control: by CloudFormation's drift detection/);
});

test.each(['/ContainerDefinitions/0/PortMappings/1/Protocol', 'ContainerDefinitions/*/PortMappings/*/Protocol'])(
  'shows one property: %s',
  async (path) => {
    const { places } = await explained('AWS::ECS::TaskDefinition', path);
    expect(places.map((place) => place.path)).toEqual(['/ContainerDefinitions/*/PortMappings/*/Protocol']);
  },
);

test('shows what is in a property, and not its neighbours', async () => {
  const { places } = await explained('AWS::RDS::DBInstance', '/Endpoint');
  expect(places.map((place) => place.path)).toEqual([
    '/Endpoint',
    '/Endpoint/Address',
    '/Endpoint/HostedZoneId',
    '/Endpoint/Port',
  ]);
});

test('says so where nothing is known', async () => {
  const { exitCode, stdout } = await runCli(['explain-type', 'AWS::SQS::Queue', '/Nothing']);
  expect(stdout).toContain('Nothing is known there');
  expect(exitCode).toBe(0);
});

test.each([
  ['AWS::SQS::Queu', /did you mean AWS::SQS::Queue, AWS::SQS::QueueInlinePolicy/],
  ['AWS::S3::Bukcet', /did you mean AWS::S3::Bucket/],
  ['sqs::queue', /did you mean AWS::SQS::Queue,/],
  ['Custom::Something::Of::My::Own', /\d{4} types of AWS are known; values of other types are compared as written/],
])('refuses %s, and says what is close', async (name, hint) => {
  const { exitCode, stdout, stderr } = await runCli(['explain-type', name]);
  expect(stderr).toContain(`unknown resource type "${name}"`);
  expect(stderr).toMatch(hint);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test('the page shows what is printed', async () => {
  const page = readFileSync(new URL('../../docs/comparing.md', import.meta.url), 'utf8');
  const [, command = '', output] = /```sh\ngitops-drift (.*?)\n```\n\n```text\n(.*?)```/s.exec(page) ?? [];
  expect((await runCli(command.split(' '))).stdout).toBe(output);
});
