import { get, type MapNode, type Node, section, stringOf } from '../../../syntax/node.js';
import { declaredResources, declaredTypes } from '../template/declared-resources.js';
import type { Template } from '../template/parse.js';
import { serverlessKind } from './owners.js';

/** The types of what is deployed of a template, as far as that stands in it: SAM's are those that SAM makes. Sorted. */
export function deployedTypes(template: Template): string[] {
  const { root } = template;
  const written = declaredTypes(template).filter((type) => serverlessKind(type) === undefined);
  const made = declaredResources({ root }).flatMap((resource) => madeOf(resource, root));
  return [...new Set([...written, ...made])].sort();
}

function madeOf(resource: Node, root: MapNode): string[] {
  const kind = serverlessKind(stringOf(get(resource, 'Type'))) ?? '';
  const own = [get(resource, 'Properties'), get(section(root, 'Globals'), kind)];
  const asked = own.flatMap((each) => (each?.kind === 'map' ? each.entries : []));
  const properties = PROPERTIES.get(kind) ?? {};
  return [
    ...(ALWAYS.get(kind) ?? []),
    ...asked.flatMap(({ key }) => properties[key] ?? []),
    ...asked.flatMap(({ key, value }) => (key === 'Events' ? eventTypes(value) : [])),
    ...(get(resource, 'Connectors') === undefined ? [] : (ALWAYS.get('Connector') ?? [])),
  ];
}

function eventTypes(events: Node): string[] {
  const each = events.kind === 'map' ? events.entries.map(({ value }) => value) : [];
  return each.flatMap((event) => {
    const own = get(event, 'Properties');
    const queue = MAKES_QUEUE.some((key) => get(own, key) !== undefined);
    return [...(EVENTS[stringOf(get(event, 'Type')) ?? ''] ?? MAPPED), ...(queue ? QUEUE : [])];
  });
}

/** Properties of events for which SAM makes a queue where none is named. */
const MAKES_QUEUE = ['DeadLetterConfig', 'SqsSubscription'];
const QUEUE = ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'];

const PERMISSION = 'AWS::Lambda::Permission';
const ROLE = 'AWS::IAM::Role';
const REST_DOMAIN = ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::BasePathMapping', 'AWS::Route53::RecordSetGroup'];
const HTTP_DOMAIN = ['AWS::ApiGatewayV2::DomainName', 'AWS::ApiGatewayV2::ApiMapping', 'AWS::Route53::RecordSetGroup'];
const REST_API = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'];
const HTTP_API = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage'];
const USAGE = ['AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::UsagePlanKey', 'AWS::ApiGateway::ApiKey'];

/**
 * What SAM makes of each kind of its resources
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html).
 */
const ALWAYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Api', REST_API],
  ['Application', ['AWS::CloudFormation::Stack']],
  ['CapacityProvider', ['AWS::Lambda::CapacityProvider', ROLE]],
  ['Connector', ['AWS::IAM::ManagedPolicy', PERMISSION, 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy']],
  ['Function', ['AWS::Lambda::Function', ROLE]],
  ['GraphQLApi', ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::GraphQLSchema', ROLE]],
  ['HttpApi', HTTP_API],
  ['LayerVersion', ['AWS::Lambda::LayerVersion']],
  ['SimpleTable', ['AWS::DynamoDB::Table']],
  ['StateMachine', ['AWS::StepFunctions::StateMachine', ROLE]],
  ['WebSocketApi', [...HTTP_API, 'AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Route', PERMISSION]],
]);

/** What more it makes where a property asks for it. */
const PROPERTIES: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> = new Map([
  ['Api', { Auth: [PERMISSION, ...USAGE], Domain: REST_DOMAIN }],
  [
    'Function',
    {
      AutoPublishAlias: ['AWS::Lambda::Alias', 'AWS::Lambda::Version'],
      DeploymentPreference: ['AWS::CodeDeploy::Application', 'AWS::CodeDeploy::DeploymentGroup'],
      EventInvokeConfig: ['AWS::Lambda::EventInvokeConfig', 'AWS::SNS::Topic', 'AWS::SQS::Queue'],
      FunctionUrlConfig: ['AWS::Lambda::Url', PERMISSION],
    },
  ],
  [
    'GraphQLApi',
    {
      ApiKeys: ['AWS::AppSync::ApiKey'],
      Auth: [PERMISSION],
      Cache: ['AWS::AppSync::ApiCache'],
      DataSources: ['AWS::AppSync::DataSource', 'AWS::IAM::ManagedPolicy'],
      DomainName: ['AWS::AppSync::DomainName', 'AWS::AppSync::DomainNameApiAssociation'],
      Functions: ['AWS::AppSync::FunctionConfiguration'],
      Resolvers: ['AWS::AppSync::Resolver'],
    },
  ],
  ['HttpApi', { Auth: [PERMISSION], Domain: HTTP_DOMAIN }],
  [
    'StateMachine',
    { AutoPublishAlias: ['AWS::StepFunctions::StateMachineAlias', 'AWS::StepFunctions::StateMachineVersion'] },
  ],
  ['WebSocketApi', { Auth: ['AWS::ApiGatewayV2::Authorizer', PERMISSION], Domain: HTTP_DOMAIN }],
]);

/** An event that is read from a stream or a queue. */
const MAPPED = ['AWS::Lambda::EventSourceMapping'];

/** What SAM makes of each type of event, where that is more than an event source mapping. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  AlexaSkill: [PERMISSION],
  Api: [...REST_API, PERMISSION, ROLE],
  CloudWatchEvent: ['AWS::Events::Rule', PERMISSION, ROLE],
  CloudWatchLogs: ['AWS::Logs::SubscriptionFilter', PERMISSION],
  Cognito: [PERMISSION],
  EventBridgeRule: ['AWS::Events::Rule', PERMISSION, ROLE],
  HttpApi: [...HTTP_API, PERMISSION],
  IoTRule: ['AWS::IoT::TopicRule', PERMISSION],
  S3: [PERMISSION],
  Schedule: ['AWS::Events::Rule', PERMISSION, ROLE],
  ScheduleV2: ['AWS::Scheduler::Schedule', ROLE],
  SNS: ['AWS::SNS::Subscription', PERMISSION, ...MAPPED],
};
