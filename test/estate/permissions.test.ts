import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/cloud/aws/iam/policy.js';
import { type PermissionsRequest, scanPermissions } from '../../src/scan/permissions.js';
import { bucket, stackOf } from '../cloud/cloud.js';
import type { LoggedRequest, SimulatorOptions } from '../support/aws-simulator/server.js';
import { accountOf, type EstateRun, runEstate } from '../support/estate.js';
import { denied } from '../support/iam.js';
import { type Files, makeRepository } from '../support/repository.js';
import { ACCOUNTS, HOME, PROD, ROLE, STACKS, TEMPLATES, wholeEstate } from '../support/whole-estate.js';

const KEY = { caller: 'AKIASIMULATOR', prod: `ASIA${PROD}` };

/** The policy of one principal, or of all. */
async function policyFor(files: Files, request: Partial<PermissionsRequest>, principal?: string): Promise<Policy> {
  const { policy } = await scanPermissions({ repository: makeRepository(files), ...request, principal });
  return policy;
}

function requestsBy(key: string, { aws }: EstateRun): LoggedRequest[] {
  return aws.log.filter(({ accessKey }) => accessKey === key);
}

const CONFIGURED = { ...TEMPLATES, 'gitops-drift.yaml': ACCOUNTS + STACKS };
const JUDGED_BY_AWS = {
  ...TEMPLATES,
  'gitops-drift.yaml': `${ACCOUNTS.replace('version: 1', 'version: 1\nprovider: cloudformation')}${STACKS}`,
};
const DISCOVERED = { ...TEMPLATES, 'gitops-drift.yaml': ACCOUNTS };
/** More stacks with drift in one region than would be asked for one by one without a thought. */
const MANY = Array.from({ length: 15 }, (_, index) => `s${index}`);
const MANY_STACKS = {
  'one.yaml': 'Resources:\n  Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: x } }\n',
  'gitops-drift.yaml': `version: 1\nregion: eu-west-1\nstacks:\n${MANY.map((name) => `  - { name: ${name}, template: one.yaml }\n`).join('')}`,
};

function manyStacks(): SimulatorOptions {
  const stacks = MANY.map((name) => stackOf(name, [bucket('Bucket')], { template: MANY_STACKS['one.yaml'] }));
  return { accounts: { [HOME]: accountOf(HOME, { 'eu-west-1': stacks }) } };
}

describe('a scan asks for nothing that the policy does not allow', () => {
  test.each<[string, Files, string[], Partial<PermissionsRequest>, SimulatorOptions]>([
    ['of configured and nested stacks', CONFIGURED, ['scan'], {}, wholeEstate()],
    ['of some stacks', CONFIGURED, ['scan', '--stack', 'edge'], { stacks: ['edge'] }, wholeEstate()],
    ['of one region', CONFIGURED, ['scan', '--region', 'us-east-1'], { regions: ['us-east-1'] }, wholeEstate()],
    ['with a cross-check', CONFIGURED, ['scan', '--cross-check'], { crossCheck: true }, wholeEstate()],
    ['with AWS as the judge', JUDGED_BY_AWS, ['scan'], {}, wholeEstate()],
    [
      'with AWS as the judge, as asked for',
      CONFIGURED,
      ['scan', '--provider', 'cloudformation'],
      { provider: 'cloudformation' },
      wholeEstate(),
    ],
    ['of what no stack owns', CONFIGURED, ['scan', '--unmanaged'], { unmanaged: true }, wholeEstate()],
    ['of stacks that it finds in accounts', DISCOVERED, ['scan'], {}, wholeEstate()],
    ['of all that it finds in accounts', DISCOVERED, ['scan', '--unmanaged'], { unmanaged: true }, wholeEstate()],
    ['of stacks that it finds without a configuration', TEMPLATES, ['scan'], {}, wholeEstate()],
    ['of many stacks with drift', MANY_STACKS, ['scan'], {}, manyStacks()],
    ['that is recorded', CONFIGURED, ['snapshot', '--unmanaged'], { unmanaged: true }, wholeEstate()],
    ['that is patched', CONFIGURED, ['patch'], {}, wholeEstate()],
    ['that a configuration is written for', TEMPLATES, ['init', '-o', '-'], {}, wholeEstate()],
    ['that doctor checks', CONFIGURED, ['doctor'], {}, wholeEstate()],
    [
      'that doctor checks to the last',
      CONFIGURED,
      ['doctor', '--cross-check', '--unmanaged'],
      { crossCheck: true, unmanaged: true },
      wholeEstate(),
    ],
    ['with AWS as the judge, that doctor checks', JUDGED_BY_AWS, ['doctor'], {}, wholeEstate()],
    ['of stacks that doctor finds in accounts', DISCOVERED, ['doctor'], {}, wholeEstate()],
  ])('%s', async (_, files, args, same, cloud) => {
    const run = await runEstate(files, cloud, args);
    expect(run.stderr).not.toContain('error');
    const hasRoles = files['gitops-drift.yaml']?.includes(ROLE.prod) ?? false;
    const byCaller = requestsBy(KEY.caller, run);
    expect(byCaller.length).toBeGreaterThan(0);
    if (!hasRoles) {
      expect(denied(await policyFor(files, same), byCaller, HOME)).toEqual([]);
      return;
    }
    const caller = await policyFor(files, same, 'caller');
    expect(denied(caller, byCaller, HOME)).toEqual([]);
    const byRole = requestsBy(KEY.prod, run);
    expect(byRole.length).toBeGreaterThan(0);
    expect(byRole.length + byCaller.length).toBe(run.aws.log.length);
    expect(denied(await policyFor(files, same, ROLE.prod), byRole, PROD)).toEqual([]);
  });
});

/** What AWS itself takes for detecting drift, what is asked only of more stacks with drift, and where it can't be detected. */
const NOT_HERE = [
  'cloudformation:BatchDescribeTypeConfigurations',
  'cloudformation:DetectStackResourceDrift',
  'cloudformation:ListResources',
  'cloudformation:ListStacks',
];

test.each<[string[], Partial<PermissionsRequest>]>([
  [[], {}],
  [['--cross-check'], { crossCheck: true }],
  [['--provider', 'cloudformation'], { provider: 'cloudformation' }],
  [['--unmanaged'], { unmanaged: true }],
])('nor is more allowed than scan %s asks for', async (args, request) => {
  const run = await runEstate(CONFIGURED, wholeEstate(), ['scan', ...args]);
  const { Statement } = await policyFor(CONFIGURED, request, 'prod');
  const asked = new Set(requestsBy(KEY.prod, run).map(({ action }) => action));
  const own = Statement.filter(({ Sid }) => Sid === 'ReadStacks' || Sid === 'ReadRegions');
  const allowed = own.flatMap(({ Action }) => Action).filter((action) => !NOT_HERE.includes(action));
  expect(allowed.filter((action) => !asked.has(action))).toEqual([]);
});

test('stacks that are deployed from elsewhere may be read, and what they hold is told as not known', async () => {
  const root = makeRepository({
    'app.yaml': `Resources:
  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/b/net.yaml"}}
  Guard: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: guard, PermissionModel: SELF_MANAGED}}
`,
    'gitops-drift.yaml': 'version: 1\nstacks: [{name: app, template: app.yaml, region: eu-west-1}]\n',
  });
  const { policy, warnings } = await scanPermissions({ repository: root });
  const resources = [policy.Statement.find(({ Sid }) => Sid === 'ReadStacks')?.Resource ?? []].flat();
  expect(resources.map((arn) => arn.split(':').slice(5).join(':'))).toEqual([
    'stack/StackSet-*/*',
    'stack/app-*/*',
    'stack/app/*',
  ]);
  expect(warnings.map(({ message }) => message)).toContain(
    'what the stacks hold that are deployed from elsewhere by app.yaml is not known here',
  );
});
