import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { evaluateText, property, type Surroundings, shown } from '../../../support/evaluate.js';

const HEAD = `
Transform: AWS::LanguageExtensions
Parameters:
  Env: {Type: String, Default: prod}
  Count: {Type: Number, Default: 2}
  Names: {Type: CommaDelimitedList, Default: "a, b,c"}
  Blank: {Type: CommaDelimitedList, Default: ""}
  Secret: {Type: String, NoEcho: true}
Mappings:
  Sizes:
    prod: {Cpu: 512, Zones: [x, y]}
    dev: {Cpu: 256, Zones: [z]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Not [!Condition IsProd]
  IsSecret: !Equals [!Ref Secret, x]
  HasBoth: !And [!Condition IsProd, !Not [{Condition: IsDev}]]
  HasEither: !Or [!Condition IsDev, !Condition IsSecret, {"Fn::Equals": [1, "1"]}]
  IsOpen: !And [!Condition IsProd, !Condition IsSecret]
  IsShut: !And [!Condition IsDev, !Condition IsSecret]
`;
const GIVEN: Surroundings = {
  deployed: { Secret: { value: '****' } },
  physicalIds: { Queue: 'https://sqs/queue', Stack: 'arn:stack', Lookup: 'lookup-1' },
  attributes: {
    'Queue.Arn': 'arn:queue',
    'Stack.Outputs.Url': 'https://child',
    'Queue.List': ['p', 'q'],
    'Lookup.Asked': 'answer',
  },
  exports: { 'net-prod-Vpc': 'vpc-9' },
  availabilityZones: (region) =>
    ({
      'eu-west-1': { zones: ['eu-west-1a', 'eu-west-1b'] },
      'eu-north-1': { zones: ['eu-north-1c'] },
      'eu-south-1': { reason: 'denied' },
    })[region],
};
const RESOURCES = `
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "q-\${Env}", Delay: !Ref Count}}
  New: {Type: AWS::SNS::Topic, Properties: {TopicName: new}}
  Lookup: {Type: Custom::Lookup, Properties: {Asked: question}}
  Stack: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x}}
`;

function resultOf(expression: string, given: Surroundings = GIVEN): unknown {
  const text = `${HEAD}Resources:${RESOURCES}\n  It:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Value: ${expression}\n`;
  const properties = evaluateText(text, given).resources.get('It')?.properties;
  const value = properties?.entries.get('Value');
  return value === undefined ? undefined : shown(value);
}

describe('intrinsics', () => {
  test.each<[string, unknown]>([
    ['!Ref Env', 'prod'],
    ['{Ref: Env}', 'prod'],
    ['!Ref Names', ['a', 'b', 'c']],
    ['!Ref Blank', ['']],
    ['!Select [0, !Ref Blank]', ''],
    ['!Join ["-", !Ref Blank]', ''],
    ['!Length {Ref: Blank}', 1],
    ['{"Fn::ForEach::B": [N, !Ref Blank, {"key${N}": 1}]}', { key: 1 }],
    ['!Ref Count', '2'],
    ['!Ref Queue', 'https://sqs/queue'],
    ['!Ref New', '<not-deployed: New is not deployed yet>'],
    ['!Ref Secret', '<no-echo: parameter Secret is NoEcho: CloudFormation does not tell its value>'],
    ['!Ref AWS::NoValue', undefined],
    ['[!Ref "AWS::NoValue", kept]', ['kept']],
    ['{gone: !Ref "AWS::NoValue", kept: 1}', { kept: 1 }],
    ['!Ref AWS::Region', 'eu-west-1'],
    ['!Ref AWS::AccountId', '111111111111'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    ['!Ref AWS::StackName', 'shop'],
    ['!Ref AWS::StackId', '<environment: AWS::StackId is not known here>'],
    ['!Ref AWS::NotificationARNs', '<environment: AWS::NotificationARNs is not known here>'],
    ['!GetAtt Queue.Arn', 'arn:queue'],
    ['!GetAtt [Queue, Arn]', 'arn:queue'],
    ['{"Fn::GetAtt": [Queue, !Sub "${AWS::NoSuch}"]}'.replace('${AWS::NoSuch}', 'Arn'), 'arn:queue'],
    ['{"Fn::GetAtt": "Queue.Arn"}', 'arn:queue'],
    ['!GetAtt Queue.QueueName', 'q-prod'],
    ['!GetAtt Queue.Nothing', '<attribute: the attribute Queue.Nothing is not known>'],
    ['!GetAtt New.TopicArn', '<not-deployed: New is not deployed yet>'],
    ['!GetAtt New.TopicName', 'new'],
    ['!GetAtt Stack.Outputs.Url', 'https://child'],
    ['!GetAtt Lookup.Asked', 'answer'],
    ['!Select [1, !GetAtt Queue.List]', 'q'],
    ['!Sub "${Env}-${AWS::Region}-${Queue}-${Queue.Arn}"', 'prod-eu-west-1-https://sqs/queue-arn:queue'],
    ['!Sub "${!Env} costs $5 ${Env}"', '${Env} costs $5 prod'],
    ['!Sub ["${A}${Env}", {A: !Ref Count, Env: dev}]', '2dev'],
    ['!Sub plain', 'plain'],
    ['{"Fn::Sub": ["${A.B}", {"A.B": dotted}]}', 'dotted'],
    ['!Sub "${New} ${Env}"', '<not-deployed: New is not deployed yet>'],
    ['!Sub "a${AWS::NoValue}b"', 'ab'],
    ['!Join ["-", [a, !Ref Env, 1, true, 1.50]]', 'a-prod-1-true-1.50'],
    ['!Join ["", !Ref Names]', 'abc'],
    ['!Join [",", [!Ref "AWS::NoValue"]]', ''],
    ['!Join [",", [a, !Ref New]]', '<not-deployed: New is not deployed yet>'],
    ['!Split [",", "a,b,,c"]', ['a', 'b', '', 'c']],
    ['!Split ["|", !Join ["|", !Ref Names]]', ['a', 'b', 'c']],
    ['!Select ["1", !Ref Names]', 'b'],
    ['!Select [0, [known, !Ref New]]', 'known'],
    ['!Select [1, [known, !Ref New]]', '<not-deployed: New is not deployed yet>'],
    ['!Select [!Ref Count, !Ref Names]', 'c'],
    ['!FindInMap [Sizes, !Ref Env, Cpu]', 512],
    ['!FindInMap [Sizes, dev, Zones]', ['z']],
    ['!FindInMap [Sizes, !Select [0, [dev]], !Join ["", [C, pu]]]', 256],
    ['!FindInMap [Sizes, test, Cpu, {DefaultValue: !Ref Count}]', '2'],
    ['!If [IsProd, yes, no]', true],
    ['!If [IsDev, a, !Ref "AWS::NoValue"]', undefined],
    ['!If [HasBoth, !If [IsDev, a, b], c]', 'b'],
    ['!If [HasEither, 1, 2]', 1],
    ['!If [IsShut, 1, 2]', 2],
    ['!If [IsSecret, 1, 1]', '<no-echo: parameter Secret is NoEcho: CloudFormation does not tell its value>'],
    ['!If [IsOpen, 1, 2]', '<no-echo: parameter Secret is NoEcho: CloudFormation does not tell its value>'],
    ['!ImportValue net-prod-Vpc', 'vpc-9'],
    ['{"Fn::ImportValue": !Sub "net-${Env}-Vpc"}', 'vpc-9'],
    ['!ImportValue unknown', '<import: no stack exports unknown>'],
    ['!GetAZs ""', ['eu-west-1a', 'eu-west-1b']],
    ['!Select [0, !GetAZs {Ref: "AWS::Region"}]', 'eu-west-1a'],
    ['!GetAZs eu-north-1', ['eu-north-1c']],
    ['!GetAZs eu-south-1', '<environment: the availability zones of eu-south-1 are not known here: denied>'],
    ['!GetAZs us-east-1', '<environment: the availability zones of us-east-1 are not known here>'],
    ['!Cidr [10.0.0.0/16, 3, 8]', ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['!Cidr ["192.168.5.7/24", "2", "5"]', ['192.168.5.0/27', '192.168.5.32/27']],
    ['!Select [1, !Cidr ["2001:db8:1234:1a00::/56", 4, 64]]', '2001:db8:1234:1a01::/64'],
    ['!Cidr ["::/0", 1, 64]', ['::/64']],
    ['!Base64 "HelloWorld"', 'SGVsbG9Xb3JsZA=='],
    ['{"Fn::Base64": !Sub "${Env}é"}', 'cHJvZMOp'],
    ['!Length [1, 2, 3]', 3],
    ['!Length {Ref: Names}', 3],
    ['!ToJsonString {b: [1, true, "2"], a: !Ref Env}', '{"b":[1,true,"2"],"a":"prod"}'],
    ['!ToJsonString {a: !Ref New}', '<not-deployed: New is not deployed yet>'],
    ['!Transform {Name: Macro}', '<macro: a macro (Fn::Transform) makes this value>'],
    [
      '!GetStackOutput {StackName: a, OutputName: b}',
      '<import: an output of another stack (Fn::GetStackOutput) is not read>',
    ],
    ['"{{resolve:ssm:/a/b:3}}"', '<dynamic-reference: a dynamic reference to Parameter Store>'],
    [
      '!Join ["", ["{{resolve:secretsmanager:", !Ref Env, "}}"]]',
      '<dynamic-reference: a dynamic reference to Secrets Manager>',
    ],
    ['{Condition: IsProd}', { Condition: 'IsProd' }],
  ])('%s is %j', (expression, expected) => {
    expect(resultOf(expression)).toEqual(expected);
  });

  test.each([
    ['!Ref Nothing', 'Unresolved resource dependencies [Nothing] in the Resources block of the template'],
    ['!Sub "${Nothing.Arn}"', 'Unresolved resource dependencies [Nothing]'],
    ['!Sub "${VAR:-x}"', 'variable names in Fn::Sub syntax'],
    ['!Sub "${Names}"', 'variable Names in Fn::Sub expression does not resolve to a string'],
    ['!Sub [a]\n      Other: !Sub [a, b]', 'Fn::Sub intrinsic functions'],
    ['!Join [",", a]', 'every Fn::Join object requires two parameters'],
    ['!Join [",", [[a]]]', 'must be a string'],
    ['!Select [x, [a]]', 'Fn::Select requires a list argument'],
    ['!Select [1, [a]]', 'Fn::Select requires a list argument'],
    ['!Split [",", [a]]', 'every Fn::Split object requires two parameters'],
    ['!FindInMap [Sizes, test, Cpu]', 'Unable to get mapping for Sizes::test::Cpu'],
    ['!FindInMap [Sizes, test]', 'every Fn::FindInMap object requires three parameters'],
    ['!If [Nothing, 1, 2]', 'unresolved condition dependency Nothing in Fn::If'],
    ['!If [IsProd, 1]', 'Fn::If requires a list argument with three elements'],
    ['!Cidr [10.0.0.0/24, 300, 2]', 'Fn::Cidr requires'],
    ['!Cidr [10.0.0.0/30, 9, 1]', 'Fn::Cidr requires'],
    ['!Cidr [ten, 1, 1]', 'Fn::Cidr requires'],
    ['{"Fn::Sum": [1]}', 'Encountered unsupported function: Fn::Sum'],
    ['!GetAtt It.Arn', 'Circular dependency between resources: [It]'],
  ])('%s is refused as CloudFormation does: %s', (expression, message) => {
    expect(() => resultOf(expression)).toThrow(message);
    expect(() => resultOf(expression)).toThrow(DriftError);
  });

  test('a region outside of aws brings its partition and suffix', () => {
    const environment = { region: 'cn-north-1', stackName: 'shop' };
    expect(resultOf('!Sub "${AWS::Partition} ${AWS::URLSuffix}"', { ...GIVEN, environment })).toBe(
      'aws-cn amazonaws.com.cn',
    );
    const gov = { region: 'us-gov-west-1', stackName: 'shop', stackId: 'id', notificationArns: ['arn:1'] };
    expect(resultOf('!Sub "${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackId}"', { ...GIVEN, environment: gov })).toBe(
      'aws-us-gov amazonaws.com id',
    );
    expect(resultOf('!Ref AWS::NotificationARNs', { ...GIVEN, environment: gov })).toEqual(['arn:1']);
  });
});

// One region of each partition; the suffixes are those of its endpoints.
describe('the partition and the suffix of a region', () => {
  test.each([
    ['eu-west-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])('%s: %s, %s', (region, partition, suffix) => {
    const environment = { region, stackName: 'shop' };
    const both = '!Sub "${AWS::Partition} ${AWS::URLSuffix}"';
    expect(resultOf(both, { ...GIVEN, environment })).toBe(`${partition} ${suffix}`);
    // What is given counts, whatever the region.
    const given = { environment: { ...environment, partition: 'aws-cn' } };
    expect(resultOf(both, { ...GIVEN, ...given })).toBe('aws-cn amazonaws.com.cn');
    const told = { environment: { ...environment, urlSuffix: 'example.com' } };
    expect(resultOf(both, { ...GIVEN, ...told })).toBe(`${partition} example.com`);
  });
});

describe('language extensions need their transform', () => {
  test.each([
    ['Value: !Length [a]', 'Encountered unsupported function: Fn::Length'],
    ['Value: !ToJsonString {a: b}', 'Encountered unsupported function: Fn::ToJsonString'],
    ['"Fn::ForEach::X": [N, [a], {"${N}": 1}]', 'Fn::ForEach::X needs the transform AWS::LanguageExtensions'],
  ])('%s', (property, message) => {
    const text = `Resources: {It: {Type: "AWS::SSM::Parameter", Properties: {${property}}}}`;
    expect(() => evaluateText(text)).toThrow(message);
  });
});

describe('Fn::ForEach', () => {
  test('nests, in sections and in properties, and knows its variables in keys, names and texts', () => {
    const evaluated = evaluateText(`
Transform: [AWS::LanguageExtensions]
Conditions:
  Fn::ForEach::C: [N, [A, B], {"Is\${N}": !Equals [!Ref N, A]}]
Resources:
  Fn::ForEach::Outer:
    - X
    - [A, B]
    - Fn::ForEach::Inner:
        - Y
        - ["1", "2"]
        - R\${X}\${Y}:
            Type: AWS::SNS::Topic
            Condition: Is\${X}
            DependsOn: Base
            Properties:
              TopicName: !Sub "\${X}-\${Y}-\${AWS::Region}"
              Fn::ForEach::P: [K, [p, q], {"key\${K}": !Join ["", [!Ref K, !Ref X]]}]
              Plain: text of \${X}
  Base: {Type: AWS::SNS::Topic}
Outputs:
  Fn::ForEach::O: [X, [A], {"Out\${X}": {Value: !GetAtt ["R\${X}1", TopicName]}}]
`);
    expect([...evaluated.resources].map(([id, { presence }]) => `${id} ${presence}`)).toEqual([
      'RA1 present',
      'RA2 present',
      'RB1 absent',
      'RB2 absent',
      'Base present',
    ]);
    const properties = evaluated.resources.get('RA2')?.properties;
    expect(properties && shown(properties)).toEqual({
      TopicName: 'A-2-eu-west-1',
      keyp: 'pA',
      keyq: 'qA',
      Plain: 'text of A',
    });
    expect(evaluated.resources.get('RA2')?.dependsOn).toEqual(['Base']);
    const output = evaluated.outputs.get('OutA')?.value;
    expect(output && shown(output)).toBe('A-1-eu-west-1');
  });

  test.each([
    ['[X, [a-b], {"R${X}": {Type: "AWS::SNS::Topic"}}]', 'Resource name Ra-b is non alphanumeric'],
    ['[X, !Ref Secret, {"R${X}": {Type: "AWS::SNS::Topic"}}]', 'could not be resolved: parameter Secret is NoEcho'],
    ['[X, text, {"R${X}": {Type: "AWS::SNS::Topic"}}]', 'its collection is no list'],
    ['[X, [a]]', 'requires a list of an identifier, a collection and an object'],
  ])('%s is refused: %s', (loop, message) => {
    const text = `Transform: AWS::LanguageExtensions\nParameters: {Secret: {Type: String, NoEcho: true}}\nResources: {"Fn::ForEach::L": ${loop}}`;
    expect(() => evaluateText(text, GIVEN)).toThrow(message);
  });

  test('bounds what loops make together, however deep they are', () => {
    const ten = '[a,b,c,d,e,f,g,h,i,j]';
    let body = '{"R${V5}${V4}${V3}${V2}${V1}${V0}": {Type: "AWS::SNS::Topic"}}';
    // Each loop of the outer ones would make too many again.
    for (let level = 0; level < 12; level += 1) body = `{"Fn::ForEach::L${level}": [V${level}, ${ten}, ${body}]}`;
    expect(() => evaluateText(`{Transform: AWS::LanguageExtensions, Resources: ${body}}`)).toThrow(
      /more than 20000 entries/,
    );
  });
});

describe('presence and macros', () => {
  test('a condition that is not known makes presence unknown, with the reason', () => {
    const evaluated = evaluateText(`${HEAD}Resources: {It: {Type: "AWS::SNS::Topic", Condition: IsSecret}}`, GIVEN);
    expect(evaluated.resources.get('It')).toMatchObject({
      presence: 'unknown',
      reason: expect.stringContaining('NoEcho'),
    });
    expect(evaluated.conditions.get('IsSecret')).toMatchObject({ message: expect.stringContaining('NoEcho') });
  });

  test('a macro of the whole template leaves no property known', () => {
    const evaluated = evaluateText(
      '{Transform: Mine, Resources: {It: {Type: "AWS::SNS::Topic", Properties: {TopicName: a}}}}',
    );
    expect(shown(property(evaluated, 'It'))).toEqual({ TopicName: '<macro: the macro Mine may change it>' });
    expect(evaluated.transforms).toEqual(['Mine']);
  });

  test('a macro beside properties leaves them unknown, and so does one among resources', () => {
    const inside = evaluateText(
      '{Resources: {It: {Type: "AWS::SNS::Topic", Properties: {TopicName: a, "Fn::Transform": {Name: M}}}}}',
    );
    expect(shown(property(inside, 'It', 'TopicName'))).toMatch(/^<macro:/);
    const among = evaluateText(
      '{Resources: {"Fn::Transform": {Name: "AWS::Include"}, It: {Type: "AWS::SNS::Topic", Properties: {TopicName: a}}}}',
    );
    expect(shown(property(among, 'It', 'TopicName'))).toBe('<macro: the macro AWS::Include may change it>');
    expect([...among.resources.keys()]).toEqual(['It']);
  });

  test('references to what SAM will make are unresolved, not mistakes', () => {
    const evaluated = evaluateText(
      '{Transform: "AWS::Serverless-2016-10-31", Resources: {It: {Type: "AWS::SNS::Topic", Properties: {TopicName: !Ref ServerlessRestApi, Kind: a}}}}',
    );
    expect(shown(property(evaluated, 'It', 'TopicName'))).toMatch(/^<macro: .*ServerlessRestApi/);
    expect(shown(property(evaluated, 'It', 'Kind'))).toBe('a');
  });
});
