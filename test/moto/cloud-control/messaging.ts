import type { JsonObject } from '../../../src/base/json.js';
import { askJson, askQuery, type Place } from '../support/services.js';
import { tagList, told, xmlTags } from './model.js';

const NUMBERS = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
];

/** `AWS::SQS::Queue`, by its URL. */
export async function readQueue(place: Place, QueueUrl: string): Promise<JsonObject> {
  const [{ Attributes = {} }, { Tags = {} }] = (await Promise.all([
    askJson(place, 'sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }),
    askJson(place, 'sqs', 'AmazonSQS.ListQueueTags', { QueueUrl }),
  ])) as [{ Attributes?: Record<string, string> }, { Tags?: Record<string, string> }];
  const { QueueArn: Arn = '', RedrivePolicy, SqsManagedSseEnabled } = Attributes;
  return told({
    QueueUrl,
    Arn,
    QueueName: Arn.split(':').at(-1),
    ...Object.fromEntries(NUMBERS.map((name) => [name, Number(Attributes[name])])),
    SqsManagedSseEnabled: SqsManagedSseEnabled === 'true',
    RedrivePolicy: RedrivePolicy === undefined ? undefined : (JSON.parse(RedrivePolicy) as JsonObject),
    Tags: tagList(Object.entries(Tags)),
  });
}

/** `AWS::SNS::Topic`, by its ARN. */
export async function readTopic(place: Place, TopicArn: string): Promise<JsonObject> {
  const [attributes, tags] = await Promise.all([
    askQuery(place, 'sns', 'GetTopicAttributes', { TopicArn }),
    askQuery(place, 'sns', 'ListTagsForResource', { ResourceArn: TopicArn }),
  ]);
  const entries = attributes.items('Attributes').map((entry) => [entry.textOf('key'), entry.textOf('value')] as const);
  const { DisplayName, KmsMasterKeyId } = Object.fromEntries(entries) as Record<string, string>;
  return told({
    TopicArn,
    TopicName: TopicArn.split(':').at(-1),
    DisplayName: DisplayName || undefined,
    KmsMasterKeyId,
    Tags: xmlTags(tags.items('Tags')),
  });
}

/** The URLs of all queues, as `AWS::SQS::Queue` is listed. */
export async function listQueues(place: Place): Promise<string[]> {
  const answer = (await askJson(place, 'sqs', 'AmazonSQS.ListQueues', {})) as { QueueUrls?: string[] };
  return answer.QueueUrls ?? [];
}
