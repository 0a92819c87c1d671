import type { Json } from '../../../../base/json.js';

/** Values that move by themselves, so that nobody has to accept each of their moves. */
export interface VolatileLine {
  /** A type, or a prefix ending in `*`. */
  type: string;
  /** A pattern (`path-pattern.ts`). What stands below an object that it names moves as well. */
  path: string;
  /** Only where this stands in the same model; without `is`, anything but nothing. */
  where?: { path: string; is?: Json };
  /** What moves it. */
  because: string;
}

function lines(
  type: string,
  because: string,
  paths: readonly string[],
  where?: NonNullable<VolatileLine['where']>,
): VolatileLine[] {
  return paths.map((path) => ({ type, path, because, ...(where === undefined ? {} : { where }) }));
}

const scaled = 'auto scaling moves it';
const upgraded = 'AWS installs minor versions by itself where that is allowed';
const registered = 'services and scaling groups register and take away their own targets as they run';
const upgrading = { path: '/AutoMinorVersionUpgrade', is: true };

/** Names under which no type keeps a setting: they hold for every type, but neither for keys of the author's own nor in filters. */
const EVERYWHERE: readonly VolatileLine[] = [
  ...lines(
    'AWS::*',
    'the time of an event',
    [
      ...['CreatedAt', 'CreatedTime', 'CreatedDate', 'CreatedOn', 'CreatedTimestamp', 'CreateTime', 'CreateDate'],
      ...['CreationTime', 'CreationDate', 'CreationTimestamp', 'CreationDateTime', 'CreatedDateTime'],
      ...['UpdatedAt', 'UpdatedTime', 'UpdatedDate', 'UpdateTime', 'UpdateDate', 'UpdateTimestamp'],
      ...[
        'LastUpdated',
        'LastUpdatedAt',
        'LastUpdatedTime',
        'LastUpdatedDate',
        'LastUpdatedTimestamp',
        'LastUpdateTime',
      ],
      ...['LastUpdateDate', 'LastUpdatedDateTime', 'LastModified', 'LastModifiedAt', 'LastModifiedTime'],
      ...['LastModifiedDate', 'LastModifiedTimestamp', 'LastModifiedDateTime', 'ModifiedTime', 'ModifiedTimeSeconds'],
      ...['LastUsedDate', 'LastUsedTime', 'LastAccessedDate', 'LastChangedDate', 'LastRotatedDate', 'NextRotationDate'],
      ...['LastEvaluatedDate', 'LastEvaluationTime', 'LastExecutionTime', 'LastStartedAt', 'LastUplinkReceivedAt'],
      ...['LatestRestorableTime', 'EarliestRestorableTime', 'LaunchTime', 'DeletionDate'],
    ].map((name) => `/**/${name}`),
  ),
  ...lines(
    'AWS::*',
    'a count of what the resource holds or runs',
    [
      ...['ItemCount', 'TableSizeBytes', 'IndexSizeBytes', 'StoredBytes', 'BackupSizeInBytes'],
      ...[
        'NumberOfRecoveryPoints',
        'EstimatedNumberOfUsers',
        'ConsumedSpiceCapacityInBytes',
        'AvailableIpAddressCount',
      ],
      ...['CurrentInstanceCount', 'RunningCount', 'PendingCount', 'RunningTasksCount', 'PendingTasksCount'],
      ...['RegisteredContainerInstancesCount', 'ActiveServicesCount', 'ApproximateNumberOfMessages'],
    ].map((name) => `/**/${name}`),
  ),
  ...lines(
    'AWS::*',
    'the service counts its own versions there',
    ['LatestVersion', 'LatestVersionNumber', 'LatestRevision', 'LatestVersionId', 'LatestVersionArn', 'IsLatest'].map(
      (name) => `/**/${name}`,
    ),
  ),
  ...lines('AWS::*', 'the service draws a new one with every update', [
    ...['/RevisionId', '/CurrentRevisionId', '/ETag', '/Etag', '/LockToken', '/UpdateToken', '/ChangeToken'],
    ...['/ConfigurationRevision', '/CurrentVersion', '/ResourcePolicy/PolicyRevisionId'],
  ]),
  ...lines(
    'AWS::*',
    'what the service reports of its own work',
    [
      ...['StatusReason', 'StatusReasons', 'StatusMessage', 'StatusDetails', 'StatusCodeReason', 'FailureReason'],
      ...['FailureReasons', 'FailureMessage', 'LastError', 'LastErrorMessage', 'ErrorMessage', 'ProvisioningStatus'],
      ...[
        'ProvisioningState',
        'LifecycleState',
        'LifecycleStatus',
        'CreationStatus',
        'DeploymentStatus',
        'HealthStatus',
      ],
      ...['LastStatus', 'LastCrawl', 'ProgressPercent', 'PercentProgress'],
    ].map((name) => `/**/${name}`),
  ),
];

/** What moves on some types alone, and is a setting on others. */
export const VOLATILE: readonly VolatileLine[] = [
  ...EVERYWHERE,
  ...lines('AWS::ECS::Service', scaled, ['/DesiredCount']),
  ...lines('AWS::ECS::Service', 'the service follows its own deployments there', [
    ...['/Deployments', '/Events', '/TaskSets', '/CurrentServiceDeployment', '/CurrentServiceRevisions'],
  ]),
  ...lines('AWS::AutoScaling::AutoScalingGroup', scaled, ['/DesiredCapacity', '/Instances', '/PredictedCapacity']),
  ...lines('AWS::AutoScaling::AutoScalingGroup', registered, ['/WarmPoolSize']),
  ...lines('AWS::EKS::Nodegroup', scaled, ['/ScalingConfig/DesiredSize']),
  ...lines('AWS::Batch::ComputeEnvironment', scaled, ['/ComputeResources/DesiredvCpus']),
  ...lines('AWS::GameLift::Fleet', scaled, [
    '/DesiredEC2Instances',
    '/Locations/*/LocationCapacity/DesiredEC2Instances',
  ]),
  ...lines('AWS::GameLift::ContainerFleet', scaled, ['/Locations/*/LocationCapacity/DesiredEC2Instances']),
  ...lines('AWS::AppStream::Fleet', scaled, ['/ComputeCapacity/DesiredInstances', '/ComputeCapacity/DesiredSessions']),
  ...lines('AWS::M2::Environment', scaled, ['/HighAvailabilityConfig/DesiredCapacity']),
  ...['Table', 'GlobalTable'].flatMap((kind) => [
    ...lines(`AWS::DynamoDB::${kind}`, 'it grows with the traffic that the table has seen', [
      '/WarmThroughput',
      '/GlobalSecondaryIndexes/*/WarmThroughput',
    ]),
    ...lines(`AWS::DynamoDB::${kind}`, scaled, [
      ...['ReadCapacityUnits', 'WriteCapacityUnits'].flatMap((name) => [
        `/ProvisionedThroughput/${name}`,
        `/GlobalSecondaryIndexes/*/ProvisionedThroughput/${name}`,
      ]),
    ]),
  ]),
  ...lines('AWS::Kinesis::Stream', 'an on-demand stream splits and merges its own shards', ['/ShardCount'], {
    path: '/StreamModeDetails/StreamMode',
    is: 'ON_DEMAND',
  }),
  ...lines('AWS::EMR::InstanceGroupConfig', scaled, ['/InstanceCount'], { path: '/AutoScalingPolicy' }),
  ...lines(
    'AWS::EMR::Cluster',
    scaled,
    ['/Instances/*/InstanceCount', '/Instances/TaskInstanceGroups/*/InstanceCount'],
    {
      path: '/ManagedScalingPolicy',
    },
  ),
  ...lines('AWS::SageMaker::Cluster', 'nodes come and go', ['/**/CurrentCount']),
  ...['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::Neptune::DBInstance', 'AWS::Neptune::DBCluster'].flatMap(
    (type) => lines(type, upgraded, ['/EngineVersion'], upgrading),
  ),
  ...['AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::MemoryDB::Cluster'].flatMap(
    (type) => lines(type, upgraded, ['/EngineVersion', '/EnginePatchVersion'], upgrading),
  ),
  ...lines('AWS::AmazonMQ::Broker', upgraded, ['/EngineVersion', '/EngineVersionCurrent'], upgrading),
  ...lines('AWS::DMS::ReplicationInstance', upgraded, ['/EngineVersion'], upgrading),
  ...lines('AWS::DocDB::DBInstance', upgraded, ['/EngineVersion'], upgrading),
  ...lines('AWS::Redshift::Cluster', upgraded, ['/ClusterVersion', '/ClusterRevisionNumber'], {
    path: '/AllowVersionUpgrade',
    is: true,
  }),
  ...lines('AWS::RDS::DBInstance', 'RDS gives it more storage before it is full', ['/AllocatedStorage'], {
    path: '/MaxAllocatedStorage',
  }),
  ...lines('AWS::RDS::DBInstance', 'a failover moves the instance to its standby', ['/AvailabilityZone'], {
    path: '/MultiAZ',
    is: true,
  }),
  ...lines('AWS::RDS::*', 'replicas and pending work come and go', [
    ...['/PendingModifiedValues', '/StatusInfos', '/ReadReplicaDBInstanceIdentifiers', '/ReadReplicaIdentifiers'],
    ...['/DBClusterMembers', '/DBInstanceStatus'],
  ]),
  ...lines('AWS::ElastiCache::ReplicationGroup', 'a failover moves it to another node', ['/SnapshottingClusterId']),
  ...lines('AWS::ElasticLoadBalancingV2::TargetGroup', registered, ['/Targets', '/TargetHealthDescriptions']),
  ...lines('AWS::ElasticLoadBalancing::LoadBalancer', registered, ['/Instances']),
  ...['/TableInput/Parameters', '/TableInput/StorageDescriptor/Parameters'].flatMap((map) => [
    ...lines(
      'AWS::Glue::Table',
      'crawlers and engines count what the table holds',
      [
        ...[
          'recordCount',
          'averageRecordSize',
          'objectCount',
          'sizeKey',
          'numFiles',
          'numRows',
          'totalSize',
          'rawDataSize',
        ],
        ...['transient_lastDdlTime', 'last_modified_time', 'UPDATED_BY_CRAWLER', 'CrawlerSchemaSerializerVersion'],
      ].map((name) => `${map}/${name}`),
    ),
    ...lines('AWS::Glue::Table', 'every commit to an Iceberg table moves it', [
      `${map}/metadata_location`,
      `${map}/previous_metadata_location`,
    ]),
  ]),
  ...lines('AWS::Lightsail::Instance', 'what the machine does at the moment', [
    ...['/State', '/Hardware/Disks/*/AttachmentState', '/Hardware/Disks/*/IOPS', '/Networking/MonthlyTransfer'],
  ]),
  ...lines('AWS::EC2::Instance', 'what the machine does at the moment', ['/State', '/PublicIp', '/PublicDnsName']),
  ...lines('AWS::Lambda::Function', 'every deployment of code makes a new one', ['/CodeSha256']),
  ...lines('AWS::EC2::SpotFleet', 'the fleet follows its own requests there', ['/ActivityStatus']),
  ...lines('AWS::SageMaker::MonitoringSchedule', 'the outcome of the last run', ['/LastMonitoringExecutionSummary']),
  ...lines('AWS::SSM::Association', 'the outcome of the last run', ['/Overview', '/LastSuccessfulExecutionDate']),
  ...lines('AWS::GroundStation::DataflowEndpointGroup', 'what agents report of themselves', [
    ...['AgentStatus', 'AuditResults'].map((name) => `/EndpointDetails/*/AwsGroundStationAgentEndpoint/${name}`),
  ]),
  ...lines('AWS::OpenSearchService::Domain', 'AWS offers and installs its updates', ['/ServiceSoftwareOptions']),
  ...lines('AWS::EFS::FileSystem', 'a count of what the resource holds or runs', ['/SizeInBytes']),
  ...lines('AWS::IAM::Role', 'IAM notes the last use', ['/RoleLastUsed']),
  ...lines('AWS::IAM::User', 'IAM notes the last use', ['/PasswordLastUsed']),
  ...lines('AWS::CertificateManager::Certificate', 'ACM validates and renews by itself', [
    ...[
      '/Status',
      '/RenewalSummary',
      '/NotBefore',
      '/NotAfter',
      '/Serial',
      '/DomainValidationOptions/*/ValidationStatus',
    ],
  ]),
  ...lines('AWS::Glue::Schema', 'the service counts its own versions there', ['/CheckpointVersion']),
  ...lines('AWS::Budgets::Budget', 'what was spent so far', ['/Budget/CalculatedSpend']),
  ...lines('AWS::AuditManager::Assessment', 'work on the assessment goes on', ['/Delegations/*/Status']),
  ...lines('AWS::CloudFormation::Stack', 'deployments move it', ['/StackStatus', '/DriftInformation']),
];
