import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.js';
import type { BaselineFile } from '../../src/baseline/read.js';
import type { SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { snapshotOf, stackOf } from '../cloud/cloud.js';
import { type CliResult, runCli } from '../support/cli.js';
import { type Files, makeRepository, writeFiles } from '../support/repository.js';

export const FILE = '.gitops-drift/baseline.json';
export const PLACE = '111111111111/eu-west-1';

const TEMPLATE = `Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: assets
`;

const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - { name: shop, template: shop.yaml, region: eu-west-1 }
`;

/** The queue, with something live that the template does not declare. */
export function queue(live: JsonObject = {}, more: Partial<SnapshotResource> = {}): SnapshotResource {
  const physicalId = 'https://sqs/jobs';
  return { logicalId: 'Jobs', type: 'AWS::SQS::Queue', physicalId, properties: { DelaySeconds: 5, ...live }, ...more };
}

/** The bucket likewise. */
export function assets(live: JsonObject = {}, more: Partial<SnapshotResource> = {}): SnapshotResource {
  const properties = { BucketName: 'assets', ...live };
  return { logicalId: 'Assets', type: 'AWS::S3::Bucket', physicalId: 'assets', properties, ...more };
}

export function live(stacks: readonly SnapshotStack[], account = '111111111111'): Files {
  return { 'live.json': JSON.stringify(snapshotOf([...stacks], account)) };
}

/** What the stack `shop` has live. */
export function shop(...resources: SnapshotResource[]): Files {
  return live([stackOf('shop', resources)]);
}

/** A repository with the stack `shop`, whose live state is recorded in it, and the command line in it. */
export function project(files: Files) {
  const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': CONFIG, ...files });
  return {
    cwd,
    write: (more: Files) => writeFiles(cwd, more),
    run: (...args: string[]): Promise<CliResult> => runCli(args, { cwd }),
    text: (file = FILE) => readFileSync(join(cwd, file), 'utf8'),
    resources: () => (JSON.parse(readFileSync(join(cwd, FILE), 'utf8')) as BaselineFile).resources,
    async scan(...args: string[]): Promise<{ report: Report; exitCode: number | null; stderr: string }> {
      const { stdout, ...result } = await runCli(['scan', '-o', 'json', ...args], { cwd });
      return { ...result, report: (stdout === '' ? {} : JSON.parse(stdout)) as Report };
    },
  };
}

/** A configuration of two stacks with the same template. */
export const TWO_STACKS = `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - { name: shop, template: shop.yaml, region: eu-west-1 }
  - { name: other, template: shop.yaml, region: eu-west-1 }
`;

/** The live state of both, whose queues take messages of a size. */
export function twoStacks(size: number) {
  return live(['shop', 'other'].map((name) => stackOf(name, [queue({ MaximumMessageSize: size }), assets()])));
}
