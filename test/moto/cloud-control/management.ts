import type { Json, JsonObject } from '../../../src/base/json.js';
import { askJson, askQuery, type Place, ServiceError } from '../support/services.js';
import { tagList, told, xmlTags } from './model.js';

/** `AWS::IAM::Role`, by its name. */
export async function readRole(place: Place, RoleName: string): Promise<JsonObject> {
  const [answer, policies, attached] = await Promise.all([
    askQuery(place, 'iam', 'GetRole', { RoleName }),
    askQuery(place, 'iam', 'ListRolePolicies', { RoleName }),
    askQuery(place, 'iam', 'ListAttachedRolePolicies', { RoleName }),
  ]);
  const Policies = await Promise.all(
    policies.items('PolicyNames').map(async ({ text: PolicyName }) => {
      const policy = await askQuery(place, 'iam', 'GetRolePolicy', { RoleName, PolicyName });
      return { PolicyName, PolicyDocument: policyOf(policy.textOf('PolicyDocument')) };
    }),
  );
  const arns = attached.items('AttachedPolicies').map((policy) => policy.textOf('PolicyArn') ?? '');
  return told({
    RoleName,
    RoleId: answer.textOf('RoleId'),
    Arn: answer.textOf('Arn'),
    Path: answer.textOf('Path'),
    Description: answer.textOf('Description') || undefined,
    MaxSessionDuration: Number(answer.textOf('MaxSessionDuration')),
    AssumeRolePolicyDocument: policyOf(answer.textOf('AssumeRolePolicyDocument')),
    Policies: Policies.length === 0 ? undefined : Policies,
    ManagedPolicyArns: arns.length === 0 ? undefined : arns,
    Tags: xmlTags(answer.items('Tags')),
  });
}

/** A policy; moto tells those that came with a template as Python prints them. */
function policyOf(text = ''): Json {
  const json = decodeURIComponent(text);
  return JSON.parse(json.startsWith("{'") ? json.replaceAll("'", '"') : json) as Json;
}

/** `AWS::SSM::Parameter`, by its name. */
export async function readParameter(place: Place, Name: string): Promise<JsonObject> {
  const { Parameter } = (await askJson(place, 'ssm', 'AmazonSSM.GetParameter', { Name })) as {
    Parameter: Record<'Type' | 'Value' | 'DataType', string>;
  };
  const { Type, Value, DataType } = Parameter;
  return told({ Name, Type, Value, DataType });
}

/** `AWS::Logs::LogGroup`, by its name. */
export async function readLogGroup(place: Place, LogGroupName: string): Promise<JsonObject> {
  const input = { logGroupNamePrefix: LogGroupName };
  const answer = (await askJson(place, 'logs', 'Logs_20140328.DescribeLogGroups', input)) as {
    logGroups: { logGroupName: string; retentionInDays?: number; arn: string }[];
  };
  const group = answer.logGroups.find(({ logGroupName }) => logGroupName === LogGroupName);
  if (group === undefined) throw new ServiceError('ResourceNotFoundException', LogGroupName);
  return told({ LogGroupName, Arn: group.arn, RetentionInDays: group.retentionInDays });
}

/** `AWS::CloudFormation::Stack`, by its ARN. */
export async function readStack(place: Place, StackId: string): Promise<JsonObject> {
  const answer = await askQuery(place, 'cloudformation', 'DescribeStacks', { StackName: StackId });
  const pairs = (list: string, key: string, value: string) =>
    answer.items(list).map((item) => [item.textOf(key) ?? '', item.textOf(value) ?? ''] as const);
  return told({
    StackId,
    StackName: answer.textOf('StackName'),
    Parameters: Object.fromEntries(pairs('Parameters', 'ParameterKey', 'ParameterValue')),
    Outputs: pairs('Outputs', 'OutputKey', 'OutputValue').map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    })),
    Tags: tagList(pairs('Tags', 'Key', 'Value')),
  });
}
