import { tryPairs } from './pairs.js';

const parameter = (ParameterName: string, ParameterValue: string) => ({ ParameterName, ParameterValue });
const processing = (Parameters: ReturnType<typeof parameter>[]) => ({
  ExtendedS3DestinationConfiguration: {
    BucketARN: 'arn:aws:s3:::b',
    ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters }] },
  },
});

// What a service fills, and what it does not.
tryPairs([
  {
    because: 'Firehose adds how often a function is tried again (cdk-real-drift#340)',
    type: 'AWS::KinesisFirehose::DeliveryStream',
    desired: processing([parameter('LambdaArn', 'arn:f'), parameter('BufferSizeInMBs', '1')]),
    live: processing([
      parameter('BufferSizeInMBs', '1'),
      parameter('NumberOfRetries', '3'),
      parameter('LambdaArn', 'arn:f'),
    ]),
  },
  {
    because: 'a parameter that was given is compared',
    type: 'AWS::KinesisFirehose::DeliveryStream',
    desired: processing([parameter('BufferSizeInMBs', '1')]),
    live: processing([parameter('BufferSizeInMBs', '3'), parameter('NumberOfRetries', '3')]),
    drift: ['/ExtendedS3DestinationConfiguration/ProcessingConfiguration/Processors/0/Parameters/0/ParameterValue'],
  },
  {
    because: 'GuardDuty tells the status of every feature (API reference, GetDetector)',
    type: 'AWS::GuardDuty::Detector',
    desired: {
      Enable: true,
      Features: [
        {
          Name: 'RUNTIME_MONITORING',
          Status: 'ENABLED',
          AdditionalConfiguration: [{ Name: 'EKS_ADDON_MANAGEMENT', Status: 'ENABLED' }],
        },
      ],
    },
    live: {
      Enable: true,
      Features: [
        { Name: 'S3_DATA_EVENTS', Status: 'DISABLED' },
        {
          Name: 'RUNTIME_MONITORING',
          Status: 'ENABLED',
          AdditionalConfiguration: [
            { Name: 'ECS_FARGATE_AGENT_MANAGEMENT', Status: 'DISABLED' },
            { Name: 'EKS_ADDON_MANAGEMENT', Status: 'ENABLED' },
          ],
        },
      ],
    },
  },
  {
    because: 'a feature that was turned off',
    type: 'AWS::GuardDuty::Detector',
    desired: { Enable: true, Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }] },
    live: {
      Enable: true,
      Features: [
        { Name: 'S3_DATA_EVENTS', Status: 'DISABLED' },
        { Name: 'EKS_AUDIT_LOGS', Status: 'ENABLED' },
      ],
    },
    drift: ['/Features/0/Status'],
  },
  {
    because: 'load balancers return all attributes',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    desired: { TargetGroupAttributes: [{ Key: 'stickiness.enabled', Value: true }] },
    live: {
      TargetGroupAttributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: '300' },
        { Key: 'stickiness.enabled', Value: 'true' },
      ],
    },
  },
  {
    because: 'listeners return all attributes',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    desired: { ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '60' }] },
    live: {
      ListenerAttributes: [
        { Key: 'routing.http.response.server.enabled', Value: 'true' },
        { Key: 'tcp.idle_timeout.seconds', Value: '60' },
      ],
    },
  },
  {
    because: 'environments return all settings',
    type: 'AWS::ElasticBeanstalk::Environment',
    desired: { OptionSettings: [{ Namespace: 'aws:autoscaling:asg', OptionName: 'MaxSize', Value: 4 }] },
    live: {
      OptionSettings: [
        { Namespace: 'aws:autoscaling:asg', OptionName: 'MinSize', Value: '1' },
        { Namespace: 'aws:autoscaling:asg', OptionName: 'MaxSize', Value: '4' },
      ],
    },
  },
  {
    because: 'the service adds options of its own',
    type: 'AWS::RDS::OptionGroup',
    desired: {
      OptionConfigurations: [{ OptionName: 'TDE', OptionSettings: [{ Name: 'A', Value: '1' }] }],
    },
    live: {
      OptionConfigurations: [
        {
          OptionName: 'TDE',
          OptionSettings: [
            { Name: 'B', Value: 'x' },
            { Name: 'A', Value: '1' },
          ],
        },
      ],
    },
  },
  {
    because: 'an option that somebody added is none of the service’s',
    type: 'AWS::RDS::OptionGroup',
    desired: { OptionConfigurations: [{ OptionName: 'TDE' }] },
    live: { OptionConfigurations: [{ OptionName: 'TDE' }, { OptionName: 'SQLSERVER_AUDIT' }] },
    drift: ['/OptionConfigurations/1'],
  },
  {
    because: 'a crawler keeps its notes',
    type: 'AWS::Glue::Table',
    desired: { DatabaseName: 'd', TableInput: { Name: 't', Parameters: { classification: 'json' } } },
    live: {
      DatabaseName: 'd',
      TableInput: { Name: 't', Parameters: { classification: 'json', CrawlerSchemaSerializerVersion: '1.0' } },
    },
  },
  {
    because: 'standard claims are returned as well',
    type: 'AWS::Cognito::UserPool',
    desired: { Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: true }] },
    live: {
      Schema: [
        { Name: 'sub', AttributeDataType: 'String', Mutable: false },
        { Name: 'tenant', AttributeDataType: 'String', Mutable: true },
      ],
    },
  },
  {
    because: 'cluster settings are the author’s',
    type: 'AWS::ECS::Cluster',
    desired: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] },
    live: { ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] },
    drift: ['/ClusterSettings/0/Value'],
  },
  {
    because: 'variables are the author’s',
    type: 'AWS::Amplify::App',
    desired: { EnvironmentVariables: [{ Name: 'A', Value: '1' }] },
    live: {
      EnvironmentVariables: [
        { Name: 'A', Value: '1' },
        { Name: 'B', Value: '2' },
      ],
    },
    drift: ['/EnvironmentVariables/1'],
  },
  {
    because: 'labels are the author’s',
    type: 'AWS::EKS::Nodegroup',
    desired: { Labels: { team: 'shop' } },
    live: { Labels: { team: 'shop', tier: 'web' } },
    drift: ['/Labels/tier'],
  },
  {
    because: 'options of a log driver are the author’s',
    type: 'AWS::ECS::TaskDefinition',
    desired: {
      ContainerDefinitions: [
        { Name: 'w', LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'g' } } },
      ],
    },
    live: {
      ContainerDefinitions: [
        { Name: 'w', LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'g', mode: 'blocking' } } },
      ],
    },
    drift: ['/ContainerDefinitions/0/LogConfiguration/Options/mode'],
  },
]);
