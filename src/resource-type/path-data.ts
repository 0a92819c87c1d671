import type { MeaningName } from './meaning.js';

/**
 * What an observation says of a place: its meaning, or one of these.
 * `set`, `ordered`: how its list is compared; `bag`: the service fills it, so that only declared members are compared.
 * `unreturned`: absence from the live model says nothing; `unfaithful`: nor does a difference.
 * `unset-when-empty`: an empty declaration leaves the service's default. `key-case`: keys come back in another case.
 */
export type PathRule =
  | MeaningName
  | 'set'
  | 'ordered'
  | 'bag'
  | 'unreturned'
  | 'unfaithful'
  | 'unset-when-empty'
  | 'key-case';

export interface PathFact {
  /** A type, or a prefix ending in `*`. */
  type: string;
  /** A pointer; `*` stands for one segment, `*Suffix` for one that ends so, `**` at the start for any number. */
  path: string;
  rule: PathRule;
  /** What was seen, or is documented, that justifies it. */
  because: string;
}

/** Several places of a type, for one reason. */
function facts(type: string, rule: PathRule, because: string, paths: readonly string[]): PathFact[] {
  return paths.map((path) => ({ type, path, rule, because }));
}

const lowered =
  'the service stores identifiers in lower case and returns them so (its API reference; seen at RDS, DMS, Redshift)';
/** Services whose identifiers are stored in lower case, whatever they are given. */
const LOWERING = ['RDS', 'DocDB', 'Neptune', 'Redshift', 'RedshiftServerless', 'DMS', 'ElastiCache', 'MemoryDB', 'DAX'];
/** How those services name what identifies things of theirs. */
const IDENTIFIERS = [
  ...['*Identifier', '*Identifiers/*', '*GroupName', '*GroupNames/*', '*GroupId', '*GroupIds/*', '*ClusterName'],
  ...['*ClusterId', '*CacheName', '*ProxyName', '*SnapshotName', '*WorkgroupName', '*NamespaceName', '*UserId'],
  ...['*UserIds/*', '*SecurityGroups/*', 'ACLName', 'UserName'],
].map((name) => `/**/${name}`);

const attached = 'others may attach the policy too; the resource only vouches for its own attachments';
const byId = 'the API keeps these configurations by Id and returns them in its own order';
const dns = 'a DNS name: no case (RFC 4343), with or without the final dot (RFC 1034)';
const inTurn = 'they run, match or are tried in this order, though the schema marks the list unordered';
const positions = 'each stands for the field at its position, though the schema marks the list unordered';
const filled = 'the service adds its own members; the template names a few';

export const PATH_FACTS: readonly PathFact[] = [
  {
    type: 'AWS::AppSync::ApiKey',
    path: '/Expires',
    rule: 'whole-hour',
    because: 'the service rounds down to the hour (AppSync API reference)',
  },
  {
    type: 'AWS::CE::CostCategory',
    path: '/Rules/*',
    rule: 'bag',
    because: 'each rule comes back with its default Type',
  },
  {
    type: 'AWS::CloudTrail::Trail',
    path: '/EventSelectors',
    rule: 'unset-when-empty',
    because: 'a trail without selectors has the default one',
  },
  {
    type: 'AWS::Cognito::UserPool',
    path: '/Schema',
    rule: 'bag',
    because: 'the standard attributes are returned as well',
  },
  {
    type: 'AWS::Cognito::UserPoolUser',
    path: '/UserAttributes',
    rule: 'bag',
    because: 'sub and others are added by the service',
  },
  {
    type: 'AWS::Cognito::UserPoolIdentityProvider',
    path: '/ProviderDetails',
    rule: 'bag',
    because: 'details read from the metadata are added',
  },
  {
    type: 'AWS::DataBrew::Recipe',
    path: '/Steps/*/Action/Parameters',
    rule: 'key-case',
    because: 'sourceColumn comes back as SourceColumn',
  },
  { type: 'AWS::EC2::PrefixList', path: '/Entries', rule: 'set', because: 'an entry is its CIDR; EC2 sorts them' },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    path: '/Actions/*/TargetGroupArn',
    rule: 'unreturned',
    because: 'weighted forwarding comes back as ForwardConfig alone',
  },
  { type: 'AWS::IAM::ManagedPolicy', path: '/Groups', rule: 'bag', because: attached },
  { type: 'AWS::IAM::ManagedPolicy', path: '/Roles', rule: 'bag', because: attached },
  { type: 'AWS::IAM::ManagedPolicy', path: '/Users', rule: 'bag', because: attached },
  {
    type: 'AWS::Redshift::Cluster',
    path: '/Port',
    rule: 'unreturned',
    because: 'the port comes back in Endpoint only',
  },
  {
    type: 'AWS::Route53::*',
    path: '/**/ResourceRecords',
    rule: 'set',
    because: 'the values of a record set have no order (RFC 2181, section 5)',
  },
  { type: 'AWS::S3::Bucket', path: '/AnalyticsConfigurations', rule: 'set', because: byId },
  { type: 'AWS::S3::Bucket', path: '/IntelligentTieringConfigurations', rule: 'set', because: byId },
  { type: 'AWS::S3::Bucket', path: '/InventoryConfigurations', rule: 'set', because: byId },
  { type: 'AWS::S3::Bucket', path: '/MetricsConfigurations', rule: 'set', because: byId },
  {
    type: 'AWS::WAFv2::*',
    path: '/**/SingleHeader/*ame',
    rule: 'header-name',
    because: 'header names have no case; they come back in lower case',
  },
  {
    type: 'AWS::WAFv2::*',
    path: '/**/SingleQueryArgument/*ame',
    rule: 'header-name',
    because: 'WAF matches arguments in lower case and returns them so',
  },
  ...LOWERING.flatMap((service) => facts(`AWS::${service}::*`, 'lower-identifier', lowered, [...IDENTIFIERS, '/Name'])),
  ...facts('AWS::Route53::*', 'dns-name', dns, ['/**/DNSName', '/**/Name']),
  ...facts('AWS::Route53Resolver::*', 'dns-name', dns, ['/**/DomainName', '/Domains/*']),
  ...facts('AWS::ServiceDiscovery::*', 'dns-name', dns, ['/Name']),
  ...facts('AWS::CloudFront::*', 'dns-name', dns, ['/DistributionConfig/Aliases/*', '/DistributionConfig/CNAMEs/*']),
  ...facts('AWS::CertificateManager::Certificate', 'dns-name', dns, ['/SubjectAlternativeNames/*']),
  ...facts('AWS::SES::EmailIdentity', 'dns-name', dns, ['/EmailIdentity']),
  ...facts('AWS::ElasticLoadBalancingV2::*', 'dns-name', dns, ['/**/HostHeaderConfig/Values/*']),
  ...['RDS', 'DocDB', 'Neptune', 'MemoryDB', 'DAX'].flatMap((service) =>
    facts(`AWS::${service}::*`, 'engine-parameter', 'engines return ON and true as 1 (seen: RDS for MySQL)', [
      '/Parameters/*',
      '/ParameterNameValues/*',
      '/OptionConfigurations/*/OptionSettings/*/Value',
    ]),
  ),
  ...facts('AWS::ElastiCache::*', 'engine-parameter', 'as RDS', ['/Properties/*']),
  ...facts('AWS::Redshift::*', 'engine-parameter', 'as RDS', ['/Parameters/*/ParameterValue']),
  ...facts('AWS::WAFv2::*', 'key-case', 'name comes back as Name (seen)', [
    '/**/SingleHeader',
    '/**/SingleQueryArgument',
  ]),
  ...facts('AWS::SSM::Document', 'body', 'YAML comes back as JSON', ['/Content']),
  ...facts('AWS::SSM::Document', 'body-format', 'what is written in YAML comes back as JSON, and is said to be', [
    '/DocumentFormat',
  ]),
  ...facts('AWS::ECR::*', 'folder', 'the service drops the slash at the end (seen)', [
    '/Prefix',
    '/EcrRepositoryPrefix',
  ]),
  ...facts('AWS::RDS::OptionGroup', 'bag', filled, ['/OptionConfigurations/*/OptionSettings']),
  ...facts('AWS::OpenSearchService::Domain', 'bag', filled, ['/AdvancedOptions']),
  ...facts('AWS::Elasticsearch::Domain', 'bag', filled, ['/AdvancedOptions']),
  ...facts('AWS::Glue::Table', 'bag', 'crawlers and engines keep their own notes there', [
    '/TableInput/Parameters',
    '/TableInput/StorageDescriptor/Parameters',
  ]),
  ...facts('AWS::Glue::Connection', 'bag', filled, ['/ConnectionInput/ConnectionProperties']),
  ...facts('AWS::AppSync::Resolver', 'ordered', inTurn, ['/PipelineConfig/Functions']),
  ...facts('AWS::Batch::JobDefinition', 'ordered', inTurn, ['/**/InitContainers']),
  ...facts('AWS::Bedrock::DataSource', 'ordered', inTurn, ['/**/Transformations']),
  ...facts('AWS::Cassandra::Type', 'ordered', positions, ['/Fields']),
  ...facts('AWS::Cognito::IdentityPoolRoleAttachment', 'ordered', inTurn, ['/RoleMappings/*/RulesConfiguration/Rules']),
  ...facts('AWS::ECS::TaskDefinition', 'ordered', inTurn, [
    '/ContainerDefinitions/*/DnsServers',
    '/ContainerDefinitions/*/DnsSearchDomains',
  ]),
  ...facts('AWS::EntityResolution::*', 'ordered', inTurn, [
    '/**/RuleBasedProperties/Rules',
    '/**/RuleConditionProperties/Rules',
  ]),
  ...facts('AWS::FraudDetector::Detector', 'ordered', inTurn, ['/Rules']),
  ...facts('AWS::GameLift::GameSessionQueue', 'ordered', inTurn, ['/PlayerLatencyPolicies', '/Destinations']),
  ...facts('AWS::IoTAnalytics::Datastore', 'ordered', positions, ['/**/SchemaDefinition/Columns']),
  ...facts('AWS::IoTEvents::*', 'ordered', inTurn, [
    '/**/Events/*/Actions',
    '/**/Events',
    '/**/TransitionEvents',
    '/**/TransitionEvents/*/Actions',
  ]),
  ...facts('AWS::KinesisAnalyticsV2::*', 'ordered', positions, ['/**/RecordColumns']),
  ...facts('AWS::Lightsail::*', 'ordered', 'the words of a command', ['/**/Command']),
  ...facts('AWS::Logs::Transformer', 'ordered', inTurn, ['/TransformerConfig']),
  ...facts('AWS::Logs::Transformer', 'ordered', positions, ['/TransformerConfig/*/Csv/Columns']),
  ...facts('AWS::S3Tables::Table', 'ordered', positions, [
    '/**/IcebergPartitionSpec/Fields',
    '/**/IcebergSortOrder/Fields',
  ]),
  ...facts('AWS::SageMaker::Model', 'ordered', inTurn, ['/Containers']),
  ...facts('AWS::SageMaker::ProcessingJob', 'ordered', 'the words of a command', [
    '/AppSpecification/ContainerArguments',
    '/AppSpecification/ContainerEntrypoint',
  ]),
  ...facts('AWS::Scheduler::Schedule', 'ordered', inTurn, ['/Target/EcsParameters/PlacementStrategy']),
  ...facts('AWS::SSMContacts::Plan', 'ordered', inTurn, ['/Stages']),
  ...facts('AWS::SES::ReceiptRule', 'ordered', 'a message goes through them in this order (SES API reference)', [
    '/Rule/Actions',
  ]),
  ...facts('AWS::S3::Bucket', 'ordered', 'the first rule that matches counts (S3 user guide)', [
    '/WebsiteConfiguration/RoutingRules',
  ]),
  ...facts('AWS::CloudFront::Distribution', 'ordered', 'the first member is the primary origin', [
    '/**/OriginGroups/Items/*/Members/Items',
  ]),
  ...facts('AWS::AutoScaling::AutoScalingGroup', 'ordered', 'they are tried in this order', [
    '/TerminationPolicies',
    '/**/LaunchTemplate/Overrides',
  ]),
  ...facts('AWS::Glue::Classifier', 'ordered', 'the names of columns, by position', ['/CsvClassifier/Header']),
  ...facts('AWS::QuickSight::*', 'ordered', 'a layout: sheets, visuals and fields are shown in this order', [
    '/Definition/**',
  ]),
];
