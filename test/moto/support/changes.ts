import type { MotoAccount } from './account.js';
import { askJson, askQuery, askS3 } from './services.js';

/** One change of each resource, through its service's own API. */
export async function changeEverything({ prod, staging }: { prod: MotoAccount; staging: MotoAccount }): Promise<void> {
  const eu = prod.place('eu-west-1');
  const us = prod.place('us-east-1');
  const test = staging.place('eu-west-1');
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders-prod';
  const groups = await askQuery(eu, 'ec2', 'DescribeSecurityGroups', {
    'Filter.1.Name': 'group-name',
    'Filter.1.Value.1': 'prod-gate',
  });
  const bucket = '/orders-prod-111111111111-eu-west-1';
  await Promise.all([
    askJson(eu, 'sqs', 'AmazonSQS.SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '300' } }),
    askJson(eu, 'sqs', 'AmazonSQS.TagQueue', { QueueUrl, Tags: { CostCentre: '0077', Incident: 'INC-12' } }),
    askQuery(eu, 'sns', 'SetTopicAttributes', {
      TopicArn: 'arn:aws:sns:eu-west-1:111111111111:orders-prod-events',
      AttributeName: 'DisplayName',
      AttributeValue: 'Orders & <more>',
    }),
    askQuery(eu, 'ec2', 'AuthorizeSecurityGroupIngress', {
      GroupId: groups.textOf('groupId') ?? '',
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '22',
      'IpPermissions.1.ToPort': '22',
      'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
    }),
    askJson(eu, 'dynamodb', 'DynamoDB_20120810.UpdateTable', {
      TableName: 'orders-prod',
      ProvisionedThroughput: { ReadCapacityUnits: 40, WriteCapacityUnits: 5 },
    }),
    askS3(
      eu,
      'PUT',
      `${bucket}?tagging`,
      '<Tagging><TagSet><Tag><Key>Owner</Key><Value>ops</Value></Tag></TagSet></Tagging>',
    ),
    askQuery(eu, 'iam', 'PutRolePolicy', {
      RoleName: 'orders-worker-prod-eu-west-1',
      PolicyName: 'hotfix',
      PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    }),
    askJson(eu, 'ssm', 'AmazonSSM.PutParameter', { Name: '/orders/prod/queue', Value: 'elsewhere', Overwrite: true }),
    askJson(eu, 'logs', 'Logs_20140328.PutRetentionPolicy', { logGroupName: '/orders/prod', retentionInDays: 30 }),
    askJson(test, 'sqs', 'AmazonSQS.DeleteQueue', {
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/222222222222/orders-staging-dead',
    }),
    askJson(us, 'sqs', 'AmazonSQS.SetQueueAttributes', {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111111111111/audit-prod',
      Attributes: { MessageRetentionPeriod: '86400' },
    }),
    askQuery(us, 'sns', 'SetTopicAttributes', {
      TopicArn: 'arn:aws:sns:us-east-1:111111111111:alerts-prod',
      AttributeName: 'DisplayName',
      AttributeValue: 'Old alerts',
    }),
  ]);
}
