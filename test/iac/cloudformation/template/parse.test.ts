import { describe, expect, test } from '@jest/globals';
import { DriftError, type Problem } from '../../../../src/base/errors.js';
import { DIALECT } from '../../../../src/iac/cloudformation/template/dialect.js';
import { looksLikeTemplate, parseTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import { get, type MapNode, type Node } from '../../../../src/syntax/node.js';
import { parseNode } from '../../../../src/syntax/parse.js';
import { createSource } from '../../../../src/syntax/source.js';

const RESOURCES = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

function problemsOf(text: string, path = 'templates/shop.yaml'): readonly Problem[] {
  try {
    parseTemplate(createSource(path, text));
  } catch (error) {
    if (error instanceof DriftError && error.code === 'template') return error.problems;
    throw error;
  }
  return [];
}

function read(text: string, path = 'a.yaml'): MapNode {
  const node = parseNode(createSource(path, text), 'template', DIALECT);
  if (node.kind !== 'map') throw new Error('no map');
  return node;
}

function scalar(node: Node | undefined): unknown {
  return node?.kind === 'scalar' ? node.value : node?.kind;
}

describe('malformed input', () => {
  test.each<[string, string, string, Partial<Problem>]>([
    ['YAML', 'a.yaml', `${RESOURCES}    Properties: {a: [}\n`, { line: 4 }],
    ['indentation', 'a.yaml', 'Resources:\n  A:\n    Type: x\n   B: y\n', { line: 4 }],
    ['tabs', 'a.yaml', 'Resources:\n\tA: b\n', { line: 2 }],
    ['two documents', 'a.yaml', `${RESOURCES}---\n${RESOURCES}`, { line: 4 }],
    ['JSON', 'a.json', '{\n  "Resources": {\n    "A": {"Type": "x",}\n  }\n}', { line: 3 }],
    ['JSON with comments', 'a.json', '{"Resources": {} // none\n}', { line: 1 }],
    ['an unfinished JSON text', 'a.json', '{"Resources": {"A": "', { line: 1 }],
    ['no map', 'a.yaml', '- a\n', { message: 'a template must be an object with Resources' }],
    ['nothing', 'a.yaml', '# empty\n', { message: 'the file is empty' }],
    ['an alias without an anchor', 'a.yaml', `${RESOURCES}    Properties: *none\n`, { line: 4 }],
    [
      'an anchor that contains itself',
      'a.yaml',
      'Resources: &a\n  B: *a\n',
      { line: 2, message: 'the anchor &a contains itself' },
    ],
    ['a map as a key', 'a.yaml', `${RESOURCES}    Properties: {{a: b}: c}\n`, { line: 4 }],
    [
      'a binary tag',
      'a.yaml',
      `${RESOURCES}    Properties: {a: !!binary abc=}\n`,
      { line: 4, message: 'unknown tag !!binary' },
    ],
  ])('%s is told with its place', (_, path, text, expected) => {
    const [problem] = problemsOf(text, path);
    expect(problem).toMatchObject({ file: path, ...expected });
  });

  test.each([
    ['!Reff Topic', 'did you mean !Ref?'],
    ['!getatt Topic.Arn', 'did you mean !GetAtt?'],
    ['!Frobnicate x', 'CloudFormation knows !Ref'],
  ])('%s is an unknown tag: %s', (value, hint) => {
    const problems = problemsOf(`${RESOURCES}    Properties:\n      DisplayName: ${value}\n`);
    expect(problems).toEqual([
      {
        code: 'file-unknown-tag',
        file: 'templates/shop.yaml',
        line: 5,
        column: 20,
        message: `unknown tag ${value.split(' ')[0]}`,
        hint: expect.stringContaining(hint),
      },
    ]);
  });

  test('functions of Rules are known, they say nothing of resources', () => {
    expect(
      problemsOf(`Rules: {R: {Assertions: [{Assert: !Contains [[a], !RefAll "AWS::EC2::VPC::Id"]}]}}\n${RESOURCES}`),
    ).toEqual([]);
  });

  test('braces that are no JSON may be a flow map, except in a .json file', () => {
    const text = '{Resources: {Topic: {Type: AWS::SNS::Topic}}}';
    expect(problemsOf(text, 'a.yaml')).toEqual([]);
    expect(problemsOf(text, 'a.json')).not.toEqual([]);
  });
});

describe('bounds', () => {
  test('a YAML bomb is refused at a line, without being expanded', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 30; level += 1) lines.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(10)}]`);
    const [problem] = problemsOf(`Metadata:\n  ${lines.join('\n  ')}\n${RESOURCES}`);
    expect(problem).toMatchObject({ line: 7, message: 'aliases expand this to more than 500000 values' });
  });

  test('a chain of aliases can not nest without end', () => {
    const lines = [
      'a0: &a0 x',
      ...Array.from({ length: 300 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`),
    ];
    const [problem] = problemsOf(`Metadata:\n  ${lines.join('\n  ')}\n${RESOURCES}`);
    expect(problem).toMatchObject({ line: 203, message: 'nested deeper than 200 levels' });
  });

  test.each([
    ['flow lists', 'a.yaml', `a: ${'['.repeat(5000)}`],
    ['block lists', 'a.yaml', `a:\n  ${'- '.repeat(5000)}x`],
    ['closed lists', 'a.yaml', `a: ${'['.repeat(300)}${']'.repeat(300)}`],
    ['JSON lists', 'a.json', `{"a": ${'['.repeat(100_000)}`],
    ['JSON objects', 'a.template', '{"a":'.repeat(100_000)],
  ])('%s nested without end are refused once, with a line', (_, path, text) => {
    expect(problemsOf(text, path)).toEqual([
      {
        code: 'file-too-big',
        file: path,
        line: expect.any(Number),
        column: expect.any(Number),
        message: 'nested deeper than 200 levels',
      },
    ]);
  });

  test('a file of 10 MB is refused with its size', () => {
    const [problem] = problemsOf(`${RESOURCES}#${'x'.repeat(10_000_000)}`);
    expect(problem).toMatchObject({
      message: 'the file has 10.0 million characters; at most 2 million are read',
      line: 1,
    });
  });

  test.each([
    [2_000_000 - 1, []],
    [2_000_000, []],
    [2_000_000 + 1, ['the file has 2.0 million characters; at most 2 million are read']],
  ])('a file of %i characters', (length, expected) => {
    const text = `${RESOURCES}#${'x'.repeat(length - RESOURCES.length - 1)}`;
    expect(text).toHaveLength(length);
    expect(problemsOf(text).map(({ message }) => message)).toEqual(expected);
  });

  test('keys that are names of JavaScript stay keys', () => {
    const root = read('Resources: {__proto__: {constructor: x}, toString: y}');
    const resources = get(root, 'Resources');
    expect(scalar(get(get(resources, '__proto__'), 'constructor'))).toBe('x');
    expect(get(resources, 'hasOwnProperty')).toBeUndefined();
    expect(({} as Record<string, unknown>)['constructor']).toBe(Object);
  });
});

describe('scalars are read as CloudFormation reads them', () => {
  test.each<{ text: string; value: unknown; written: string | undefined }>(
    (
      [
        ['yes', true, 'yes'],
        ['No', false, 'No'],
        ['ON', true, 'ON'],
        ['off', false, 'off'],
        ['true', true],
        ['TRUE', true, 'TRUE'],
        ['Y', 'Y'],
        ['n', 'n'],
        ['2012-10-17', '2012-10-17'],
        ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
        ['0', 0],
        ['-12', -12],
        ['111111111111', 111111111111],
        ['0123', '0123', '0123'],
        ['012345678901', '012345678901', '012345678901'],
        ['0x1F', '0x1F', '0x1F'],
        ['1_000', '1_000', '1_000'],
        ['12:30:45', '12:30:45', '12:30:45'],
        ['1e3', '1e3', '1e3'],
        ['1.0', 1, '1.0'],
        ['1.10', 1.1, '1.10'],
        ['1.5', 1.5],
        ['1.2.3', '1.2.3'],
        ['123456789012345678901', '123456789012345678901', '123456789012345678901'],
        ['.inf', '.inf'],
        ['~', null],
        ['null', null],
        ["'yes'", 'yes'],
        ['"0123"', '0123'],
        ['!!str 0123', '0123'],
        ['!!int 12', 12],
      ] as [string, unknown, string?][]
    ).map(([text, value, written]) => ({ text, value, written })),
  )('$text', ({ text, value, written }) => {
    const node = get(read(`a: ${text}\n`), 'a');
    expect(node).toMatchObject({ kind: 'scalar', value });
    expect(node?.kind === 'scalar' ? node.text : undefined).toBe(written);
  });

  test('JSON keeps the text of numbers that say more than their value', () => {
    const root = read('{"a": 1.0, "b": 1e3, "c": 12345678901234567890, "d": 7, "e": "1.0"}', 'a.json');
    expect(['a', 'b', 'c', 'd', 'e'].map((key) => get(root, key))).toMatchObject([
      { value: 1, text: '1.0' },
      { value: 1000, text: '1e3' },
      { value: '12345678901234567890', text: '12345678901234567890' },
      { value: 7 },
      { value: '1.0' },
    ]);
  });

  test('a version directive changes nothing of that', () => {
    expect(scalar(get(read('%YAML 1.1\n---\na: 0123\nb: y\n'), 'a'))).toBe('0123');
    expect(scalar(get(read('%YAML 1.1\n---\na: 0123\nb: y\n'), 'b'))).toBe('y');
  });

  test('of duplicate keys the last counts', () => {
    expect(scalar(get(read('a: 1\nb: 2\na: 3\n'), 'a'))).toBe(3);
    expect(scalar(get(read('{"a": 1, "a": 3}', 'a.json'), 'a'))).toBe(3);
  });

  test('merge keys bring what the map itself does not have, the first of several winning', () => {
    const root = read('x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nm:\n  c: 3\n  <<: [*x, *y]\nn: {<<: *x, "<<": kept}\n');
    const merged = get(root, 'm');
    expect(['a', 'b', 'c'].map((key) => scalar(get(merged, key)))).toEqual([1, 1, 3]);
    expect(scalar(get(get(root, 'n'), '<<'))).toBe('kept');
  });
});

describe('ranges', () => {
  const source = createSource(
    'a.yaml',
    '\uFEFFa: !Sub "x ${y}" # !Sub\r\nb:\r\n  - !Ref # !Ref\r\n    z\r\n  # only a comment\r\n  - !If [c, !Ref d, e]\r\nf: |\r\n  one\r\n  two\r\ng: {h: !GetAtt i.j, "k l": !GetAZs }',
  );
  const root = parseNode(source, 'template', DIALECT);

  function at(node: Node | undefined): string | undefined {
    return node && source.text.slice(node.range.start, node.range.end);
  }

  test('a short intrinsic covers its tag, its argument only itself', () => {
    const call = get(root, 'a');
    expect(call).toMatchObject({ kind: 'map', short: true });
    expect(at(call)).toBe('!Sub "x ${y}"');
    expect(at(get(call, 'Fn::Sub'))).toBe('"x ${y}"');
  });

  test('tags are found past comments, line ends and items without content', () => {
    const list = get(root, 'b');
    const [first, second] = list?.kind === 'list' ? list.items : [];
    expect(at(first)).toBe('!Ref # !Ref\r\n    z');
    expect(at(get(first, 'Ref'))).toBe('z');
    expect(at(second)).toBe('!If [c, !Ref d, e]');
    const argument = get(second, 'Fn::If');
    expect(argument?.kind === 'list' ? argument.items.map(at) : []).toEqual(['c', '!Ref d', 'e']);
  });

  test('block scalars, flow maps, keys and empty arguments', () => {
    expect(at(get(root, 'f'))).toBe('|\r\n  one\r\n  two\r\n');
    const flow = get(root, 'g');
    expect(at(get(flow, 'h'))).toBe('!GetAtt i.j');
    const keys =
      flow?.kind === 'map' ? flow.entries.map(({ keyRange }) => source.text.slice(keyRange.start, keyRange.end)) : [];
    expect(keys).toEqual(['h', '"k l"']);
    expect(get(get(flow, 'k l'), 'Fn::GetAZs')).toMatchObject({ kind: 'scalar', value: '' });
  });

  test('an alias shows what it repeats and where it stands', () => {
    const text = 'a: &one [1]\nb: *one\n';
    const node = get(read(text), 'b');
    expect(text.slice(node?.range.start, node?.range.end)).toBe('[1]');
    expect(node?.alias?.name).toBe('one');
    expect(text.slice(node?.alias?.range.start, node?.alias?.range.end)).toBe('*one');
  });
});

describe('structure is checked as CloudFormation does, all problems at once', () => {
  test('tells each with its line', () => {
    const problems = problemsOf(`Parameters:
  bad-name: {Type: String}
  NoType: {Default: a}
Mappings:
  M: {A: flat}
Resources:
  bad_id: {Type: AWS::SNS::Topic}
  NoType: {Properties: {}}
  Odd: {Type: AWS::SNS::Topic, Property: {}}
  Null: {Type: AWS::SNS::Topic, Properties: {TopicName: }}
Outputs:
  Empty: {Description: nothing}
Transform: [{Name: {Ref: NoType}}]
`);
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 Template format error: Parameter name bad-name is non alphanumeric.',
      '3 Template format error: Every Parameters object must contain a Type member. (NoType)',
      '13 Key Name of transform definition must be a string.',
      "10 [/Resources/Null/Properties/TopicName] 'null' values are not allowed in templates",
      '7 Template format error: Resource name bad_id is non alphanumeric.',
      '8 Template format error: [/Resources/NoType] Every Resources object must contain a Type member.',
      "9 Invalid template resource property 'Property'",
      '5 Template format error: Every Mappings member A must be a map',
      '12 Template format error: Every Outputs member must contain a Value object',
    ]);
  });
});

test.each<[boolean, string]>([
  [true, RESOURCES],
  [true, `\uFEFF---\n"Resources":\n  A: {Type: "Custom::Thing"}\n`],
  [true, 'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  Fn::ForEach::X: []\n'],
  [true, '{ "Resources" : { "A" : { "Type" : "AWS::SNS::Topic" } } }'],
  [false, 'apiVersion: v1\nkind: Pod\nspec:\n  resources: {}\n'],
  [false, 'services:\n  Resources:\n    Type: AWS::SNS::Topic\n'],
  [false, 'Resources:\n  - Type: folder\n'],
  [false, '{"schemaVersion": 1, "resources": []}'],
  [false, ''],
])('looksLikeTemplate is %s for %j', (expected, text) => {
  expect(looksLikeTemplate(createSource('a', text))).toBe(expected);
});
