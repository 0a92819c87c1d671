import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { evaluateText, property, type Surroundings, shown } from '../../../support/evaluate.js';

const GIVEN: Surroundings = {
  deployed: { Stage: { value: 'qa' }, Zones: { value: 'a' }, Block: { value: '10.0.0.0/30' } },
  physicalIds: { Cache: 'cache-1', Table: 'left|right', Group: 'group-1' },
  attributes: { 'Cache.Nodes': ['n1'], 'Cache.Empty': [], 'Cache.Address': 'host', 'Cache.Tags': { a: 'b' } },
  exports: { 'net-Cidr': 'none', 'net-Ids': 'i1' },
  availabilityZones: () => ({ zones: ['eu-west-1a'] }),
};

function template(expression: string): string {
  return `
Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, Default: dev}
  Zones: {Type: CommaDelimitedList, Default: "a,b,c"}
  Block: {Type: String, Default: 10.0.0.0/16}
Mappings:
  Sizes: {dev: {Cpu: "256"}}
Resources:
  Cache: {Type: AWS::ElastiCache::CacheCluster, Properties: {NumCacheNodes: 1}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Other: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 5}}
  It:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: ${expression}
`;
}

describe('what comes from outside makes a function fail', () => {
  test.each([
    ['!Select [2, !GetAtt Cache.Nodes]', 'Cache.Nodes'],
    ['!Select [0, !GetAtt Cache.Empty]', 'Cache.Empty'],
    ['!Select [0, !GetAtt Cache.Address]', 'Cache.Address'],
    ['!Select [!GetAtt Cache.Address, [a, b]]', 'Cache.Address'],
    ['!Select [1, !Ref Zones]', 'Zones'],
    ['!Select [2, !Split ["|", !Ref Table]]', 'Table'],
    ['!Select [1, !Split [",", !ImportValue net-Ids]]', 'net-Ids'],
    ['!Select [4, !Split ["-", !Sub "${Stage}-${AWS::Region}"]]', 'Stage'],
    ['!Select [4, !Split [":", !Sub "a:${Cache.Address}"]]', 'Cache.Address'],
    ['!Select [1, !GetAZs ""]', 'Fn::GetAZs'],
    ['!Select [3, !Split [",", !ToJsonString {a: !GetAtt Cache.Address}]]', 'Cache.Address'],
    ['!Select [0, !Cidr [!Ref Block, 8, 8]]', 'Block'],
    ['!Select [0, !Cidr [!ImportValue net-Cidr, 4, 8]]', 'net-Cidr'],
    ['!FindInMap [Sizes, !Ref Stage, Cpu]', 'Stage'],
    ['!FindInMap [Sizes, !GetAtt Cache.Address, Cpu]', 'Cache.Address'],
    ['!Join [",", !GetAtt Cache.Address]', 'Cache.Address'],
    ['!Join [",", [a, !GetAtt Cache.Nodes]]', 'Cache.Nodes'],
    ['!Split [",", !GetAtt Cache.Nodes]', 'Cache.Nodes'],
    ['!Sub "nodes ${Cache.Nodes}"', 'Cache.Nodes'],
    ['!Sub ["${List}", {List: !GetAtt Cache.Tags}]', 'Cache.Tags'],
    ['{"Fn::Base64": !GetAtt Cache.Nodes}', 'Cache.Nodes'],
    ['!ImportValue {"Fn::GetAtt": Cache.Nodes}', 'Cache.Nodes'],
    ['!Length {"Fn::GetAtt": Cache.Address}', 'Cache.Address'],
    ['{"Fn::GetAtt": [!Ref Stage, Arn]}', 'Stage'],
  ])('%s is not known, and %s is told as the reason', (expression, name) => {
    const evaluated = evaluateText(template(expression), GIVEN);
    const value = property(evaluated, 'It', 'Value');
    expect(value.kind).toBe('unresolved');
    expect(JSON.stringify(shown(value))).toContain(`with the present value of ${name}>`);
    expect(shown(property(evaluated, 'It', 'Type'))).toBe('String');
    expect(shown(property(evaluated, 'Other', 'DelaySeconds'))).toBe(5);
  });

  test('a value from outside that fits is used as ever', () => {
    const evaluated = evaluateText(template('!Select [0, !Split ["|", !Ref Table]]'), GIVEN);
    expect(shown(property(evaluated, 'It', 'Value'))).toBe('left');
  });

  test('a condition made of a deployed parameter that fails is not known', () => {
    const text = template('!If [IsSmall, a, b]').replace(
      'Resources:',
      'Conditions:\n  IsSmall: !Equals [!FindInMap [Sizes, !Ref Stage, Cpu], "256"]\nResources:',
    );
    expect(shown(property(evaluateText(text, GIVEN), 'It', 'Value'))).toMatch(/present value of Stage/);
    expect(shown(property(evaluateText(text), 'It', 'Value'))).toBe('a');
  });
});

describe("the repository's own literals that fail stay the template's mistake", () => {
  test.each([
    ['!Select [3, !Ref Zones]', 'Fn::Select requires'],
    ['!Select [2, !Split ["-", !Sub "${Stage}-x"]]', 'Fn::Select requires'],
    ['!Select [5, !Split ["-", !Ref AWS::Region]]', 'Fn::Select requires'],
    ['!FindInMap [Sizes, !Ref AWS::Region, Cpu]', 'Unable to get mapping'],
    ['!Select [2, [!GetAtt Other.DelaySeconds]]', 'Fn::Select requires'],
  ])('%s: %s', (expression, message) => {
    expect(() => evaluateText(template(expression), { ...GIVEN, deployed: {} })).toThrow(DriftError);
    expect(() => evaluateText(template(expression), { ...GIVEN, deployed: {} })).toThrow(message);
  });
});
