import type { JsonObject } from '../../src/base/json.js';
import { isNestedStack } from '../../src/iac/registry.js';
import { coverageOf, unseenChildren } from '../../src/model/measure-coverage.js';
import type { Finding, Report, ResourceReport, StackReport } from '../../src/model/report.js';
import { type Outcome, summarize } from '../../src/model/summary.js';

const account = '111111111111';
const region = 'eu-west-1';

/** A report over these parts, counted by the code that counts real ones. */
export function reportOf(
  parts: Partial<Outcome>,
  gate: Parameters<typeof summarize>[1] = { failOn: 'low', strict: false },
): Report {
  const found = { stacks: [], resources: [], findings: [], compared: 0, ...parts };
  const templates = new Set(found.stacks.map(({ template }: StackReport) => template)).size;
  const coverage = coverageOf({
    ...found,
    templates: { found: templates, matched: templates, skipped: [] },
    notLooked: unseenChildren(found, isNestedStack),
  });
  const outcome: Outcome = { coverage, ...found };
  return {
    schemaVersion: 1,
    tool: { name: 'gitops-drift', version: '0.1.0' },
    scan: {
      startedAt: '2026-05-04T08:30:00.000Z',
      durationMs: 1234,
      provider: 'snapshot',
      repository: 'shop',
      ref: null,
      commit: '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d',
      dirty: false,
    },
    summary: summarize(outcome, gate),
    coverage,
    stacks: outcome.stacks,
    resources: outcome.resources,
    findings: outcome.findings,
    ...(outcome.errors === undefined ? {} : { errors: outcome.errors }),
  };
}

export function stack(name: string, rest: Partial<StackReport> = {}): StackReport {
  return { name, region, account, template: `templates/${name}.yaml`, status: 'scanned', ...rest };
}

export function resource(
  stackName: string,
  logicalId: string,
  type: string,
  rest: Partial<ResourceReport> = {},
): ResourceReport {
  const physicalId = `${stackName}-${logicalId}`;
  return {
    stack: stackName,
    region,
    account,
    logicalId,
    type,
    physicalId,
    status: 'inSync',
    unverifiable: [],
    ...rest,
  };
}

export function finding(of: ResourceReport, path: string, line: number, rest: Partial<Finding> = {}): Finding {
  const { logicalId, type, physicalId } = of;
  return {
    id: `${of.stack}-${logicalId}-${path}`,
    ...{ stack: of.stack, region: of.region, account: of.account, logicalId, type, physicalId },
    kind: 'modified',
    verdict: 'drift',
    path,
    severity: 'medium',
    location: { file: `templates/${of.stack}.yaml`, line, column: 7, endLine: line, endColumn: 20 },
    patch: { status: 'none' },
    ...rest,
  };
}

/** A finding whose line was last changed by someone. */
function changedBy(author: string, subject: string, of: Finding): Finding {
  const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';
  const lastChange = { commit, author, date: '2026-03-02T09:15:00.000Z', subject };
  return of.location ? { ...of, location: { ...of.location, lastChange } } : of;
}

function statement(sid: string, action: string | string[], resourceArn: string): JsonObject {
  return { Sid: sid, Effect: 'Allow', Action: action, Resource: resourceArn };
}

const orders = `arn:aws:dynamodb:${region}:${account}:table/shop-orders`;
const policy = [
  statement('ReadOrders', ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'], orders),
  statement('SendMail', 'ses:SendEmail', '*'),
  statement('Decrypt', ['kms:Decrypt', 'kms:DescribeKey'], `arn:aws:kms:${region}:${account}:key/1234`),
];

/** A report with everything in it: every kind of change, unread parts, a failed stack, equal-by-rule values. */
export function richReport(): Report {
  const web = resource('shop-network', 'WebSecurityGroup', 'AWS::EC2::SecurityGroup', {
    physicalId: 'sg-0a1b2c3d4e5f60718',
    status: 'modified',
  });
  const api = resource('shop-app', 'ApiFunction', 'AWS::Lambda::Function', {
    physicalId: 'shop-prod-api',
    status: 'modified',
    unverifiable: [{ path: '/Code/S3Key', reason: 'write-only: AWS never returns it' }],
    equivalent: [
      { path: '/Role', desired: 'shop-api', live: `arn:aws:iam::${account}:role/shop-api`, equivalence: 'arn-or-name' },
      { path: '/Layers', desired: ['a', 'b'], live: ['b', 'a'], equivalence: 'unordered-list' },
    ],
    openByDefault: [{ path: '/Ingress/0', live: '0.0.0.0/0', rule: 'ingress-from-anywhere' }],
  });
  const role = resource('shop-app', 'ApiRole', 'AWS::IAM::Role', {
    physicalId: 'shop-prod-api-role',
    status: 'modified',
  });
  const alarm = resource('shop-app', 'CheckoutErrorsAlarm', 'AWS::CloudWatch::Alarm', {
    physicalId: 'shop-prod-checkout-errors',
    status: 'deleted',
  });
  const service = resource('shop-app', 'WebService', 'AWS::ECS::Service', { status: 'modified' });
  const database = resource('shop-data', 'Database', 'AWS::RDS::DBInstance', {
    physicalId: 'shop-prod-db',
    status: 'modified',
    unverifiable: [
      {
        path: '/MasterUserPassword',
        reason: 'NoEcho parameter DatabasePassword: CloudFormation does not tell its value',
      },
    ],
  });
  const key = resource('shop-data', 'OrdersKey', 'AWS::KMS::Key', {
    status: 'unreadable',
    reason: `AccessDeniedException: User: arn:aws:sts::${account}:assumed-role/drift-reader/ci is not authorized to perform: kms:DescribeKey`,
  });
  const draft = resource('shop-data', 'ReportsBucket', 'AWS::S3::Bucket', {
    physicalId: null,
    status: 'undeployed',
    reason: 'declared in Git, not yet in the deployed stack',
  });
  const widened = policy.map((each) => (each['Sid'] === 'SendMail' ? { ...each, Action: 'ses:*' } : each));
  const resources = [web, api, role, alarm, service, database, key, draft];
  for (let index = 1; index <= 20; index += 1)
    resources.push(resource('shop-network', `Subnet${index}`, 'AWS::EC2::Subnet'));
  return reportOf({
    stacks: [
      stack('shop-network'),
      stack('shop-data'),
      stack('shop-app'),
      stack('shop-cdn', {
        region: 'us-east-1',
        status: 'error',
        error: 'Stack with id shop-cdn does not exist in us-east-1 (check its name in gitops-drift.yaml)',
      }),
    ],
    resources,
    findings: [
      changedBy(
        'Jane Doe',
        'Close the shop to the world',
        finding(web, '/SecurityGroupIngress/0/CidrIp', 41, { desired: '10.20.0.0/16', live: '0.0.0.0/0' }),
      ),
      finding(web, '/Tags/3', 44, { live: { Key: 'Owner', Value: 'maria' } }),
      changedBy(
        'Wolfeschlegelsteinhausenbergerdorff \u202e',
        'Keep backups for\u001b[31m two weeks',
        finding(database, '/BackupRetentionPeriod', 30, { desired: 14, live: 1 }),
      ),
      finding(database, '/MasterUserSecret', 31, { desired: '****', live: '****' }),
      finding(api, '/MemorySize', 57, { desired: 512, live: 1024 }),
      finding(api, '/Environment/Variables/LOG_LEVEL', 61, { desired: 'info' }),
      finding(role, '/Policies/0/PolicyDocument', 88, {
        desired: { Version: '2012-10-17', Statement: policy },
        live: { Version: '2012-10-17', Statement: widened },
      }),
      finding(alarm, '', 120, { kind: 'deleted' }),
      finding(draft, '', 52, {
        verdict: 'undeployed',
        patch: { status: 'none', reason: 'declared in Git, not yet in the deployed stack: deploy it' },
      }),
      finding(service, '/DesiredCount', 140, {
        desired: 2,
        live: 6,
        suppressed: { reason: 'autoscaling owns it', until: '2027-01-31' },
      }),
    ],
    compared: 214,
  });
}
