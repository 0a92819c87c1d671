import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ATTEMPTS } from '../../src/cloud/aws/iam/check-access.js';
import { requiredActions } from '../../src/cloud/aws/iam/required-actions.js';
import { REVERT_READS } from '../../src/cloud/aws/iam/revert-actions.js';
import type { Check } from '../../src/doctor/check.js';
import { isAtLeast } from '../../src/doctor/tools.js';
import { bucket, snapshotOf, stackOf } from '../cloud/cloud.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import { type AwsSimulator, startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { type Files, git, makeRepository, temporaryDirectory } from '../support/repository.js';

const ROLE = 'arn:aws:iam::111111111111:role/drift-reader';
const CONFIG = `version: 1
region: eu-west-1
stacks:
  - { name: shop, template: shop.yaml, account: "111111111111" }
`;
const TEMPLATE = `Resources:
  Assets: { Type: AWS::S3::Bucket }
  Events: { Type: AWS::SNS::Topic, Properties: { DisplayName: !ImportValue name } }
`;
const FILES: Files = { 'gitops-drift.yaml': CONFIG, 'shop.yaml': TEMPLATE };
const TOPIC = 'arn:aws:sns:eu-west-1:111111111111:events';
const STATE = snapshotOf([
  stackOf('shop', [
    bucket('Assets'),
    { logicalId: 'Events', type: 'AWS::SNS::Topic', physicalId: TOPIC, properties: { TopicArn: TOPIC } },
  ]),
]);

interface Diagnosis {
  exitCode: number | null;
  /** `status name: message`, and the fix behind an arrow. */
  lines: string[];
  aws: AwsSimulator;
}

async function doctor(
  files: Files,
  faults: Fault[] = [],
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<Diagnosis> {
  const aws = await startAwsSimulator({ accounts: { '111111111111': STATE }, faults });
  try {
    const given = Object.entries({ ...aws.env, ...env }).filter(([, value]) => value !== '');
    const result = await runCli(['doctor', '-o', 'json', ...args], {
      cwd: makeRepository(files),
      env: Object.fromEntries(given),
    });
    const { checks, exitCode } = JSON.parse(result.stdout) as { checks: Check[]; exitCode: number };
    expect(exitCode).toBe(result.exitCode);
    const lines = checks.map(
      ({ status, name, message, fix }) => `${status} ${name}: ${message}${fix ? ` → ${fix}` : ''}`,
    );
    return { exitCode, lines, aws };
  } finally {
    await aws.close();
  }
}

function notOk({ lines }: Diagnosis): string[] {
  return lines.filter((line) => !line.startsWith('ok '));
}

describe('gitops-drift doctor', () => {
  test('knows the baseline, and one that can’t be read', async () => {
    const entry = '{"type": "AWS::S3::Bucket", "physicalId": "assets", "values": {}}';
    const resources = `{"111111111111/eu-west-1/shop/Assets": ${entry}}`;
    const text = `{"baselineVersion": 1, "salt": "${'0'.repeat(32)}", "resources": ${resources}}`;
    const held = await doctor({ ...FILES, '.gitops-drift/baseline.json': text });
    expect([held.exitCode, held.lines]).toEqual([
      0,
      expect.arrayContaining(['ok baseline: .gitops-drift/baseline.json, 1 resource']),
    ]);
    const broken = await doctor({ ...FILES, '.gitops-drift/baseline.json': '{}' });
    expect([broken.exitCode, broken.lines.filter((line) => line.startsWith('fail'))]).toEqual([
      2,
      [expect.stringMatching(/^fail baseline: .*no baselineVersion → /)],
    ]);
  });

  test('is content where all is there, and has only asked', async () => {
    const { exitCode, lines, aws } = await doctor(FILES);
    expect(lines.slice(2)).toEqual([
      expect.stringMatching(/^ok repository: .* at [0-9a-f]{10}$/),
      'ok configuration: gitops-drift.yaml, 1 stack',
      expect.stringMatching(/^ok baseline: there is none: .* \(gitops-drift baseline writes one\)$/),
      'ok credentials: account 111111111111',
      'ok region: eu-west-1 is on in account 111111111111',
      'ok templates: 1 read',
      'ok permission: cloudformation:DetectStackResourceDrift in eu-west-1',
      'ok permission: cloudformation:BatchDescribeTypeConfigurations in eu-west-1',
      'ok permission: cloudformation:DescribeStacks in eu-west-1',
      'ok permission: cloudformation:GetResource in eu-west-1',
      'ok permission: cloudformation:GetTemplate in eu-west-1',
      'ok permission: cloudformation:ListExports in eu-west-1',
      'ok permission: cloudformation:ListResources in eu-west-1',
      'ok permission: cloudformation:ListStackResources in eu-west-1',
      'ok permission: cloudformation:ListStacks in eu-west-1',
      'ok stacks: 1 of 1 are deployed in eu-west-1',
      'ok permission: reading 2 resource types in eu-west-1',
    ]);
    expect(exitCode).toBe(0);
    // A detection of a resource would change the drift status that the console shows.
    const detected = aws.log.filter(({ operation }) => operation === 'DetectStackResourceDrift');
    expect(detected.map(({ input }) => input['LogicalResourceId'])).toEqual(['GitopsDriftDoctor']);
  });

  test('prints a line a check, and what to do below', async () => {
    const cwd = makeRepository(FILES);
    const { exitCode, stdout } = await runCli(['doctor'], { cwd });
    expect(stdout).toMatch(/^ok {4}Node\.js {8}\d+\.\d+\.\d+\nok {4}Git {12}\d+/);
    expect(stdout).toMatch(/\nfail {2}credentials {4}no AWS credentials were found: .*\n {21}set AWS_PROFILE/);
    expect(exitCode).toBe(2);
  });

  test.each<[string, Fault, RegExp[]]>([
    [
      'an action of CloudFormation',
      { operation: 'ListExports', kind: 'deny' },
      [
        /^fail permission: cloudformation:ListExports is denied in eu-west-1 → .*gitops-drift permissions, with the options given here/,
      ],
    ],
    [
      'reading of stacks',
      { operation: 'ListStackResources', kind: 'deny' },
      [/^fail permission: cloudformation:ListStackResources is denied in eu-west-1/],
    ],
    [
      'Cloud Control',
      { operation: 'GetResource', kind: 'deny' },
      [/^fail permission: cloudformation:GetResource is denied in eu-west-1/],
    ],
    [
      'what a read handler needs',
      {
        type: 'AWS::S3::Bucket',
        kind: {
          code: 'GeneralServiceException',
          message: 'User: reader is not authorized to perform: s3:GetBucketTagging on resource: x',
        },
      },
      [
        /^fail permission: s3:GetBucketTagging, for reading AWS::S3::Bucket, is denied in eu-west-1/,
        /^warn accept: .*→ accept:\n {2}- \{ type: "AWS::S3::Bucket", reason: "s3:GetBucketTagging is not allowed" \}$/s,
      ],
    ],
    [
      'the whole region, which is off',
      { region: 'eu-west-1', operation: 'DescribeStacks', kind: 'invalid-token' },
      [/^fail region: AWS refuses the credentials in eu-west-1.*→ .*region is enabled/],
    ],
    [
      'expired credentials',
      { operation: 'GetCallerIdentity', kind: 'expired' },
      [/^fail credentials: the AWS credentials have expired.*→ get new credentials/],
    ],
  ])('tells what is denied: %s', async (_, fault, expected) => {
    const diagnosis = await doctor(FILES, [fault]);
    const problems = notOk(diagnosis);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
    expect(diagnosis.exitCode).toBe(2);
  });

  test('asks for availability zones where a template does', async () => {
    const files = {
      ...FILES,
      'shop.yaml': `${TEMPLATE}  Net: { Type: AWS::EC2::Subnet, Properties: { AvailabilityZone: !Select [0, !GetAZs ""] } }\n`,
    };
    const allowed = await doctor(files);
    expect(notOk(allowed)).toEqual([]);
    expect(allowed.lines).toEqual(
      expect.arrayContaining([
        'ok permission: ec2:DescribeAvailabilityZones in eu-west-1',
        'ok permission: ec2:DescribeSubnets in eu-west-1',
      ]),
    );
    const denied = await doctor(files, [{ operation: 'DescribeSubnets', kind: 'deny' }]);
    expect(notOk(denied)).toEqual([
      expect.stringMatching(
        /^fail permission: ec2:DescribeSubnets is denied in eu-west-1 → .*gitops-drift permissions/,
      ),
    ]);
  });

  test('takes throttling and passing failures for neither a denial nor a permission', async () => {
    const calm = await doctor(FILES, [{ kind: 'throttle', every: 2, times: 4 }]);
    expect(notOk(calm)).toEqual([]);
    const down: Fault = {
      operation: 'ListExports',
      kind: { code: 'InternalFailure', message: 'try again', status: 400 },
    };
    const { exitCode, lines } = await doctor(FILES, [down]);
    expect(lines.filter((line) => line.startsWith('warn'))).toEqual([
      expect.stringMatching(
        /^warn permission: cloudformation:ListExports could not be tried in eu-west-1: InternalFailure: try again/,
      ),
    ]);
    expect(exitCode).toBe(0);
  });

  test('tells the wrong account, and reads nothing of its stacks', async () => {
    const diagnosis = await doctor({ ...FILES, 'gitops-drift.yaml': CONFIG.replace('111111111111', '222222222222') });
    expect(notOk(diagnosis)).toEqual([
      expect.stringMatching(/^fail account: account 222222222222 is configured, but .* belong to 111111111111 →/),
    ]);
    expect(Object.keys(diagnosis.aws.calls)).toEqual(['GetCallerIdentity']);
    expect(diagnosis.exitCode).toBe(2);
  });

  test('tells a role that can not be assumed, and checks the others', async () => {
    const asRole = `  - { name: shop, template: shop.yaml, region: eu-west-1, roleArn: "${ROLE}" }\n`;
    const config = `${CONFIG.replace(/, account: "\d+"/, '')}${asRole}`;
    const files = { ...FILES, 'gitops-drift.yaml': config };
    const fine = await doctor(files);
    expect(notOk(fine)).toEqual([]);
    expect(fine.lines).toContain(`ok permission: cloudformation:GetTemplate in eu-west-1, as ${ROLE}`);
    const denied = await doctor(files, [{ operation: 'AssumeRole', kind: 'deny' }]);
    expect(notOk(denied)).toEqual([
      expect.stringMatching(/^fail credentials: can't assume the role .*drift-reader.*→ .*trusts/),
    ]);
    expect(denied.lines).toContain('ok stacks: 1 of 1 are deployed in eu-west-1');
  });

  test('tells a stack that is not there', async () => {
    const config = `${CONFIG}  - { name: shopp, template: shop.yaml }\n`;
    const { lines } = await doctor({ ...FILES, 'gitops-drift.yaml': config });
    expect(lines).toContainEqual(expect.stringMatching(/^fail stack: stack shopp does not exist in eu-west-1 →/));
    expect(lines).toContain('ok stacks: 1 of 2 are deployed in eu-west-1');
  });

  test('without a configuration, checks what is found', async () => {
    const { exitCode, lines } = await doctor({ 'shop.yaml': TEMPLATE });
    expect(lines).toContainEqual(expect.stringMatching(/^ok configuration: there is no gitops-drift\.yaml/));
    expect(lines).toContain('ok stacks: 1 of 1 are deployed in eu-west-1');
    expect(exitCode).toBe(0);
    const more = await doctor({ 'shop.yaml': TEMPLATE, 'web.yaml': TEMPLATE });
    expect(notOk(more)).toEqual([expect.stringMatching(/^warn stacks: web\.yaml: no deployed stack was found .*→/)]);
    const denied = await doctor({ 'shop.yaml': TEMPLATE }, [{ operation: 'ListStacks', kind: 'deny' }]);
    expect(notOk(denied)).toEqual([
      expect.stringMatching(/^fail permission: cloudformation:ListStacks is denied in eu-west-1 →/),
    ]);
  });

  test.each<[string, Files, RegExp]>([
    [
      'a mistake in the configuration',
      { ...FILES, 'gitops-drift.yaml': `${CONFIG}failOnn: low\n` },
      /^fail configuration: gitops-drift\.yaml:5:1: .*failOnn/,
    ],
    [
      'a template that is not there',
      { 'gitops-drift.yaml': CONFIG },
      /^fail configuration: gitops-drift\.yaml:4.*shop\.yaml/,
    ],
    ['a template that is broken', { ...FILES, 'shop.yaml': 'Resources: [\n' }, /^fail template: shop\.yaml:\d+/],
  ])('tells %s', async (_, files, expected) => {
    const { exitCode, lines } = await doctor(files);
    expect(lines).toContainEqual(expect.stringMatching(expected));
    expect(exitCode).toBe(2);
  });

  test('tells that there is no region, and no repository', async () => {
    const nowhere = await doctor({ ...FILES, 'gitops-drift.yaml': CONFIG.replace('region: eu-west-1\n', '') }, [], [], {
      AWS_REGION: '',
    });
    expect(nowhere.lines).toContainEqual(expect.stringMatching(/^fail configuration: .*stack shop has no region →/));
    const { stdout, exitCode } = await runCli(['doctor'], { cwd: temporaryDirectory() });
    expect(stdout).toMatch(/\nfail {2}repository .*not in a Git repository/);
    expect(exitCode).toBe(2);
  });

  test('warns of a shallow clone', async () => {
    const origin = makeRepository(FILES);
    git(origin, 'commit', '--quiet', '--allow-empty', '-m', 'Second');
    const clones = temporaryDirectory();
    git(clones, 'clone', '--quiet', '--depth', '1', `file://${origin}`, 'shop');
    writeFileSync(join(clones, 'live.json'), JSON.stringify(STATE));
    const { stdout, exitCode } = await runCli(['doctor', '--snapshot', '../live.json'], { cwd: join(clones, 'shop') });
    expect(stdout).toMatch(/\nwarn {2}history .*shallow[\s\S]*fetch-depth: 0/);
    expect(stdout).toMatch(/\nok {4}stacks {9}1 of 1 are deployed/);
    expect(exitCode).toBe(0);
  });
});

test('there is a harmless request for every action that a policy holds', () => {
  const { ofStacks, ofRegions } = requiredActions({
    judges: 'both',
    readsStacks: true,
    findsStacks: true,
    imports: true,
    zones: true,
    owners: true,
    unknownTypes: true,
    unmanaged: true,
    who: true,
  });
  expect([...ofStacks, ...ofRegions, ...REVERT_READS].sort()).toEqual([...ATTEMPTS.keys()].sort());
});

test.each([
  ['20.19.0', '20.19.0', true],
  ['20.20', '20.19.5', true],
  ['22.0.0', '20.19.0', true],
  ['20.9.9', '20.19.0', false],
  ['2.9', '2.15.0', false],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});
