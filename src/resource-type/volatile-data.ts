/** A place whose value moves without anybody's change. */
export interface VolatilePlace {
  /** A type, or a prefix ending in `*`. */
  type: string;
  /** A pointer; `*` stands for one segment, `*Suffix` for one that ends so, `**` at the start for any number. */
  path: string;
  /** Who moves it, and when. */
  because: string;
}

/** The lines for a type. */
export function volatileOf(name: string): VolatilePlace[] {
  return VOLATILE_PLACES.filter(({ type }) =>
    type.endsWith('*') ? name.startsWith(type.slice(0, -1)) : name === type,
  );
}

function places(type: string, because: string, ...paths: readonly string[]): VolatilePlace[] {
  return paths.map((path) => ({ type, path, because }));
}

const written = 'the service notes there when, or how often, the resource was changed or used';
const released = 'the service moves it to the latest version by itself';
const scaled = 'scaling moves it, by a policy or by hand, all the time';
const deployed = 'each deployment of code makes a new one';
const told = 'it is a state that the service tells of, not one that somebody sets';
const grown = 'the service lets storage grow by itself';
const failedOver = 'it moves when a zone or an instance fails';

/** What moves by itself; none of it is what somebody who opens a resource would change. */
export const VOLATILE_PLACES: readonly VolatilePlace[] = [
  ...places(
    '*',
    written,
    ...['LastModified', 'LastModifiedTime', 'LastModifiedDate', 'LastModifiedAt', 'LastModifiedBy'].map(
      (name) => `/**/${name}`,
    ),
    ...['LastUpdated', 'LastUpdatedAt', 'LastUpdatedTime', 'LastUpdateTime', 'LastUpdatedTimestamp'].map(
      (name) => `/**/${name}`,
    ),
    ...['UpdatedAt', 'UpdateTime', 'UpdatedTime', 'ModifiedAt', 'ModificationTime', 'CreatedAt'].map(
      (name) => `/**/${name}`,
    ),
    ...['CreationTime', 'CreationDate', 'CreationTimestamp', 'CreatedTime', 'CreateTime', 'CreatedBy'].map(
      (name) => `/**/${name}`,
    ),
    ...['LastStatusChange', 'LastUsedDate', 'LastAccessed', 'LastRunTime', 'LastEvaluationTime'].map(
      (name) => `/**/${name}`,
    ),
  ),
  ...places(
    '*',
    'a token of the model as it was read',
    '/**/ETag',
    '/**/Etag',
    '/**/eTag',
    '/**/LockToken',
    '/**/RevisionId',
    '/**/ClientToken',
    '/**/ClientRequestToken',
  ),
  ...places(
    '*',
    told,
    '/**/*StatusReason',
    '/**/StatusMessage',
    '/**/StateReason',
    '/**/LifecycleState',
    '/**/ProvisioningState',
    '/**/HealthStatus',
  ),
  ...places(
    '*',
    released,
    '/**/LatestVersion',
    '/**/LatestVersionNumber',
    '/**/LatestRevision',
    '/**/CurrentVersion',
    '/**/EffectiveEngineVersion',
    '/**/EffectiveVersion',
  ),
  ...places('AWS::RDS::*', released, '/EngineVersion', '/CACertificateIdentifier', '/CertificateDetails'),
  ...places('AWS::RDS::*', grown, '/AllocatedStorage'),
  ...places('AWS::RDS::*', failedOver, '/AvailabilityZone', '/AvailabilityZones', '/SecondaryAvailabilityZone'),
  ...places('AWS::DocDB::*', released, '/EngineVersion', '/CACertificateIdentifier'),
  ...places('AWS::DocDB::*', failedOver, '/AvailabilityZone', '/AvailabilityZones'),
  ...places('AWS::Neptune::*', released, '/EngineVersion'),
  ...places('AWS::Neptune::*', failedOver, '/AvailabilityZone', '/AvailabilityZones'),
  ...places('AWS::ElastiCache::*', released, '/EngineVersion'),
  ...places('AWS::ElastiCache::*', scaled, '/NumNodeGroups', '/ReplicasPerNodeGroup', '/NumCacheClusters'),
  ...places('AWS::ElastiCache::*', failedOver, '/PrimaryClusterId', '/PreferredAvailabilityZone'),
  ...places('AWS::MemoryDB::*', released, '/EngineVersion'),
  ...places('AWS::AmazonMQ::Broker', released, '/EngineVersion'),
  ...places('AWS::OpenSearchService::Domain', released, '/ServiceSoftwareOptions'),
  ...places('AWS::Elasticsearch::Domain', released, '/ServiceSoftwareOptions'),
  ...places('AWS::Redshift::Cluster', released, '/ClusterVersion', '/ClusterRevisionNumber'),
  ...places('AWS::Redshift::Cluster', failedOver, '/AvailabilityZone'),
  ...places('AWS::DMS::ReplicationInstance', released, '/EngineVersion'),
  ...places('AWS::EKS::Nodegroup', released, '/ReleaseVersion'),
  ...places('AWS::EKS::Nodegroup', scaled, '/ScalingConfig/DesiredSize'),
  ...places('AWS::EKS::Addon', told, '/ConfigurationStatus'),
  ...places('AWS::AutoScaling::AutoScalingGroup', scaled, '/DesiredCapacity'),
  ...places('AWS::ECS::Service', scaled, '/DesiredCount'),
  ...places('AWS::ECS::Service', deployed, '/Deployments', '/TaskSets'),
  ...places('AWS::ApplicationAutoScaling::*', scaled, '/SuspendedState'),
  ...places('AWS::DynamoDB::*', scaled, '/**/ReadCapacityUnits', '/**/WriteCapacityUnits', '/**/WarmThroughput'),
  ...places('AWS::Kinesis::Stream', scaled, '/ShardCount'),
  ...places('AWS::SageMaker::Endpoint', scaled, '/**/DesiredInstanceCount', '/**/CurrentInstanceCount'),
  ...places('AWS::EMR::*', scaled, '/InstanceCount', '/**/RunningInstanceCount'),
  ...places('AWS::EC2::SpotFleet', scaled, '/SpotFleetRequestConfigData/TargetCapacity'),
  ...places('AWS::EC2::EC2Fleet', scaled, '/TargetCapacitySpecification/TotalTargetCapacity'),
  ...places(
    'AWS::EC2::Instance',
    'the instance gets another one when it is stopped and started',
    '/PublicIp',
    '/PublicDnsName',
    '/State',
    '/HostId',
  ),
  ...places('AWS::EC2::LaunchTemplate', deployed, '/DefaultVersionNumber'),
  ...places(
    'AWS::Lambda::*',
    deployed,
    '/CodeSha256',
    '/CodeSize',
    '/**/ResolvedImageUri',
    '/**/ResolvedS3Object',
    '/Version',
  ),
  ...places('AWS::Lambda::Function', released, '/RuntimeVersionConfig', '/RuntimeManagementConfig/RuntimeVersionArn'),
  ...places('AWS::ApiGateway::*', deployed, '/DeploymentId', '/CanarySetting/DeploymentId'),
  ...places('AWS::ApiGatewayV2::*', deployed, '/DeploymentId'),
  ...places('AWS::AppSync::ApiKey', 'it is counted from the creation', '/Expires'),
  ...places('AWS::MSK::Cluster', grown, '/BrokerNodeGroupInfo/StorageInfo/EBSStorageInfo/VolumeSize'),
  ...places('AWS::StepFunctions::*', deployed, '/StateMachineRevisionId'),
  ...places('AWS::Batch::ComputeEnvironment', scaled, '/ComputeResources/DesiredvCpus'),
  ...places('AWS::Route53::HostedZone', 'records come and go by themselves', '/ResourceRecordSetCount'),
  ...places(
    'AWS::CertificateManager::Certificate',
    'ACM renews certificates',
    '/**/RenewalStatus',
    '/NotAfter',
    '/NotBefore',
    '/**/ValidationStatus',
  ),
  ...places('AWS::SSM::Parameter', written, '/Version'),
  ...places(
    'AWS::SecretsManager::*',
    'rotation moves it',
    '/**/VersionId',
    '/LastRotatedDate',
    '/NextRotationDate',
    '/VersionIdsToStages',
  ),
  ...places('AWS::GameLift::*', scaled, '/DesiredEC2Instances', '/**/DesiredEC2Instances'),
  ...places('AWS::FSx::*', grown, '/StorageCapacity'),
];
