import { describe, expect, test } from '@jest/globals';
import { createSource } from '../../../../src/syntax/source.js';
import { locate } from '../../../../src/value/locate.js';
import { spellingsOf } from '../../../../src/value/spellings.js';
import type { MapValue, Value } from '../../../../src/value/value.js';
import { evaluateText, property, type Surroundings, textAt } from '../../../support/evaluate.js';

const TEXT = `Transform: AWS::LanguageExtensions
Metadata:
  Shared: &shared {Kind: shared}
Parameters:
  Env: {Type: String, Default: prod}
  Size: {Type: Number, Default: 3}
  Hosts: {Type: CommaDelimitedList, Default: "one, two"}
  Told: {Type: String}
Mappings:
  Map: {prod: {Name: 'mapped', List: [l1, l2]}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  Other: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Env}}
  It:
    Type: AWS::SSM::Parameter
    Properties:
      Literal: 'plain'
      Parameter: !Ref Env
      Configured: !Ref Size
      Deployed: !Ref Told
      Element: !Select [1, !Ref Hosts]
      Mapping: !FindInMap [Map, !Ref Env, Name]
      Chosen: !If [IsProd, yes-branch, no-branch]
      Branch: !If [IsProd, {Inner: deep}, !Ref "AWS::NoValue"]
      Composed: !Sub "\${Env}.example.\${AWS::Region}.\${!Raw} end"
      Whole: !Sub "\${Env}"
      Joined: !Join ["-", [first, !Ref Env, last]]
      Block: !Sub |
        line one
        host=\${Env} tail
      Piece: !Select [1, !Split [".", "a.bcd.e"]]
      Encoded: !Base64 secret text
      Region: !Ref AWS::Region
      Physical: !Ref Other
      Attribute: !GetAtt Other.TopicName
      Live: !GetAtt Other.TopicArn
      Alias: *shared
      Fn::ForEach::Loop: [V, [v1], {"Loop\${V}": !Ref V, "Fixed\${V}": fixed}]
      Exact: [0123, 1.0, yes, 7, '1.0']
`;

const config = createSource('gitops-drift.yaml', 'parameters:\n  Size: 5\n');
const given: Surroundings = {
  path: 'templates/it.yaml',
  configured: new Map([['Size', { value: '5', source: config, range: { start: 20, end: 21 } }]]),
  deployed: { Told: { value: 'told' } },
  physicalIds: { Other: 'arn:other' },
  attributes: { 'Other.TopicArn': 'arn:live' },
};
const evaluated = evaluateText(TEXT, given);
const properties = evaluated.resources.get('It')?.properties as MapValue;

function at(...keys: (string | number)[]): Value {
  return property(evaluated, 'It', ...keys);
}

function steps({ origin }: Value): string {
  return origin.via.map(({ kind, name }) => (name === undefined ? kind : `${kind} ${name}`)).join(' > ');
}

describe('each value knows the literal that determines it, its use, and the way between', () => {
  test.each<[string, string | undefined, string, string]>([
    ['Literal', "'plain'", "'plain'", ''],
    ['Parameter', 'prod', '!Ref Env', 'Ref Env > Parameter Env'],
    ['Configured', '5', '!Ref Size', 'Ref Size > Parameter Size'],
    ['Deployed', undefined, '!Ref Told', 'Ref Told > Parameter Told'],
    ['Element', 'two', '!Select [1, !Ref Hosts]', 'Fn::Select > Ref Hosts > Parameter Hosts'],
    ['Mapping', "'mapped'", '!FindInMap [Map, !Ref Env, Name]', 'Fn::FindInMap > Mapping Map/prod/Name'],
    ['Chosen', 'yes-branch', '!If [IsProd, yes-branch, no-branch]', 'Fn::If IsProd'],
    ['Whole', 'prod', '!Sub "${Env}"', 'Fn::Sub > Ref Env > Parameter Env'],
    [
      'Composed',
      '"${Env}.example.${AWS::Region}.${!Raw} end"',
      '!Sub "${Env}.example.${AWS::Region}.${!Raw} end"',
      'Fn::Sub',
    ],
    ['Joined', '[first, !Ref Env, last]', '!Join ["-", [first, !Ref Env, last]]', 'Fn::Join'],
    ['Piece', 'bcd', '!Select [1, !Split [".", "a.bcd.e"]]', 'Fn::Select > Fn::Split'],
    ['Encoded', 'secret text', '!Base64 secret text', 'Fn::Base64'],
    ['Region', undefined, '!Ref AWS::Region', 'Ref AWS::Region'],
    ['Physical', undefined, '!Ref Other', 'Ref Other'],
    ['Attribute', 'prod', '!GetAtt Other.TopicName', 'Attribute Other.TopicName > Ref Env > Parameter Env'],
    ['Live', undefined, '!GetAtt Other.TopicArn', 'Attribute Other.TopicArn'],
    ['Loopv1', 'v1', '!Ref V', 'Ref V > ForEach V'],
    ['Fixedv1', 'fixed', 'fixed', 'ForEach V'],
  ])('%s', (key, literal, use, via) => {
    const value = at(key);
    expect(textAt(value.origin.source, value.origin.range)).toBe(literal);
    expect(textAt(value.origin.use.source, value.origin.use.range)).toBe(use);
    expect(steps(value)).toBe(via);
  });

  test('steps stand where a person would look', () => {
    const [ref, parameter] = at('Parameter').origin.via;
    expect(textAt(ref?.source, ref?.range)).toBe('!Ref Env');
    expect(textAt(parameter?.source, parameter?.range)).toBe('prod');
    expect(at('Configured').origin.source?.path).toBe('gitops-drift.yaml');
    expect(at('Deployed').origin.via.at(-1)?.source).toBeUndefined();
    const mapping = at('Mapping').origin.via.at(-1);
    expect(textAt(mapping?.source, mapping?.range)).toBe('Name');
  });

  test('what is written inside a branch or behind an alias stands where it is written', () => {
    const inner = at('Branch', 'Inner');
    expect([textAt(inner.origin.source, inner.origin.range), steps(inner)]).toEqual(['deep', 'Fn::If IsProd']);
    const aliased = at('Alias', 'Kind');
    expect([textAt(aliased.origin.source, aliased.origin.range), steps(aliased)]).toEqual(['shared', 'Alias shared']);
    expect(textAt(at('Alias').origin.use.source, at('Alias').origin.use.range)).toBe('*shared');
  });

  test('composed texts know their pieces, each with its own place', () => {
    function pieces(key: string) {
      return at(key).origin.parts?.map(({ text, literal, origin }) => [
        text,
        literal,
        textAt(origin.source, origin.range),
      ]);
    }
    expect(pieces('Composed')).toEqual([
      ['prod', false, 'prod'],
      ['.example.', true, '.example.'],
      ['eu-west-1', false, undefined],
      ['.${Raw} end', true, '.${!Raw} end'],
    ]);
    expect(pieces('Joined')).toEqual([
      ['first', true, 'first'],
      ['-', true, '"-"'],
      ['prod', false, 'prod'],
      ['-', true, '"-"'],
      ['last', true, 'last'],
    ]);
    expect(pieces('Block')).toEqual([
      ['line one\nhost=', true, '        line one\n        host='],
      ['prod', false, 'prod'],
      [' tail\n', true, ' tail\n'],
    ]);
  });

  test('maps know where their keys stand', () => {
    const range = properties.keyRanges?.get('Literal');
    expect(textAt(properties.origin.source, range)).toBe('Literal');
  });
});

describe('locate', () => {
  test.each([
    ['/Literal', 'templates/it.yaml', 17, 16],
    ['/Parameter', 'templates/it.yaml', 5, 32],
    ['/Configured', 'gitops-drift.yaml', 2, 9],
    ['/Physical', 'templates/it.yaml', 34, 17],
    ['/Branch/Inner', 'templates/it.yaml', 24, 36],
    ['/Branch/Missing/Deeper', 'templates/it.yaml', 24, 7],
  ])('%s is at %s:%i:%i', (pointer, file, line, column) => {
    expect(locate(properties, pointer)).toMatchObject({ file, line, column });
  });

  test('what nothing declares has no place', () => {
    expect(locate(properties, '/Nothing')).toBeUndefined();
  });
});

test('spellings accept the text as written and every reading of it', () => {
  const exact = spellingsOf(at('Exact'));
  expect(Object.fromEntries(exact)).toEqual({ '/0': ['0123', '83', '123'], '/1': ['1.0', '1'], '/2': ['yes', 'true'] });
});

test('a secret part makes the whole secret', () => {
  const text = `
Parameters: {Password: {Type: String, NoEcho: true, Default: hunter22}}
Resources:
  It: {Type: AWS::SSM::Parameter, Properties: {Url: !Sub "db://u:\${Password}@h", List: !Split ["t", !Ref Password], Code: !Base64 {Ref: Password}}}
`;
  const one = evaluateText(text);
  expect(property(one, 'It', 'Url')).toMatchObject({ value: 'db://u:hunter22@h', secret: true });
  expect(property(one, 'It', 'List', 0)).toMatchObject({ secret: true });
  expect(property(one, 'It', 'Code')).toMatchObject({ secret: true });
  const hidden = evaluateText(text, { deployed: { Password: { value: '****' } } });
  expect(property(hidden, 'It', 'Url')).toMatchObject({ kind: 'unresolved', code: 'no-echo', secret: true });
});
