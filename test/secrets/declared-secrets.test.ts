import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { recordStacks } from '../../src/scan/record.js';
import { scan } from '../../src/scan/scan.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Stripe: { Type: String, NoEcho: true }
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: shop
      Environment:
        Variables:
          STRIPE: !Ref Stripe
          HOOK: !Sub https://hooks.example.com/\${Stripe}/orders
          MAILER: '{{resolve:secretsmanager:mailer}}'
          LOG_LEVEL: info
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment:
            - { Name: STRIPE, Value: !Ref Stripe }
            - { Name: LOG_LEVEL, Value: info }
          Command: [serve, !Ref Stripe]
`;

/** Live state in which somebody has renewed every secret. */
const FUNCTION: JsonObject = {
  FunctionName: 'shop',
  Environment: {
    Variables: {
      STRIPE: 'renewed-1',
      HOOK: 'https://hooks.example.com/renewed-2/orders',
      MAILER: 'renewed-3',
      LOG_LEVEL: 'info',
    },
  },
};
const TASK: JsonObject = {
  ContainerDefinitions: [
    {
      Name: 'web',
      Environment: [
        { Name: 'LOG_LEVEL', Value: 'info' },
        { Name: 'STRIPE', Value: 'renewed-4' },
      ],
      Command: ['serve', 'renewed-5'],
    },
  ],
};

/** A scan request for the template with that state; `told` is what CloudFormation tells of the parameter. */
function request({ configured = '', told = '****' }) {
  const stack = '  - { name: shop, template: shop.yaml, region: eu-west-1';
  const config = `version: 1\nprovider: snapshot\nstacks:\n${stack}${configured} }\n`;
  const repository = makeRepository({ 'shop.yaml': TEMPLATE, 'gitops-drift.yaml': config });
  const resources = [
    { logicalId: 'Function', type: 'AWS::Lambda::Function', physicalId: 'shop', properties: FUNCTION },
    { logicalId: 'Task', type: 'AWS::ECS::TaskDefinition', physicalId: 'arn:task', properties: TASK },
  ];
  const stacks = [{ name: 'shop', template: TEMPLATE, parameters: { Stripe: told }, resources }];
  const recorded = { snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks } } };
  const snapshot = join(temporaryDirectory(), 'live.json');
  writeFileSync(snapshot, JSON.stringify({ ...recorded, capturedAt: '2026-01-01T00:00:00Z' }));
  return { repository, snapshot };
}

test.each([
  ['that only CloudFormation knows', {}],
  ['that stands in the repository', { configured: ', parameters: { Stripe: known-0 }' }],
  ['that an endpoint tells', { told: 'known-0' }],
])('a NoEcho value %s is never recorded, nor what it was renewed to', async (_name, given) => {
  const { snapshot } = await recordStacks(request(given));
  const text = JSON.stringify(snapshot);
  expect(text).not.toMatch(/renewed|known-0/);
  expect(text).toContain('{"Name":"LOG_LEVEL","Value":"info"}');
  expect(text).toContain('"Command":["serve","****"]');
});

test('a NoEcho value that was renewed is drift, and told of neither side', async () => {
  const { report } = await scan(request({ configured: ', parameters: { Stripe: known-0 }' }));
  expect(report.findings.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(report)).not.toMatch(/renewed|known-0/);
  expect(report.findings).toContainEqual(
    expect.objectContaining({ path: '/Environment/Variables/STRIPE', desired: '****', live: '****' }),
  );
});
