import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/base/json.js';
import { segments } from '../../../../src/base/json-pointer.js';
import type { Identifier } from '../../../../src/cloud/types.js';
import type { ResourceType } from '../../../../src/compare/resource-type.js';
import { cloudControlIdentifier } from '../../../../src/iac/cloudformation/types/identifier.js';
import { loadResourceTypes } from '../../../../src/iac/cloudformation/types/index-file.js';
import { type Plain, type PlainObject, unresolved } from '../../../../src/value/value.js';
import { describeShared, sharedLines } from '../../../support/shared.js';

const TYPES = loadResourceTypes();
const SERVICE = 'arn:aws:ecs:eu-west-1:111111111111:service';
const POLICY = 'arn:aws:autoscaling:eu-west-1:111111111111:scalingPolicy:1:resource/ecs/service/a/b:policyName/p';

function identify(
  type: string,
  physicalId: string,
  properties: PlainObject = {},
  environment: { region: string; accountId?: string } = { region: 'eu-west-1', accountId: '111111111111' },
): Identifier {
  return cloudControlIdentifier(TYPES.get(type) as ResourceType, { physicalId, properties, environment });
}

describe('identifiers told by the physical ID alone', () => {
  test.each([
    ['AWS::S3::Bucket', 'photos', 'photos'],
    ['AWS::SNS::Topic', 'arn:aws:sns:eu-west-1:111111111111:news', 'arn:aws:sns:eu-west-1:111111111111:news'],
    ['AWS::SQS::Queue', 'https://sqs.eu-west-1.amazonaws.com/1/q', 'https://sqs.eu-west-1.amazonaws.com/1/q'],
    ['AWS::SecretsManager::Secret', 'arn:aws:secretsmanager:x:1:secret:db', 'arn:aws:secretsmanager:x:1:secret:db'],
    ['AWS::WAFv2::WebACL', 'acl|0a1b|REGIONAL', 'acl|0a1b|REGIONAL'],
    ['AWS::ApiGateway::Method', 'api|res|GET', 'api|res|GET'],
    ['AWS::EC2::Route', 'rtb-1|0.0.0.0/0', 'rtb-1|0.0.0.0/0'],
    ['AWS::AppSync::GraphQLApi', 'arn:aws:appsync:eu-west-1:1:apis/abc', 'abc'],
    ['AWS::Batch::JobDefinition', 'arn:aws:batch:eu-west-1:1:job-definition/nightly:12', 'nightly'],
    ['AWS::ECS::Service', `${SERVICE}/shop/web`, `${SERVICE}/shop/web|shop`],
  ])('%s %s', (type, physicalId, identifier) => {
    expect(identify(type, physicalId)).toEqual({ identifier, certain: true });
  });

  test('Git does not override what is deployed', () => {
    const declared = { Name: 'renamed', Scope: 'REGIONAL', DefaultAction: {} };
    expect(identify('AWS::WAFv2::WebACL', 'acl|0a1b|REGIONAL', declared)).toMatchObject({
      identifier: 'acl|0a1b|REGIONAL',
    });
    expect(identify('AWS::S3::Bucket', 'photos', { BucketName: 'renamed' })).toMatchObject({ identifier: 'photos' });
  });
});

describe('identifiers with parts that Git declares', () => {
  test.each<[string, string, PlainObject, string]>([
    ['AWS::ApiGateway::Resource', 'res1', { RestApiId: 'api1' }, 'api1|res1'],
    ['AWS::ApiGateway::Deployment', 'dep1', { RestApiId: 'api1' }, 'dep1|api1'],
    ['AWS::ApiGateway::Stage', 'prod', { RestApiId: 'api1', StageName: 'prod' }, 'api1|prod'],
    ['AWS::Cognito::UserPoolClient', 'client1', { UserPoolId: 'pool1', ClientName: 'web' }, 'pool1|client1'],
    ['AWS::Logs::MetricFilter', 'stack-Filter-1', { LogGroupName: '/app' }, '/app|stack-Filter-1'],
    ['AWS::AppConfig::Deployment', '3', { ApplicationId: 'a', EnvironmentId: 'e' }, 'a|e|3'],
    ['AWS::Events::Rule', 'nightly', {}, 'arn:aws:events:eu-west-1:111111111111:rule/nightly'],
    ['AWS::Events::Rule', 'orders|nightly', {}, 'arn:aws:events:eu-west-1:111111111111:rule/orders/nightly'],
    ['AWS::Events::EventBusPolicy', 'sid-1', { StatementId: 'sid-1' }, 'default|sid-1'],
    ['AWS::EC2::Route', 'stack-Route-1', { RouteTableId: 'rtb-1', DestinationIpv6CidrBlock: '::/0' }, 'rtb-1|::/0'],
    ['AWS::EC2::VPCGatewayAttachment', 'stack-A-1', { VpcId: 'vpc-1', InternetGatewayId: 'igw-1' }, 'IGW|vpc-1'],
    [
      'AWS::ApplicationAutoScaling::ScalingPolicy',
      POLICY,
      { ScalingTargetId: 'service/a/b|ecs:service:DesiredCount|ecs' },
      `${POLICY}|ecs:service:DesiredCount`,
    ],
  ])('%s %s', (type, physicalId, properties, identifier) => {
    expect(identify(type, physicalId, properties)).toEqual({ identifier, certain: false });
  });

  test('are certain where the physical ID holds them too', () => {
    const properties = { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayAttachmentId: 'tgw-attach-2' };
    expect(identify('AWS::EC2::TransitGatewayRouteTablePropagation', 'tgw-attach-2_tgw-rtb-1', properties)).toEqual({
      identifier: 'tgw-rtb-1|tgw-attach-2',
      certain: true,
    });
  });

  test("the cluster of a service with an ARN in the old form is the declared one, or AWS's default", () => {
    expect(identify('AWS::ECS::Service', `${SERVICE}/web`, { Cluster: 'shop' })).toMatchObject({
      identifier: `${SERVICE}/web|shop`,
    });
    expect(identify('AWS::ECS::Service', `${SERVICE}/web`)).toMatchObject({ identifier: `${SERVICE}/web|default` });
  });

  test('an ARN is made in its region and partition', () => {
    expect(identify('AWS::Events::Rule', 'n', {}, { region: 'cn-north-1', accountId: '1' })).toMatchObject({
      identifier: 'arn:aws-cn:events:cn-north-1:1:rule/n',
    });
  });
});

describe('what is not known is named, not guessed', () => {
  test.each<[string, string, PlainObject, string]>([
    ['AWS::EC2::EIP', '203.0.113.7', {}, 'AllocationId'],
    ['AWS::ApiGateway::Resource', 'res1', {}, 'RestApiId'],
    ['AWS::ApiGateway::Resource', 'res1', { RestApiId: unresolved('not deployed') }, 'RestApiId'],
    ['AWS::ECS::Service', `${SERVICE}/web`, { Cluster: unresolved('an import') }, 'Cluster'],
    ['AWS::Events::EventBusPolicy', 'sid', { StatementId: 'sid', EventBusName: unresolved('x') }, 'EventBusName'],
    ['AWS::Athena::CapacityReservation', 'a-name', { Name: 'a-name' }, 'Arn'],
  ])('%s %s', (type, physicalId, properties, missing) => {
    expect(identify(type, physicalId, properties)).toEqual({ missing });
  });

  test('an ARN can not be made without the account', () => {
    expect(identify('AWS::Events::Rule', 'n', {}, { region: 'eu-west-1' })).toEqual({ missing: 'Arn' });
  });

  test('a type may have no identifier at all', () => {
    const type = { ...(TYPES.get('AWS::S3::Bucket') as ResourceType), primaryIdentifier: [] };
    const request = { physicalId: 'x', properties: {}, environment: { region: 'eu-west-1' } };
    expect(cloudControlIdentifier(type, request)).toEqual({ missing: 'primaryIdentifier' });
  });
});

interface RecordedCase {
  id: string;
  type: string;
  physicalId: string;
  declared: Json;
  live: JsonObject;
  context?: { accountId?: string; region?: string };
}

function withoutUnresolved(value: Json): Plain {
  if (Array.isArray(value)) return value.map(withoutUnresolved);
  if (typeof value !== 'object' || value === null) return value;
  if (value['$unresolved'] === true) return unresolved('not recorded');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutUnresolved(inner)]));
}

describeShared('recorded/cases.jsonl.gz', 'identifiers of recorded resources', () => {
  test('are those of their live models', () => {
    const wrong: string[] = [];
    let right = 0;
    for (const { id, type: name, physicalId, declared, live, context } of sharedLines<RecordedCase>(
      'recorded/cases.jsonl.gz',
    )) {
      const type = TYPES.get(name);
      const parts = type?.primaryIdentifier.map((path) =>
        segments(path).reduce<Json>((inner, key) => (inner as JsonObject)?.[key] ?? '', live),
      );
      // The live model tells the identifier only where it holds all its parts.
      if (!type?.readable || parts === undefined || parts.includes('')) continue;
      const properties = withoutUnresolved(declared) as PlainObject;
      const environment = { region: context?.region ?? 'us-east-1', accountId: context?.accountId ?? '111111111111' };
      const built = cloudControlIdentifier(type, { physicalId, properties, environment });
      if ('identifier' in built && built.identifier === parts.join('|')) right += 1;
      else wrong.push(`${id}: ${JSON.stringify(built)}`);
    }
    console.info(`identifiers: ${right} of ${right + wrong.length} recorded resources`);
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThan(0);
  });
});
