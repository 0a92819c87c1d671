import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { scan } from '../../src/scan/scan.js';
import { describeScenarios, makeScenario, REGION } from '../support/patching.js';

const TEMPLATE = `Parameters:
  Timeout: { Type: Number, Default: 60 }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Timeout
      DelaySeconds: 5
`;

/** A configuration with two stacks of one template, each with its further lines. */
function two(...further: [string, string]): string {
  const stacks = ['test', 'prod'].map(
    (stage, index) =>
      `  - name: shop-${stage}\n    template: templates/shop.yaml\n    region: ${REGION}\n${further[index]}`,
  );
  return `version: 1\nprovider: snapshot\nstacks:\n${stacks.join('')}`;
}

const BOTH = { 'shop-test': { Timeout: '60' }, 'shop-prod': { Timeout: '60' } };

describeScenarios('two stacks of one template', [
  {
    name: 'one drifted at a literal: nowhere to write it for that one alone',
    template: TEMPLATE,
    stacks: BOTH,
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    refused: ['the edit would also change Orders of stack shop-test'],
  },
  {
    name: 'both drifted alike at a literal: one edit',
    template: TEMPLATE,
    stacks: BOTH,
    drift: [
      ['set', 'shop-test:Orders/DelaySeconds', 9],
      ['set', 'shop-prod:Orders/DelaySeconds', 9],
    ],
    diff: ['-      DelaySeconds: 5', '+      DelaySeconds: 9'],
  },
  {
    name: 'both drifted alike, among findings that have no edit',
    template: TEMPLATE,
    stacks: BOTH,
    drift: [
      ['set', 'shop-test:Orders/VisibilityTimeout', 70],
      ['set', 'shop-test:Orders/DelaySeconds', 9],
      ['set', 'shop-prod:Orders/DelaySeconds', 9],
    ],
    diff: ['-      DelaySeconds: 5', '+      DelaySeconds: 9'],
    refused: ['the edit would also change Orders of stack shop-prod'],
  },
  {
    name: 'both got the same tag',
    template: `${TEMPLATE}      Tags:\n        - { Key: Team, Value: shop }\n`,
    stacks: BOTH,
    drift: [
      ['insert', 'shop-test:Orders/Tags/1', { Key: 'Owner', Value: 'ada' }],
      ['insert', 'shop-prod:Orders/Tags/1', { Key: 'Owner', Value: 'ada' }],
    ],
    diff: ['+        - { Key: Owner, Value: ada }'],
  },
  {
    name: 'both drifted, but apart',
    template: TEMPLATE,
    stacks: BOTH,
    drift: [
      ['set', 'shop-test:Orders/DelaySeconds', 7],
      ['set', 'shop-prod:Orders/DelaySeconds', 9],
    ],
    refused: ['stack shop-prod', 'stack shop-test'],
  },
  {
    name: 'one drifted at its own parameter',
    template: TEMPLATE,
    stacks: BOTH,
    files: {
      'gitops-drift.yaml': two('    parametersFile: test.json\n', '    parametersFile: prod.json\n'),
      'test.json': '{"Parameters":{"Timeout":"60"}}\n',
      'prod.json': '{"Parameters":{"Timeout":"60"}}\n',
    },
    drift: [['set', 'shop-prod:Orders/VisibilityTimeout', 90]],
    diff: ['prod.json', '-{"Parameters":{"Timeout":"60"}}', '+{"Parameters":{"Timeout":"90"}}'],
  },
  {
    name: 'one drifted at a default that both have: it gets a value of its own',
    template: TEMPLATE,
    stacks: { 'shop-test': {}, 'shop-prod': {} },
    files: {
      'gitops-drift.yaml': two('', '    parametersFile: prod.json\n'),
      'prod.json': '{\n  "Parameters": {}\n}\n',
    },
    drift: [['set', 'shop-prod:Orders/VisibilityTimeout', 90]],
    diff: ['prod.json', '-  "Parameters": {}', '+  "Parameters": {', '+    "Timeout": "90"', '+  }'],
    notes: [
      'sets the parameter Timeout, which so far has its default: otherwise the edit would also change Orders of stack shop-test',
    ],
  },
  {
    name: 'both drifted, each at its entry of the configuration',
    template: TEMPLATE,
    stacks: BOTH,
    files: {
      'gitops-drift.yaml': two('    parameters: { Timeout: 60 }\n', '    parameters: { Timeout: 60 } # peak\n'),
    },
    drift: [
      ['set', 'shop-test:Orders/VisibilityTimeout', 70],
      ['set', 'shop-prod:Orders/VisibilityTimeout', 90],
    ],
    diff: [
      'gitops-drift.yaml',
      '-    parameters: { Timeout: 60 }',
      '+    parameters: { Timeout: 70 }',
      '-    parameters: { Timeout: 60 } # peak',
      '+    parameters: { Timeout: 90 } # peak',
    ],
  },
  {
    name: 'one parameter file for both',
    template: TEMPLATE,
    stacks: BOTH,
    files: {
      'gitops-drift.yaml': two('    parametersFile: all.json\n', '    parametersFile: all.json\n'),
      'all.json': '{"Parameters":{"Timeout":"60"}}\n',
    },
    drift: [['set', 'shop-prod:Orders/VisibilityTimeout', 90]],
    refused: ['the edit would also change Orders of stack shop-test'],
  },
  {
    name: 'one is left out by --stack',
    template: TEMPLATE,
    stacks: BOTH,
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    request: { stacks: ['shop-prod'] },
    refused: ['stack shop-test has the same template or parameters, and was not part of this scan: scan both together'],
  },
  {
    name: 'one is left out by --stack, but not concerned',
    template: TEMPLATE,
    stacks: BOTH,
    files: {
      'gitops-drift.yaml': two('    parameters: { Timeout: 60 }\n', '    parameters: { Timeout: 60 } # peak\n'),
    },
    drift: [['set', 'shop-prod:Orders/VisibilityTimeout', 90]],
    request: { stacks: ['shop-prod'] },
    diff: ['gitops-drift.yaml', '-    parameters: { Timeout: 60 } # peak', '+    parameters: { Timeout: 90 } # peak'],
  },
  {
    name: 'one is left out by --stack, without a configuration',
    template: TEMPLATE,
    stacks: BOTH,
    files: { 'gitops-drift.yaml': 'version: 1\nprovider: snapshot\n' },
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
    request: { stacks: ['shop-prod'] },
    refused: ['stack shop-test has the same template or parameters, and was not part of this scan'],
  },
  {
    name: 'both are discovered, without a configuration',
    template: TEMPLATE,
    stacks: BOTH,
    files: { 'gitops-drift.yaml': 'version: 1\nprovider: snapshot\n' },
    drift: [
      ['set', 'shop-prod:Orders/DelaySeconds', 9],
      ['set', 'shop-prod:Orders/VisibilityTimeout', 90],
      ['set', 'shop-test:Orders/VisibilityTimeout', 90],
    ],
    diff: ['-      VisibilityTimeout: !Ref Timeout', '+      VisibilityTimeout: 90'],
    notes: ['the reference to Timeout becomes a literal', 'the reference to Timeout becomes a literal'],
    refused: ['the edit would also change Orders of stack shop-test'],
  },
  {
    name: 'parameters of one are an alias of the other’s',
    template: TEMPLATE,
    stacks: BOTH,
    files: { 'gitops-drift.yaml': two('    parameters: &common { Timeout: 60 }\n', '    parameters: *common\n') },
    drift: [['set', 'shop-test:Orders/VisibilityTimeout', 90]],
    refused: ['the edit would also change Orders of stack shop-prod'],
  },
]);

const ALIAS = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: &timeout 60
      Tags: &tags
        - { Key: Team, Value: shop }
  Returns:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: *timeout
      Tags: *tags
`;

test('two names of one template are one file', async () => {
  const { repository, snapshot } = makeScenario({
    name: 'links',
    template: TEMPLATE,
    stacks: BOTH,
    files: { 'gitops-drift.yaml': two('', '').replace('templates/shop.yaml', 'test/shop.yaml') },
    drift: [['set', 'shop-prod:Orders/DelaySeconds', 9]],
  });
  mkdirSync(join(repository, 'test'));
  symlinkSync('../templates/shop.yaml', join(repository, 'test/shop.yaml'));
  for (const stacks of [[], ['shop-prod']]) {
    const { report, patched } = await scan({ repository, snapshot, stacks, patch: {} });
    expect(report.findings.map(({ patch }) => patch.reason)).toEqual([expect.stringContaining('stack shop-test')]);
    expect(patched).toEqual([]);
  }
});

describeScenarios('a list that a reference gives', [
  {
    name: 'from a mapping that another resource uses, too',
    template: `Mappings:
  Network:
    eu-west-1: { Subnets: [subnet-0a1b2c3d, subnet-1a1b2c3d] }
Resources:
  One:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: One
      SubnetIds: !FindInMap [Network, !Ref AWS::Region, Subnets]
  Two:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: Two
      SubnetIds: !FindInMap [Network, !Ref AWS::Region, Subnets]
`,
    drift: [['set', 'One/SubnetIds/1', 'subnet-2a1b2c3d']],
    diff: [
      '-      SubnetIds: !FindInMap [Network, !Ref AWS::Region, Subnets]',
      '+      SubnetIds: [subnet-0a1b2c3d, subnet-2a1b2c3d]',
    ],
    notes: ['Fn::FindInMap becomes a literal: otherwise the edit would also change Two'],
  },
  {
    name: 'from Fn::Split of a parameter',
    template: `Parameters:
  Subnets: { Type: String, Default: 'subnet-0a1b2c3d,subnet-1a1b2c3d' }
Resources:
  One:
    Type: AWS::RDS::DBSubnetGroup
    Properties:
      DBSubnetGroupDescription: One
      SubnetIds: !Split [',', !Ref Subnets]
`,
    drift: [['delete', 'One/SubnetIds/0']],
    diff: [
      "-  Subnets: { Type: String, Default: 'subnet-0a1b2c3d,subnet-1a1b2c3d' }",
      "+  Subnets: { Type: String, Default: 'subnet-1a1b2c3d' }",
    ],
  },
]);

describeScenarios('an alias', [
  {
    name: 'becomes a literal',
    template: ALIAS,
    drift: [['set', 'Returns/VisibilityTimeout', 90]],
    diff: ['-      VisibilityTimeout: *timeout', '+      VisibilityTimeout: 90'],
    notes: ['the alias *timeout becomes a literal'],
  },
  {
    name: 'that stands for what drifted elsewhere can not follow',
    template: ALIAS,
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    refused: ['the edit would also change Returns'],
  },
  {
    name: 'of a list that both have drifted in',
    template: ALIAS,
    drift: [
      ['set', 'Orders/Tags/0/Value', 'till'],
      ['set', 'Returns/Tags/0/Value', 'till'],
    ],
    diff: ['-        - { Key: Team, Value: shop }', '+        - { Key: Team, Value: till }'],
  },
  {
    name: 'of a list that one has drifted in',
    template: ALIAS,
    drift: [['set', 'Returns/Tags/0/Value', 'till']],
    diff: ['-      Tags: *tags', '+      Tags:', '+        - { Key: Team, Value: till }'],
    notes: ['the alias *tags becomes a literal: otherwise the edit would also change Orders'],
  },
  {
    name: 'of a list that one has got an element in',
    template: ALIAS,
    drift: [['insert', 'Returns/Tags/1', { Key: 'Owner', Value: 'ada' }]],
    diff: [
      '-      Tags: *tags',
      '+      Tags:',
      '+        - { Key: Team, Value: shop }',
      '+        - { Key: Owner, Value: ada }',
    ],
    notes: ['the alias *tags becomes a literal: otherwise the edit would also change Orders'],
  },
  {
    name: 'of a list with references is not written out',
    template: ALIAS.replace('Value: shop', 'Value: !Ref AWS::Region'),
    drift: [['insert', 'Returns/Tags/1', { Key: 'Owner', Value: 'ada' }]],
    refused: ['the edit would also change Orders'],
  },
  {
    name: 'merged into a map: the key gets a value of its own',
    template: `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: &queue
      VisibilityTimeout: 60
      DelaySeconds: 5
  Returns:
    Type: AWS::SQS::Queue
    Properties:
      <<: *queue
      QueueName: returns
`,
    drift: [['set', 'Returns/DelaySeconds', 9]],
    diff: ['+      DelaySeconds: 9'],
    notes: ['DelaySeconds gets a value of its own: otherwise the edit would also change Orders'],
  },
]);
