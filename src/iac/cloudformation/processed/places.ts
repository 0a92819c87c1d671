/** A place among the properties of a SAM resource, and that of a made resource where the same stands. */
export type Rename = readonly [from: string, to: string];

/**
 * Where SAM writes what it takes under another name, by the type that is made. What is not here stands under the same
 * name. Read off the transform's own test templates, by changing one value at a time
 * (https://github.com/aws/serverless-application-model, `tests/translator`); an equal value decides in each case.
 */
export const RENAMES: ReadonlyMap<string, readonly Rename[]> = new Map([
  [
    'AWS::Lambda::Function',
    [
      ['InlineCode', 'Code/ZipFile'],
      ['ImageUri', 'Code/ImageUri'],
      ['SourceKMSKeyArn', 'Code/SourceKMSKeyArn'],
      ['CodeUri/Bucket', 'Code/S3Bucket'],
      ['CodeUri/Key', 'Code/S3Key'],
      ['CodeUri/Version', 'Code/S3ObjectVersion'],
      ['Tracing', 'TracingConfig/Mode'],
      ['DeadLetterQueue/TargetArn', 'DeadLetterConfig/TargetArn'],
    ],
  ],
  ['AWS::Lambda::Version', [['VersionDescription', 'Description']]],
  [
    'AWS::Lambda::LayerVersion',
    [
      ['ContentUri/Bucket', 'Content/S3Bucket'],
      ['ContentUri/Key', 'Content/S3Key'],
      ['ContentUri/Version', 'Content/S3ObjectVersion'],
    ],
  ],
  [
    'AWS::Lambda::CapacityProvider',
    [
      ['ScalingConfig', 'CapacityProviderScalingConfig'],
      ['OperatorRole', 'PermissionsConfig/CapacityProviderOperatorRoleArn'],
    ],
  ],
  [
    'AWS::StepFunctions::StateMachine',
    [
      ['Name', 'StateMachineName'],
      ['Role', 'RoleArn'],
      ['Type', 'StateMachineType'],
      ['Logging', 'LoggingConfiguration'],
      ['Tracing', 'TracingConfiguration'],
      ['DefinitionUri/Bucket', 'DefinitionS3Location/Bucket'],
      ['DefinitionUri/Key', 'DefinitionS3Location/Key'],
      ['DefinitionUri/Version', 'DefinitionS3Location/Version'],
    ],
  ],
  ['AWS::AppSync::GraphQLApi', [['Logging', 'LogConfig']]],
  [
    'AWS::AppSync::GraphQLSchema',
    [
      ['SchemaInline', 'Definition'],
      ['SchemaUri', 'DefinitionS3Location'],
    ],
  ],
  ['AWS::IAM::Role', [['RolePath', 'Path']]],
  ['AWS::CloudFormation::Stack', [['Location', 'TemplateURL']]],
  [
    'AWS::CodeDeploy::DeploymentGroup',
    [
      ['Type', 'DeploymentConfigName'],
      ['Role', 'ServiceRoleArn'],
    ],
  ],
  [
    'AWS::Events::Rule',
    [
      ['Schedule', 'ScheduleExpression'],
      ['Pattern', 'EventPattern'],
      ['RuleName', 'Name'],
      ['Target/Id', 'Targets/0/Id'],
      ['Input', 'Targets/0/Input'],
      ['InputPath', 'Targets/0/InputPath'],
      ['InputTransformer', 'Targets/0/InputTransformer'],
      ['RetryPolicy', 'Targets/0/RetryPolicy'],
      ['DeadLetterConfig', 'Targets/0/DeadLetterConfig'],
      ['RoleArn', 'Targets/0/RoleArn'],
    ],
  ],
  [
    'AWS::Scheduler::Schedule',
    [
      ['Input', 'Target/Input'],
      ['RetryPolicy', 'Target/RetryPolicy'],
      ['DeadLetterConfig', 'Target/DeadLetterConfig'],
      ['RoleArn', 'Target/RoleArn'],
    ],
  ],
  [
    'AWS::Lambda::EventSourceMapping',
    [
      ['Stream', 'EventSourceArn'],
      ['Queue', 'EventSourceArn'],
      ['Broker', 'EventSourceArn'],
      ['Cluster', 'EventSourceArn'],
      ['KafkaBootstrapServers', 'SelfManagedEventSource/Endpoints/KafkaBootstrapServers'],
      ['ConsumerGroupId', 'AmazonManagedKafkaEventSourceConfig/ConsumerGroupId'],
      ['ConsumerGroupId', 'SelfManagedKafkaEventSourceConfig/ConsumerGroupId'],
      ['SchemaRegistryConfig', 'AmazonManagedKafkaEventSourceConfig/SchemaRegistryConfig'],
      ['SchemaRegistryConfig', 'SelfManagedKafkaEventSourceConfig/SchemaRegistryConfig'],
      ['DatabaseName', 'DocumentDBEventSourceConfig/DatabaseName'],
      ['CollectionName', 'DocumentDBEventSourceConfig/CollectionName'],
      ['FullDocument', 'DocumentDBEventSourceConfig/FullDocument'],
    ],
  ],
  ['AWS::SNS::Subscription', [['Topic', 'TopicArn']]],
  [
    'AWS::IoT::TopicRule',
    [
      ['Sql', 'TopicRulePayload/Sql'],
      ['AwsIotSqlVersion', 'TopicRulePayload/AwsIotSqlVersion'],
    ],
  ],
]);

/** Where a made resource of a type takes its properties from, where these are but a part of the owner's. */
export const PARTS: ReadonlyMap<string, string> = new Map([
  ['AWS::Lambda::Url', 'FunctionUrlConfig'],
  ['AWS::Lambda::EventInvokeConfig', 'EventInvokeConfig'],
  ['AWS::CodeDeploy::DeploymentGroup', 'DeploymentPreference'],
  ['AWS::AppSync::ApiCache', 'Cache'],
]);

/**
 * Properties of events that are passed on under the same name, and of which nothing else is made; by the type that is made
 * of the event.
 */
export const PASSED_BY_EVENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'AWS::Lambda::EventSourceMapping',
    new Set([
      'BatchSize',
      'BisectBatchOnFunctionError',
      'Enabled',
      'FilterCriteria',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'MaximumRecordAgeInSeconds',
      'MaximumRetryAttempts',
      'MetricsConfig',
      'ParallelizationFactor',
      'ScalingConfig',
      'TumblingWindowInSeconds',
    ]),
  ],
  ['AWS::Events::Rule', new Set(['State'])],
  ['AWS::Scheduler::Schedule', new Set(['Description', 'EndDate', 'ScheduleExpressionTimezone', 'StartDate', 'State'])],
  ['AWS::SNS::Subscription', new Set(['FilterPolicy', 'FilterPolicyScope'])],
]);

/**
 * Properties that SAM keeps for itself, though the made resource has one of the same name and often the same value: the
 * made one is CloudFormation's default, or another thing.
 */
export const NOT_PASSED: ReadonlySet<string> = new Set([
  'FailOnWarnings',
  'LogConfig/ExcludeVerboseContent',
  'Logging/ExcludeVerboseContent',
]);

/**
 * Types of which every change makes another resource, since the logical ID has a hash of the properties: what they say
 * can be found, and no edit changes just one value.
 */
export const HASHED: ReadonlySet<string> = new Set(['AWS::Serverless::LayerVersion']);

/**
 * What a published version of a function is named by: it is passed on, and every other text of it makes another version.
 * Its code is as well, which is no value of the template.
 */
export const PUBLISHED: readonly string[] = ['Environment', 'MemorySize', 'SnapStart'];

/** Properties that SAM takes and passes on under the same name, so that one may be added; by the kind of resource. */
export const PASSED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'Function',
    new Set([
      'Architectures',
      'CodeSigningConfigArn',
      'Description',
      'Environment',
      'EphemeralStorage',
      'FileSystemConfigs',
      'FunctionName',
      'Handler',
      'ImageConfig',
      'KmsKeyArn',
      'Layers',
      'LoggingConfig',
      'MemorySize',
      'RecursiveLoop',
      'ReservedConcurrentExecutions',
      'Runtime',
      'RuntimeManagementConfig',
      'SnapStart',
      'Timeout',
      'VpcConfig',
    ]),
  ],
  ['Application', new Set(['NotificationARNs', 'Parameters', 'TimeoutInMinutes'])],
  [
    'GraphQLApi',
    new Set([
      'IntrospectionConfig',
      'OwnerContact',
      'QueryDepthLimit',
      'ResolverCountLimit',
      'Visibility',
      'XrayEnabled',
    ]),
  ],
  [
    'SimpleTable',
    new Set(['PointInTimeRecoverySpecification', 'ProvisionedThroughput', 'SSESpecification', 'TableName']),
  ],
  ['StateMachine', new Set(['DefinitionSubstitutions'])],
]);

/** A boolean of an event that the made resource has as one of two words. */
export const SWITCH = { from: 'Enabled', to: 'State', on: 'ENABLED', off: 'DISABLED' } as const;

/** The types that have it so. */
export const SWITCHED: ReadonlySet<string> = new Set(['AWS::Events::Rule', 'AWS::Scheduler::Schedule']);
