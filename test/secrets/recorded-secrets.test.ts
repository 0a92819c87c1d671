import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import { scan } from '../../src/scan/scan.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

const TEMPLATE = `Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: shop
      Environment:
        Variables:
          DB_PASSWORD: hunter2
          DB_URL: postgres://shop:hunter2@db.example.com/shop
          LOG_LEVEL: info
`;

/** Scans the template against a recording of the function with these environment variables. */
async function scanAgainst(variables: Record<string, string>) {
  const repository = makeRepository({
    'shop.yaml': TEMPLATE,
    'gitops-drift.yaml':
      'version: 1\nprovider: snapshot\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n',
  });
  const properties = { FunctionName: 'shop', Environment: { Variables: variables } };
  const resources = [{ logicalId: 'Function', type: 'AWS::Lambda::Function', physicalId: 'shop', properties }];
  const regions = { 'eu-west-1': { stacks: [{ name: 'shop', resources }] } };
  const recorded: Snapshot = {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: '111111111111',
    regions,
  };
  const snapshot = join(temporaryDirectory(), 'live.json');
  writeFileSync(snapshot, JSON.stringify(recorded));
  const { report } = await scan({ repository, snapshot });
  const [resource] = report.resources;
  return {
    findings: report.findings.map(({ path }) => path),
    unverifiable: resource?.unverifiable.map(({ path }) => path),
    status: resource?.status,
  };
}

test('secrets that were masked when they were recorded are unverifiable, not drift', async () => {
  const variables = {
    DB_PASSWORD: '****',
    DB_URL: 'postgres://shop:****@db.example.com/shop',
    LOG_LEVEL: 'info',
  };
  expect(await scanAgainst(variables)).toEqual({
    findings: [],
    unverifiable: ['/Environment/Variables/DB_PASSWORD', '/Environment/Variables/DB_URL'],
    status: 'inSync',
  });
});

test('what else differs around a masked secret is drift', async () => {
  const variables = {
    DB_PASSWORD: '****',
    DB_URL: 'postgres://shop:****@other.example.com/shop',
    LOG_LEVEL: 'debug',
  };
  expect(await scanAgainst(variables)).toEqual({
    findings: ['/Environment/Variables/DB_URL', '/Environment/Variables/LOG_LEVEL'],
    unverifiable: ['/Environment/Variables/DB_PASSWORD'],
    status: 'modified',
  });
});
