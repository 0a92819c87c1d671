import type { JsonObject } from '../../../src/base/json.js';
import { askJson, askS3, type Place } from '../support/services.js';
import { told, unlessMissing, xmlTags } from './model.js';

/** `AWS::DynamoDB::Table`, by its name. */
export async function readTable(place: Place, TableName: string): Promise<JsonObject> {
  const { Table } = (await askJson(place, 'dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName })) as {
    Table: JsonObject & {
      BillingModeSummary?: { BillingMode: string };
      ProvisionedThroughput: Record<string, number>;
    };
  };
  const { TableArn, AttributeDefinitions, KeySchema, DeletionProtectionEnabled, ProvisionedThroughput } = Table;
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = ProvisionedThroughput;
  return told({
    TableName,
    Arn: TableArn,
    AttributeDefinitions,
    KeySchema,
    DeletionProtectionEnabled,
    BillingMode: Table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
  });
}

/** `AWS::S3::Bucket`, by its name. */
export async function readBucket(place: Place, BucketName: string): Promise<JsonObject> {
  // Buckets without encryption, tags or versioning are nothing special: the first request tells whether there is one.
  await askS3(place, 'GET', `/${BucketName}?location`);
  const [encryption, tagging, versioning] = await Promise.all([
    unlessMissing(askS3(place, 'GET', `/${BucketName}?encryption`), 'ServerSideEncryptionConfigurationNotFoundError'),
    unlessMissing(askS3(place, 'GET', `/${BucketName}?tagging`), 'NoSuchTagSet'),
    askS3(place, 'GET', `/${BucketName}?versioning`),
  ]);
  const SSEAlgorithm = encryption?.textOf('SSEAlgorithm');
  const Status = versioning.textOf('Status');
  return told({
    BucketName,
    Arn: `arn:aws:s3:::${BucketName}`,
    BucketEncryption: SSEAlgorithm && {
      ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: false, ServerSideEncryptionByDefault: { SSEAlgorithm } }],
    },
    VersioningConfiguration: Status && { Status },
    Tags: xmlTags(tagging?.items('TagSet') ?? []),
  });
}
