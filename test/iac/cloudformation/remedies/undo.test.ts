import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../../src/base/json.js';
import { remediesOf } from '../../../../src/iac/cloudformation/remedies/remedies.js';
import { SERVICE_COMMANDS } from '../../../../src/iac/cloudformation/remedies/service-commands.js';
import { undoingOf } from '../../../../src/iac/cloudformation/remedies/undo.js';
import type { RootStack } from '../../../../src/iac/root-stack.js';
import type { Finding } from '../../../../src/model/report.js';
import { remedyLines } from '../../../../src/report/finding-text.js';

const ROOT: RootStack = {
  name: 'shop',
  region: 'eu-west-1',
  hasNested: false,
};
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';

function finding(type: string, path: string, of: Partial<Finding>): Finding {
  return {
    ...{ id: '0123456789abcdef', stack: 'shop', region: 'eu-west-1', account: null, logicalId: 'One', type },
    ...{ physicalId: 'one', kind: 'modified', verdict: 'drift', path, severity: 'high', undeclared: true },
    patch: { status: 'none' },
    ...of,
  };
}

/** The words that a shell makes of a command; none of several. */
function wordsOf(command = ''): string[] {
  const script = `set -- ${command}\nfor word; do printf '%s\\0' "$word"; done`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

type Row = [type: string, path: string, of: Partial<Finding>, command: string];
const rule = (more: Record<string, Json>): Json => ({ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, ...more });
const ip = (verb: string, direction: string, list: string) =>
  `ec2 ${verb}-security-group-${direction} --region eu-west-1 --group-id one --ip-permissions ${list}`;

const ROWS: Row[] = [
  [
    'AWS::IAM::Role',
    '/ManagedPolicyArns/1',
    { live: ADMIN },
    `iam detach-role-policy --region eu-west-1 --role-name one --policy-arn ${ADMIN}`,
  ],
  [
    'AWS::IAM::User',
    '/ManagedPolicyArns/0',
    { live: ADMIN },
    `iam detach-user-policy --region eu-west-1 --user-name one --policy-arn ${ADMIN}`,
  ],
  [
    'AWS::IAM::Group',
    '/ManagedPolicyArns/0',
    { live: ADMIN },
    `iam detach-group-policy --region eu-west-1 --group-name one --policy-arn ${ADMIN}`,
  ],
  [
    'AWS::IAM::Role',
    '/ManagedPolicyArns/1',
    { accepted: ADMIN, change: 'disappeared' },
    `iam attach-role-policy --region eu-west-1 --role-name one --policy-arn ${ADMIN}`,
  ],
  [
    'AWS::IAM::Role',
    '/Policies/0',
    { live: { PolicyName: 'debug', PolicyDocument: {} } },
    'iam delete-role-policy --region eu-west-1 --role-name one --policy-name debug',
  ],
  [
    'AWS::IAM::User',
    '/Policies/0',
    { live: { PolicyName: 'debug' } },
    'iam delete-user-policy --region eu-west-1 --user-name one --policy-name debug',
  ],
  [
    'AWS::IAM::Group',
    '/Policies/0',
    { live: { PolicyName: 'debug' } },
    'iam delete-group-policy --region eu-west-1 --group-name one --policy-name debug',
  ],
  [
    'AWS::IAM::User',
    '/Groups/0',
    { live: 'Admins' },
    'iam remove-user-from-group --region eu-west-1 --user-name one --group-name Admins',
  ],
  [
    'AWS::IAM::Role',
    '/PermissionsBoundary',
    { live: ADMIN },
    'iam delete-role-permissions-boundary --region eu-west-1 --role-name one',
  ],
  [
    'AWS::IAM::Role',
    '/PermissionsBoundary',
    { live: ADMIN, accepted: 'arn:b', change: 'changed' },
    'iam put-role-permissions-boundary --region eu-west-1 --role-name one --permissions-boundary arn:b',
  ],
  [
    'AWS::IAM::User',
    '/PermissionsBoundary',
    { accepted: 'arn:b', change: 'disappeared' },
    'iam put-user-permissions-boundary --region eu-west-1 --user-name one --permissions-boundary arn:b',
  ],
  [
    'AWS::IAM::Role',
    '/MaxSessionDuration',
    { live: 43200, accepted: 3600, change: 'changed' },
    'iam update-role --region eu-west-1 --role-name one --max-session-duration 3600',
  ],
  [
    'AWS::EC2::SecurityGroup',
    '/SecurityGroupIngress/0',
    { live: rule({ CidrIp: '0.0.0.0/0' }) },
    ip('revoke', 'ingress', '[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'),
  ],
  [
    'AWS::EC2::SecurityGroup',
    '/SecurityGroupIngress/0',
    { live: { IpProtocol: '-1', CidrIpv6: '::/0' } },
    ip('revoke', 'ingress', '[{"IpProtocol":"-1","Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'),
  ],
  [
    'AWS::EC2::SecurityGroup',
    '/SecurityGroupEgress/0',
    { live: { IpProtocol: '-1', DestinationSecurityGroupId: 'sg-2' } },
    ip('revoke', 'egress', '[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"sg-2"}]}]'),
  ],
  [
    'AWS::EC2::SecurityGroup',
    '/SecurityGroupIngress/0',
    { accepted: { IpProtocol: '-1', SourcePrefixListId: 'pl-1' }, change: 'disappeared' },
    ip('authorize', 'ingress', '[{"IpProtocol":"-1","PrefixListIds":[{"PrefixListId":"pl-1"}]}]'),
  ],
  [
    'AWS::S3::Bucket',
    '/PublicAccessBlockConfiguration/BlockPublicAcls',
    { live: false },
    's3api put-public-access-block --region eu-west-1 --bucket one --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  ],
  [
    'AWS::S3::Bucket',
    '/PublicAccessBlockConfiguration',
    { live: { BlockPublicAcls: false, IgnorePublicAcls: false } },
    's3api put-public-access-block --region eu-west-1 --bucket one --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  ],
  [
    'AWS::S3::Bucket',
    '/VersioningConfiguration',
    { live: { Status: 'Suspended' } },
    's3api put-bucket-versioning --region eu-west-1 --bucket one --versioning-configuration Status=Enabled',
  ],
  [
    'AWS::S3::Bucket',
    '/OwnershipControls/Rules/0',
    { live: { ObjectOwnership: 'ObjectWriter' } },
    's3api put-bucket-ownership-controls --region eu-west-1 --bucket one --ownership-controls Rules=[{ObjectOwnership=BucketOwnerEnforced}]',
  ],
  [
    'AWS::S3::Bucket',
    '/ReplicationConfiguration',
    { live: { Role: 'r' } },
    's3api delete-bucket-replication --region eu-west-1 --bucket one',
  ],
  [
    'AWS::S3::Bucket',
    '/WebsiteConfiguration',
    { live: {} },
    's3api delete-bucket-website --region eu-west-1 --bucket one',
  ],
  ['AWS::S3::Bucket', '/CorsConfiguration', { live: {} }, 's3api delete-bucket-cors --region eu-west-1 --bucket one'],
  [
    'AWS::S3::Bucket',
    '/LifecycleConfiguration',
    { live: {} },
    's3api delete-bucket-lifecycle --region eu-west-1 --bucket one',
  ],
  [
    'AWS::SQS::Queue',
    '/VisibilityTimeout',
    { live: 1, accepted: 60, change: 'changed' },
    'sqs set-queue-attributes --region eu-west-1 --queue-url one --attributes VisibilityTimeout=60',
  ],
  [
    'AWS::SQS::Queue',
    '/SqsManagedSseEnabled',
    { live: false },
    'sqs set-queue-attributes --region eu-west-1 --queue-url one --attributes SqsManagedSseEnabled=true',
  ],
  [
    'AWS::SQS::Queue',
    '/KmsMasterKeyId',
    { live: 'k' },
    'sqs set-queue-attributes --region eu-west-1 --queue-url one --attributes KmsMasterKeyId=',
  ],
  [
    'AWS::Lambda::Function',
    '/Layers/0',
    { live: 'arn:layer' },
    'lambda update-function-configuration --region eu-west-1 --function-name one --layers []',
  ],
  [
    'AWS::Lambda::Function',
    '/Timeout',
    { live: 900, accepted: 3, change: 'changed' },
    'lambda update-function-configuration --region eu-west-1 --function-name one --timeout 3',
  ],
  [
    'AWS::Lambda::Function',
    '/ReservedConcurrentExecutions',
    { live: 0 },
    'lambda delete-function-concurrency --region eu-west-1 --function-name one',
  ],
  [
    'AWS::Lambda::Function',
    '/ReservedConcurrentExecutions',
    { live: 0, accepted: 9, change: 'changed' },
    'lambda put-function-concurrency --region eu-west-1 --function-name one --reserved-concurrent-executions 9',
  ],
  [
    'AWS::Lambda::Url',
    '/AuthType',
    { live: 'NONE' },
    'lambda update-function-url-config --region eu-west-1 --function-name one --auth-type AWS_IAM',
  ],
  [
    'AWS::Lambda::EventSourceMapping',
    '/Enabled',
    { live: false },
    'lambda update-event-source-mapping --region eu-west-1 --uuid one --enabled',
  ],
  [
    'AWS::RDS::DBInstance',
    '/PubliclyAccessible',
    { live: true },
    'rds modify-db-instance --region eu-west-1 --db-instance-identifier one --no-publicly-accessible',
  ],
  [
    'AWS::RDS::DBInstance',
    '/DeletionProtection',
    { live: false },
    'rds modify-db-instance --region eu-west-1 --db-instance-identifier one --deletion-protection',
  ],
  [
    'AWS::RDS::DBInstance',
    '/BackupRetentionPeriod',
    { live: 0, accepted: 7, change: 'changed' },
    'rds modify-db-instance --region eu-west-1 --db-instance-identifier one --backup-retention-period 7',
  ],
  [
    'AWS::RDS::DBCluster',
    '/DeletionProtection',
    { live: false },
    'rds modify-db-cluster --region eu-west-1 --db-cluster-identifier one --deletion-protection',
  ],
  [
    'AWS::Redshift::Cluster',
    '/PubliclyAccessible',
    { live: true },
    'redshift modify-cluster --region eu-west-1 --cluster-identifier one --no-publicly-accessible',
  ],
  [
    'AWS::DynamoDB::Table',
    '/DeletionProtectionEnabled',
    { live: false },
    'dynamodb update-table --region eu-west-1 --table-name one --deletion-protection-enabled',
  ],
  [
    'AWS::DynamoDB::Table',
    '/PointInTimeRecoverySpecification',
    { live: { PointInTimeRecoveryEnabled: false } },
    'dynamodb update-continuous-backups --region eu-west-1 --table-name one --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true',
  ],
  ['AWS::KMS::Key', '/Enabled', { live: false }, 'kms enable-key --region eu-west-1 --key-id one'],
  ['AWS::KMS::Key', '/EnableKeyRotation', { live: false }, 'kms enable-key-rotation --region eu-west-1 --key-id one'],
  ['AWS::Events::Rule', '/State', { live: 'DISABLED' }, 'events enable-rule --region eu-west-1 --name one'],
  [
    'AWS::Events::Rule',
    '/State',
    { live: 'DISABLED', physicalId: 'bus|one' },
    'events enable-rule --region eu-west-1 --name one --event-bus-name bus',
  ],
  ['AWS::CloudTrail::Trail', '/IsLogging', { live: false }, 'cloudtrail start-logging --region eu-west-1 --name one'],
  [
    'AWS::CloudTrail::Trail',
    '/EnableLogFileValidation',
    { live: false },
    'cloudtrail update-trail --region eu-west-1 --name one --enable-log-file-validation',
  ],
  [
    'AWS::ECR::Repository',
    '/RepositoryPolicyText',
    { live: { Statement: [] } },
    'ecr delete-repository-policy --region eu-west-1 --repository-name one',
  ],
  [
    'AWS::ECR::Repository',
    '/ImageTagMutability',
    { live: 'MUTABLE' },
    'ecr put-image-tag-mutability --region eu-west-1 --repository-name one --image-tag-mutability IMMUTABLE',
  ],
  [
    'AWS::EFS::FileSystem',
    '/FileSystemPolicy',
    { live: {} },
    'efs delete-file-system-policy --region eu-west-1 --file-system-id one',
  ],
  [
    'AWS::Backup::BackupVault',
    '/AccessPolicy',
    { live: {} },
    'backup delete-backup-vault-access-policy --region eu-west-1 --backup-vault-name one',
  ],
  [
    'AWS::Logs::LogGroup',
    '/RetentionInDays',
    { live: 1 },
    'logs delete-retention-policy --region eu-west-1 --log-group-name one',
  ],
  [
    'AWS::Logs::LogGroup',
    '/RetentionInDays',
    { live: 1, accepted: 365, change: 'changed' },
    'logs put-retention-policy --region eu-west-1 --log-group-name one --retention-in-days 365',
  ],
];

describe("a service's own command", () => {
  test.each(ROWS)('%s %s %j', (type, path, of, command) => {
    expect(wordsOf(undoingOf(finding(type, path, of))?.command).join(' ')).toBe(`aws ${command}`);
  });

  test('every type of the table is among these', () => {
    const types = new Set(SERVICE_COMMANDS.flatMap((row) => row.types));
    const tried = new Set([...ROWS.map(([type]) => type), 'AWS::KMS::ReplicaKey']);
    expect([...types].filter((type) => !tried.has(type))).toEqual([]);
  });

  test('of a list as a whole, one for each element', () => {
    const { command } = undoingOf(finding('AWS::IAM::Role', '/ManagedPolicyArns', { live: ['a', 'b'] })) ?? {};
    const one = 'aws iam detach-role-policy --region eu-west-1 --role-name one --policy-arn';
    expect(command).toBe(`${one} a && ${one} b`);
  });

  test.each<[string, string, string, Partial<Finding>]>([
    ['what is not in the table', 'AWS::WAFv2::WebACL', '/Rules/0', { live: {} }],
    ['a value that is not the open one', 'AWS::KMS::Key', '/Enabled', { live: true }],
    [
      'what is other than was accepted, where it would be taken away',
      'AWS::SQS::Queue',
      '/KmsMasterKeyId',
      { live: 'a', accepted: 'b', change: 'changed' },
    ],
    ['a part of what the command is about', 'AWS::S3::Bucket', '/ReplicationConfiguration/Role', { live: 'r' }],
    ['a resource that has no name', 'AWS::KMS::Key', '/Enabled', { live: false, physicalId: null }],
    ['a masked value', 'AWS::IAM::Role', '/ManagedPolicyArns/0', { live: '****' }],
    ['a value that is taken for an option', 'AWS::IAM::Role', '/ManagedPolicyArns/0', { live: '--cli-input-json' }],
    ['a value that is taken for a file', 'AWS::IAM::Role', '/ManagedPolicyArns/0', { live: 'file:///etc/passwd' }],
    ['a value with what a terminal may act on', 'AWS::IAM::Role', '/ManagedPolicyArns/0', { live: '\u001b[2Ja' }],
    [
      'a value that would be another without what is hidden in it',
      'AWS::IAM::Role',
      '/ManagedPolicyArns/0',
      { live: 'a\u202eb' },
    ],
    [
      'a list of too many',
      'AWS::IAM::Role',
      '/ManagedPolicyArns',
      { live: Array.from({ length: 11 }, (_, at) => `p${at}`) },
    ],
  ])('none for %s', (_, type, path, of) => {
    expect(undoingOf(finding(type, path, of))).toBeUndefined();
  });

  test('values are words, whatever is in them', () => {
    const live = 'x\'; touch /tmp/pwned; $(id) `id` "';
    const { command } = undoingOf(finding('AWS::IAM::Role', '/Policies/0', { live: { PolicyName: live } })) ?? {};
    expect(wordsOf(command).at(-1)).toBe(live);
  });
});

describe('the ways out of what no template declares', () => {
  const OPEN = finding('AWS::IAM::Role', '/ManagedPolicyArns/0', { live: ADMIN });
  const waysOf = (of: Finding, root = ROOT) => remediesOf(of, root, []).map(({ way }) => way);

  test('adopt, revert by the service, ignore; and accept, where there is a baseline', () => {
    const patch = { status: 'patchable' } as const;
    expect(waysOf(OPEN)).toEqual(['revert', 'ignore']);
    expect(waysOf({ ...OPEN, patch })).toEqual(['adopt', 'revert', 'ignore']);
    expect(waysOf({ ...OPEN, patch, change: 'appeared' })).toEqual(['adopt', 'revert', 'accept', 'ignore']);
    expect(waysOf({ ...OPEN, patch, change: 'disappeared' })).toEqual(['revert', 'accept', 'ignore']);
    const first = remediesOf({ ...OPEN, patch }, ROOT, [], { first: 'revert' });
    expect(first.map(({ way }) => way)).toEqual(['revert', 'adopt', 'ignore']);
  });

  test("reverting says that CloudFormation can't", () => {
    expect(remediesOf(OPEN, ROOT, [])[0]?.note).toBe("a change set can't: no template declares it");
    const unknown = finding('AWS::WAFv2::WebACL', '/Rules/0', { live: {} });
    expect(remediesOf(unknown, ROOT, [])[0]).toEqual({
      way: 'revert',
      note: "take it away by the service itself; a change set can't: no template declares it",
    });
    const declared = { ...OPEN, undeclared: undefined } as unknown as Finding;
    expect(remediesOf(declared, { ...ROOT, hasUndeclared: true }, [])[0]?.note).toContain(
      'not what no template declares',
    );
  });

  test('the command to ignore it is printed in one line', () => {
    expect(remedyLines({ ...OPEN, remedies: remediesOf(OPEN, ROOT, []) }).at(-1)).toBe(
      "ignore: gitops-drift ignore 0123456789abcdef --stack shop --reason 'say why it may stay' (writes a rule to gitops-drift.yaml that covers this finding and no other)",
    );
  });
});
