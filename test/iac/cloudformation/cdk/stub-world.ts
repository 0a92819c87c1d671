import { join } from 'node:path';
import type { Json } from '../../../../src/base/json.js';
import { type Files, makeRepository, writeFiles } from '../../../support/repository.js';
import { STUB, words } from './stub-app.js';

/** What the stub makes of its one stack. */
const DEPLOYED: Record<string, Record<string, Json>> = {
  Jobs: { VisibilityTimeout: 30, DelaySeconds: 5, QueueName: 'jobs' },
  Mail: { DelaySeconds: 8, VisibilityTimeout: 8, MaximumMessageSize: 2048 },
  One: { DelaySeconds: 17 },
  Two: { DelaySeconds: 17 },
};

export interface World {
  repository: string;
  snapshot: string;
}

/** A repository of the stub app, and what is live: as deployed, but for what is given. */
export function worldOf(
  drift: Record<string, Record<string, Json>>,
  act?: string,
  files: Files = {},
  settings: readonly string[] = [],
): World {
  const config = ['version: 1', 'region: eu-west-1', 'cdk:', `  app: ${JSON.stringify(words(act))}`, ...settings];
  const repository = makeRepository({ ...STUB, ...files, 'gitops-drift.yaml': `${config.join('\n')}\n` });
  const resources = Object.entries(DEPLOYED).map(([logicalId, properties]) => ({
    ...{ logicalId, type: 'AWS::SQS::Queue', physicalId: `https://sqs/${logicalId}`, status: 'CREATE_COMPLETE' },
    properties: { QueueUrl: `https://sqs/${logicalId}`, ...properties, ...drift[logicalId] },
  }));
  const template = {
    Resources: Object.fromEntries(
      Object.entries(DEPLOYED).map(([id, Properties]) => [id, { Type: 'AWS::SQS::Queue', Properties }]),
    ),
  };
  const stack = { name: 'orders', status: 'UPDATE_COMPLETE', template: JSON.stringify(template), resources };
  const snapshot = { snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks: [stack] } } };
  writeFiles(join(repository, '.git'), { 'live.json': JSON.stringify(snapshot) });
  return { repository, snapshot: join(repository, '.git/live.json') };
}
