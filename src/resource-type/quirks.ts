/**
 * What an observation says of a property.
 * `set`, `ordered`: how its list is compared; `subset`: the live side may have more than the template declares.
 * `unreturned`: absence from the live model says nothing; `unfaithful`: nor does a difference.
 * `unset-when-empty`: an empty declaration leaves the service's default. `key-case`: keys come back capitalised.
 * The others name an equivalence.
 */
export type QuirkRule =
  | 'set'
  | 'ordered'
  | 'subset'
  | 'unreturned'
  | 'unfaithful'
  | 'unset-when-empty'
  | 'key-case'
  | 'ignore-case'
  | 'version-prefix'
  | 'whole-hour'
  | 'access-string';

export interface Quirk {
  /** A type, or a prefix ending in `*`. */
  type: string;
  /** A pointer; `*` stands for one segment, `*Suffix` for one that ends so, `**` at the start for any number. */
  path: string;
  rule: QuirkRule;
  /** What was seen that justifies it. */
  because: string;
}

const lowered = 'the service stores identifiers in lower case and returns them so';
const attached = 'others may attach the policy too; the resource only vouches for its own attachments';
const byId = 'the API keeps these configurations by Id and returns them in its own order';

/** What the schemas do not say, one observation a line. */
export const QUIRKS: readonly Quirk[] = [
  {
    type: 'AWS::*',
    path: '/**/Type',
    rule: 'ignore-case',
    because: 'a keyword: Batch returns managed as MANAGED and Container as container',
  },
  {
    type: 'AWS::*',
    path: '/EngineVersion',
    rule: 'version-prefix',
    because: 'the service picks the minor version: 8.0 comes back as 8.0.45 (the RDS schema says so with a transform)',
  },
  {
    type: 'AWS::*',
    path: '/**/AccessString',
    rule: 'access-string',
    because: 'ElastiCache writes out that a user starts with no commands: +@read comes back as -@all +@read',
  },
  {
    type: 'AWS::AppSync::ApiKey',
    path: '/Expires',
    rule: 'whole-hour',
    because: 'the service rounds down to the hour (AppSync API reference)',
  },
  {
    type: 'AWS::CE::CostCategory',
    path: '/Rules/*',
    rule: 'subset',
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
    rule: 'subset',
    because: 'the standard attributes are returned as well',
  },
  {
    type: 'AWS::Cognito::UserPoolUser',
    path: '/UserAttributes',
    rule: 'subset',
    because: 'sub and others are added by the service',
  },
  {
    type: 'AWS::Cognito::UserPoolIdentityProvider',
    path: '/ProviderDetails',
    rule: 'subset',
    because: 'details read from the metadata are added',
  },
  { type: 'AWS::DMS::Endpoint', path: '/EndpointType', rule: 'ignore-case', because: 'source comes back as SOURCE' },
  { type: 'AWS::DMS::*', path: '/*Identifier', rule: 'ignore-case', because: lowered },
  {
    type: 'AWS::DataBrew::Recipe',
    path: '/Steps/*/Action/Parameters',
    rule: 'key-case',
    because: 'sourceColumn comes back as SourceColumn',
  },
  { type: 'AWS::DocDB::*', path: '/*Identifier', rule: 'ignore-case', because: lowered },
  { type: 'AWS::EC2::PrefixList', path: '/Entries', rule: 'set', because: 'an entry is its CIDR; EC2 sorts them' },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    path: '/Actions/*/TargetGroupArn',
    rule: 'unreturned',
    because: 'weighted forwarding comes back as ForwardConfig alone',
  },
  { type: 'AWS::IAM::ManagedPolicy', path: '/Groups', rule: 'subset', because: attached },
  { type: 'AWS::IAM::ManagedPolicy', path: '/Roles', rule: 'subset', because: attached },
  { type: 'AWS::IAM::ManagedPolicy', path: '/Users', rule: 'subset', because: attached },
  {
    type: 'AWS::ElastiCache::*',
    path: '/*GroupName',
    rule: 'ignore-case',
    because: 'stored as a lowercase string (ElastiCache API reference)',
  },
  {
    type: 'AWS::ElastiCache::*',
    path: '/*GroupId',
    rule: 'ignore-case',
    because: 'stored as a lowercase string (ElastiCache API reference)',
  },
  { type: 'AWS::Neptune::*', path: '/*Identifier', rule: 'ignore-case', because: lowered },
  { type: 'AWS::RDS::*', path: '/*Identifier', rule: 'ignore-case', because: lowered },
  { type: 'AWS::RDS::*', path: '/*GroupName', rule: 'ignore-case', because: lowered },
  { type: 'AWS::RDS::*', path: '/EngineName', rule: 'ignore-case', because: 'MySQL comes back as mysql' },
  { type: 'AWS::RDS::*', path: '/Family', rule: 'ignore-case', because: 'MySQL8.4 comes back as mysql8.4' },
  { type: 'AWS::Redshift::*', path: '/*Identifier', rule: 'ignore-case', because: lowered },
  { type: 'AWS::Redshift::*', path: '/*GroupName', rule: 'ignore-case', because: lowered },
  {
    type: 'AWS::Redshift::Cluster',
    path: '/Port',
    rule: 'unreturned',
    because: 'the port comes back in Endpoint only',
  },
  {
    type: 'AWS::Route53::*',
    path: '/**/DNSName',
    rule: 'ignore-case',
    because: 'DNS names have no case (RFC 4343); they come back in lower case',
  },
  {
    type: 'AWS::Route53::*',
    path: '/**/Name',
    rule: 'ignore-case',
    because: 'DNS names have no case (RFC 4343); they come back in lower case',
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
    path: '/**/SingleHeader/Name',
    rule: 'ignore-case',
    because: 'header names have no case; they come back in lower case',
  },
  {
    type: 'AWS::WAFv2::*',
    path: '/**/SingleQueryArgument/Name',
    rule: 'ignore-case',
    because: 'WAF matches arguments in lower case and returns them so',
  },
  {
    type: 'AWS::AppSync::Resolver',
    path: '/PipelineConfig/Functions',
    rule: 'ordered',
    because: 'the functions run in this order, though the schema marks the list unordered',
  },
];
