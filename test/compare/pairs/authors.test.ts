import { tryPairs } from './pairs.js';

const key = 'Key';

// What the author wrote under their own names, and their own sentences: as it was written.
tryPairs([
  ...(
    [
      ['1.10', '1.1'],
      ['True', 'true'],
      ['arn:aws:sqs:eu-west-1:111111111111:jobs', 'jobs'],
      ['db.example.com.', 'db.example.com'],
      ['rate(60 minutes)', 'rate(1 hour)'],
      ['PT60M', 'PT1H'],
      ['2GB', '2048'],
      ['{"a": 1}', '{"a":1}'],
      ['line\n', 'line'],
      ['10.0.0.5/24', '10.0.0.0/24'],
      ['Prod', 'prod'],
      ['/in/', '/in'],
      ['007', '7'],
      ['ON', '1'],
    ] as const
  ).flatMap(([desired, live]) => [
    {
      because: `a variable says ${JSON.stringify(desired)}`,
      type: 'AWS::CodeBuild::Project',
      desired: { Environment: { EnvironmentVariables: [{ Name: 'V', Value: desired }] } },
      live: { Environment: { EnvironmentVariables: [{ Name: 'V', Value: live }] } },
      drift: ['/Environment/EnvironmentVariables/0/Value'],
    },
    {
      because: `a label says ${JSON.stringify(desired)}`,
      type: 'AWS::ECS::TaskDefinition',
      desired: { ContainerDefinitions: [{ Name: 'w', DockerLabels: { V: desired } }] },
      live: { ContainerDefinitions: [{ Name: 'w', DockerLabels: { V: live } }] },
      drift: ['/ContainerDefinitions/0/DockerLabels/V'],
    },
    {
      because: `a tag in a map says ${JSON.stringify(desired)}`,
      type: 'AWS::ApiGatewayV2::Api',
      desired: { Tags: { Version: desired } },
      live: { Tags: { Version: live } },
      drift: ['/Tags/Version'],
    },
    {
      because: `a document says ${JSON.stringify(desired)}`,
      type: 'AWS::AppConfig::HostedConfigurationVersion',
      desired: { Content: desired, ContentType: 'text/plain' },
      live: { Content: live, ContentType: 'text/plain' },
      // It is a text of its own, of which nothing is known.
      drift: desired.startsWith('{') || desired.endsWith('\n') ? [] : ['/Content'],
    },
  ]),
  {
    because: 'a key named like a declared one is the author’s',
    type: 'AWS::Batch::JobDefinition',
    desired: { Parameters: { Type: 'Full', Role: 'arn:aws:iam::111111111111:role/etl' } },
    live: { Parameters: { Type: 'full', Role: 'etl' } },
    drift: ['/Parameters/Type', '/Parameters/Role'],
  },
  {
    because: 'arguments of a job are the author’s',
    type: 'AWS::Glue::Job',
    desired: { DefaultArguments: { '--Name': 'Orders', '--TempDir': 's3://b/tmp/', '--enable-metrics': true } },
    live: { DefaultArguments: { '--Name': 'orders', '--TempDir': 's3://b/tmp', '--enable-metrics': 'true' } },
    drift: ['/DefaultArguments/--Name', '/DefaultArguments/--TempDir'],
  },
  {
    because: 'an added argument is found',
    type: 'AWS::Glue::Job',
    desired: { DefaultArguments: { '--a': '1' } },
    live: { DefaultArguments: { '--a': '1', '--b': '2' } },
    drift: ['/DefaultArguments/--b'],
  },
  {
    because: 'a description is a sentence',
    type: 'AWS::EC2::PrefixList',
    desired: { Entries: [{ Cidr: '10.0.0.0/8', Description: 'Office' }] },
    live: { Entries: [{ Cidr: '10.0.0.0/8', Description: 'office' }] },
    drift: ['/Entries/0/Description'],
  },
  {
    because: 'a comment is a sentence',
    type: 'AWS::CloudFront::Distribution',
    desired: { DistributionConfig: { Comment: 'Shop 1.10' } },
    live: { DistributionConfig: { Comment: 'Shop 1.1' } },
    drift: ['/DistributionConfig/Comment'],
  },
  {
    because: 'a display name is the author’s',
    type: 'AWS::SNS::Topic',
    desired: { DisplayName: 'Orders' },
    live: { DisplayName: 'orders' },
    drift: ['/DisplayName'],
  },
  {
    because: 'stage variables are the author’s',
    type: 'AWS::ApiGateway::Stage',
    desired: { Variables: { host: 'API.example.com' } },
    live: { Variables: { host: 'api.example.com' } },
    drift: ['/Variables/host'],
  },
  {
    because: 'a mapping is the author’s',
    type: 'AWS::ApiGateway::Method',
    desired: { Integration: { Type: 'HTTP', RequestParameters: { 'integration.request.header.X': "'Abc'" } } },
    live: { Integration: { Type: 'HTTP', RequestParameters: { 'integration.request.header.X': "'abc'" } } },
    drift: ['/Integration/RequestParameters/integration.request.header.X'],
  },
  {
    because: 'a configuration of an action is the author’s',
    type: 'AWS::CodePipeline::Pipeline',
    desired: {
      Stages: [
        { Name: 's', Actions: [{ Name: 'a', Configuration: { BranchName: 'Main', PollForSourceChanges: false } }] },
      ],
    },
    live: {
      Stages: [
        { Name: 's', Actions: [{ Name: 'a', Configuration: { BranchName: 'main', PollForSourceChanges: 'false' } }] },
      ],
    },
    drift: ['/Stages/0/Actions/0/Configuration/BranchName'],
  },
  {
    because: 'attributes of a thing are the author’s',
    type: 'AWS::IoT::Thing',
    desired: { AttributePayload: { Attributes: { Model: 'X1' } } },
    live: { AttributePayload: { Attributes: { Model: 'x1' } } },
    drift: ['/AttributePayload/Attributes/Model'],
  },
  {
    because: 'a statement in SQL is the author’s',
    type: 'AWS::IoT::TopicRule',
    desired: { TopicRulePayload: { Sql: "SELECT * FROM 'Shop/+'" } },
    live: { TopicRulePayload: { Sql: "SELECT * FROM 'shop/+'" } },
    drift: ['/TopicRulePayload/Sql'],
  },
  {
    because: 'a value of a dimension is the author’s',
    type: 'AWS::CloudWatch::Alarm',
    desired: { Dimensions: [{ Name: 'TableName', Value: 'Orders' }] },
    live: { Dimensions: [{ Name: 'TableName', Value: 'orders' }] },
    drift: ['/Dimensions/0/Value'],
  },
  {
    because: 'a path has a case',
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    desired: { HealthCheckPath: '/Health/' },
    live: { HealthCheckPath: '/health' },
    drift: ['/HealthCheckPath'],
  },
  {
    because: 'a default of a user is the author’s',
    type: 'AWS::SSM::Parameter',
    desired: { Type: 'String', Value: '{"a": 1}' },
    live: { Type: 'String', Value: '{"a":1}' },
    drift: ['/Value'],
  },
  {
    because: 'a parameter of a nested stack is the author’s',
    type: 'AWS::CloudFormation::StackSet',
    desired: { Parameters: [{ ParameterKey: 'Env', ParameterValue: 'Prod' }] },
    live: { Parameters: [{ ParameterKey: 'Env', ParameterValue: 'prod' }] },
    drift: ['/Parameters/0/ParameterValue'],
  },
  {
    because: 'another alias of a key is what a tag says',
    type: 'AWS::S3::Bucket',
    desired: { Tags: [{ Key: key, Value: 'alias/app' }] },
    live: { Tags: [{ Key: key, Value: 'alias/other' }] },
    drift: ['/Tags/0/Value'],
  },
]);
