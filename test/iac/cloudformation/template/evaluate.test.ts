import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { evaluateText, property, shown } from '../../../support/evaluate.js';

function problemsOf(text: string): string[] {
  try {
    evaluateText(text);
  } catch (error) {
    if (error instanceof DriftError && error.code === 'template') {
      return error.problems.map(({ line, message }) => `${line} ${message}`);
    }
    throw error;
  }
  return [];
}

describe('cycles', () => {
  test('between resources are named, through Ref, GetAtt, Sub and DependsOn', () => {
    const problems = problemsOf(`Resources:
  A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref B}}
  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub "\${C.TopicName}"}}
  C: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt D.TopicName}}
  D: {Type: AWS::SNS::Topic, DependsOn: [A]}
`);
    expect(problems).toEqual(['2 Circular dependency between resources: [A, B, C, D]']);
  });

  test('of attributes that the template declares end', () => {
    const problems = problemsOf(`Resources:
  A: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt B.TopicName}}
  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt A.TopicName}}
`);
    expect(problems).toEqual(['2 Circular dependency between resources: [A, B]']);
  });

  test('that a condition breaks are none', () => {
    const text = (value: string) => `
Conditions: {Yes: !Equals [a, ${value}]}
Resources:
  A: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [Yes, a, !Ref B]}}
  B: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [Yes, !Ref A, b]}}
`;
    expect(problemsOf(text('a'))).toEqual([]);
    expect(problemsOf(text('b'))).toEqual([]);
  });

  test('between conditions are named', () => {
    const problems = problemsOf(`Conditions:
  A: !Not [!Condition B]
  B: !And [!Condition C, !Equals [a, a]]
  C: {Condition: A}
Resources: {X: {Type: AWS::SNS::Topic}}
`);
    expect(problems).toEqual(['2 Template format error: Circular dependency between conditions: [A, B, C]']);
  });
});

describe('mistakes', () => {
  test('are told together, each once, with their lines', () => {
    expect(
      problemsOf(`Conditions:
  One: !Equals [!Ref Topic, a]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: None
    DependsOn: Nowhere
    Properties:
      TopicName: !Ref Nothing
      DisplayName: !Sub "\${Nothing.Arn}"
Outputs:
  Out: {Value: !GetAtt Gone.Arn}
`),
    ).toEqual([
      '2 Template format error: Unresolved resource dependencies [Topic] in the Conditions block of the template',
      '6 Template error: unresolved condition dependency None in the Resources block of the template',
      '7 Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template',
      '9 Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template',
      '10 Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template',
      '12 Template format error: Unresolved resource dependencies [Gone] in the Outputs block of the template',
    ]);
  });

  test('a reference to a resource that its condition leaves out is one, except from a branch not taken', () => {
    const text = (value: string) => `Conditions: {No: !Equals [a, b]}
Resources:
  Left: {Type: AWS::SNS::Topic, Condition: No}
  It: {Type: AWS::SNS::Topic, DependsOn: Left, Properties: {TopicName: ${value}}}
`;
    expect(problemsOf(text('!Ref Left'))).toHaveLength(1);
    expect(problemsOf(text('!If [No, !Ref Left, other]'))).toEqual([]);
  });

  test.each([
    ['!Ref Gone', 1],
    ['[!GetAtt Gone.Arn]', 1],
    ['!GetAtt [Gone, Arn]', 1],
    ['!Sub "${Gone.Arn} ${AWS::Region} ${!Literal}"', 1],
    ['!Sub ["${Own} ${Env}", {Own: !Ref Env}]', 0],
    ['{deep: [!Ref Left, !Ref Env, !Ref "AWS::NoValue", !Base64 {Ref: Kept}]}', 0],
  ])('a branch not taken may hold %s: %i mistakes', (branch, count) => {
    const text = `Parameters: {Env: {Type: String, Default: a}}
Conditions: {No: !Equals [a, b]}
Resources:
  Left: {Type: AWS::SNS::Topic, Condition: No}
  Kept: {Type: AWS::SNS::Topic}
  It: {Type: AWS::SNS::Topic, Properties: {TopicName: !If [No, ${branch}, other]}}
`;
    expect(problemsOf(text)).toHaveLength(count);
  });
});

describe('conditions', () => {
  test.each<[string, boolean]>([
    ['!Equals [true, "true"]', true],
    ['!Equals [1, "1"]', true],
    ['!Equals [a, A]', false],
    ['!Equals [[a, b], [a, b]]', true],
    ['!Equals [yes, "true"]', true],
    ['!Or [!Equals [a, b], !Equals [a, a]]', true],
    ['!Not [!Or [!Equals [a, b], !Equals [c, d]]]', true],
    ['!And [!Equals [a, a], !Not [!Equals [a, a]]]', false],
  ])('%s is %s', (condition, expected) => {
    const { conditions } = evaluateText(`Conditions: {C: ${condition}}\nResources: {X: {Type: AWS::SNS::Topic}}`);
    expect(conditions.get('C')).toBe(expected);
  });

  test.each([
    ['!Equals [a]', 'every Fn::Equals object requires a list of 2 string parameters.'],
    ['!And [!Equals [a, a]]', 'every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.'],
    ['!Not [!Equals [a, a], !Equals [a, a]]', 'every Fn::Not object requires a list of 1 boolean parameter.'],
    ['text', 'Every Condition must evaluate to true or false'],
  ])('%s is refused: %s', (condition, message) => {
    expect(() => evaluateText(`Conditions: {C: ${condition}}\nResources: {X: {Type: AWS::SNS::Topic}}`)).toThrow(
      message,
    );
  });
});

test('what a resource depends on, what stays of DependsOn, and where it stands', () => {
  const text = `Conditions: {No: !Equals [a, b]}
Resources:
  Left: {Type: AWS::SNS::Topic, Condition: No}
  Kept: {Type: AWS::SNS::Topic}
  It: {Type: AWS::SQS::Queue, DependsOn: [Left, Kept]}
`;
  const it = evaluateText(text).resources.get('It');
  expect(it?.dependsOn).toEqual(['Kept']);
  expect(text.slice(it?.keyRange.start, it?.keyRange.end)).toBe('It');
  expect(text.slice(it?.range.start, it?.range.end)).toBe('{Type: AWS::SQS::Queue, DependsOn: [Left, Kept]}');
});

test('what the provider tells of an attribute counts where the template does not declare it', () => {
  const text = `Resources:
  Db: {Type: AWS::RDS::DBInstance, Properties: {Port: 5432}}
  It: {Type: AWS::SSM::Parameter, Properties: {Port: !GetAtt Db.Port, Host: !GetAtt Db.Endpoint.Address, Null: !GetAtt Db.Null, All: !GetAtt Db.All}}
`;
  const attributes = {
    'Db.Port': 1,
    'Db.Endpoint.Address': 'db.internal',
    'Db.Null': null,
    'Db.All': { list: ['a', null], n: 1 },
  };
  const evaluated = evaluateText(text, { attributes, physicalIds: { Db: 'db' } });
  expect(shown(property(evaluated, 'It'))).toEqual({
    Port: 5432,
    Host: 'db.internal',
    Null: '<attribute: the attribute Db.Null is not known>',
    All: { list: ['a'], n: 1 },
  });
});

describe('references that multiply', () => {
  // The last one is reached by as many references as there are others.
  test.each([
    [100, 'end'],
    [101, 'end'],
    [102, undefined],
    [4000, undefined],
  ])('are evaluated once each, in a chain of %i', (length, end) => {
    const lines = Array.from({ length }, (_, index) => {
      const value =
        index === length - 1
          ? 'end'
          : `!Select [0, [!GetAtt R${index + 1}.TopicName, !GetAtt R${index + 1}.TopicName]]`;
      return `  R${index}: {Type: AWS::SNS::Topic, Properties: {TopicName: ${value}}}`;
    });
    const value = property(evaluateText(`Resources:\n${lines.join('\n')}\n`), 'R0', 'TopicName');
    expect(value?.kind === 'scalar' ? value.value : undefined).toBe(end);
  });

  test.each([
    ['texts', '20000000 characters', (next: string) => `!Sub "\${${next}}\${${next}}"`],
    ['lists', '500000 values', (next: string) => `[!GetAtt ${next}, !GetAtt ${next}]`],
  ])('without end are refused: %s', (_, limit, doubled) => {
    const lines = Array.from({ length: 60 }, (_unused, index) => {
      const value = index === 59 ? 'end' : doubled(`R${index + 1}.TopicName`);
      return `  R${index}: {Type: AWS::SNS::Topic, Properties: {TopicName: ${value}}}`;
    });
    expect(problemsOf(`Resources:\n${lines.join('\n')}\n`)).toEqual([
      expect.stringMatching(new RegExp(`^\\d+ the template evaluates to more than ${limit}$`)),
    ]);
  });
});

test('properties may be chosen or left out as a whole', () => {
  const text = (truth: string) => `Conditions: {Yes: !Equals [a, ${truth}]}
Resources: {It: {Type: AWS::SNS::Topic, Properties: !If [Yes, {TopicName: a}, !Ref "AWS::NoValue"]}}`;
  expect(shown(property(evaluateText(text('a')), 'It'))).toEqual({ TopicName: 'a' });
  const left = evaluateText(text('b')).resources.get('It');
  expect(left).toMatchObject({ presence: 'present' });
  expect(left && shown(left.properties)).toEqual({});
});
