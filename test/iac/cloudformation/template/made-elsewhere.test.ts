import { describe, expect, test } from '@jest/globals';
import { evaluateText, property, shown } from '../../../support/evaluate.js';

const INCLUDE = '{"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/k"}}}';

function template(value: string, more = ''): string {
  return `
Parameters:
  Env: {Type: String, Default: test}
Mappings:
  Sizes: {test: {Cpu: 1}, "Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/sizes"}}}
  Plain: {test: {Cpu: 1}}
Conditions:
  IsTest: !Equals [!Ref Env, test]
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/conditions"}}
Resources:
  Net: {Type: Acme::Net::Vpc::MODULE, Properties: {Cidr: 10.0.0.0/16}}
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: hello}}
  It:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: ${value}}
${more}`;
}

describe('what a macro makes is not known there, and nowhere else', () => {
  test.each([
    [`{"Fn::Sub": ${INCLUDE}}`],
    [`{"Fn::Sub": [${INCLUDE}, {A: b}]}`],
    [`!Sub ["\${A}", ${INCLUDE}]`],
    [`{"Fn::Join": ${INCLUDE}}`],
    [`!Join ["", ${INCLUDE}]`],
    [`!Join [${INCLUDE}, [a, b]]`],
    [`!Split [${INCLUDE}, a]`],
    [`{"Fn::Select": ${INCLUDE}}`],
    [`{"Fn::Base64": {"Fn::Sub": ${INCLUDE}}}`],
    [`{"Fn::If": ${INCLUDE}}`],
    [`{"Ref": ${INCLUDE}}`],
    [`{"Fn::GetAtt": ${INCLUDE}}`],
    [`{"Fn::FindInMap": ${INCLUDE}}`],
    [`!If [IsTest, !Sub ["\${A}", ${INCLUDE}], b]`],
    ['!FindInMap [Sizes, prod, Cpu]'],
    ['!If [IsProd, a, b]'],
  ])('%s', (expression) => {
    const evaluated = evaluateText(template(expression));
    expect(shown(property(evaluated, 'It', 'Value'))).toMatch(/^<macro: .*a macro \(Fn::Transform\)/);
    expect(shown(property(evaluated, 'It', 'Type'))).toBe('String');
    expect(shown(property(evaluated, 'Topic', 'DisplayName'))).toBe('hello');
  });

  test('the branch that is not taken may be made by one, too', () => {
    expect(shown(property(evaluateText(template(`!If [IsTest, a, !Sub ["\${B}", ${INCLUDE}]]`)), 'It', 'Value'))).toBe(
      'a',
    );
  });

  test('the resource of a condition that one may make is not known to be there', () => {
    const more = '  Queue: {Type: AWS::SQS::Queue, Condition: IsProd}\n';
    expect(evaluateText(template('a', more)).resources.get('Queue')).toMatchObject({
      presence: 'unknown',
      reason: 'condition IsProd is not known: a macro (Fn::Transform) may make the condition IsProd',
    });
  });

  test('dependencies that one makes are nobody else’s', () => {
    const more = `  Queue: {Type: AWS::SQS::Queue, DependsOn: [Topic, ${INCLUDE}]}\n`;
    expect(evaluateText(template('a', more)).resources.get('Queue')?.dependsOn).toEqual(['Topic']);
  });

  test('where no macro stands, a mistake stays one', () => {
    expect(() => evaluateText(template('!FindInMap [Plain, prod, Cpu]'))).toThrow('Unable to get mapping');
  });
});

describe('the resources of a module are not known, what else refers is', () => {
  test.each([
    ['!Ref NetSubnet'],
    ['!Ref Net.Subnet'],
    ['!Ref Net'],
    ['!GetAtt NetSubnet.Arn'],
    ['!GetAtt Net.Subnet.Arn'],
    ['!GetAtt [Net, Subnet.Arn]'],
    ['!Sub "${NetSubnet}"'],
    ['!Sub "a-${Net.Subnet.Arn}"'],
    ['!Join [",", [!Ref Env, !Ref NetSubnet]]'],
  ])('%s', (expression) => {
    const evaluated = evaluateText(template(expression), { physicalIds: { Topic: 'arn:topic' } });
    expect(shown(property(evaluated, 'It', 'Value'))).toMatch(/^<macro: .* refers into the module Net, /);
    expect(shown(property(evaluated, 'It', 'Type'))).toBe('String');
  });

  test('DependsOn and a branch that is not taken may name them', () => {
    const more = '  Queue: {Type: AWS::SQS::Queue, DependsOn: [NetSubnet, Topic]}\n';
    const evaluated = evaluateText(template('!If [IsTest, a, !Ref NetSubnet]', more));
    expect(evaluated.resources.get('Queue')?.dependsOn).toEqual(['Topic']);
    expect(shown(property(evaluated, 'It', 'Value'))).toBe('a');
  });

  test.each(['!Ref Topix', '!Ref TopicX', '!GetAtt Ne.Arn', '!Sub "${Queue}"'])(
    '%s names nothing, and no module either',
    (expression) => {
      expect(() => evaluateText(template(expression))).toThrow('Unresolved resource dependencies');
    },
  );
});
