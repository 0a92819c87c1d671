import { CloudFormation, type Parameter } from '@aws-sdk/client-cloudformation';
import { askQuery, askS3, type Place } from './services.js';

/** Keys that belong to no account in particular; moto takes them for those of its default account, 123456789012. */
const NOBODY = { accessKey: 'AKIAGITOPSDRIFTTESTS', secret: 'unchecked' };

// What the SDK says about Node versions is not for those who read test results.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** An account of moto's: what to ask its services with, and what runs the tools in it. */
export interface MotoAccount {
  id: string;
  place(region: string): Place;
  cloudFormation(region: string): CloudFormation;
  /** An environment with the account's credentials. */
  env: Record<string, string>;
}

/** The environment of somebody who has to assume a role first. */
export function nobodysEnv(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: NOBODY.accessKey,
    AWS_SECRET_ACCESS_KEY: NOBODY.secret,
  };
}

/** Assumes a role in an account: moto has every account that somebody has been to, and makes it then. */
export async function signIn(url: string, id: string): Promise<MotoAccount> {
  const nobody: Place = { url, region: 'us-east-1', accessKey: NOBODY.accessKey };
  const input = { RoleArn: `arn:aws:iam::${id}:role/admin`, RoleSessionName: 'tests' };
  const answer = await askQuery(nobody, 'sts', 'AssumeRole', input);
  const accessKeyId = answer.textOf('AccessKeyId') ?? '';
  const secretAccessKey = answer.textOf('SecretAccessKey') ?? '';
  const sessionToken = answer.textOf('SessionToken') ?? '';
  return {
    id,
    place: (region) => ({ url, region, accessKey: accessKeyId }),
    cloudFormation: (region) =>
      new CloudFormation({ endpoint: url, region, credentials: { accessKeyId, secretAccessKey, sessionToken } }),
    env: {
      ...nobodysEnv(url),
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
  };
}

/** What a stack is made from. */
export interface Deployment {
  name: string;
  template: string;
  parameters?: Record<string, string>;
}

/** Creates a stack, or updates the one that there is. */
export async function deploy(client: CloudFormation, { name, template, parameters = {} }: Deployment): Promise<void> {
  const Parameters = Object.entries(parameters).map(
    ([ParameterKey, ParameterValue]): Parameter => ({ ParameterKey, ParameterValue }),
  );
  const input = { StackName: name, TemplateBody: template, Parameters };
  const { StackSummaries = [] } = await client.listStacks({});
  const isThere = StackSummaries.some(
    ({ StackName, StackStatus }) => StackName === name && StackStatus !== 'DELETE_COMPLETE',
  );
  await (isThere ? client.updateStack(input) : client.createStack(input));
}

/**
 * Uploads a nested stack's template, as `aws cloudformation package` does, and gives the URL to put in place of its
 * local path.
 */
export async function upload(place: Place, bucket: string, key: string, template: string): Promise<string> {
  await askS3(place, 'PUT', `/${bucket}`);
  await askS3(place, 'PUT', `/${bucket}/${key}`, template);
  return `https://s3.amazonaws.com/${bucket}/${key}`;
}
