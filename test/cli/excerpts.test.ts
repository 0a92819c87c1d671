import { describe, expect, test } from '@jest/globals';
import type { Excerpt } from '../../src/drift/report.js';
import { scan } from '../../src/scan/scan.js';
import { makeScenario, REGION, type Scenario } from '../support/patching.js';

async function excerptOf(scenario: Partial<Scenario>): Promise<Excerpt | undefined> {
  const place = makeScenario({ name: 'shop', template: '', drift: [], ...scenario });
  const { report } = await scan(place);
  expect(report.findings).toHaveLength(1);
  return report.findings[0]?.location?.excerpt;
}

const QUEUE = ['set', 'Orders/VisibilityTimeout', 90] as ['set', string, number];

describe('the lines around a finding', () => {
  test('two before and two after it, as they are', async () => {
    const template = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: größe # a name
      VisibilityTimeout: 60
`;
    expect(await excerptOf({ template, drift: [QUEUE] })).toEqual({
      line: 4,
      lines: ['    Properties:', '      QueueName: größe # a name', '      VisibilityTimeout: 60'],
    });
  });

  test('secrets beside it are masked, in scripts and in many lines, too', async () => {
    const template = `Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          KEY: |
            -----BEGIN PRIVATE KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
            -----END PRIVATE KEY-----
          DB_PASSWORD: changeme-soon
          STAGE: test
          SCRIPT: export API_KEY=abcdef0123456789
`;
    const excerpt = await excerptOf({ template, drift: [['set', 'Worker/Environment/Variables/STAGE', 'prod']] });
    const text = excerpt?.lines.join('\n') ?? '';
    expect(text).toContain('STAGE: test');
    expect(text).not.toMatch(/MIIE|changeme|abcdef/);
    expect(text).toContain('DB_PASSWORD: ****');
  });

  test('of a parameter file only the value that it is about', async () => {
    const excerpt = await excerptOf({
      template: `Parameters: { Timeout: { Type: Number }, Pin: { Type: String, NoEcho: true } }
Resources:
  Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: !Ref Timeout } }
`,
      files: {
        'gitops-drift.yaml': `version: 1
stacks:
  - { name: shop, template: templates/shop.yaml, region: ${REGION}, parametersFile: prod.json }
`,
        'prod.json': `[{ "ParameterKey": "Pin", "ParameterValue": "4711" },
 { "ParameterKey": "Timeout", "ParameterValue": "60" }]`,
      },
      stacks: { shop: { Timeout: '60', Pin: '****' } },
      drift: [QUEUE],
    });
    expect(excerpt?.lines).toEqual([
      '[{ "ParameterKey": "Pin", "ParameterValue": **** },',
      ' { "ParameterKey": "Timeout", "ParameterValue": "60" }]',
    ]);
  });

  test('of a template in one line the part around it', async () => {
    const padding = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`Note${index}`, 'x'.repeat(20)]));
    const template = JSON.stringify({
      Metadata: padding,
      Resources: { Orders: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } } },
      Outputs: Object.fromEntries(Object.keys(padding).map((key) => [key, { Value: 'y'.repeat(20) }])),
    });
    const excerpt = await excerptOf({ template, drift: [QUEUE] });
    expect(excerpt?.lines).toHaveLength(1);
    expect(excerpt?.lines[0]?.length).toBeLessThan(200);
    expect(excerpt?.lines[0]).toContain('"VisibilityTimeout":60');
  });
});
