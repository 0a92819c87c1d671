import { tryPairs } from './pairs.js';

const lines = (...texts: string[]) => texts.join('\n');

// Documents in whatever notation, with their keys in whatever order.
tryPairs([
  {
    because: 'a dashboard is JSON in a text',
    type: 'AWS::CloudWatch::Dashboard',
    desired: { DashboardBody: '{ "widgets": [ { "type": "text", "width": 6 } ], "start": "-PT1H" }' },
    live: { DashboardBody: '{"start":"-PT1H","widgets":[{"width":6,"type":"text"}]}' },
  },
  {
    because: 'widgets stand in an order',
    type: 'AWS::CloudWatch::Dashboard',
    desired: { DashboardBody: '{"widgets":[{"type":"text"},{"type":"metric"}]}' },
    live: { DashboardBody: '{"widgets":[{"type":"metric"},{"type":"text"}]}' },
    drift: ['/DashboardBody'],
  },
  {
    because: 'rules of an insight are JSON in a text',
    type: 'AWS::CloudWatch::InsightRule',
    desired: { RuleBody: '{"Schema": {"Name": "CloudWatchLogRule", "Version": 1}}' },
    live: { RuleBody: '{"Schema":{"Version":1,"Name":"CloudWatchLogRule"}}' },
  },
  {
    because: 'mappings are JSON in a text',
    type: 'AWS::DMS::ReplicationTask',
    desired: { TableMappings: '{ "rules": [ { "rule-id": "1", "rule-type": "selection" } ] }' },
    live: { TableMappings: '{"rules":[{"rule-type":"selection","rule-id":"1"}]}' },
  },
  {
    because: 'DMS adds the settings that nobody gave (coverage-roadmap#2563)',
    type: 'AWS::DMS::ReplicationTask',
    desired: {
      ReplicationTaskSettings:
        '{"Logging":{"EnableLogging":true,"LogComponents":[{"Id":"SORTER","Severity":"LOGGER_SEVERITY_DEFAULT"},{"Id":"DATA_STRUCTURE","Severity":"LOGGER_SEVERITY_DEFAULT"}]}}',
    },
    live: {
      ReplicationTaskSettings:
        '{"Logging":{"EnableLogging":true,"LogComponents":[{"Severity":"LOGGER_SEVERITY_DEFAULT","Id":"DATA_STRUCTURE"},{"Severity":"LOGGER_SEVERITY_DEFAULT","Id":"SORTER"},{"Severity":"LOGGER_SEVERITY_DEFAULT","Id":"TASK_MANAGER"}],"CloudWatchLogGroup":null},"ErrorBehavior":{"DataErrorPolicy":"LOG_ERROR"}}',
    },
  },
  {
    because: 'a setting that was given is compared',
    type: 'AWS::DMS::ReplicationTask',
    desired: { ReplicationTaskSettings: '{"Logging":{"EnableLogging":true}}' },
    live: { ReplicationTaskSettings: '{"Logging":{"EnableLogging":false},"FullLoadSettings":{"CommitRate":10000}}' },
    drift: ['/ReplicationTaskSettings'],
  },
  {
    because: 'a configuration is JSON in a text',
    type: 'AWS::Glue::Crawler',
    desired: { Configuration: '{"Version": 1.0, "Grouping": {"TableLevelConfiguration": 2}}' },
    live: { Configuration: '{"Grouping":{"TableLevelConfiguration":2},"Version":1.0}' },
  },
  {
    because: 'rules of a lifecycle are JSON in a text',
    type: 'AWS::ECR::Repository',
    desired: {
      LifecyclePolicy: {
        LifecyclePolicyText: lines('{ "rules": [', ' {"rulePriority": 1, "action": {"type": "expire"}}', ']}', ''),
      },
    },
    live: { LifecyclePolicy: { LifecyclePolicyText: '{"rules":[{"action":{"type":"expire"},"rulePriority":1}]}' } },
  },
  {
    because: 'a policy is an object and comes back as text',
    type: 'AWS::SQS::Queue',
    desired: { RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111111111111:dead', maxReceiveCount: 5 } },
    live: { RedrivePolicy: '{"maxReceiveCount":"5","deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111111111111:dead"}' },
  },
  {
    because: 'a filter is an object and comes back as text',
    type: 'AWS::SNS::Subscription',
    desired: { Protocol: 'sqs', FilterPolicy: { tier: ['gold', 'silver'] } },
    live: { Protocol: 'sqs', FilterPolicy: '{"tier":["gold","silver"]}' },
  },
  {
    because: 'a pattern is an object; its keys have no order',
    type: 'AWS::Events::Rule',
    desired: { EventPattern: { source: ['aws.ec2'], detail: { state: ['running'] } } },
    live: { EventPattern: { detail: { state: ['running'] }, source: ['aws.ec2'] } },
  },
  {
    because: 'another pattern is another rule',
    type: 'AWS::Events::Rule',
    desired: { EventPattern: { source: ['aws.ec2'] } },
    live: { EventPattern: { source: ['aws.ec2'], detail: { state: ['running'] } } },
    drift: ['/EventPattern/detail'],
  },
  {
    because: 'YAML comes back as JSON',
    type: 'AWS::SSM::Document',
    desired: {
      DocumentFormat: 'YAML',
      Content: lines("schemaVersion: '2.2'", 'mainSteps:', '- name: run', '  action: aws:runShellScript', ''),
    },
    live: {
      DocumentFormat: 'JSON',
      Content: '{"mainSteps":[{"action":"aws:runShellScript","name":"run"}],"schemaVersion":"2.2"}',
    },
  },
  {
    because: 'an object comes back as an object',
    type: 'AWS::SSM::Document',
    desired: { Content: { schemaVersion: '2.2', mainSteps: [{ name: 'run', inputs: { timeoutSeconds: 60 } }] } },
    live: { Content: { mainSteps: [{ inputs: { timeoutSeconds: '60' }, name: 'run' }], schemaVersion: '2.2' } },
  },
  {
    because: 'steps of a document run in their order',
    type: 'AWS::SSM::Document',
    desired: { Content: { schemaVersion: '2.2', mainSteps: [{ name: 'a' }, { name: 'b' }] } },
    live: { Content: { schemaVersion: '2.2', mainSteps: [{ name: 'b' }, { name: 'a' }] } },
    drift: ['/Content/mainSteps/0/name', '/Content/mainSteps/1/name'],
  },
  {
    because: 'a state machine is JSON in a text',
    type: 'AWS::StepFunctions::StateMachine',
    desired: {
      DefinitionString: lines('{', '  "StartAt": "${First}",', '  "States": {}', '}'),
      DefinitionSubstitutions: { First: 'A' },
    },
    live: { DefinitionString: '{"States":{},"StartAt":"A"}' },
    open: ['/DefinitionSubstitutions'],
  },
  {
    because: 'an analysis template is JSON in a text',
    type: 'AWS::SageMaker::Pipeline',
    desired: { PipelineDefinition: { PipelineDefinitionBody: '{"Version": "2020-12-01", "Steps": []}' } },
    live: { PipelineDefinition: { PipelineDefinitionBody: '{"Steps":[],"Version":"2020-12-01"}' } },
  },
  {
    because: 'a model is an object and comes back as text',
    type: 'AWS::ApiGateway::Model',
    desired: { Schema: { type: 'object', properties: { id: { type: 'string' } } } },
    live: { Schema: '{"properties":{"id":{"type":"string"}},"type":"object"}' },
  },
  {
    because: 'a rule’s parameters are an object and come back as text',
    type: 'AWS::Config::ConfigRule',
    desired: { InputParameters: { maxAccessKeyAge: 90 }, Source: { Owner: 'AWS', SourceIdentifier: 'X' } },
    live: { InputParameters: '{"maxAccessKeyAge":"90"}', Source: { Owner: 'AWS', SourceIdentifier: 'X' } },
  },
  {
    because: 'categories are JSON in a text, their rules in an order',
    type: 'AWS::CE::CostCategory',
    desired: { Rules: '[{"Value":"a","Rule":{"Tags":{"Key":"t"}}},{"Value":"b"}]' },
    live: { Rules: '[{"Value":"b"},{"Value":"a","Rule":{"Tags":{"Key":"t"}}}]' },
    drift: ['/Rules'],
  },
  {
    because: 'a contact flow is JSON in a text',
    type: 'AWS::Connect::ContactFlow',
    desired: { Content: '{"Version": "2019-10-30", "Actions": []}' },
    live: { Content: '{"Actions":[],"Version":"2019-10-30"}' },
  },
  {
    because: 'a build specification is a text, but for the newline at its end',
    type: 'AWS::CodeBuild::Project',
    desired: { Source: { Type: 'NO_SOURCE', BuildSpec: lines('version: 0.2', 'phases: {}', '') } },
    live: { Source: { Type: 'NO_SOURCE', BuildSpec: lines('version: 0.2', 'phases: {}') } },
  },
  {
    because: 'a schema is a text, but for the newline at its end',
    type: 'AWS::AppSync::GraphQLSchema',
    desired: { Definition: lines('type Query {', '  a: String', '}', '') },
    live: { Definition: lines('type Query {', '  a: String', '}') },
  },
  {
    because: 'add-ons lose the newline, and their values are JSON or YAML',
    type: 'AWS::EKS::Addon',
    desired: { ConfigurationValues: lines('replicaCount: 2', '') },
    live: { ConfigurationValues: 'replicaCount: 2' },
  },
  {
    because: 'a queue’s priorities are JSON in a parameter',
    type: 'AWS::Redshift::ClusterParameterGroup',
    desired: {
      Parameters: [
        { ParameterName: 'wlm_json_configuration', ParameterValue: '[ {"query_concurrency": 5, "user_group": []} ]' },
      ],
    },
    live: {
      Parameters: [
        { ParameterName: 'wlm_json_configuration', ParameterValue: '[{"user_group":[],"query_concurrency":5}]' },
      ],
    },
  },
]);
