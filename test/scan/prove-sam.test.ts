import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { scanFiles } from '../support/memory.js';

function hasTranslator(): boolean {
  try {
    execFileSync('python3', ['-c', 'import samtranslator'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Pay:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: pay.handler
      Runtime: nodejs20.x
      MemorySize: 256
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: ship.handler
      Runtime: nodejs20.x
      AutoPublishAlias: live
      InlineCode: "exports.handler = 1"
`;

function functionOf(handler: string, more: object) {
  return { Type: 'AWS::Lambda::Function', Properties: { Handler: handler, Runtime: 'nodejs20.x', ...more } };
}

const PROCESSED = {
  Resources: {
    Pay: functionOf('pay.handler', { MemorySize: 256, Code: { S3Bucket: 'b', S3Key: 'k' } }),
    Ship: functionOf('ship.handler', { Code: { ZipFile: 'exports.handler = 1' } }),
  },
};

function files(liveOfPay: object) {
  const resources = Object.entries(PROCESSED.Resources).map(([logicalId, { Type, Properties }]) => ({
    ...{ logicalId, type: Type, physicalId: `shop-${logicalId}` },
    properties: { ...Properties, ...(logicalId === 'Pay' ? liveOfPay : {}) },
  }));
  const stack = { name: 'shop', status: 'UPDATE_COMPLETE', template: TEMPLATE.replaceAll('src/', 's3://b/k') };
  const stacks = [{ ...stack, processedTemplate: PROCESSED, resources }];
  const regions = { 'eu-west-1': { stacks } };
  return {
    'template.yaml': TEMPLATE,
    'live.json': JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: null, regions }),
    'gitops-drift.yaml':
      'version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n  - { name: shop, template: template.yaml, region: eu-west-1 }\n',
  };
}

test('by rules alone an edit is proven without another program', async () => {
  const { report } = await scanFiles(files({ MemorySize: 512 }), { patch: {} });
  expect(report.findings.map(({ path, patch }) => [path, patch.status, patch.proof])).toEqual([
    ['/MemorySize', 'patchable', 'rules'],
  ]);
});

const isThere = hasTranslator();
if (!isThere) console.warn('skipped: proofs by the SAM translator (python3 has no package samtranslator)');

(isThere ? describe : describe.skip)('where SAM’s own translator is installed', () => {
  test('an edit is also proven by what the translator makes of it before and after', async () => {
    const { report } = await scanFiles(files({ MemorySize: 512 }), { patch: { remakes: true } });
    expect(report.findings.map(({ path, patch }) => [path, patch.status, patch.proof])).toEqual([
      ['/MemorySize', 'patchable', 'transform'],
    ]);
  });
});

test('where it is missing, that is told instead of proving less', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  try {
    const scanned = scanFiles(files({ MemorySize: 513 }), { patch: { remakes: true } });
    await expect(scanned).rejects.toMatchObject({ code: 'usage', problems: [{ code: 'sam-transform' }] });
  } finally {
    process.env['PATH'] = path;
  }
});
