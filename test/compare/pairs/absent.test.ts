import { tryPairs } from './pairs.js';

// Nothing, its spellings, and numbers and truths as texts.
tryPairs([
  {
    because: 'a blank list parameter is as good as none',
    type: 'AWS::EC2::Instance',
    desired: { ImageId: 'ami-1', SecurityGroupIds: [''] },
    live: { ImageId: 'ami-1', SecurityGroupIds: [] },
  },
  {
    because: 'a blank list parameter is as good as none',
    type: 'AWS::RDS::DBCluster',
    desired: { EnableCloudwatchLogsExports: [''] },
    live: {},
  },
  {
    because: 'a blank element beside others is as good as none',
    type: 'AWS::Lambda::Function',
    desired: { VpcConfig: { SubnetIds: [''], SecurityGroupIds: [''] } },
    live: { VpcConfig: { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false } },
  },
  {
    because: 'what stands there now is found',
    type: 'AWS::RDS::DBCluster',
    desired: { EnableCloudwatchLogsExports: [''] },
    live: { EnableCloudwatchLogsExports: ['audit'] },
    drift: ['/EnableCloudwatchLogsExports/0'],
  },
  {
    because: 'an empty list and none',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    desired: { LoadBalancerNames: [], TerminationPolicies: [] },
    live: {},
  },
  {
    because: 'a switch that is off, and none',
    type: 'AWS::Kinesis::Stream',
    desired: { ShardCount: 1, StreamEncryption: {} },
    live: { ShardCount: 1 },
  },
  {
    because: 'an empty text and none',
    type: 'AWS::S3::Bucket',
    desired: { LifecycleConfiguration: { Rules: [{ Id: 'r', Status: 'Enabled', Prefix: '', ExpirationInDays: 9 }] } },
    live: { LifecycleConfiguration: { Rules: [{ Id: 'r', Status: 'Enabled', ExpirationInDays: 9 }] } },
  },
  {
    because: 'a port is a number',
    type: 'AWS::RDS::DBInstance',
    desired: { Port: 5432, AllocatedStorage: 20, MultiAZ: 'false' },
    live: { Port: '5432', AllocatedStorage: '20', MultiAZ: false },
  },
  {
    because: 'all protocols by number',
    type: 'AWS::EC2::SecurityGroupEgress',
    desired: { IpProtocol: -1, CidrIp: '0.0.0.0/0' },
    live: { IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
  },
  {
    because: 'a truth is a text in a map',
    type: 'AWS::KinesisFirehose::DeliveryStream',
    desired: { ExtendedS3DestinationConfiguration: { BufferingHints: { IntervalInSeconds: '60' } } },
    live: { ExtendedS3DestinationConfiguration: { BufferingHints: { IntervalInSeconds: 60 } } },
  },
  {
    because: 'a number in a map is its text',
    type: 'AWS::Lambda::Function',
    desired: { Environment: { Variables: { PORT: 8080, DEBUG: true } } },
    live: { Environment: { Variables: { PORT: '8080', DEBUG: 'true' } } },
  },
  {
    because: 'an account is a text with its zeros',
    type: 'AWS::Lambda::Permission',
    desired: { FunctionName: 'f', SourceAccount: '012345678901' },
    live: { FunctionName: 'f', SourceAccount: '12345678901' },
    drift: ['/SourceAccount'],
  },
  {
    because: 'Cloud Map tells the namespace in one place alone (cdk-real-drift#1537)',
    type: 'AWS::ServiceDiscovery::Service',
    desired: { NamespaceId: 'ns-1', DnsConfig: { NamespaceId: 'ns-1', DnsRecords: [{ Type: 'A', TTL: 60 }] } },
    live: { NamespaceId: 'ns-1', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: '60' }] } },
    open: ['/DnsConfig/NamespaceId'],
  },
  {
    because: 'a budget’s amount is a number',
    type: 'AWS::Budgets::Budget',
    desired: { Budget: { BudgetLimit: { Amount: 5, Unit: 'USD' } } },
    live: { Budget: { BudgetLimit: { Amount: '5.0', Unit: 'USD' } } },
  },
  {
    because: 'AWS alone gives tags of its own',
    type: 'AWS::ApiGateway::RestApi',
    desired: { Tags: [{ Key: 'a', Value: '1' }] },
    live: {
      Tags: [
        { Key: 'aws:cloudformation:stack-name', Value: 's' },
        { Key: 'a', Value: '1' },
      ],
    },
  },
  {
    because: 'tags of the stack are on its resources',
    type: 'AWS::Glue::Database',
    desired: { DatabaseInput: { Name: 'd' } },
    live: { DatabaseInput: { Name: 'd', Parameters: {} } },
  },
]);
