import type { JsonObject } from '../../src/base/json.js';

/** What is changed, of which type, what Git says, what is live, and the rule that is to hold. */
export type ChangeRow = [what: string, type: string, desired: JsonObject, live: JsonObject, rule: string];

const SG = 'AWS::EC2::SecurityGroup';
const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::ManagedPolicy';
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';
const ME = { AWS: 'arn:aws:iam::111111111111:root' };
const OTHER = { AWS: 'arn:aws:iam::222222222222:root' };
const ACL = { NetworkAclId: 'acl-1', RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: 6 };

function tcp(port: number, CidrIp = '10.0.0.0/8', more: JsonObject = {}): JsonObject {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp, ...more };
}

function ingress(...SecurityGroupIngress: JsonObject[]): JsonObject {
  return { GroupDescription: 'web', SecurityGroupIngress };
}

function policy(...Statement: JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement };
}

function allow(Action: string | string[], more: JsonObject = { Resource: '*' }): JsonObject {
  return { Effect: 'Allow', Action, ...more };
}

function bucketPolicy(...statements: JsonObject[]): JsonObject {
  return { Bucket: 'orders', PolicyDocument: policy(...statements) };
}

function managed(...statements: JsonObject[]): JsonObject {
  return { PolicyDocument: policy(...statements) };
}

function trust(...statements: JsonObject[]): JsonObject {
  return { AssumeRolePolicyDocument: policy(...statements) };
}

function assume(Principal: JsonObject | string, Condition?: JsonObject): JsonObject {
  return allow('sts:AssumeRole', { Principal, ...(Condition ? { Condition } : {}) });
}

function read(Principal: JsonObject | string, Condition?: JsonObject): JsonObject {
  const Resource = 'arn:aws:s3:::orders/*';
  return allow('s3:GetObject', { Principal, Resource, ...(Condition ? { Condition } : {}) });
}

function role(more: JsonObject): JsonObject {
  return { ...trust(assume(ME)), ...more };
}

function attributes(values: Record<string, string>): JsonObject {
  return { LoadBalancerAttributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })) };
}

function variables(Variables: JsonObject): JsonObject {
  return { Environment: { Variables } };
}

function backupTag(ConditionValue: string): JsonObject {
  return { ConditionType: 'STRINGEQUALS', ConditionKey: 'Env', ConditionValue };
}

const DENY_PLAIN = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: 'arn:aws:s3:::orders/*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const VPCE = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };
const BLOCK = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const SSE = { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] };
const KMS = {
  ServerSideEncryptionConfiguration: [
    { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k-1' }, BucketKeyEnabled: true },
  ],
};
const GITHUB = 'token.actions.githubusercontent.com';
const FEDERATED = { Federated: `arn:aws:iam::111111111111:oidc-provider/${GITHUB}` };
const SELF = `arn:aws:iam::*:user/\${aws:username}`;
const OWN_USER = { Resource: SELF };
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const FORWARD = { Type: 'forward', Order: 2, TargetGroupArn: 't' };
const FUNCTION = 'AWS::Lambda::Function';
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

export const CRITICAL: ChangeRow[] = [
  // Ingress
  ['ingress rule changed to the world', SG, ingress(tcp(22)), ingress(tcp(22, '0.0.0.0/0')), 'ingress-from-anywhere'],
  ['ingress rule added', SG, ingress(tcp(443)), ingress(tcp(443), tcp(22, '0.0.0.0/0')), 'ingress-from-anywhere'],
  [
    'IPv6 ingress rule added beside an open IPv4 one',
    SG,
    ingress(tcp(443, '0.0.0.0/0')),
    ingress(tcp(443, '0.0.0.0/0'), { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv6: '::/0' }),
    'ingress-from-anywhere',
  ],
  [
    'web ACL allows by default',
    'AWS::WAFv2::WebACL',
    { DefaultAction: { Block: {} } },
    { DefaultAction: { Allow: {} } },
    'firewall-lets-through',
  ],
  [
    'ports widened on an open rule',
    SG,
    ingress(tcp(443, '0.0.0.0/0')),
    ingress(tcp(443, '0.0.0.0/0', { ToPort: 8443 })),
    'ingress-from-anywhere',
  ],
  [
    'protocol widened on an open rule',
    SG,
    ingress(tcp(443, '0.0.0.0/0')),
    ingress(tcp(443, '0.0.0.0/0', { IpProtocol: '-1' })),
    'ingress-from-anywhere',
  ],
  ['half of the Internet let in', SG, ingress(tcp(22)), ingress(tcp(22, '128.0.0.0/1')), 'ingress-from-anywhere'],
  [
    'ingress resource opened',
    'AWS::EC2::SecurityGroupIngress',
    { GroupId: 'sg-1', ...tcp(5432) },
    { GroupId: 'sg-1', ...tcp(5432, '0.0.0.0/0') },
    'ingress-from-anywhere',
  ],
  [
    'network ACL entry opened',
    'AWS::EC2::NetworkAclEntry',
    { ...ACL, CidrBlock: '10.0.0.0/16' },
    { ...ACL, CidrBlock: '0.0.0.0/0' },
    'ingress-from-anywhere',
  ],
  [
    'network ACL entry allows instead of denying',
    'AWS::EC2::NetworkAclEntry',
    { ...ACL, CidrBlock: '0.0.0.0/0', RuleAction: 'deny' },
    { ...ACL, CidrBlock: '0.0.0.0/0' },
    'ingress-from-anywhere',
  ],
  [
    'network ACL entry for more ports',
    'AWS::EC2::NetworkAclEntry',
    { ...ACL, CidrBlock: '0.0.0.0/0', PortRange: { From: 443, To: 443 } },
    { ...ACL, CidrBlock: '0.0.0.0/0', PortRange: { From: 22, To: 443 } },
    'ingress-from-anywhere',
  ],
  [
    'database security group opened',
    'AWS::RDS::DBSecurityGroup',
    { GroupDescription: 'db', DBSecurityGroupIngress: [{ CIDRIP: '10.0.0.0/8' }] },
    { GroupDescription: 'db', DBSecurityGroupIngress: [{ CIDRIP: '0.0.0.0/0' }] },
    'ingress-from-anywhere',
  ],
  [
    'cluster endpoint open to all addresses',
    'AWS::EKS::Cluster',
    { ResourcesVpcConfig: { PublicAccessCidrs: ['203.0.113.0/24'] } },
    { ResourcesVpcConfig: { PublicAccessCidrs: ['0.0.0.0/0'] } },
    'ingress-from-anywhere',
  ],
  // Block on public access, access lists
  [
    'one block off',
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: BLOCK },
    { PublicAccessBlockConfiguration: { ...BLOCK, BlockPublicPolicy: false } },
    'public-access-block-off',
  ],
  [
    'block off, declared as text',
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: 'true' } },
    { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
    'public-access-block-off',
  ],
  [
    'block gone',
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: BLOCK },
    { BucketName: 'orders' },
    'public-access-block-off',
  ],
  [
    'block of an access point off',
    'AWS::S3::AccessPoint',
    { Bucket: 'orders', PublicAccessBlockConfiguration: BLOCK },
    { Bucket: 'orders', PublicAccessBlockConfiguration: { ...BLOCK, RestrictPublicBuckets: false } },
    'public-access-block-off',
  ],
  [
    'snapshots may be shared again',
    'AWS::EC2::SnapshotBlockPublicAccess',
    { State: 'block-all-sharing' },
    { State: 'block-new-sharing' },
    'public-access-block-off',
  ],
  [
    'access list public',
    'AWS::S3::Bucket',
    { AccessControl: 'Private' },
    { AccessControl: 'PublicReadWrite' },
    'public-acl',
  ],
  // Policies of resources
  [
    'bucket policy for everyone',
    BUCKET_POLICY,
    bucketPolicy(read(ME)),
    bucketPolicy(read('*')),
    'policy-open-to-everyone',
  ],
  [
    'statement for everyone added',
    BUCKET_POLICY,
    bucketPolicy(read(ME)),
    bucketPolicy(read(ME), read({ AWS: '*' })),
    'policy-open-to-everyone',
  ],
  ['condition lost', BUCKET_POLICY, bucketPolicy(read('*', VPCE)), bucketPolicy(read('*')), 'policy-open-to-everyone'],
  [
    'source address widened to all',
    BUCKET_POLICY,
    bucketPolicy(read('*', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } })),
    bucketPolicy(read('*', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } })),
    'policy-open-to-everyone',
  ],
  [
    'public bucket lets everyone write',
    BUCKET_POLICY,
    bucketPolicy({ ...read('*'), Action: ['s3:GetObject'] }),
    bucketPolicy({ ...read('*'), Action: ['s3:GetObject', 's3:PutObject'] }),
    'policy-open-to-everyone',
  ],
  [
    'all but one',
    BUCKET_POLICY,
    bucketPolicy(read(ME)),
    bucketPolicy(read(ME), allow('s3:GetObject', { NotPrincipal: ME, Resource: 'arn:aws:s3:::orders/*' })),
    'policy-open-to-everyone',
  ],
  [
    'queue policy',
    'AWS::SQS::QueuePolicy',
    { Queues: ['q'], PolicyDocument: policy(allow('sqs:SendMessage', { Principal: ME, Resource: '*' })) },
    { Queues: ['q'], PolicyDocument: policy(allow('sqs:SendMessage', { Principal: '*', Resource: '*' })) },
    'policy-open-to-everyone',
  ],
  [
    'key policy, condition on the service alone',
    'AWS::KMS::Key',
    { KeyPolicy: policy(allow('kms:*', { Principal: ME, Resource: '*' })) },
    {
      KeyPolicy: policy(
        allow('kms:*', { Principal: ME, Resource: '*' }),
        allow('kms:Decrypt', {
          Principal: { AWS: '*' },
          Resource: '*',
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      ),
    },
    'policy-open-to-everyone',
  ],
  [
    'repository policy',
    'AWS::ECR::Repository',
    { RepositoryPolicyText: policy({ Effect: 'Allow', Principal: ME, Action: 'ecr:BatchGetImage' }) },
    { RepositoryPolicyText: policy({ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }) },
    'policy-open-to-everyone',
  ],
  [
    'policy as one text',
    'AWS::Logs::ResourcePolicy',
    { PolicyName: 'p', PolicyDocument: JSON.stringify(policy(allow('logs:PutLogEvents', { Principal: ME }))) },
    { PolicyName: 'p', PolicyDocument: JSON.stringify(policy(allow('logs:PutLogEvents', { Principal: '*' }))) },
    'policy-open-to-everyone',
  ],
  [
    'secret policy',
    'AWS::SecretsManager::ResourcePolicy',
    { SecretId: 's', ResourcePolicy: policy(allow('secretsmanager:GetSecretValue', { Principal: ME, Resource: '*' })) },
    {
      SecretId: 's',
      ResourcePolicy: policy(allow('secretsmanager:GetSecretValue', { Principal: '*', Resource: '*' })),
    },
    'policy-open-to-everyone',
  ],
  [
    'permission of a function',
    'AWS::Lambda::Permission',
    { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: '111111111111' },
    { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: '*' },
    'policy-open-to-everyone',
  ],
  [
    'permission of an event bus for any organization',
    'AWS::Events::EventBusPolicy',
    {
      StatementId: 's',
      Action: 'events:PutEvents',
      Principal: '*',
      Condition: { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: 'o-1' },
    },
    {
      StatementId: 's',
      Action: 'events:PutEvents',
      Principal: '*',
      Condition: { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: '*' },
    },
    'policy-open-to-everyone',
  ],
  ['Deny gone', BUCKET_POLICY, bucketPolicy(read(ME), DENY_PLAIN), bucketPolicy(read(ME)), 'deny-weakened'],
  [
    'Deny for fewer actions',
    POLICY,
    managed(allow('s3:*'), { Effect: 'Deny', Action: ['s3:DeleteBucket', 's3:PutBucketPolicy'], Resource: '*' }),
    managed(allow('s3:*'), { Effect: 'Deny', Action: ['s3:DeleteBucket'], Resource: '*' }),
    'deny-weakened',
  ],
  [
    'Deny under a condition',
    POLICY,
    managed(allow('s3:*'), { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }),
    managed(allow('s3:*'), {
      Effect: 'Deny',
      Action: 's3:DeleteBucket',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
    'deny-weakened',
  ],
  [
    'Deny turned into Allow',
    POLICY,
    managed(allow('s3:Get*'), { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }),
    managed(allow('s3:Get*'), { Effect: 'Allow', Action: 's3:Put*', Resource: '*' }),
    'deny-weakened',
  ],
  // Trust
  [
    'principal of another account',
    ROLE,
    trust(assume({ AWS: ['111111111111'] })),
    trust(assume({ AWS: ['111111111111', '222222222222'] })),
    'trust-widened',
  ],
  ['statement for another account', ROLE, trust(assume(ME)), trust(assume(ME), assume(OTHER)), 'trust-widened'],
  [
    'service added',
    ROLE,
    trust(assume({ Service: 'ec2.amazonaws.com' })),
    trust(assume({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })),
    'trust-widened',
  ],
  [
    'external ID no longer asked for',
    ROLE,
    trust(assume(OTHER, { StringEquals: { 'sts:ExternalId': 'abc' } })),
    trust(assume(OTHER)),
    'trust-widened',
  ],
  [
    'branch replaced by a wildcard',
    ROLE,
    trust(assume(FEDERATED, { StringLike: { [`${GITHUB}:sub`]: 'repo:shop/orders:ref:refs/heads/main' } })),
    trust(assume(FEDERATED, { StringLike: { [`${GITHUB}:sub`]: 'repo:shop/*' } })),
    'trust-widened',
  ],
  [
    'second factor no longer asked for',
    ROLE,
    trust(assume(ME, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    trust(assume(ME)),
    'trust-widened',
  ],
  ['trust policy for everyone', ROLE, trust(assume(ME)), trust(assume({ AWS: '*' })), 'policy-open-to-everyone'],
  // Administrators
  ['everything allowed', POLICY, managed(allow('s3:GetObject')), managed(allow('*')), 'admin-granted'],
  ['iam:* added', POLICY, managed(allow(['s3:GetObject'])), managed(allow(['s3:GetObject', 'iam:*'])), 'admin-granted'],
  [
    'escalation by a wildcard',
    POLICY,
    managed(allow(['s3:GetObject'])),
    managed(allow(['s3:GetObject', 'iam:Put*'])),
    'admin-granted',
  ],
  [
    'PassRole on any role',
    POLICY,
    managed(allow('iam:PassRole', { Resource: 'arn:aws:iam::111111111111:role/app' })),
    managed(allow('iam:PassRole', { Resource: '*' })),
    'admin-granted',
  ],
  [
    'all but something',
    POLICY,
    managed(allow('s3:GetObject')),
    managed(allow('s3:GetObject'), { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
    'admin-granted',
  ],
  [
    'inline policy of an administrator',
    ROLE,
    role({ Policies: [{ PolicyName: 'a', PolicyDocument: policy(allow('s3:GetObject')) }] }),
    role({
      Policies: [
        { PolicyName: 'a', PolicyDocument: policy(allow('s3:GetObject')) },
        { PolicyName: 'b', PolicyDocument: policy(allow('*')) },
      ],
    }),
    'admin-granted',
  ],
  [
    'condition of an administrator lost',
    POLICY,
    managed(allow('*', { Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    managed(allow('*')),
    'admin-granted',
  ],
  [
    'administrators policy attached',
    ROLE,
    role({ ManagedPolicyArns: [READ_ONLY] }),
    role({ ManagedPolicyArns: [READ_ONLY, ADMIN] }),
    'admin-granted',
  ],
  [
    'power users policy in place of another',
    'AWS::IAM::User',
    { ManagedPolicyArns: [READ_ONLY] },
    { ManagedPolicyArns: ['arn:aws-us-gov:iam::aws:policy/PowerUserAccess'] },
    'admin-granted',
  ],
  [
    'administrator of a permission set',
    'AWS::SSO::PermissionSet',
    { InstanceArn: 'i', Name: 'n', ManagedPolicies: [READ_ONLY] },
    { InstanceArn: 'i', Name: 'n', ManagedPolicies: [READ_ONLY, ADMIN] },
    'admin-granted',
  ],
  [
    'boundary removed',
    ROLE,
    role({ PermissionsBoundary: 'arn:aws:iam::111111111111:policy/edge' }),
    role({}),
    'permissions-boundary-removed',
  ],
  // Authentication and addresses
  [
    'function URL without authentication',
    'AWS::Lambda::Url',
    { AuthType: 'AWS_IAM', TargetFunctionArn: 'f' },
    { AuthType: 'NONE', TargetFunctionArn: 'f' },
    'authentication-off',
  ],
  [
    'API method without authorization',
    'AWS::ApiGateway::Method',
    { AuthorizationType: 'AWS_IAM', HttpMethod: 'GET' },
    { AuthorizationType: 'NONE', HttpMethod: 'GET' },
    'authentication-off',
  ],
  [
    'identities without login',
    'AWS::Cognito::IdentityPool',
    { AllowUnauthenticatedIdentities: false },
    { AllowUnauthenticatedIdentities: true },
    'authentication-off',
  ],
  [
    'database public',
    'AWS::RDS::DBInstance',
    { PubliclyAccessible: false },
    { PubliclyAccessible: true },
    'publicly-accessible',
  ],
  [
    'warehouse public, declared as text',
    'AWS::Redshift::Cluster',
    { PubliclyAccessible: 'false' },
    { PubliclyAccessible: true },
    'publicly-accessible',
  ],
  [
    'cluster endpoint public',
    'AWS::EKS::Cluster',
    { ResourcesVpcConfig: { EndpointPublicAccess: false } },
    { ResourcesVpcConfig: { EndpointPublicAccess: true } },
    'publicly-accessible',
  ],
  [
    'brokers public',
    'AWS::MSK::Cluster',
    { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } } },
    { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } } },
    'publicly-accessible',
  ],
  [
    'web ACL allows by default',
    'AWS::WAFv2::WebACL',
    { DefaultAction: { Block: { CustomResponse: { ResponseCode: 403 } } }, Scope: 'REGIONAL' },
    { DefaultAction: { Allow: {} }, Scope: 'REGIONAL' },
    'firewall-lets-through',
  ],
  // Encryption
  ['bucket encryption gone', 'AWS::S3::Bucket', { BucketEncryption: SSE }, { BucketName: 'orders' }, 'encryption-off'],
  [
    'database storage not encrypted',
    'AWS::RDS::DBCluster',
    { StorageEncrypted: true, Engine: 'aurora-mysql' },
    { StorageEncrypted: false, Engine: 'aurora-mysql' },
    'encryption-off',
  ],
  ['volume not encrypted', 'AWS::EC2::Volume', { Encrypted: true }, { Encrypted: false }, 'encryption-off'],
  [
    'cluster of caches not encrypted',
    'AWS::DAX::Cluster',
    { SSESpecification: { SSEEnabled: true } },
    { SSESpecification: { SSEEnabled: false } },
    'encryption-off',
  ],
  [
    'search domain not encrypted at rest',
    'AWS::OpenSearchService::Domain',
    { EncryptionAtRestOptions: { Enabled: true } },
    { EncryptionAtRestOptions: { Enabled: false } },
    'encryption-off',
  ],
  [
    'stream not encrypted',
    'AWS::Kinesis::Stream',
    { StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } },
    { ShardCount: 1 },
    'encryption-off',
  ],
  ['topic without a key', 'AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }, { TopicName: 't' }, 'encryption-off'],
  [
    'queue without encryption of its own',
    'AWS::SQS::Queue',
    { SqsManagedSseEnabled: true },
    { SqsManagedSseEnabled: false },
    'encryption-off',
  ],
  [
    'cache not encrypted at rest',
    'AWS::ElastiCache::ReplicationGroup',
    { AtRestEncryptionEnabled: true },
    { AtRestEncryptionEnabled: false },
    'encryption-off',
  ],
  [
    'cache not encrypted in transit',
    'AWS::ElastiCache::ReplicationGroup',
    { TransitEncryptionEnabled: true },
    { TransitEncryptionEnabled: false },
    'transit-encryption-off',
  ],
  [
    'cache takes plain connections, too',
    'AWS::ElastiCache::ReplicationGroup',
    { TransitEncryptionMode: 'required' },
    { TransitEncryptionMode: 'preferred' },
    'transit-encryption-off',
  ],
  [
    'brokers take plain connections, too',
    'AWS::MSK::Cluster',
    { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS' } } },
    { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } } },
    'transit-encryption-off',
  ],
  [
    'distribution takes HTTP',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https' } } },
    { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { ViewerProtocolPolicy: 'allow-all' } } },
    'transit-encryption-off',
  ],
  [
    'listener takes HTTP',
    'AWS::ElasticLoadBalancingV2::Listener',
    { Protocol: 'HTTPS', LoadBalancerArn: 'l' },
    { Protocol: 'HTTP', LoadBalancerArn: 'l' },
    'transit-encryption-off',
  ],
  [
    'search domain takes HTTP',
    'AWS::OpenSearchService::Domain',
    { DomainEndpointOptions: { EnforceHTTPS: true } },
    { DomainEndpointOptions: { EnforceHTTPS: false } },
    'transit-encryption-off',
  ],
  [
    'database no longer asks for TLS',
    'AWS::RDS::DBParameterGroup',
    { Description: 'd', Family: 'postgres16', Parameters: { 'rds.force_ssl': '1' } },
    { Description: 'd', Family: 'postgres16', Parameters: { 'rds.force_ssl': 0 } },
    'transit-encryption-off',
  ],
  // Audit logging
  [
    'trail stopped',
    'AWS::CloudTrail::Trail',
    { IsLogging: true, S3BucketName: 'b' },
    { IsLogging: false, S3BucketName: 'b' },
    'audit-logging-off',
  ],
  [
    'trail of one region only',
    'AWS::CloudTrail::Trail',
    { IsLogging: true, S3BucketName: 'b', IsMultiRegionTrail: true },
    { IsLogging: true, S3BucketName: 'b', IsMultiRegionTrail: false },
    'audit-logging-off',
  ],
  [
    'trail of writing only',
    'AWS::CloudTrail::Trail',
    { IsLogging: true, EventSelectors: [{ ReadWriteType: 'All' }] },
    { IsLogging: true, EventSelectors: [{ ReadWriteType: 'WriteOnly' }] },
    'audit-logging-off',
  ],
  [
    'log files not validated',
    'AWS::CloudTrail::Trail',
    { IsLogging: true, S3BucketName: 'b', EnableLogFileValidation: 'true' },
    { IsLogging: true, S3BucketName: 'b', EnableLogFileValidation: false },
    'audit-logging-off',
  ],
  [
    'access log of a bucket gone',
    'AWS::S3::Bucket',
    { LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'orders/' } },
    { BucketName: 'orders' },
    'audit-logging-off',
  ],
  [
    'access log of a load balancer off',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    attributes({ 'access_logs.s3.enabled': 'true', 'idle_timeout.timeout_seconds': '60' }),
    attributes({ 'idle_timeout.timeout_seconds': '60', 'access_logs.s3.enabled': 'false' }),
    'audit-logging-off',
  ],
  [
    'audit log of a database no longer exported',
    'AWS::RDS::DBCluster',
    { EnableCloudwatchLogsExports: ['audit', 'error'], Engine: 'aurora-mysql' },
    { EnableCloudwatchLogsExports: ['error'], Engine: 'aurora-mysql' },
    'audit-logging-off',
  ],
  ['detector off', 'AWS::GuardDuty::Detector', { Enable: true }, { Enable: false }, 'audit-logging-off'],
  [
    'logs of a cluster off',
    'AWS::EKS::Cluster',
    { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }] } } },
    { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }] } } },
    'audit-logging-off',
  ],
  [
    'audit log of a search domain off',
    'AWS::OpenSearchService::Domain',
    { LogPublishingOptions: { AUDIT_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: 'a' } } },
    { LogPublishingOptions: { AUDIT_LOGS: { Enabled: false, CloudWatchLogsLogGroupArn: 'a' } } },
    'audit-logging-off',
  ],
  [
    'access log of an API stage gone',
    'AWS::ApiGateway::Stage',
    { RestApiId: 'r', AccessLogSetting: { DestinationArn: 'd', Format: '$context.requestId' } },
    { RestApiId: 'r' },
    'audit-logging-off',
  ],
  [
    'log of a distribution gone',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, Logging: { Bucket: 'logs.s3.amazonaws.com' } } },
    { DistributionConfig: { Enabled: true } },
    'audit-logging-off',
  ],
  [
    'warehouse log gone',
    'AWS::Redshift::Cluster',
    { LoggingProperties: { BucketName: 'logs' } },
    { ClusterType: 'multi-node' },
    'audit-logging-off',
  ],
  [
    'state machine without a log',
    'AWS::StepFunctions::StateMachine',
    { LoggingConfiguration: { Level: 'ALL' } },
    { LoggingConfiguration: { Level: 'OFF' } },
    'audit-logging-off',
  ],
  [
    'prefix list with all of IPv4',
    'AWS::EC2::PrefixList',
    { PrefixListName: 'p', Entries: [{ Cidr: '10.0.0.0/8' }] },
    { PrefixListName: 'p', Entries: [{ Cidr: '10.0.0.0/8' }, { Cidr: '0.0.0.0/0' }] },
    'ingress-from-anywhere',
  ],
  [
    'prefix list with all of IPv6',
    'AWS::EC2::PrefixList',
    { PrefixListName: 'p', Entries: [{ Cidr: 'fd00::/8' }] },
    { PrefixListName: 'p', Entries: [{ Cidr: '::/0' }] },
    'ingress-from-anywhere',
  ],
  [
    'ingress from anywhere beside egress to anywhere',
    SG,
    { ...ingress(tcp(22)), SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
    { ...ingress(tcp(22, '0.0.0.0/0')), SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
    'ingress-from-anywhere',
  ],
  [
    'everyone, but those whose requests name another account',
    BUCKET_POLICY,
    bucketPolicy(read(ME)),
    bucketPolicy(read(ME), read('*', { StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } })),
    'policy-open-to-everyone',
  ],
  [
    'endpoint service for everyone',
    'AWS::EC2::VPCEndpointServicePermissions',
    { ServiceId: 's', AllowedPrincipals: ['arn:aws:iam::111111111111:root'] },
    { ServiceId: 's', AllowedPrincipals: ['*'] },
    'policy-open-to-everyone',
  ],
  [
    'access keys of any user',
    POLICY,
    managed(allow(['iam:GetUser'])),
    managed(allow(['iam:GetUser', 'iam:CreateAccessKey'], { Resource: '*' })),
    'admin-granted',
  ],
  [
    'permissions of oneself',
    POLICY,
    managed(allow(['iam:GetUser'], OWN_USER)),
    managed(allow(['iam:GetUser', 'iam:PutUserPolicy'], OWN_USER)),
    'admin-granted',
  ],
  [
    'credentials of oneself and of others',
    POLICY,
    managed(allow('iam:CreateAccessKey', { Resource: [SELF] })),
    managed(allow('iam:CreateAccessKey', { Resource: [SELF, 'arn:aws:iam::*:user/root-*'] })),
    'admin-granted',
  ],
  [
    'Deny for fewer resources',
    POLICY,
    managed(allow('s3:*'), {
      Effect: 'Deny',
      Action: 's3:DeleteBucket',
      Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
    }),
    managed(allow('s3:*'), { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: ['arn:aws:s3:::a'] }),
    'deny-weakened',
  ],
  [
    'listener without a login',
    LISTENER,
    { DefaultActions: [{ Type: 'authenticate-oidc', Order: 1 }, FORWARD] },
    { DefaultActions: [FORWARD] },
    'authentication-off',
  ],
  [
    'listener rule that forwards where it asked for a login',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    { Actions: [{ Type: 'authenticate-cognito', Order: 1 }] },
    { Actions: [{ Type: 'forward', Order: 1 }] },
    'authentication-off',
  ],
  [
    'API by a key instead of a signature',
    'AWS::AppSync::GraphQLApi',
    { Name: 'a', AuthenticationType: 'AWS_IAM' },
    { Name: 'a', AuthenticationType: 'API_KEY' },
    'authentication-off',
  ],
  [
    'file server on the Internet',
    'AWS::Transfer::Server',
    { EndpointType: 'VPC' },
    { EndpointType: 'PUBLIC' },
    'publicly-accessible',
  ],
  [
    'file server without TLS',
    'AWS::Transfer::Server',
    { Protocols: ['FTPS'] },
    { Protocols: ['FTP'] },
    'transit-encryption-off',
  ],
  [
    'file server without TLS, too',
    'AWS::Transfer::Server',
    { Protocols: ['SFTP'] },
    { Protocols: ['SFTP', 'FTP'] },
    'transit-encryption-off',
  ],
  [
    'commands in containers leave no trace',
    'AWS::ECS::Cluster',
    { Configuration: { ExecuteCommandConfiguration: { Logging: 'OVERRIDE' } } },
    { Configuration: { ExecuteCommandConfiguration: { Logging: 'NONE' } } },
    'audit-logging-off',
  ],
  [
    'database audit off',
    'AWS::RDS::DBParameterGroup',
    { Description: 'd', Family: 'postgres16', Parameters: { 'pgaudit.log': 'all' } },
    { Description: 'd', Family: 'postgres16', Parameters: { 'pgaudit.log': 'none' } },
    'audit-logging-off',
  ],
  [
    'statements no longer logged',
    'AWS::RDS::DBClusterParameterGroup',
    { Description: 'd', Family: 'aurora-postgresql16', Parameters: { log_statement: 'ddl' } },
    { Description: 'd', Family: 'aurora-postgresql16', Parameters: { log_statement: 'none' } },
    'audit-logging-off',
  ],
  [
    'recorder leaves types out',
    'AWS::Config::ConfigurationRecorder',
    { RecordingGroup: { RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } } },
    { RecordingGroup: { RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } } },
    'audit-logging-off',
  ],
];

export const HIGH: ChangeRow[] = [
  // Tightening access and network
  ['ingress closed', SG, ingress(tcp(22, '0.0.0.0/0')), ingress(tcp(22)), 'network-changed'],
  ['ingress rule gone', SG, ingress(tcp(22), tcp(443, '0.0.0.0/0')), ingress(tcp(22)), 'network-changed'],
  [
    'ports narrowed on an open rule',
    SG,
    ingress(tcp(443, '0.0.0.0/0', { ToPort: 8443 })),
    ingress(tcp(443, '0.0.0.0/0')),
    'network-changed',
  ],
  ['ingress from a partner', SG, ingress(tcp(22)), ingress(tcp(22), tcp(22, '203.0.113.7/32')), 'network-changed'],
  [
    'port that an open rule lets through already',
    SG,
    ingress({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
    ingress({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }, tcp(22, '0.0.0.0/0')),
    'network-changed',
  ],
  [
    'egress opened',
    SG,
    { GroupDescription: 'web', SecurityGroupEgress: [tcp(443)] },
    { GroupDescription: 'web', SecurityGroupEgress: [tcp(443, '0.0.0.0/0')] },
    'network-changed',
  ],
  [
    'outgoing network ACL entry opened',
    'AWS::EC2::NetworkAclEntry',
    { ...ACL, Egress: true, CidrBlock: '10.0.0.0/16' },
    { ...ACL, Egress: true, CidrBlock: '0.0.0.0/0' },
    'network-changed',
  ],
  [
    'route by another gateway',
    'AWS::EC2::Route',
    { RouteTableId: 'r', DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
    { RouteTableId: 'r', DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-2' },
    'network-changed',
  ],
  [
    'another security group attached',
    'AWS::RDS::DBInstance',
    { VPCSecurityGroups: ['sg-1'] },
    { VPCSecurityGroups: ['sg-1', 'sg-2'] },
    'network-changed',
  ],
  ['bucket policy for fewer', BUCKET_POLICY, bucketPolicy(read('*')), bucketPolicy(read(ME)), 'access-policy-changed'],
  ['condition added', BUCKET_POLICY, bucketPolicy(read('*')), bucketPolicy(read('*', VPCE)), 'access-policy-changed'],
  [
    'everyone, but from one network',
    BUCKET_POLICY,
    bucketPolicy(read(ME)),
    bucketPolicy(read(ME), read('*', VPCE)),
    'access-policy-changed',
  ],
  ['Deny added', BUCKET_POLICY, bucketPolicy(read(ME)), bucketPolicy(read(ME), DENY_PLAIN), 'access-policy-changed'],
  [
    'name of a statement beside an open one',
    BUCKET_POLICY,
    bucketPolicy({ Sid: 'Old', ...read('*') }),
    bucketPolicy({ Sid: 'New', ...read('*') }),
    'access-policy-changed',
  ],
  [
    'other account in a bucket policy',
    BUCKET_POLICY,
    bucketPolicy(read(ME)),
    bucketPolicy(read(ME), read(OTHER)),
    'access-policy-changed',
  ],
  [
    'key policy for keys of the account',
    'AWS::KMS::Key',
    { KeyPolicy: policy(allow('kms:*', { Principal: ME, Resource: '*' })) },
    {
      KeyPolicy: policy(
        allow('kms:*', { Principal: ME, Resource: '*' }),
        allow('kms:Decrypt', {
          Principal: { AWS: '*' },
          Resource: '*',
          Condition: { StringEquals: { 'kms:CallerAccount': '111111111111' } },
        }),
      ),
    },
    'access-policy-changed',
  ],
  [
    'permission of a function for a topic',
    'AWS::Lambda::Permission',
    { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 'sns.amazonaws.com' },
    { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 's3.amazonaws.com' },
    'access-policy-changed',
  ],
  [
    'endpoint policy',
    'AWS::EC2::VPCEndpoint',
    { VpcId: 'v', ServiceName: 's', PolicyDocument: policy(allow('s3:GetObject', { Principal: '*', Resource: '*' })) },
    { VpcId: 'v', ServiceName: 's', PolicyDocument: policy(allow('*', { Principal: '*', Resource: '*' })) },
    'endpoint-policy-changed',
  ],
  [
    'access list private again',
    'AWS::S3::Bucket',
    { AccessControl: 'PublicRead' },
    { AccessControl: 'Private' },
    'access-policy-changed',
  ],
  // IAM otherwise
  ['action of a service added', POLICY, managed(allow('s3:Get*')), managed(allow('s3:*')), 'iam-changed'],
  ['administrator no more', POLICY, managed(allow('*')), managed(allow('s3:*')), 'iam-changed'],
  [
    'PassRole on one role',
    POLICY,
    managed(allow('s3:Get*')),
    managed(allow('s3:Get*'), allow('iam:PassRole', { Resource: 'arn:aws:iam::111111111111:role/app' })),
    'iam-changed',
  ],
  ['reading IAM', POLICY, managed(allow(['s3:Get*'])), managed(allow(['s3:Get*', 'iam:Get*'])), 'iam-changed'],
  ['trust for fewer', ROLE, trust(assume(ME), assume(OTHER)), trust(assume(ME)), 'iam-changed'],
  [
    'trust under a condition',
    ROLE,
    trust(assume(OTHER)),
    trust(assume(OTHER, { StringEquals: { 'sts:ExternalId': 'abc' } })),
    'iam-changed',
  ],
  [
    'trust for one branch only',
    ROLE,
    trust(assume(FEDERATED, { StringLike: { [`${GITHUB}:sub`]: 'repo:shop/*' } })),
    trust(assume(FEDERATED, { StringLike: { [`${GITHUB}:sub`]: 'repo:shop/orders:*' } })),
    'iam-changed',
  ],
  [
    'sessions may carry tags',
    ROLE,
    trust({ ...assume(ME), Action: ['sts:AssumeRole'] }),
    trust({ ...assume(ME), Action: ['sts:AssumeRole', 'sts:TagSession'] }),
    'iam-changed',
  ],
  [
    'administrators policy detached',
    ROLE,
    role({ ManagedPolicyArns: [READ_ONLY, ADMIN] }),
    role({ ManagedPolicyArns: [READ_ONLY] }),
    'iam-changed',
  ],
  [
    'boundary replaced',
    ROLE,
    role({ PermissionsBoundary: 'arn:aws:iam::111111111111:policy/edge' }),
    role({ PermissionsBoundary: 'arn:aws:iam::111111111111:policy/other' }),
    'iam-changed',
  ],
  // Protection
  [
    'database can be deleted',
    'AWS::RDS::DBInstance',
    { DeletionProtection: true },
    { DeletionProtection: false },
    'deletion-protection-off',
  ],
  [
    'table can be deleted',
    'AWS::DynamoDB::Table',
    { DeletionProtectionEnabled: 'true' },
    { DeletionProtectionEnabled: false },
    'deletion-protection-off',
  ],
  [
    'user pool can be deleted',
    'AWS::Cognito::UserPool',
    { DeletionProtection: 'ACTIVE' },
    { DeletionProtection: 'INACTIVE' },
    'deletion-protection-off',
  ],
  [
    'load balancer can be deleted',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    attributes({ 'deletion_protection.enabled': 'true' }),
    attributes({ 'deletion_protection.enabled': 'false' }),
    'deletion-protection-off',
  ],
  [
    'instance can be terminated',
    'AWS::EC2::Instance',
    { DisableApiTermination: true },
    { DisableApiTermination: false },
    'deletion-protection-off',
  ],
  [
    'backups kept for less time',
    'AWS::RDS::DBInstance',
    { BackupRetentionPeriod: '30' },
    { BackupRetentionPeriod: 7 },
    'backups-off',
  ],
  [
    'no backups',
    'AWS::RDS::DBCluster',
    { BackupRetentionPeriod: 7, Engine: 'aurora-mysql' },
    { BackupRetentionPeriod: 0, Engine: 'aurora-mysql' },
    'backups-off',
  ],
  [
    'no recovery to a point in time',
    'AWS::DynamoDB::Table',
    { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
    { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
    'backups-off',
  ],
  [
    'no backups of a file system',
    'AWS::EFS::FileSystem',
    { BackupPolicy: { Status: 'ENABLED' } },
    { BackupPolicy: { Status: 'DISABLED' } },
    'backups-off',
  ],
  [
    'cache snapshots off',
    'AWS::ElastiCache::ReplicationGroup',
    { SnapshotRetentionLimit: 5 },
    { SnapshotRetentionLimit: 0 },
    'backups-off',
  ],
  [
    'versioning suspended',
    'AWS::S3::Bucket',
    { VersioningConfiguration: { Status: 'Enabled' } },
    { VersioningConfiguration: { Status: 'Suspended' } },
    'versioning-off',
  ],
  [
    'versioning gone',
    'AWS::S3::Bucket',
    { VersioningConfiguration: { Status: 'Enabled' } },
    { BucketName: 'orders' },
    'versioning-off',
  ],
  ['no standby', 'AWS::RDS::DBInstance', { MultiAZ: true }, { MultiAZ: false }, 'standby-off'],
  [
    'metadata without a token',
    'AWS::EC2::LaunchTemplate',
    { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } },
    { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'optional' } } },
    'safeguard-off',
  ],
  ['key not rotated', 'AWS::KMS::Key', { EnableKeyRotation: true }, { EnableKeyRotation: false }, 'safeguard-off'],
  [
    'web ACL taken off a distribution',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, WebACLId: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/w/1' } },
    { DistributionConfig: { Enabled: true } },
    'safeguard-off',
  ],
  [
    'second factor no longer needed',
    'AWS::Cognito::UserPool',
    { MfaConfiguration: 'ON' },
    { MfaConfiguration: 'OFF' },
    'safeguard-off',
  ],
  [
    'older TLS at a listener',
    'AWS::ElasticLoadBalancingV2::Listener',
    { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', LoadBalancerArn: 'l' },
    { SslPolicy: 'ELBSecurityPolicy-2016-08', LoadBalancerArn: 'l' },
    'tls-weakened',
  ],
  [
    'older TLS at a distribution',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } } },
    { DistributionConfig: { Enabled: true, ViewerCertificate: { MinimumProtocolVersion: 'TLSv1_2016' } } },
    'tls-weakened',
  ],
  [
    'log group without a key',
    'AWS::Logs::LogGroup',
    { KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/1' },
    { LogGroupName: 'l' },
    'encryption-key-removed',
  ],
  [
    'table under a key of the service',
    'AWS::DynamoDB::Table',
    { SSESpecification: { SSEEnabled: true } },
    { SSESpecification: { SSEEnabled: false } },
    'encryption-key-removed',
  ],
  [
    'table without a specification',
    'AWS::DynamoDB::Table',
    { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
    { TableName: 't' },
    'encryption-key-removed',
  ],
  [
    'queue under a key of the service',
    'AWS::SQS::Queue',
    { KmsMasterKeyId: 'alias/shop' },
    { SqsManagedSseEnabled: true },
    'encryption-key-removed',
  ],
  [
    'credentials of oneself',
    POLICY,
    managed(allow(['iam:GetUser'], OWN_USER)),
    managed(allow(['iam:GetUser', 'iam:CreateAccessKey'], OWN_USER)),
    'iam-changed',
  ],
  [
    'backup selection by fewer tags',
    'AWS::Backup::BackupSelection',
    { BackupSelection: { ListOfTags: [backupTag('prod'), backupTag('test')] } },
    { BackupSelection: { ListOfTags: [backupTag('prod')] } },
    'backups-off',
  ],
  [
    'backup selection by another tag',
    'AWS::Backup::BackupSelection',
    { BackupSelection: { ListOfTags: [backupTag('prod')] } },
    { BackupSelection: { ListOfTags: [backupTag('gone')] } },
    'backups-off',
  ],
  [
    'snapshots of fewer volumes',
    'AWS::DLM::LifecyclePolicy',
    {
      PolicyDetails: {
        TargetTags: [
          { Key: 'Env', Value: 'prod' },
          { Key: 'Env', Value: 'test' },
        ],
      },
    },
    { PolicyDetails: { TargetTags: [{ Key: 'Env', Value: 'prod' }] } },
    'backups-off',
  ],
  [
    'recycle bin for other resources',
    'AWS::Rbin::Rule',
    { ResourceTags: [{ ResourceTagKey: 'Env', ResourceTagValue: 'prod' }] },
    { ResourceTags: [{ ResourceTagKey: 'Env', ResourceTagValue: 'gone' }] },
    'backups-off',
  ],
  [
    'claims that access goes by',
    'AWS::Cognito::IdentityPoolPrincipalTag',
    { PrincipalTags: { team: 'custom:team' } },
    { PrincipalTags: { team: 'email' } },
    'access-policy-changed',
  ],
  [
    'distribution without signed addresses',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TrustedKeyGroups: ['k-1'] } } },
    { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TargetOriginId: 'o' } } },
    'safeguard-off',
  ],
  [
    'distribution that does not sign its requests',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, Origins: [{ Id: 'o', OriginAccessControlId: 'E1' }] } },
    { DistributionConfig: { Enabled: true, Origins: [{ Id: 'o', OriginAccessControlId: '' }] } },
    'safeguard-off',
  ],
  [
    'notebooks with a way around the network',
    'AWS::SageMaker::Domain',
    { AppNetworkAccessType: 'VpcOnly' },
    { AppNetworkAccessType: 'PublicInternetOnly' },
    'safeguard-off',
  ],
  [
    'anybody can sign up',
    'AWS::Cognito::UserPool',
    { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } },
    'safeguard-off',
  ],
  [
    'endpoints connect without being accepted',
    'AWS::EC2::VPCEndpointService',
    { AcceptanceRequired: true },
    { AcceptanceRequired: false },
    'safeguard-off',
  ],
  [
    'function takes unsigned code',
    'AWS::Lambda::Function',
    { CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111111111111:code-signing-config:csc-1' },
    { MemorySize: 128 },
    'safeguard-off',
  ],
];

export const MEDIUM: ChangeRow[] = [
  [
    'database private again',
    'AWS::RDS::DBInstance',
    { PubliclyAccessible: true },
    { PubliclyAccessible: false },
    'configuration',
  ],
  ['memory', 'AWS::Lambda::Function', { MemorySize: 128 }, { MemorySize: 512 }, 'configuration'],
  ['timeout', 'AWS::SQS::Queue', { VisibilityTimeout: 30 }, { VisibilityTimeout: 60 }, 'configuration'],
  [
    'public access block on',
    'AWS::S3::Bucket',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: true } },
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true } },
    'configuration',
  ],
  [
    'encryption on',
    'AWS::ElastiCache::ReplicationGroup',
    { TransitEncryptionEnabled: false },
    { TransitEncryptionEnabled: true },
    'configuration',
  ],
  [
    'log on',
    'AWS::CloudTrail::Trail',
    { IsLogging: false, S3BucketName: 'b' },
    { IsLogging: true, S3BucketName: 'b' },
    'configuration',
  ],
  [
    'protection on',
    'AWS::RDS::DBInstance',
    { DeletionProtection: false },
    { DeletionProtection: true },
    'configuration',
  ],
  [
    'backups kept for longer',
    'AWS::RDS::DBInstance',
    { BackupRetentionPeriod: 7 },
    { BackupRetentionPeriod: 30 },
    'configuration',
  ],
  [
    'tags of snapshots',
    'AWS::RDS::DBInstance',
    { CopyTagsToSnapshot: true },
    { CopyTagsToSnapshot: false },
    'configuration',
  ],
  [
    'bucket key off',
    'AWS::S3::Bucket',
    { BucketEncryption: KMS },
    {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k-1' },
            BucketKeyEnabled: false,
          },
        ],
      },
    },
    'configuration',
  ],
  [
    'another prefix of a log',
    'AWS::S3::Bucket',
    { LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'orders/' } },
    { LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'old/' } },
    'configuration',
  ],
  [
    'newer TLS',
    'AWS::ElasticLoadBalancingV2::Listener',
    { SslPolicy: 'ELBSecurityPolicy-2016-08', LoadBalancerArn: 'l' },
    { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', LoadBalancerArn: 'l' },
    'configuration',
  ],
  [
    'another key',
    'AWS::SNS::Topic',
    { KmsMasterKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/1' },
    { KmsMasterKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/2' },
    'configuration',
  ],
  [
    'redrive policy',
    'AWS::SQS::Queue',
    { RedrivePolicy: { deadLetterTargetArn: 'a', maxReceiveCount: 3 } },
    { RedrivePolicy: { deadLetterTargetArn: 'a', maxReceiveCount: 5 } },
    'configuration',
  ],
  [
    'idle timeout of a load balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    attributes({ 'idle_timeout.timeout_seconds': '60', 'access_logs.s3.enabled': 'false' }),
    attributes({ 'idle_timeout.timeout_seconds': '120', 'access_logs.s3.enabled': 'false' }),
    'configuration',
  ],
  // Names that the author chose
  [
    'variable with a name like encryption',
    FUNCTION,
    variables({ SSE_RETRY: '3' }),
    variables({ SSE_RETRY: '0' }),
    'variables',
  ],
  ['variable gone', FUNCTION, variables({ SSE_ENDPOINT: 'e', A: 'a' }), variables({ A: 'a' }), 'variables'],
  ['all variables gone', FUNCTION, variables({ SSE_ENDPOINT: 'e' }), { MemorySize: 128 }, 'variables'],
  [
    'variable with a name like logging',
    FUNCTION,
    variables({ DebugLogEnabled: 'true' }),
    variables({ DebugLogEnabled: 'false' }),
    'variables',
  ],
  ['variable with a name like tags', FUNCTION, variables({ Tags: 'a' }), variables({ Tags: 'b' }), 'variables'],
  [
    'variable of a container',
    'AWS::ECS::TaskDefinition',
    { ContainerDefinitions: [{ Name: 'shop', Environment: [{ Name: 'DebugLogEnabled', Value: 'true' }] }] },
    { ContainerDefinitions: [{ Name: 'shop', Environment: [{ Name: 'DebugLogEnabled', Value: 'false' }] }] },
    'variables',
  ],
  [
    'container gone, and its variables with it',
    'AWS::ECS::TaskDefinition',
    {
      ContainerDefinitions: [{ Name: 'shop' }, { Name: 'log', Environment: [{ Name: 'AppEncryption', Value: 'on' }] }],
    },
    { ContainerDefinitions: [{ Name: 'shop' }] },
    'configuration',
  ],
  [
    'variable of a build',
    'AWS::CodeBuild::Project',
    { Environment: { EnvironmentVariables: [{ Name: 'EncryptOutput', Value: 'yes' }] } },
    { Environment: { EnvironmentVariables: [{ Name: 'EncryptOutput', Value: 'no' }] } },
    'variables',
  ],
  // Tags that select
  [
    'targets of an experiment',
    'AWS::FIS::ExperimentTemplate',
    { Targets: { instances: { ResourceType: 'aws:ec2:instance', ResourceTags: { Env: 'test' } } } },
    { Targets: { instances: { ResourceType: 'aws:ec2:instance', ResourceTags: { Env: 'prod' } } } },
    'configuration',
  ],
  [
    'targets of a benchmark',
    'AWS::InspectorV2::CisScanConfiguration',
    { Targets: { TargetResourceTags: { Env: ['prod'] } } },
    { Targets: { TargetResourceTags: { Env: ['test'] } } },
    'configuration',
  ],
];

export const LOW: ChangeRow[] = [
  [
    'tag',
    'AWS::SQS::Queue',
    { Tags: [{ Key: 'Env', Value: 'prod' }] },
    { Tags: [{ Key: 'Env', Value: 'dev' }] },
    'tags',
  ],
  [
    'tag added',
    ROLE,
    role({ Tags: [{ Key: 'Env', Value: 'prod' }] }),
    role({
      Tags: [
        { Key: 'Env', Value: 'prod' },
        { Key: 'Team', Value: 'shop' },
      ],
    }),
    'tags',
  ],
  ['tags as a map', 'AWS::SSM::Parameter', { Tags: { Env: 'prod' } }, { Tags: { Env: 'dev' } }, 'tags'],
  [
    'description',
    POLICY,
    { ...managed(allow('s3:*')), Description: 'a' },
    { ...managed(allow('s3:*')), Description: 'b' },
    'descriptions',
  ],
  [
    'description of an open rule',
    SG,
    ingress(tcp(443, '0.0.0.0/0', { Description: 'web' })),
    ingress(tcp(443, '0.0.0.0/0', { Description: 'shop' })),
    'descriptions',
  ],
  ['display name', 'AWS::SNS::Topic', { DisplayName: 'Events' }, { DisplayName: 'Orders' }, 'descriptions'],
  [
    'comment',
    'AWS::CloudFront::Distribution',
    { DistributionConfig: { Enabled: true, Comment: 'a' } },
    { DistributionConfig: { Enabled: true, Comment: 'b' } },
    'descriptions',
  ],
  ['alarm description', 'AWS::CloudWatch::Alarm', { AlarmDescription: 'a' }, { AlarmDescription: 'b' }, 'descriptions'],
  [
    'tags of what a launch template makes',
    'AWS::EC2::LaunchTemplate',
    {
      LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Env', Value: 'prod' }] }] },
    },
    { LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Env', Value: 'dev' }] }] } },
    'tags',
  ],
  [
    'tags of a user pool',
    'AWS::Cognito::UserPool',
    { UserPoolTags: { Env: 'prod' } },
    { UserPoolTags: { Env: 'dev' } },
    'tags',
  ],
];
