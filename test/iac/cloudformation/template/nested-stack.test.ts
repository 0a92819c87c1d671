import { describe, expect, test } from '@jest/globals';
import {
  isLocalPath,
  nestedParameters,
  nestedStackName,
  nestedTemplates,
  parametersFor,
} from '../../../../src/iac/cloudformation/template/nested-stack.js';
import { parseTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import { createSource } from '../../../../src/syntax/source.js';
import { evaluateText, textAt } from '../../../support/evaluate.js';

const URLS: [url: string, isLocal: boolean][] = [
  ['network.yaml', true],
  ['./network.yaml', true],
  ['../network.yaml', true],
  ['nested/network.yaml', true],
  ['', false],
  ['/templates/network.yaml', false],
  ['https://bucket.s3.amazonaws.com/network.yaml', false],
  ['s3://bucket/network.yaml', false],
  ['S3://bucket/network.yaml', false],
  ['git+ssh://host/network.yaml', false],
  ['c:/network.yaml', false],
  ['1:network.yaml', true],
];

test.each(URLS)('%j is a path that packaging replaces: %s', (url, isLocal) => {
  expect(isLocalPath(url)).toBe(isLocal);
  const type = 'AWS::CloudFormation::Stack';
  const text = `Resources: {Inner: {Type: ${type}, Properties: {TemplateURL: ${JSON.stringify(url)}}}}`;
  expect(nestedTemplates(parseTemplate(createSource('shop.yaml', text)))).toHaveLength(isLocal ? 1 : 0);
});

test('local templates are paths from the root of the repository, of nested stacks alone', () => {
  const text = `Resources:
  One: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../network.yaml}}
  Two: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner/queue.yaml}}
  Told: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub "\${AWS::Region}.yaml"}}
  None: {Type: AWS::CloudFormation::Stack}
  Other: {Type: AWS::Proton::Thing, Properties: {TemplateURL: other.yaml}}
`;
  const template = parseTemplate(createSource('stacks/shop.yaml', text));
  expect(nestedTemplates(template)).toEqual(['network.yaml', 'stacks/inner/queue.yaml']);
});

test.each([
  ['arn:aws:cloudformation:eu-west-1:111111111111:stack/shop-Network-1ABC/0c0ffee0-1', 'shop-Network-1ABC'],
  ['shop-Network-1ABC', 'shop-Network-1ABC'],
  [
    'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop',
    'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop',
  ],
])('%s is the stack %s', (physicalId, name) => {
  expect(nestedStackName(physicalId)).toBe(name);
});

describe('the parameters that a parent gives', () => {
  const text = `Parameters:
  Env: {Type: String, Default: prod}
  Names: {Type: CommaDelimitedList, Default: "a, b"}
  Secret: {Type: String, NoEcho: true, Default: hunter22}
  Secrets: {Type: CommaDelimitedList, NoEcho: true, Default: "x,y"}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: inner.yaml
      Parameters:
        Literal: 'plain'
        Number: 5
        Env: !Ref Env
        Names: !Ref Names
        Mixed: [one, !Ref Env]
        Secret: !Ref Secret
        Secrets: !Ref Secrets
        Unknown: !GetAtt Queue.Arn
        Partly: [one, !GetAtt Queue.Arn]
        Map: {A: b}
`;
  const evaluated = evaluateText(text, { path: 'shop.yaml' });
  const given = parametersFor(evaluated, 'Inner');

  test('are texts, lists comma-joined; what is secret or not known is left to the deployed stack', () => {
    expect(Object.fromEntries([...given].map(([name, { value }]) => [name, value]))).toEqual({
      Literal: 'plain',
      Number: '5',
      Env: 'prod',
      Names: 'a,b',
      Mixed: 'one,prod',
    });
  });

  test('stand where they are written', () => {
    const places = ['Literal', 'Env'].map((name) => textAt(given.get(name)?.source, given.get(name)?.range));
    expect(places).toEqual(["'plain'", 'prod']);
  });

  test('are none of a resource that is not there, or that gives none', () => {
    expect(parametersFor(evaluated, 'Outer')).toEqual(new Map());
    expect(parametersFor(evaluated, 'Queue')).toEqual(new Map());
    const lists = evaluateText('Resources: {Q: {Type: "A::B::C", Properties: {Parameters: [a, b]}}}').resources.get(
      'Q',
    );
    expect(lists && nestedParameters(lists.properties)).toEqual(new Map());
  });
});
