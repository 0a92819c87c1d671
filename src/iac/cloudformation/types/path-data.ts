import type { PathFact, PathRule } from '../../../compare/types.js';

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
  ...['*UserIds/*', '*SecurityGroups/*', '*SourceIds/*', 'ACLName'],
].map((name) => `/**/${name}`);

const attached = 'others may attach the policy too; the resource only vouches for its own attachments';
const byId = 'the API keeps these configurations by Id and returns them in its own order';
const dns = 'a DNS name: no case (RFC 4343), with or without the final dot (RFC 1034)';
const inTurn = 'they run, match or are tried in this order, though the schema marks the list unordered';
const positions = 'each stands for the field at its position, though the schema marks the list unordered';
const filled = 'the service adds its own members; the template names a few';
const headers = 'names of HTTP headers have no case (RFC 9110, section 5.1)';

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
  ...facts('AWS::MemoryDB::*', 'lower-identifier', lowered, ['/UserName', '/UserNames/*']),
  ...facts(
    'AWS::Glue::*',
    'lower-identifier',
    'folded to lower case, as Hive does (Glue API reference, DatabaseInput)',
    ['/DatabaseInput/Name', '/TableInput/Name', '/DatabaseName', '/TableName', '/**/CatalogTargets/*/DatabaseName'],
  ),
  ...facts('AWS::SES::ReceiptRule', 'lower-identifier', 'SES stores recipients in lower case (seen)', [
    '/Rule/Recipients/*',
  ]),
  ...facts('AWS::Route53::*', 'dns-name', dns, ['/**/DNSName']),
  ...['HostedZone', 'RecordSet', 'RecordSetGroup'].flatMap((kind) =>
    facts(`AWS::Route53::${kind}`, 'dns-name', dns, ['/Name', '/RecordSets/*/Name']),
  ),
  ...facts('AWS::Route53Resolver::*', 'dns-name', dns, ['/**/DomainName', '/Domains/*']),
  ...['PrivateDnsNamespace', 'PublicDnsNamespace', 'Service'].flatMap((kind) =>
    facts(`AWS::ServiceDiscovery::${kind}`, 'dns-name', dns, ['/Name']),
  ),
  ...facts('AWS::VpcLattice::*', 'dns-name', dns, ['/CustomDomainName']),
  ...facts('AWS::DirectoryService::*', 'dns-name', dns, ['/Name']),
  ...facts('AWS::FSx::*', 'dns-name', dns, ['/**/Aliases/*']),
  ...facts('AWS::SES::EmailIdentity', 'dns-name', dns, ['/MailFromAttributes/MailFromDomain']),
  ...facts('AWS::Lightsail::*', 'dns-name', dns, ['/SubjectAlternativeNames/*', '/CertificateAlternativeNames/*']),
  ...facts('AWS::CloudFront::*', 'dns-name', dns, ['/DistributionConfig/Aliases/*', '/DistributionConfig/CNAMEs/*']),
  ...facts('AWS::CertificateManager::Certificate', 'dns-name', dns, ['/SubjectAlternativeNames/*']),
  ...facts('AWS::SES::EmailIdentity', 'dns-name', dns, ['/EmailIdentity']),
  ...facts('AWS::ElasticLoadBalancingV2::*', 'dns-name', dns, ['/**/HostHeaderConfig/Values/*']),
  ...facts('AWS::CloudFront::*', 'header-name', headers, [
    '/**/HeadersConfig/Headers/*',
    '/**/ForwardedValues/Headers/*',
    '/**/Items/*/Header',
    '/**/AccessControlAllowHeaders/Items/*',
    '/**/AccessControlExposeHeaders/Items/*',
  ]),
  ...['AWS::ApiGatewayV2::Api', 'AWS::Lambda::Url'].flatMap((type) => [
    ...facts(type, 'header-name', headers, ['/*/AllowHeaders/*', '/*/ExposeHeaders/*']),
    ...facts(type, 'keyword', 'methods are keywords, schemes and hosts have no case (seen: get comes back as GET)', [
      '/*/AllowMethods/*',
      '/*/AllowOrigins/*',
    ]),
  ]),
  ...facts('AWS::S3::Bucket', 'header-name', headers, [
    '/CorsConfiguration/CorsRules/*/AllowedHeaders/*',
    '/CorsConfiguration/CorsRules/*/ExposedHeaders/*',
  ]),
  ...facts('AWS::ElasticLoadBalancingV2::*', 'header-name', headers, ['/**/HttpHeaderConfig/HttpHeaderName']),
  ...facts('AWS::VpcLattice::Rule', 'header-name', headers, ['/Match/HttpMatch/HeaderMatches/*/Name']),
  ...facts('AWS::AppMesh::*', 'header-name', headers, ['/**/Headers/*/Name']),
  ...facts('AWS::WAFv2::*', 'header-name', headers, [
    '/**/Header/Name',
    '/**/InsertHeaders/*/Name',
    '/**/ResponseHeaders/*/Name',
    '/**/IncludedHeaders/*',
    '/**/ExcludedHeaders/*',
  ]),
  ...facts('AWS::WAFv2::IPSet', 'cidr', 'blocks come back by their network, IPv6 shortened (WAF API reference)', [
    '/Addresses/*',
  ]),
  ...facts('AWS::Route53::*', 'ip-address', 'an IPv6 address has many spellings (RFC 5952)', ['/**/ResourceRecords/*']),
  ...facts('AWS::Route53Resolver::*', 'ip-address', 'an IPv6 address has many spellings (RFC 5952)', [
    '/TargetIps/*/Ipv6',
    '/IpAddresses/*/Ipv6',
  ]),
  ...facts('AWS::ElasticLoadBalancingV2::*', 'cidr', 'a block is its network', ['/**/SourceIpConfig/Values/*']),
  ...facts(
    'AWS::EMRServerless::Application',
    'size',
    'sizes come back with a blank: 20 GB (EMR Serverless API reference)',
    ['/**/Disk'],
  ),
  ...facts('AWS::Batch::JobDefinition', 'number', 'VCPU, MEMORY and GPU are amounts (Batch API reference)', [
    '/**/ResourceRequirements/*/Value',
  ]),
  ...facts('AWS::Budgets::Budget', 'number', 'amounts come back with decimals: 5 as 5.0 (seen)', ['/**/Amount']),
  ...facts('AWS::Synthetics::Canary', 'schedule', 'an hour is 60 minutes (Synthetics API reference)', [
    '/Schedule/Expression',
  ]),
  ...facts('AWS::CertificateManager::Certificate', 'keyword', 'older certificates say RSA-2048 for RSA_2048 (seen)', [
    '/KeyAlgorithm',
  ]),
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
  ...facts('AWS::KinesisFirehose::DeliveryStream', 'bag', 'NumberOfRetries and others are added (seen)', [
    '/**/Processors/*/Parameters',
  ]),
  ...facts('AWS::GuardDuty::Detector', 'bag', 'the status of every feature comes back (API reference, GetDetector)', [
    '/Features',
    '/Features/*/AdditionalConfiguration',
  ]),
  ...facts('AWS::DMS::ReplicationTask', 'bag', 'DMS writes out all settings and logs all components (seen)', [
    '/ReplicationTaskSettings/**',
  ]),
  ...facts('AWS::DMS::ReplicationConfig', 'bag', 'DMS writes out all settings and logs all components (seen)', [
    '/ReplicationSettings/**',
  ]),
  ...facts('AWS::ServiceDiscovery::Service', 'unreturned', 'the namespace comes back in NamespaceId alone (seen)', [
    '/DnsConfig/NamespaceId',
  ]),
  ...facts('AWS::ServiceCatalogAppRegistry::*', 'unfaithful', 'what was given by name comes back by ID (seen)', [
    '/Application',
    '/AttributeGroup',
    '/Resource',
  ]),
  ...facts('AWS::Glue::Connection', 'bag', filled, ['/ConnectionInput/ConnectionProperties']),
  ...facts('AWS::ApiGateway::UsagePlan', 'set', 'a plan covers these stages, in no order', ['/ApiStages']),
  ...facts('AWS::DLM::LifecyclePolicy', 'set', 'a script runs at these stages', ['/**/Scripts/*/Stages']),
  ...facts('AWS::LakeFormation::*', 'set', 'a grant covers these columns, in no order', [
    '/**/ColumnNames',
    '/**/ExcludedColumnNames',
  ]),
  ...facts('AWS::KinesisFirehose::DeliveryStream', 'set', 'each column gets a filter', ['/**/BloomFilterColumns']),
  ...facts('AWS::SecurityHub::Insight', 'set', 'any of the values of a filter matches (API reference)', ['/Filters/*']),
  ...facts('AWS::NetworkFirewall::RuleGroup', 'set', 'any of them matches (API reference, MatchAttributes)', [
    '/RuleGroup/RulesSource/RulesSourceList/Targets',
    '/**/MatchAttributes/*',
    '/**/MatchAttributes/TCPFlags/*/*',
  ]),
  ...facts('AWS::ImageBuilder::DistributionConfiguration', 'set', 'each region gets its images', ['/Distributions']),
  ...facts('AWS::FMS::Policy', 'set', 'any of them counts', ['/IncludeMap/*', '/ExcludeMap/*']),
  ...facts('AWS::S3::Bucket', 'set', 'each stands for itself: what it tells of, by which day, to which class', [
    '/NotificationConfiguration/LambdaConfigurations',
    '/NotificationConfiguration/QueueConfigurations',
    '/NotificationConfiguration/TopicConfigurations',
    '/LifecycleConfiguration/Rules/*/Transitions',
    '/LifecycleConfiguration/Rules/*/NoncurrentVersionTransitions',
    '/IntelligentTieringConfigurations/*/Tierings',
    '/ReplicationConfiguration/Rules',
  ]),
  ...facts('AWS::AutoScaling::AutoScalingGroup', 'set', 'a group is behind these load balancers, and tells of these', [
    '/LoadBalancerNames',
    '/MetricsCollection',
    '/NotificationConfigurations',
  ]),
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
  ...facts('AWS::EKS::Nodegroup', 'ordered', 'the first has the highest priority (EKS user guide, managed nodes)', [
    '/InstanceTypes',
  ]),
  ...facts('AWS::Glue::Crawler', 'ordered', inTurn, ['/Classifiers']),
  ...facts('AWS::Glue::*', 'ordered', positions, [
    '/PartitionInput/Values',
    '/**/SkewedColumnValues',
    '/**/IcebergTableInput/Schema/Fields',
    '/**/IcebergTableInput/PartitionSpec/Fields',
    '/**/IcebergTableInput/WriteOrder/Fields',
  ]),
  ...facts('AWS::Omics::AnnotationStore', 'ordered', positions, ['/StoreOptions/TsvStoreOptions/Schema']),
  ...facts('AWS::Pipes::Pipe', 'ordered', inTurn, ['/TargetParameters/RedshiftDataParameters/Sqls']),
  ...facts('AWS::Pipes::Pipe', 'ordered', 'each stands for the wildcard at its position', ['/**/PathParameterValues']),
  ...facts('AWS::SES::MailManagerRuleSet', 'ordered', inTurn, ['/Rules', '/Rules/*/Actions']),
  ...facts('AWS::SES::MailManagerTrafficPolicy', 'ordered', inTurn, ['/PolicyStatements']),
  ...facts('AWS::SSM::Association', 'ordered', 'what a document gets of a list, commands before all', [
    '/Parameters/*',
  ]),
  ...facts('AWS::SSM::MaintenanceWindowTask', 'ordered', 'what a document gets of a list, commands before all', [
    '/TaskInvocationParameters/MaintenanceWindowRunCommandParameters/Parameters/*',
    '/TaskInvocationParameters/MaintenanceWindowAutomationParameters/Parameters/*',
  ]),
  ...facts('AWS::SSMContacts::Rotation', 'ordered', 'contacts take shifts in this order (API reference)', [
    '/ContactIds',
  ]),
  ...facts('AWS::Connect::TaskTemplate', 'ordered', 'fields are shown in this order', ['/Fields']),
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
  ...facts('AWS::Lightsail::Distribution', 'ordered', 'the first pattern that matches counts, as at CloudFront', [
    '/CacheBehaviors',
  ]),
  ...facts('AWS::Logs::Transformer', 'ordered', inTurn, ['/TransformerConfig']),
  ...facts('AWS::Logs::Transformer', 'ordered', positions, ['/TransformerConfig/*/Csv/Columns']),
  ...facts('AWS::S3Tables::Table', 'ordered', positions, [
    '/**/IcebergPartitionSpec/Fields',
    '/**/SchemaFieldList',
    '/**/SchemaV2FieldList',
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

/** What was observed of a type, each with its reason. */
export function factsOf(name: string): PathFact[] {
  return PATH_FACTS.filter((fact) => coversType(fact, name));
}

function coversType({ type }: PathFact, name: string): boolean {
  return type.endsWith('*') ? name.startsWith(type.slice(0, -1)) : type === name;
}
