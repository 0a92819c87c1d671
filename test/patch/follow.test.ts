import { expect, test } from '@jest/globals';
import { unusedAfter } from '../../src/iac/cloudformation/edits/unused.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import { createSource } from '../../src/syntax/source.js';
import { describeScenarios } from '../support/patching.js';

const VERSION = `Resources:
  Version:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Name: /boot/version, Value: "29" }
Outputs:
  BootstrapVersion: { Value: !GetAtt Version.Value }
`;

const TIMEOUT = `Parameters:
  Timeout: { Type: Number, Default: 60 }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      VisibilityTimeout: !Ref Timeout
`;

const PARAMETER_EDIT = ['-  Timeout: { Type: Number, Default: 60 }', '+  Timeout: { Type: Number, Default: 90 }'];

describeScenarios('outputs that report what changes', [
  {
    name: 'as an attribute',
    template: VERSION,
    drift: [['set', 'Version/Value', '30']],
    diff: [
      '-    Properties: { Type: String, Name: /boot/version, Value: "29" }',
      '+    Properties: { Type: String, Name: /boot/version, Value: "30" }',
    ],
    notes: ['the output BootstrapVersion follows it'],
  },
  {
    name: 'by the same parameter, also within a text, and exported',
    template: `${TIMEOUT}Outputs:
  Timeout: { Value: !Ref Timeout, Export: { Name: shop-timeout } }
  Text: { Value: !Sub 'after \${Timeout} seconds' }
`,
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: PARAMETER_EDIT,
    notes: [
      "the outputs Timeout, Text follow it, exported as shop-timeout: CloudFormation can't change that while another stack imports it",
    ],
  },
  {
    name: 'by its export, whose name must not change',
    template: `${TIMEOUT}Outputs:
  Name: { Value: !Ref Orders, Export: { Name: !Sub 'timeout-\${Timeout}' } }
`,
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: ['-      VisibilityTimeout: !Ref Timeout', '+      VisibilityTimeout: 90'],
    notes: ['the reference to Timeout becomes a literal: otherwise the edit would also change the output Name'],
  },
]);

describeScenarios('a parameter that serves nothing any more', [
  {
    name: 'since the reference becomes a literal',
    template: TIMEOUT,
    stacks: { shop: { Timeout: '60' } },
    drift: [['set', 'Orders/VisibilityTimeout', 90]],
    diff: ['-      VisibilityTimeout: !Ref Timeout', '+      VisibilityTimeout: 90'],
    notes: ['the reference to Timeout becomes a literal; the parameter Timeout is unused then'],
  },
  {
    name: 'since the property is gone',
    template: TIMEOUT.replace('VisibilityTimeout', 'KmsMasterKeyId').replace(
      'Number, Default: 60',
      'String, Default: k',
    ),
    drift: [['delete', 'Orders/KmsMasterKeyId']],
    diff: ['-      KmsMasterKeyId: !Ref Timeout'],
    notes: ['the parameter Timeout is unused then'],
  },
  {
    name: 'since all of its references become literals',
    template: `${TIMEOUT}  Returns:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Timeout }
`,
    stacks: { shop: { Timeout: '60' } },
    drift: [
      ['set', 'Orders/VisibilityTimeout', 90],
      ['set', 'Returns/VisibilityTimeout', 30],
    ],
    diff: [
      '-      VisibilityTimeout: !Ref Timeout',
      '+      VisibilityTimeout: 90',
      '-    Properties: { VisibilityTimeout: !Ref Timeout }',
      '+    Properties: { VisibilityTimeout: 30 }',
    ],
    notes: ['the parameter Timeout is unused then', 'the parameter Timeout is unused then'],
  },
]);

test.each([
  ['in a text', "Resources: { A: { Type: T, Properties: { P: !Ref Size, Q: !Sub 'x-${Size}' } } }"],
  [
    'in a condition',
    'Conditions: { C: !Equals [!Ref Size, 1] }\nResources: { A: { Type: T, Properties: { P: !Ref Size } } }',
  ],
  ['in an output', 'Resources: { A: { Type: T, Properties: { P: !Ref Size } } }\nOutputs: { O: { Value: !Ref Size } }'],
  ['by a macro', 'Transform: Mine\nResources: { A: { Type: T, Properties: { P: !Ref Size } } }'],
])('a parameter that is used elsewhere, %s, is not called unused', (_, rest) => {
  const text = `Parameters: { Size: { Type: Number } }\n${rest}\n`;
  const start = text.indexOf('!Ref Size', text.indexOf('P: '));
  const edits = [{ start, end: start + '!Ref Size'.length, text: '9' }];
  expect(unusedAfter(parseTemplate(createSource('shop.yaml', text)), edits, edits)).toEqual([]);
});
