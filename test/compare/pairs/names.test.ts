import { tryPairs } from './pairs.js';

const KEY = '0a1b2c3d-1111-2222-3333-444455556666';
const KEY_ARN = `arn:aws:kms:eu-west-1:111111111111:key/${KEY}`;
const FUNCTION = 'arn:aws:lambda:eu-west-1:111111111111:function:orders';

// One thing by its name, its ID or its ARN.
tryPairs([
  {
    because: 'a function by name and by ARN',
    type: 'AWS::Lambda::Permission',
    desired: { FunctionName: 'orders', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
    live: { FunctionName: FUNCTION, Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
  },
  {
    because: 'a function by a part of its ARN',
    type: 'AWS::Lambda::EventInvokeConfig',
    desired: { FunctionName: '111111111111:function:orders', Qualifier: 'live' },
    live: { FunctionName: 'orders', Qualifier: 'live' },
  },
  {
    because: 'a function with its alias',
    type: 'AWS::Lambda::EventSourceMapping',
    desired: { FunctionName: 'orders:live' },
    live: { FunctionName: `${FUNCTION}:live` },
  },
  {
    because: 'another alias is another function',
    type: 'AWS::Lambda::EventSourceMapping',
    desired: { FunctionName: `${FUNCTION}:live` },
    live: { FunctionName: `${FUNCTION}:beta` },
    drift: ['/FunctionName'],
  },
  {
    because: 'a role by name and by ARN',
    type: 'AWS::Glue::Job',
    desired: { Role: 'etl', Command: { Name: 'glueetl' } },
    live: { Role: 'arn:aws:iam::111111111111:role/etl', Command: { Name: 'glueetl' } },
  },
  {
    because: 'a task definition by family and revision',
    type: 'AWS::ECS::Service',
    desired: { Cluster: 'arn:aws:ecs:eu-west-1:111111111111:cluster/web', TaskDefinition: 'shop:7' },
    live: { Cluster: 'web', TaskDefinition: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/shop:7' },
  },
  {
    because: 'another revision is another task definition',
    type: 'AWS::ECS::Service',
    desired: { TaskDefinition: 'shop:7' },
    live: { TaskDefinition: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/shop:8' },
    drift: ['/TaskDefinition'],
  },
  {
    because: 'a topic by name',
    type: 'AWS::ElastiCache::ReplicationGroup',
    desired: { NotificationTopicArn: 'arn:aws:sns:eu-west-1:111111111111:ops' },
    live: { NotificationTopicArn: 'arn:aws:sns:eu-west-1:222222222222:ops' },
    drift: ['/NotificationTopicArn'],
  },
  {
    because: 'a key by ID and by ARN',
    type: 'AWS::Logs::LogGroup',
    desired: { KmsKeyId: KEY },
    live: { KmsKeyId: KEY_ARN },
  },
  {
    because: 'a key by an alias that is known',
    type: 'AWS::SecretsManager::Secret',
    desired: { KmsKeyId: 'alias/app' },
    live: { KmsKeyId: KEY_ARN },
    context: { kmsAliasTargets: { 'alias/app': KEY } },
  },
  {
    because: 'a key by an alias that is not known',
    type: 'AWS::EFS::FileSystem',
    desired: { Encrypted: true, KmsKeyId: 'alias/app' },
    live: { Encrypted: true, KmsKeyId: KEY_ARN },
    open: ['/KmsKeyId'],
  },
  {
    because: 'another key than the one that the alias points to',
    type: 'AWS::SNS::Topic',
    desired: { KmsMasterKeyId: 'alias/app' },
    live: { KmsMasterKeyId: KEY_ARN.replace('0a1b', '9f9f') },
    drift: ['/KmsMasterKeyId'],
    context: { kmsAliasTargets: { 'alias/app': KEY } },
  },
  {
    because: 'a key of a pipeline’s store by alias',
    type: 'AWS::CodePipeline::Pipeline',
    desired: { ArtifactStore: { Type: 'S3', Location: 'b', EncryptionKey: { Id: KEY, Type: 'KMS' } } },
    live: { ArtifactStore: { Type: 'S3', Location: 'b', EncryptionKey: { Id: KEY_ARN, Type: 'KMS' } } },
  },
  {
    because: 'a key of a bucket by ID',
    type: 'AWS::S3::Bucket',
    desired: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } },
        ],
      },
    },
    live: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN } },
        ],
      },
    },
  },
  {
    because: 'an instance profile by name and by ARN',
    type: 'AWS::Batch::ComputeEnvironment',
    desired: { ComputeResources: { InstanceRole: 'ecsInstanceRole' } },
    live: { ComputeResources: { InstanceRole: 'arn:aws:iam::111111111111:instance-profile/ecsInstanceRole' } },
  },
  {
    because: 'a bucket by name and by ARN',
    type: 'AWS::S3::Bucket',
    desired: { ReplicationConfiguration: { Rules: [{ Id: 'r', Destination: { Bucket: 'arn:aws:s3:::copy' } }] } },
    live: { ReplicationConfiguration: { Rules: [{ Id: 'r', Destination: { Bucket: 'arn:aws:s3:::copy-2' } }] } },
    drift: ['/ReplicationConfiguration/Rules/0/Destination/Bucket'],
  },
  {
    because: 'an application by name comes back by ID',
    type: 'AWS::ServiceCatalogAppRegistry::AttributeGroupAssociation',
    desired: { Application: 'shop', AttributeGroup: 'meta' },
    live: { Application: '0cpp0l6w1qdcdslh6bdgbe94gp', AttributeGroup: '08xz6krei60dtgplip3m80imid' },
    open: ['/Application', '/AttributeGroup'],
  },
]);
