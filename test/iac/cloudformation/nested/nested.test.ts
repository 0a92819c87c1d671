import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { nestedTargets } from '../../../../src/iac/cloudformation/nested/nested.js';
import type { StackState } from '../../../../src/iac/cloudformation/state/model.js';
import { parseTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import type { Target } from '../../../../src/model/target.js';
import { createSource } from '../../../../src/syntax/source.js';
import { evaluateText } from '../../../support/evaluate.js';

const TARGET: Target = { name: 'shop', region: 'eu-west-1', template: 'stacks/shop.yaml', parameters: new Map() };
const ID = 'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop-Network-1ABC/0c0ffee0';

/** The targets nested in `stacks/shop.yaml`, of a resource `Network` with these properties. */
function nested(
  properties: string,
  { target = TARGET, id = ID, more = '' }: { target?: Target; id?: string | undefined; more?: string } = {},
) {
  const text = `Parameters: {Size: {Type: Number, Default: 5}}
Conditions: {Never: !Equals [a, b]}
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: ${properties}
${more}`;
  return nestedIn(text, target, id);
}

/** The targets nested in a stack of this template that has a stack `Network` deployed. */
function nestedIn(text: string, target: Target = TARGET, id = ID) {
  const path = target.template ?? 'x.yaml';
  const evaluated = evaluateText(text, { path });
  const template = parseTemplate(createSource(path, text));
  const resource = { logicalId: 'Network', type: 'AWS::CloudFormation::Stack' };
  const deployed = { ...resource, ...(id === '' ? {} : { physicalId: id }) };
  const state = { evaluated, template, deployedResources: new Map([['Network', deployed]]) };
  return nestedTargets(target, state as unknown as StackState);
}

const LOCAL = '{TemplateURL: ../network.yaml, Parameters: {Size: !Ref Size}}';

describe('the stacks nested in a stack', () => {
  test('are those whose template is in the repository, as deployed', () => {
    const [one, ...others] = nested(LOCAL);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      name: 'shop-Network-1ABC',
      path: 'shop/Network',
      region: 'eu-west-1',
      template: 'network.yaml',
      ancestors: ['stacks/shop.yaml'],
    });
    expect(Object.fromEntries([...(one?.parameters ?? [])].map(([name, { value }]) => [name, value]))).toEqual({
      Size: '5',
    });
    expect(Object.keys(one ?? {})).not.toContain('account');
    expect(Object.keys(one ?? {})).not.toContain('roleArn');
  });

  test('are read as their parent is, and named below it', () => {
    const target = {
      ...TARGET,
      path: 'root/Shop',
      account: '111111111111',
      roleArn: 'arn:aws:iam::1:role/r',
      ancestors: ['root.yaml'],
    };
    expect(nested(LOCAL, { target })).toMatchObject([
      {
        path: 'root/Shop/Network',
        account: '111111111111',
        roleArn: 'arn:aws:iam::1:role/r',
        ancestors: ['root.yaml', 'stacks/shop.yaml'],
      },
    ]);
  });

  test.each([
    [
      'elsewhere',
      '{TemplateURL: "https://bucket.s3.amazonaws.com/network.yaml"}',
      'https://bucket.s3.amazonaws.com/network.yaml',
    ],
    ['not named', '{}', undefined],
    ['not known', '{TemplateURL: !GetAtt Other.Url}', undefined],
    ['an absolute path', '{TemplateURL: /network.yaml}', '/network.yaml'],
  ])('are found out when they are read where their template is %s', (_, properties, url) => {
    const [one, ...others] = nested(properties, { more: '  Other: {Type: AWS::SNS::Topic}\n' });
    expect(others).toEqual([]);
    expect(one).toMatchObject({ name: 'shop-Network-1ABC', path: 'shop/Network', template: null });
    expect(one?.templateUrl).toBe(url);
  });

  test.each([
    ['./network.yaml', 'stacks/network.yaml'],
    ['{ApplicationId: "arn:aws:serverlessrepo:us-east-1:1:applications/x", SemanticVersion: 1.0.0}', null],
  ])('may be applications of SAM: %s', (location, template) => {
    const text = `Transform: AWS::Serverless-2016-10-31
Resources: {Network: {Type: AWS::Serverless::Application, Properties: {Location: ${location}, Parameters: {A: b}}}}`;
    expect(nestedIn(text)).toMatchObject([{ name: 'shop-Network-1ABC', path: 'shop/Network', template }]);
  });

  test('may be made by a macro or a module, and are none that Git no longer has', () => {
    const other = 'Other: {Type: AWS::SNS::Topic}';
    expect(nestedIn(`Resources: {${other}}`)).toEqual([]);
    expect(nestedIn(`Transform: MakesStacks\nResources: {${other}}`)).toMatchObject([{ template: null }]);
    expect(nestedIn('Resources: {Net: {Type: "Org::Own::Net::MODULE"}}')).toMatchObject([{ template: null }]);
  });

  test('are none that are not deployed, or behind a condition', () => {
    expect(nested(LOCAL, { id: '' })).toEqual([]);
    expect(nested(LOCAL, { more: '    Condition: Never\n' })).toEqual([]);
  });

  test('are none of another type', () => {
    const text = 'Resources: {Network: {Type: "A::B::C", Properties: {TemplateURL: network.yaml}}}';
    expect(nestedIn(text)).toEqual([]);
    const evaluated = evaluateText(text);
    const template = parseTemplate(createSource('x.yaml', text));
    const deployedResources = new Map([['Network', { logicalId: 'Network', type: 'A::B::C', physicalId: 'x' }]]);
    expect(nestedTargets(TARGET, { evaluated, template, deployedResources } as unknown as StackState)).toEqual([]);
  });

  test('may not leave the repository', () => {
    expect(() => nested('{TemplateURL: ../../network.yaml}')).toThrow(DriftError);
  });

  test.each([
    ['itself', TARGET, '{TemplateURL: shop.yaml}', 'stacks/shop.yaml > stacks/shop.yaml'],
    [
      'one above',
      { ...TARGET, ancestors: ['root.yaml'] },
      '{TemplateURL: ../root.yaml}',
      'root.yaml > stacks/shop.yaml > root.yaml',
    ],
  ])('may not be %s', (_, target, properties, path) => {
    expect(() => nested(properties, { target })).toThrow(`nested stacks without end: ${path}`);
  });

  test.each([
    [18, true],
    [19, false],
    [20, false],
  ])('may be below %i others: %s', (count, isTaken) => {
    const ancestors = Array.from({ length: count }, (_, index) => `level-${index}.yaml`);
    const run = () => nested(LOCAL, { target: { ...TARGET, ancestors } });
    if (isTaken) expect(run()).toHaveLength(1);
    else expect(run).toThrow('nested stacks without end');
  });
});
