import { describe, expect, test } from '@jest/globals';
import { scan } from '../../src/scan/scan.js';
import type { Excerpt } from '../../src/syntax/location.js';
import { makeScenario, REGION, type Scenario } from '../support/patching.js';
import { makeRepository } from '../support/repository.js';

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

  test('known secrets wherever they stand: literally, in comments, and of keys that lines take apart', async () => {
    const scenario = {
      template: `Parameters: { Pin: { Type: String, NoEcho: true }, Old: { Type: String, NoEcho: true, Default: hushhush } }
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      # the pin was hushhush
      # -----BEGIN PRIVATE KEY-----
      # MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
      # -----END PRIVATE KEY-----
      Environment: { Variables: { GREETING: topsekrit4711, STAGE: test } }
      Description: !Ref Pin
`,
      files: {
        'gitops-drift.yaml': `version: 1
stacks:
  - { name: shop, template: templates/shop.yaml, region: ${REGION}, parameters: { Pin: topsekrit4711 } }
`,
      },
      stacks: { shop: { Pin: '****', Old: '****' } },
      drift: [['set', 'Worker/Environment/Variables/STAGE', 'prod']] as Scenario['drift'],
    };
    const { report } = await scan({ ...makeScenario({ name: 'shop', ...scenario }), patch: {} });
    const [finding] = report.findings.filter(({ path }) => path.endsWith('STAGE'));
    expect(finding?.location?.excerpt?.lines.join('\n')).toContain('Description: !Ref Pin');
    expect(finding?.patch.reason).toContain('a diff of it would show a secret that stands there');
    expect(JSON.stringify(finding)).not.toMatch(/topsekrit|hushhush|MIIE/);
  });

  test('what a nested stack takes for a secret is one in the template that nests it', async () => {
    const template = `Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters: { Pin: topsekrit4711, Timeout: 60 }
`;
    const child = `Parameters: { Pin: { Type: String, NoEcho: true }, Timeout: { Type: Number } }
Resources:
  Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: !Ref Timeout } }
`;
    const nested = { name: 'shop-Child-1', template: child, parameters: { Pin: '****', Timeout: '60' } };
    const root = { name: 'shop', template: template.replace('child.yaml', 'https://s3/x'), parameters: {} };
    const arn = `arn:aws:cloudformation:${REGION}:111111111111:stack/shop-Child-1/1`;
    const live = { QueueUrl: 'https://sqs/o', VisibilityTimeout: 90 };
    const stacks = [
      {
        ...root,
        resources: [{ logicalId: 'Child', type: 'AWS::CloudFormation::Stack', physicalId: arn, properties: {} }],
      },
      {
        ...nested,
        resources: [{ logicalId: 'Orders', type: 'AWS::SQS::Queue', physicalId: 'https://sqs/o', properties: live }],
      },
    ];
    const repository = makeRepository({
      'shop.yaml': template,
      'child.yaml': child,
      'live.json': JSON.stringify({
        ...{ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111' },
        regions: { [REGION]: { stacks } },
      }),
      'gitops-drift.yaml': `version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n  - { name: shop, template: shop.yaml, region: ${REGION} }\n`,
    });
    const { report } = await scan({ repository });
    const [finding] = report.findings.filter(({ path }) => path === '/VisibilityTimeout');
    expect(finding?.location?.file).toBe('shop.yaml');
    const text = finding?.location?.excerpt?.lines.join('\n');
    expect(text).toContain('Parameters: { Pin: ****, Timeout: 60 }');
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
