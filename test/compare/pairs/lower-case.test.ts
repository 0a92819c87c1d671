import { tryPairs } from './pairs.js';

const sg = ['sg-0a1b2c3d4e5f60718'];

// What services store in lower case, and names that have no case by their standards.
tryPairs([
  {
    because: 'an instance and its endpoint are stored in lower case',
    type: 'AWS::DMS::ReplicationInstance',
    desired: { ReplicationInstanceIdentifier: 'Mig-Inst', ReplicationSubnetGroupIdentifier: 'Mig-Nets' },
    live: { ReplicationInstanceIdentifier: 'mig-inst', ReplicationSubnetGroupIdentifier: 'mig-nets' },
  },
  {
    because: 'a task is stored in lower case',
    type: 'AWS::DMS::ReplicationTask',
    desired: { ReplicationTaskIdentifier: 'Full-Load' },
    live: { ReplicationTaskIdentifier: 'full-load' },
  },
  {
    because: 'cluster, subnet group and parameter group are stored in lower case',
    type: 'AWS::Redshift::Cluster',
    desired: { ClusterIdentifier: 'Dwh-A', ClusterSubnetGroupName: 'Dwh-Nets', ClusterParameterGroupName: 'Dwh-P' },
    live: { ClusterIdentifier: 'dwh-a', ClusterSubnetGroupName: 'dwh-nets', ClusterParameterGroupName: 'dwh-p' },
  },
  {
    because: 'a proxy names its instances as they are stored',
    type: 'AWS::RDS::DBProxyTargetGroup',
    desired: { DBProxyName: 'Shop-Proxy', TargetGroupName: 'default', DBInstanceIdentifiers: ['Shop-B', 'Shop-A'] },
    live: { DBProxyName: 'shop-proxy', TargetGroupName: 'default', DBInstanceIdentifiers: ['shop-a', 'shop-b'] },
  },
  {
    because: 'an event subscription lists sources as they are stored',
    type: 'AWS::RDS::EventSubscription',
    desired: { SnsTopicArn: 't', SourceType: 'db-instance', SourceIds: ['Shop-B', 'Shop-A'] },
    live: { SnsTopicArn: 't', SourceType: 'db-instance', SourceIds: ['shop-a', 'shop-b'] },
  },
  {
    because: 'an event subscription lists sources as they are stored',
    type: 'AWS::Neptune::EventSubscription',
    desired: { SourceIds: ['Graph-1'] },
    live: { SourceIds: ['graph-1'] },
  },
  {
    because: 'the names of groups are stored in lower case',
    type: 'AWS::RDS::DBInstance',
    desired: {
      DBInstanceIdentifier: 'Shop-Db',
      DBSubnetGroupName: 'Shop-Nets',
      DBParameterGroupName: 'Shop-Params',
      OptionGroupName: 'Shop-Options',
      Engine: 'MySQL',
    },
    live: {
      DBInstanceIdentifier: 'shop-db',
      DBSubnetGroupName: 'shop-nets',
      DBParameterGroupName: 'shop-params',
      OptionGroupName: 'shop-options',
      Engine: 'mysql',
    },
  },
  {
    because: 'subnet groups are stored in lower case',
    type: 'AWS::ElastiCache::SubnetGroup',
    desired: { CacheSubnetGroupName: 'Cache-Nets', Description: 'Nets' },
    live: { CacheSubnetGroupName: 'cache-nets', Description: 'Nets' },
  },
  {
    because: 'user groups and their users are stored in lower case',
    type: 'AWS::ElastiCache::UserGroup',
    desired: { UserGroupId: 'Team-A', Engine: 'Redis', UserIds: ['Default', 'Reader'] },
    live: { UserGroupId: 'team-a', Engine: 'redis', UserIds: ['reader', 'default'] },
  },
  {
    because: 'the names of users in a list are stored in lower case',
    type: 'AWS::MemoryDB::ACL',
    desired: { ACLName: 'Acl-One', UserNames: ['Writer', 'Reader'] },
    live: { ACLName: 'acl-one', UserNames: ['reader', 'writer'] },
  },
  {
    because: 'clusters and groups are stored in lower case',
    type: 'AWS::DAX::Cluster',
    desired: { ClusterName: 'Dax-1', ParameterGroupName: 'Dax-P', SubnetGroupName: 'Dax-N', SecurityGroupIds: sg },
    live: { ClusterName: 'dax-1', ParameterGroupName: 'dax-p', SubnetGroupName: 'dax-n', SecurityGroupIds: sg },
  },
  {
    because: 'a global cluster and its engine are stored in lower case',
    type: 'AWS::Neptune::DBInstance',
    desired: { DBClusterIdentifier: 'Graph', DBInstanceIdentifier: 'Graph-1', DBParameterGroupName: 'Graph-P' },
    live: { DBClusterIdentifier: 'graph', DBInstanceIdentifier: 'graph-1', DBParameterGroupName: 'graph-p' },
  },
  {
    because: 'Glue folds names to lower case, as Hive does (Glue API reference, DatabaseInput)',
    type: 'AWS::Glue::Database',
    desired: { DatabaseInput: { Name: 'Sales_Data', Description: 'Sales' } },
    live: { DatabaseInput: { Name: 'sales_data', Description: 'Sales' } },
  },
  {
    because: 'Glue folds names to lower case, as Hive does (Glue API reference, TableInput)',
    type: 'AWS::Glue::Table',
    desired: { DatabaseName: 'Sales_Data', TableInput: { Name: 'Orders' } },
    live: { DatabaseName: 'sales_data', TableInput: { Name: 'orders' } },
  },
  {
    because: 'SES keeps recipients in lower case (terraform-provider-aws#10283)',
    type: 'AWS::SES::ReceiptRule',
    desired: { Rule: { Name: 'r', Recipients: ['Sales@Example.com', 'Example.org'] } },
    live: { Rule: { Name: 'r', Recipients: ['example.org', 'sales@example.com'] } },
  },
  {
    because: 'a record has no case, and may end in a dot',
    type: 'AWS::Route53::RecordSetGroup',
    desired: {
      RecordSets: [
        {
          Name: 'App.Example.com',
          Type: 'A',
          AliasTarget: { HostedZoneId: 'Z2', DNSName: 'My-LB-1.eu-west-1.ELB.amazonaws.com' },
        },
      ],
    },
    live: {
      RecordSets: [
        {
          Name: 'app.example.com.',
          Type: 'A',
          AliasTarget: { HostedZoneId: 'Z2', DNSName: 'my-lb-1.eu-west-1.elb.amazonaws.com.' },
        },
      ],
    },
  },
  {
    because: 'host names have no case',
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    desired: {
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['WWW.Example.com', 'example.com'] } }],
    },
    live: { Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['example.com', 'www.example.com'] } }] },
  },
  {
    because: 'host names have no case in the old form either',
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    desired: { Conditions: [{ Field: 'host-header', Values: ['WWW.Example.com'] }] },
    live: { Conditions: [{ Field: 'host-header', Values: ['www.example.com'] }] },
    // The old form is shared with paths, which do have a case.
    drift: ['/Conditions/0/Values/0'],
  },
  {
    because: 'aliases are DNS names',
    type: 'AWS::CloudFront::Distribution',
    desired: { DistributionConfig: { Aliases: ['WWW.Example.com', 'cdn.example.com'] } },
    live: { DistributionConfig: { Aliases: ['cdn.example.com', 'www.example.com'] } },
  },
  {
    because: 'a custom domain is a DNS name',
    type: 'AWS::VpcLattice::Service',
    desired: { Name: 'orders', CustomDomainName: 'Orders.Example.com' },
    live: { Name: 'orders', CustomDomainName: 'orders.example.com' },
  },
  {
    because: 'a zone is a DNS name',
    type: 'AWS::Route53::HostedZone',
    desired: { Name: 'Example.com' },
    live: { Name: 'example.com.' },
  },
  {
    because: 'a custom domain is a DNS name',
    type: 'AWS::ApiGateway::DomainName',
    desired: { DomainName: 'API.Example.com' },
    live: { DomainName: 'api.example.com' },
  },
  {
    because: 'a directory is a domain',
    type: 'AWS::DirectoryService::MicrosoftAD',
    desired: { Name: 'Corp.Example.com' },
    live: { Name: 'corp.example.com' },
  },
  {
    because: 'the case of an alarm tells it from another',
    type: 'AWS::Route53::HealthCheck',
    desired: {
      HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'Shop-Down', Region: 'eu-west-1' } },
    },
    live: {
      HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'shop-down', Region: 'eu-west-1' } },
    },
    drift: ['/HealthCheckConfig/AlarmIdentifier/Name'],
  },
  {
    because: 'the name of a database user has a case',
    type: 'AWS::RDS::DBProxy',
    desired: { DBProxyName: 'p', Auth: [{ AuthScheme: 'SECRETS', UserName: 'App' }] },
    live: { DBProxyName: 'p', Auth: [{ AuthScheme: 'SECRETS', UserName: 'app' }] },
    drift: ['/Auth/0/UserName'],
  },
  {
    because: 'a database has a case in some engines',
    type: 'AWS::RDS::DBCluster',
    desired: { DatabaseName: 'Shop' },
    live: { DatabaseName: 'shop' },
    drift: ['/DatabaseName'],
  },
  {
    because: 'names of functions have a case',
    type: 'AWS::Lambda::Alias',
    desired: { FunctionName: 'Shop', Name: 'Live' },
    live: { FunctionName: 'shop', Name: 'live' },
    drift: ['/FunctionName', '/Name'],
  },
  {
    because: 'names of IAM have a case as they were written',
    type: 'AWS::IAM::InstanceProfile',
    desired: { Roles: ['Web'] },
    live: { Roles: ['web'] },
    drift: ['/Roles/0'],
  },
]);
