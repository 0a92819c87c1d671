import type { ResourceTypes } from '../../../compare/types.js';
import type { Arn } from './arn.js';

/**
 * Services that ARNs call otherwise than CloudFormation calls its namespace, hyphens and case aside; the first that has
 * such a type counts
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
const NAMESPACES: Record<string, readonly string[]> = {
  acm: ['CertificateManager'],
  airflow: ['MWAA'],
  aoss: ['OpenSearchServerless'],
  apigateway: ['ApiGateway', 'ApiGatewayV2'],
  'cognito-identity': ['Cognito'],
  'cognito-idp': ['Cognito'],
  ds: ['DirectoryService'],
  elasticfilesystem: ['EFS'],
  elasticloadbalancing: ['ElasticLoadBalancingV2', 'ElasticLoadBalancing'],
  elasticmapreduce: ['EMR'],
  es: ['OpenSearchService', 'Elasticsearch'],
  firehose: ['KinesisFirehose'],
  kafka: ['MSK'],
  mobiletargeting: ['Pinpoint'],
  mq: ['AmazonMQ'],
  profile: ['CustomerProfiles'],
  rds: ['RDS', 'DocDB', 'Neptune'],
  schemas: ['EventSchemas'],
  states: ['StepFunctions'],
};

/** Kinds that are called otherwise than the type. `service kind`, then the type without `AWS::`. */
const KINDS: Record<string, string> = {
  'apigateway /apikeys': 'ApiGateway::ApiKey',
  'apigateway /apis': 'ApiGatewayV2::Api',
  'apigateway /clientcertificates': 'ApiGateway::ClientCertificate',
  'apigateway /domainnames': 'ApiGateway::DomainName',
  'apigateway /restapis': 'ApiGateway::RestApi',
  'apigateway /usageplans': 'ApiGateway::UsagePlan',
  'apigateway /vpclinks': 'ApiGateway::VpcLink',
  'codecommit ': 'CodeCommit::Repository',
  'codepipeline ': 'CodePipeline::Pipeline',
  'dax cache': 'DAX::Cluster',
  'ec2 dedicated-host': 'EC2::Host',
  'ec2 elastic-ip': 'EC2::EIP',
  'ec2 fleet': 'EC2::EC2Fleet',
  'ec2 spot-fleet-request': 'EC2::SpotFleet',
  'ec2 vpc-flow-log': 'EC2::FlowLog',
  'elasticache cluster': 'ElastiCache::CacheCluster',
  'elasticloadbalancing listener-rule/app': 'ElasticLoadBalancingV2::ListenerRule',
  'elasticloadbalancing listener/app': 'ElasticLoadBalancingV2::Listener',
  'elasticloadbalancing listener/gwy': 'ElasticLoadBalancingV2::Listener',
  'elasticloadbalancing listener/net': 'ElasticLoadBalancingV2::Listener',
  'elasticloadbalancing loadbalancer': 'ElasticLoadBalancing::LoadBalancer',
  'elasticloadbalancing loadbalancer/app': 'ElasticLoadBalancingV2::LoadBalancer',
  'elasticloadbalancing loadbalancer/gwy': 'ElasticLoadBalancingV2::LoadBalancer',
  'elasticloadbalancing loadbalancer/net': 'ElasticLoadBalancingV2::LoadBalancer',
  'iam policy': 'IAM::ManagedPolicy',
  'iam mfa': 'IAM::VirtualMFADevice',
  'rds cluster': 'RDS::DBCluster',
  'rds cluster-pg': 'RDS::DBClusterParameterGroup',
  'rds db': 'RDS::DBInstance',
  'rds es': 'RDS::EventSubscription',
  'rds og': 'RDS::OptionGroup',
  'rds pg': 'RDS::DBParameterGroup',
  'rds proxy': 'RDS::DBProxy',
  'rds secgrp': 'RDS::DBSecurityGroup',
  'rds subgrp': 'RDS::DBSubnetGroup',
  'redshift parametergroup': 'Redshift::ClusterParameterGroup',
  'redshift subnetgroup': 'Redshift::ClusterSubnetGroup',
  's3 ': 'S3::Bucket',
  'sns ': 'SNS::Topic',
  'sqs ': 'SQS::Queue',
  'wafv2 global/ipset': 'WAFv2::IPSet',
  'wafv2 global/rulegroup': 'WAFv2::RuleGroup',
  'wafv2 global/webacl': 'WAFv2::WebACL',
  'wafv2 regional/ipset': 'WAFv2::IPSet',
  'wafv2 regional/rulegroup': 'WAFv2::RuleGroup',
  'wafv2 regional/webacl': 'WAFv2::WebACL',
};

/** Tells the CloudFormation type of the resource that an ARN names. */
export type TypeOfArn = (arn: Arn) => string | undefined;

/**
 * The type of an ARN's resource: as the table says, else the type that is called like the ARN's kind in the service's
 * namespace (`ec2:security-group` is `AWS::EC2::SecurityGroup`). Undefined where there is none.
 */
export function createTypeOfArn(types: ResourceTypes): TypeOfArn {
  const byName = new Map(types.names().map((name) => [nameKey(name), name]));
  return ({ service, kind }) => {
    const nested = /^\/(restapis|apis)\/.+\/stages$/.exec(kind)?.[1];
    if (nested !== undefined) return nested === 'apis' ? 'AWS::ApiGatewayV2::Stage' : 'AWS::ApiGateway::Stage';
    // A topic's subscription has the topic's ARN and one part more.
    if (service === 'sns' && kind !== '') return 'AWS::SNS::Subscription';
    const told = KINDS[`${service} ${kind}`];
    if (told !== undefined) return `AWS::${told}`;
    return namespacesOf(service)
      .map((namespace) => byName.get(nameKey(`AWS::${namespace}::${kind}`)))
      .find((name) => name !== undefined);
  };
}

/** Whether resources of a type have ARNs of a service. */
export function isOfService(type: string, service: string): boolean {
  const namespace = letters(type.split('::')[1] ?? '');
  return namespacesOf(service).some((name) => letters(name) === namespace);
}

function namespacesOf(service: string): readonly string[] {
  return NAMESPACES[service] ?? [service];
}

function nameKey(type: string): string {
  return type.split('::').map(letters).join('::');
}

function letters(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}
