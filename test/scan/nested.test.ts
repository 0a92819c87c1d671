import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { nestedTargets } from '../../src/scan/nested.js';
import type { StackState } from '../../src/scan/stack-state.js';
import type { Target } from '../../src/template/target.js';
import { evaluateText } from '../support/evaluate.js';

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
  const evaluated = evaluateText(text, { path: target.template });
  const resource = { logicalId: 'Network', type: 'AWS::CloudFormation::Stack' };
  const deployed = { ...resource, ...(id === '' ? {} : { physicalId: id }) };
  const state = { evaluated, deployedResources: new Map([['Network', deployed]]) };
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
    ['elsewhere', '{TemplateURL: "https://bucket.s3.amazonaws.com/network.yaml"}'],
    ['not named', '{}'],
    ['not known', '{TemplateURL: !GetAtt Other.Url}'],
    ['an absolute path', '{TemplateURL: /network.yaml}'],
  ])('are none whose template is %s', (_, properties) => {
    expect(nested(properties, { more: '  Other: {Type: AWS::SNS::Topic}\n' })).toEqual([]);
  });

  test('are none that are not deployed, or behind a condition', () => {
    expect(nested(LOCAL, { id: '' })).toEqual([]);
    expect(nested(LOCAL, { more: '    Condition: Never\n' })).toEqual([]);
  });

  test('are none of another type', () => {
    const evaluated = evaluateText('Resources: {Network: {Type: "A::B::C", Properties: {TemplateURL: network.yaml}}}');
    const deployedResources = new Map([['Network', { logicalId: 'Network', type: 'A::B::C', physicalId: 'x' }]]);
    expect(nestedTargets(TARGET, { evaluated, deployedResources } as unknown as StackState)).toEqual([]);
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
