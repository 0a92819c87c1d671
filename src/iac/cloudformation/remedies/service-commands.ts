import { boundaryCommands, networkCommands, policyCommands } from './access-commands.js';
import type { ServiceCommand } from './service-command.js';

const ROLE = ['AWS::IAM::Role'];
const USER = ['AWS::IAM::User'];
const GROUP = ['AWS::IAM::Group'];
const BUCKET = ['AWS::S3::Bucket'];
const QUEUE = ['AWS::SQS::Queue'];
const FUNCTION = ['AWS::Lambda::Function'];
const SECURITY_GROUP = ['AWS::EC2::SecurityGroup'];
const DATABASE = ['AWS::RDS::DBInstance'];
const TABLE = ['AWS::DynamoDB::Table'];
const TRAIL = ['AWS::CloudTrail::Trail'];
const KEY = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** Attributes of queues that are called as their properties are. */
const QUEUE_NUMBERS = [
  'DelaySeconds',
  'KmsDataKeyReusePeriodSeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
];

const BUCKETS: ServiceCommand[] = [
  {
    types: BUCKET,
    path: '/PublicAccessBlockConfiguration/*',
    live: false,
    words: [
      ...['s3api', 'put-public-access-block', '--bucket', '{id}', '--public-access-block-configuration'],
      'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    ],
    note: 'blocks all four',
  },
  {
    types: BUCKET,
    path: '/VersioningConfiguration/Status',
    live: 'Suspended',
    words: ['s3api', 'put-bucket-versioning', '--bucket', '{id}', '--versioning-configuration', 'Status=Enabled'],
  },
  {
    types: BUCKET,
    path: '/OwnershipControls/Rules/*/ObjectOwnership',
    live: 'ObjectWriter',
    words: [
      ...['s3api', 'put-bucket-ownership-controls', '--bucket', '{id}', '--ownership-controls'],
      'Rules=[{ObjectOwnership=BucketOwnerEnforced}]',
    ],
    note: 'switches access control lists off',
  },
  ...(
    [
      ['/ReplicationConfiguration', 'delete-bucket-replication'],
      ['/WebsiteConfiguration', 'delete-bucket-website'],
      ['/CorsConfiguration', 'delete-bucket-cors'],
      ['/LifecycleConfiguration', 'delete-bucket-lifecycle'],
    ] as const
  ).map(([path, name]) => ({ types: BUCKET, path, words: ['s3api', name, '--bucket', '{id}'] })),
];

const QUEUES: ServiceCommand[] = [
  ...QUEUE_NUMBERS.map((name) => ({
    types: QUEUE,
    path: `/${name}`,
    words: ['sqs', 'set-queue-attributes', '--queue-url', '{id}', '--attributes', `${name}={accepted}`],
  })),
  {
    types: QUEUE,
    path: '/SqsManagedSseEnabled',
    live: false,
    words: ['sqs', 'set-queue-attributes', '--queue-url', '{id}', '--attributes', 'SqsManagedSseEnabled=true'],
  },
  ...['KmsMasterKeyId', 'RedrivePolicy'].map((name) => ({
    types: QUEUE,
    path: `/${name}`,
    words: ['sqs', 'set-queue-attributes', '--queue-url', '{id}', '--attributes', `${name}=`],
  })),
];

const FUNCTIONS: ServiceCommand[] = [
  {
    types: FUNCTION,
    path: '/Layers/*',
    words: ['lambda', 'update-function-configuration', '--function-name', '{id}', '--layers', '[]'],
    note: 'takes away all layers: name those that are to stay',
  },
  ...(
    [
      ['/Timeout', '--timeout'],
      ['/MemorySize', '--memory-size'],
      ['/Role', '--role'],
    ] as const
  ).map(([path, option]) => ({
    types: FUNCTION,
    path,
    words: ['lambda', 'update-function-configuration', '--function-name', '{id}', option, '{accepted}'],
  })),
  {
    types: FUNCTION,
    path: '/ReservedConcurrentExecutions',
    words: [
      'lambda',
      'put-function-concurrency',
      '--function-name',
      '{id}',
      '--reserved-concurrent-executions',
      '{accepted}',
    ],
  },
  {
    types: FUNCTION,
    path: '/ReservedConcurrentExecutions',
    words: ['lambda', 'delete-function-concurrency', '--function-name', '{id}'],
  },
  {
    types: ['AWS::Lambda::Url'],
    path: '/AuthType',
    live: 'NONE',
    words: ['lambda', 'update-function-url-config', '--function-name', '{id}', '--auth-type', 'AWS_IAM'],
  },
  {
    types: ['AWS::Lambda::EventSourceMapping'],
    path: '/Enabled',
    live: false,
    words: ['lambda', 'update-event-source-mapping', '--uuid', '{id}', '--enabled'],
  },
];

const DATABASES: ServiceCommand[] = [
  {
    types: DATABASE,
    path: '/PubliclyAccessible',
    live: true,
    words: ['rds', 'modify-db-instance', '--db-instance-identifier', '{id}', '--no-publicly-accessible'],
  },
  {
    types: DATABASE,
    path: '/DeletionProtection',
    live: false,
    words: ['rds', 'modify-db-instance', '--db-instance-identifier', '{id}', '--deletion-protection'],
  },
  {
    types: DATABASE,
    path: '/BackupRetentionPeriod',
    words: ['rds', 'modify-db-instance', '--db-instance-identifier', '{id}', '--backup-retention-period', '{accepted}'],
  },
  {
    types: ['AWS::RDS::DBCluster'],
    path: '/DeletionProtection',
    live: false,
    words: ['rds', 'modify-db-cluster', '--db-cluster-identifier', '{id}', '--deletion-protection'],
  },
  {
    types: ['AWS::Redshift::Cluster'],
    path: '/PubliclyAccessible',
    live: true,
    words: ['redshift', 'modify-cluster', '--cluster-identifier', '{id}', '--no-publicly-accessible'],
  },
  {
    types: TABLE,
    path: '/DeletionProtectionEnabled',
    live: false,
    words: ['dynamodb', 'update-table', '--table-name', '{id}', '--deletion-protection-enabled'],
  },
  {
    types: TABLE,
    path: '/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled',
    live: false,
    words: [
      ...['dynamodb', 'update-continuous-backups', '--table-name', '{id}'],
      ...['--point-in-time-recovery-specification', 'PointInTimeRecoveryEnabled=true'],
    ],
  },
];

const OPERATIONS: ServiceCommand[] = [
  { types: KEY, path: '/Enabled', live: false, words: ['kms', 'enable-key', '--key-id', '{id}'] },
  {
    types: ['AWS::KMS::Key'],
    path: '/EnableKeyRotation',
    live: false,
    words: ['kms', 'enable-key-rotation', '--key-id', '{id}'],
  },
  {
    types: ['AWS::Events::Rule'],
    path: '/State',
    live: 'DISABLED',
    id: /^(?<name>[^|]+)$/,
    words: ['events', 'enable-rule', '--name', '{name}'],
  },
  {
    types: ['AWS::Events::Rule'],
    path: '/State',
    live: 'DISABLED',
    id: /^(?<bus>[^|]+)\|(?<name>[^|]+)$/,
    words: ['events', 'enable-rule', '--name', '{name}', '--event-bus-name', '{bus}'],
  },
  {
    types: TRAIL,
    path: '/IsLogging',
    live: false,
    words: ['cloudtrail', 'start-logging', '--name', '{id}'],
  },
  {
    types: TRAIL,
    path: '/EnableLogFileValidation',
    live: false,
    words: ['cloudtrail', 'update-trail', '--name', '{id}', '--enable-log-file-validation'],
  },
  {
    types: ['AWS::ECR::Repository'],
    path: '/RepositoryPolicyText',
    words: ['ecr', 'delete-repository-policy', '--repository-name', '{id}'],
  },
  {
    types: ['AWS::ECR::Repository'],
    path: '/ImageTagMutability',
    live: 'MUTABLE',
    words: ['ecr', 'put-image-tag-mutability', '--repository-name', '{id}', '--image-tag-mutability', 'IMMUTABLE'],
  },
  {
    types: ['AWS::EFS::FileSystem'],
    path: '/FileSystemPolicy',
    words: ['efs', 'delete-file-system-policy', '--file-system-id', '{id}'],
  },
  {
    types: ['AWS::Backup::BackupVault'],
    path: '/AccessPolicy',
    words: ['backup', 'delete-backup-vault-access-policy', '--backup-vault-name', '{id}'],
  },
  {
    types: ['AWS::Logs::LogGroup'],
    path: '/RetentionInDays',
    words: ['logs', 'put-retention-policy', '--log-group-name', '{id}', '--retention-in-days', '{accepted}'],
  },
  {
    types: ['AWS::Logs::LogGroup'],
    path: '/RetentionInDays',
    words: ['logs', 'delete-retention-policy', '--log-group-name', '{id}'],
  },
  {
    types: ROLE,
    path: '/MaxSessionDuration',
    words: ['iam', 'update-role', '--role-name', '{id}', '--max-session-duration', '{accepted}'],
  },
  {
    types: USER,
    path: '/Groups/*',
    words: ['iam', 'remove-user-from-group', '--user-name', '{id}', '--group-name', '{value}'],
  },
];

/** The commands for what is common, the first that holds first. */
export const SERVICE_COMMANDS: readonly ServiceCommand[] = [
  ...policyCommands(ROLE, 'role'),
  ...policyCommands(USER, 'user'),
  ...policyCommands(GROUP, 'group'),
  ...boundaryCommands(ROLE, 'role'),
  ...boundaryCommands(USER, 'user'),
  ...networkCommands(SECURITY_GROUP),
  ...BUCKETS,
  ...QUEUES,
  ...FUNCTIONS,
  ...DATABASES,
  ...OPERATIONS,
];
