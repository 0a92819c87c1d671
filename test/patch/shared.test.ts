import { describeScenarios, REGION } from '../support/patching.js';

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
    refused: ['it would also change Orders of stack shop-test'],
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
      'sets the parameter Timeout; so far it has its default: otherwise it would also change Orders of stack shop-test',
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
    refused: ['it would also change Orders of stack shop-test'],
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
    name: 'parameters of one are an alias of the other’s',
    template: TEMPLATE,
    stacks: BOTH,
    files: { 'gitops-drift.yaml': two('    parameters: &common { Timeout: 60 }\n', '    parameters: *common\n') },
    drift: [['set', 'shop-test:Orders/VisibilityTimeout', 90]],
    refused: ['it would also change Orders of stack shop-prod'],
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
    refused: ['it would also change Returns'],
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
    refused: ['it would also change Orders'],
  },
]);
