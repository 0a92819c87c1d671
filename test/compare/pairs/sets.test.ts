import { tryPairs } from './pairs.js';

const tag = (Key: string, Value: string) => ({ Key, Value });

// Lists without an order: what was added or changed in them is found.
tryPairs([
  {
    because: 'tags are told apart by key, though the schema says they have an order',
    type: 'AWS::GlobalAccelerator::Accelerator',
    desired: { Tags: [tag('b', '2'), tag('a', '1')] },
    live: { Tags: [tag('a', '1'), tag('b', '2')] },
  },
  {
    because: 'an added tag is found in them',
    type: 'AWS::GlobalAccelerator::Accelerator',
    desired: { Tags: [tag('b', '2')] },
    live: { Tags: [tag('a', '1'), tag('b', '2')] },
    drift: ['/Tags/1'],
  },
  {
    because: 'subnets and groups of an attachment have no order',
    type: 'AWS::Events::Rule',
    desired: {
      Targets: [
        {
          Id: 'a',
          Arn: 'x',
          EcsParameters: {
            NetworkConfiguration: {
              AwsVpcConfiguration: { Subnets: ['subnet-2', 'subnet-1'], SecurityGroups: ['sg-2', 'sg-1'] },
            },
          },
        },
      ],
    },
    live: {
      Targets: [
        {
          Id: 'a',
          Arn: 'x',
          EcsParameters: {
            NetworkConfiguration: {
              AwsVpcConfiguration: { Subnets: ['subnet-1', 'subnet-2'], SecurityGroups: ['sg-1', 'sg-2'] },
            },
          },
        },
      ],
    },
  },
  {
    because: 'subnets of an environment have no order',
    type: 'AWS::MWAA::Environment',
    desired: { NetworkConfiguration: { SubnetIds: ['subnet-2', 'subnet-1'], SecurityGroupIds: ['sg-2', 'sg-1'] } },
    live: { NetworkConfiguration: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1', 'sg-2'] } },
  },
  {
    because: 'zones, groups and logs of a cluster have no order',
    type: 'AWS::Neptune::DBCluster',
    desired: {
      AvailabilityZones: ['eu-west-1b', 'eu-west-1a'],
      VpcSecurityGroupIds: ['sg-2', 'sg-1'],
      EnableCloudwatchLogsExports: ['slowquery', 'audit'],
    },
    live: {
      AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
      VpcSecurityGroupIds: ['sg-1', 'sg-2'],
      EnableCloudwatchLogsExports: ['audit', 'slowquery'],
    },
  },
  {
    because: 'IoT sorts the attributes (cdk-real-drift#623)',
    type: 'AWS::IoT::ThingType',
    desired: { ThingTypeProperties: { SearchableAttributes: ['serial', 'model'] } },
    live: { ThingTypeProperties: { SearchableAttributes: ['model', 'serial'] } },
  },
  {
    because: 'who is told of what has no order',
    type: 'AWS::S3::Bucket',
    desired: {
      NotificationConfiguration: {
        LambdaConfigurations: [
          { Event: 's3:ObjectRemoved:*', Function: 'arn:b' },
          { Event: 's3:ObjectCreated:*', Function: 'arn:a' },
        ],
      },
    },
    live: {
      NotificationConfiguration: {
        LambdaConfigurations: [
          { Event: 's3:ObjectCreated:*', Function: 'arn:a' },
          { Event: 's3:ObjectRemoved:*', Function: 'arn:b' },
        ],
      },
    },
  },
  {
    because: 'what a rule filters by has no order, nor have its transitions',
    type: 'AWS::S3::Bucket',
    desired: {
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'r',
            Status: 'Enabled',
            TagFilters: [tag('b', '2'), tag('a', '1')],
            Transitions: [
              { StorageClass: 'GLACIER', TransitionInDays: 90 },
              { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
            ],
          },
        ],
      },
    },
    live: {
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'r',
            Status: 'Enabled',
            TagFilters: [tag('a', '1'), tag('b', '2')],
            Transitions: [
              { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
              { StorageClass: 'GLACIER', TransitionInDays: 90 },
            ],
          },
        ],
      },
    },
  },
  {
    because: 'filters of findings have no order',
    type: 'AWS::SecurityHub::Insight',
    desired: {
      Filters: {
        SeverityLabel: [
          { Comparison: 'EQUALS', Value: 'HIGH' },
          { Comparison: 'EQUALS', Value: 'CRITICAL' },
        ],
      },
    },
    live: {
      Filters: {
        SeverityLabel: [
          { Comparison: 'EQUALS', Value: 'CRITICAL' },
          { Comparison: 'EQUALS', Value: 'HIGH' },
        ],
      },
    },
  },
  {
    because: 'columns that may be read have no order',
    type: 'AWS::LakeFormation::Permissions',
    desired: { Resource: { TableWithColumnsResource: { Name: 't', ColumnNames: ['b', 'a'] } } },
    live: { Resource: { TableWithColumnsResource: { Name: 't', ColumnNames: ['a', 'b'] } } },
  },
  {
    because: 'URLs and providers of a client are sets (cdk-real-drift#303)',
    type: 'AWS::Cognito::UserPoolClient',
    desired: {
      CallbackURLs: ['https://z.example.com', 'https://a.example.com'],
      SupportedIdentityProviders: ['Google', 'COGNITO'],
    },
    live: {
      CallbackURLs: ['https://a.example.com', 'https://z.example.com'],
      SupportedIdentityProviders: ['COGNITO', 'Google'],
    },
  },
  {
    because: 'origins have IDs (coverage-roadmap#1369)',
    type: 'AWS::CloudFront::Distribution',
    desired: {
      DistributionConfig: {
        Origins: [
          { Id: 'web', DomainName: 'w.example.com' },
          { Id: 'api', DomainName: 'a.example.com' },
        ],
      },
    },
    live: {
      DistributionConfig: {
        Origins: [
          { Id: 'api', DomainName: 'a.example.com' },
          { Id: 'web', DomainName: 'w.example.com' },
        ],
      },
    },
  },
  {
    because: 'an origin that moved is found',
    type: 'AWS::CloudFront::Distribution',
    desired: {
      DistributionConfig: {
        Origins: [
          { Id: 'web', DomainName: 'w.example.com' },
          { Id: 'api', DomainName: 'a.example.com' },
        ],
      },
    },
    live: {
      DistributionConfig: {
        Origins: [
          { Id: 'api', DomainName: 'a.example.com' },
          { Id: 'web', DomainName: 'x.example.com' },
        ],
      },
    },
    drift: ['/DistributionConfig/Origins/0/DomainName'],
  },
  {
    because: 'methods and keys of a behaviour are sets',
    type: 'AWS::CloudFront::Distribution',
    desired: {
      DistributionConfig: { DefaultCacheBehavior: { AllowedMethods: ['HEAD', 'GET'], TrustedKeyGroups: ['k2', 'k1'] } },
    },
    live: {
      DistributionConfig: { DefaultCacheBehavior: { AllowedMethods: ['GET', 'HEAD'], TrustedKeyGroups: ['k1', 'k2'] } },
    },
  },
  {
    because: 'a set may be reordered and written as texts at once',
    type: 'AWS::CloudFront::Distribution',
    desired: {
      DistributionConfig: {
        OriginGroups: { Items: [{ Id: 'g', FailoverCriteria: { StatusCodes: { Items: [503, 500] } } }] },
      },
    },
    live: {
      DistributionConfig: {
        OriginGroups: { Items: [{ Id: 'g', FailoverCriteria: { StatusCodes: { Items: ['500', '503'] } } }] },
      },
    },
  },
  {
    because: 'stages of a plan are a set',
    type: 'AWS::ApiGateway::UsagePlan',
    desired: {
      ApiStages: [
        { ApiId: 'b', Stage: 's' },
        { ApiId: 'a', Stage: 's' },
      ],
    },
    live: {
      ApiStages: [
        { ApiId: 'a', Stage: 's' },
        { ApiId: 'b', Stage: 's' },
      ],
    },
  },
  {
    because: 'DNS servers of a directory are a set (cdkd#1096)',
    type: 'AWS::FSx::FileSystem',
    desired: {
      WindowsConfiguration: {
        Aliases: ['b.example.com', 'a.example.com'],
        SelfManagedActiveDirectoryConfiguration: { DnsIps: ['10.0.0.3', '10.0.0.2'] },
      },
    },
    live: {
      WindowsConfiguration: {
        Aliases: ['a.example.com', 'b.example.com'],
        SelfManagedActiveDirectoryConfiguration: { DnsIps: ['10.0.0.2', '10.0.0.3'] },
      },
    },
  },
  {
    because: 'events of a trigger are a set',
    type: 'AWS::CodeDeploy::DeploymentGroup',
    desired: {
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_FAILURE'] },
    },
    live: { AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] } },
  },
  {
    because: 'brokers of a cluster are a set (cdk-real-drift#437)',
    type: 'AWS::Lambda::EventSourceMapping',
    desired: { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-2:9092', 'b-1:9092'] } } },
    live: { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-1:9092', 'b-2:9092'] } } },
  },
  {
    because: 'a broker that was added is found',
    type: 'AWS::Lambda::EventSourceMapping',
    desired: { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-1:9092'] } } },
    live: { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b-3:9092', 'b-1:9092'] } } },
    drift: ['/SelfManagedEventSource/Endpoints/KafkaBootstrapServers/1'],
  },
  {
    because: 'a set of allocations has no order',
    type: 'AWS::Transfer::Server',
    desired: {
      EndpointDetails: { AddressAllocationIds: ['eipalloc-2', 'eipalloc-1'], SubnetIds: ['subnet-2', 'subnet-1'] },
    },
    live: {
      EndpointDetails: { AddressAllocationIds: ['eipalloc-1', 'eipalloc-2'], SubnetIds: ['subnet-1', 'subnet-2'] },
    },
  },
  {
    because: 'who gets an image has no order',
    type: 'AWS::ImageBuilder::DistributionConfiguration',
    desired: {
      Distributions: [{ Region: 'eu-west-1', AmiDistributionConfiguration: { TargetAccountIds: ['2', '1'] } }],
    },
    live: { Distributions: [{ Region: 'eu-west-1', AmiDistributionConfiguration: { TargetAccountIds: ['1', '2'] } }] },
  },
  {
    because: 'ports and addresses that a rule matches have no order',
    type: 'AWS::NetworkFirewall::RuleGroup',
    desired: {
      RuleGroup: {
        RulesSource: { RulesSourceList: { TargetTypes: ['TLS_SNI', 'HTTP_HOST'], Targets: ['.b.com', '.a.com'] } },
      },
    },
    live: {
      RuleGroup: {
        RulesSource: { RulesSourceList: { TargetTypes: ['HTTP_HOST', 'TLS_SNI'], Targets: ['.a.com', '.b.com'] } },
      },
    },
  },
]);
