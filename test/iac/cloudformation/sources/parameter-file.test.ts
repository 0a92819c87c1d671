import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { parseParameterFile } from '../../../../src/iac/cloudformation/sources/parameter-file.js';
import { createSource } from '../../../../src/syntax/source.js';

/** Values by name, and the text at each value's range. */
function read(path: string, text: string): [string, string, string][] {
  return [...parseParameterFile(createSource(path, text))].map(([name, { value, range }]) => [
    name,
    value,
    text.slice(range.start, range.end),
  ]);
}

function mistakes(path: string, text: string): string[] {
  try {
    read(path, text);
  } catch (error) {
    expect(error).toBeInstanceOf(DriftError);
    expect((error as DriftError).code).toBe('parameters');
    return (error as DriftError).message.split('\n');
  }
  throw new Error('nothing was wrong');
}

test("CloudFormation's list", () => {
  const text = `\ufeff[\r
\t{"ParameterKey": "Env", "ParameterValue": "pr\\u006fd"},\r
\t{"ParameterKey": "Count", "ParameterValue": 010.0},\r
\t{"ParameterValue": "a,b", "ParameterKey": "Zones", "ResolvedValue": "x"},\r
\t{"ParameterKey": "Keep", "UsePreviousValue": true},\r
\t{"ParameterKey": "Empty", "ParameterValue": ""}\r
]\r
`.replace('010.0', '10.0');
  expect(read('params/prod.json', text)).toEqual([
    ['Env', 'prod', '"pr\\u006fd"'],
    ['Count', '10.0', '10.0'],
    ['Zones', 'a,b', '"a,b"'],
    ['Empty', '', '""'],
  ]);
});

test("the same list under Parameters, as in the command line's input", () => {
  const text = '{"StackName": "shop", "Parameters": [{"ParameterKey": "Env", "ParameterValue": "prod"}]}';
  expect(read('input.json', text)).toEqual([['Env', 'prod', '"prod"']]);
});

test("CodePipeline's template configuration", () => {
  const text = '{"Parameters": {"Env": "prod", "Size": 2}, "Tags": {"Team": "shop"}, "StackPolicy": {"Statement": []}}';
  expect(read('config.json', text)).toEqual([
    ['Env', 'prod', '"prod"'],
    ['Size', '2', '2'],
  ]);
});

test("Git sync's deployment file, in YAML and in JSON", () => {
  const yaml = `template-file-path: ./shop.yaml
parameters:
  Env: 'prod'
  Account: 012345678901
  On: yes
  Zones:
    - a
    - b
  Text: |
    two
    lines
tags:
  Team: shop
`;
  expect(read('deploy.yaml', yaml).map(([name, value]) => [name, value])).toEqual([
    ['Env', 'prod'],
    ['Account', '012345678901'],
    ['On', 'true'],
    ['Zones', 'a,b'],
    ['Text', 'two\nlines\n'],
  ]);
  expect(read('deploy.yaml', yaml)[0]?.[2]).toBe("'prod'");
  expect(read('deploy.json', '{"template-file-path": "x", "parameters": {"Env": "prod"}}')).toEqual([
    ['Env', 'prod', '"prod"'],
  ]);
});

test('a file may have no parameters', () => {
  expect(read('a.json', '[]')).toEqual([]);
  expect(read('a.json', '{"Parameters": {}}')).toEqual([]);
  expect(read('a.json', '{"Tags": {}}')).toEqual([]);
  expect(read('a.yaml', 'template-file-path: x\n')).toEqual([]);
  expect(read('a.yaml', 'template-file-path: x\nparameters:\n')).toEqual([]);
});

describe('all mistakes are told at once', () => {
  test('in a list', () => {
    const text = `[
  {"ParameterKey": "A"},
  {"ParameterValue": "x"},
  {"ParameterKey": "B", "ParameterValue": null},
  {"ParameterKey": "C", "ParameterValue": {"a": 1}},
  {"ParameterKey": "D", "ParameterValue": "1"},
  {"ParameterKey": "D", "ParameterValue": "2", "ParameterValue": "3"},
  "E=1",
  {"ParameterKey": "F", "UsePreviousValue": false}
]`;
    expect(mistakes('p.json', text)).toEqual([
      'p.json:2:3: A has neither a ParameterValue nor UsePreviousValue: true',
      'p.json:3:3: an entry must have a ParameterKey',
      'p.json:4:43: B has no value; an empty text is written ""',
      'p.json:5:43: C must be a text, a number, a boolean or a list of them',
      'p.json:7:3: the parameter D is given twice',
      'p.json:7:48: the key "ParameterValue" is given twice',
      'p.json:8:3: an entry must have a ParameterKey',
      'p.json:9:3: F has neither a ParameterValue nor UsePreviousValue: true',
    ]);
  });

  test('in a map', () => {
    expect(mistakes('p.yaml', 'parameters:\n  A:\n  B: {c: d}\n  C: 1\n  C: 2\n')).toEqual([
      'p.yaml:2:5: A has no value; an empty text is written ""',
      'p.yaml:3:6: B must be a text, a number, a boolean or a list of them',
      'p.yaml:5:3: the key "C" is given twice',
    ]);
  });
});

test.each([
  ['p.json', '{"Env": "prod"}', 'p.json:1:1: there are no parameters in this file'],
  ['p.json', '"text"', 'p.json:1:1: there are no parameters in this file'],
  ['p.yaml', 'parameters: text\n', 'p.yaml:1:13: there are no parameters in this file'],
  ['p.yaml', '', 'p.yaml:1: the file is empty'],
  ['p.json', '[{"ParameterKey": "A",}', 'p.json:1:23: JSON not well-formed'],
])('%s with %j is refused', (path, text, message) => {
  expect(mistakes(path, text)[0]).toContain(message);
});

test('names that objects inherit are names like any other', () => {
  expect(read('p.json', '{"Parameters": {"__proto__": "a", "constructor": "b"}}').map(([name]) => name)).toEqual([
    '__proto__',
    'constructor',
  ]);
});

describe('Key=Value', () => {
  test.each([
    'p.ini',
    'p.properties',
    'dev.env',
    '.env',
    '.env.dev',
    'a/p.params',
    'p.parameters',
    'p.cfg',
    'p.conf',
    'p.txt',
  ])('lines of %s', (path) => {
    expect(
      read(path, '\ufeffEnv=prod\r\n# no\n; nor this\n\n  Url=https://x/?a=b#c  \nEmpty=\nSpaced = 1 2\n'),
    ).toEqual([
      ['Env', 'prod', 'prod'],
      ['Url', 'https://x/?a=b#c', 'https://x/?a=b#c'],
      ['Empty', '', ''],
      ['Spaced', '1 2', '1 2'],
    ]);
  });

  test.each([
    ['Env=a\nEnv=b\n', 'p.ini:2:1: the parameter Env is given twice'],
    ['[section]\nEnv=a\n', 'p.ini:1:1: a line has to be Key=Value'],
    ['Env=a\nexport X=1\n', 'p.ini:2:1: a line has to be Key=Value'],
    ['# none\n', 'p.ini:1:1: there are no parameters in this file'],
  ])('%j is refused', (text, message) => {
    expect(mistakes('p.ini', text)).toEqual([message]);
  });

  test('a list of them, as the command line takes', () => {
    expect(read('p.json', '["Env=prod", "Url=a=b"]').map(([name, value]) => [name, value])).toEqual([
      ['Env', 'prod'],
      ['Url', 'a=b'],
    ]);
  });
});

describe("Sceptre's stack configuration", () => {
  const text = 'template_path: shop.yaml\nparameters:\n  Env: prod\n  Zones: [a, b]\n';

  test('is read where it is plain', () => {
    expect(read('config/shop.yaml', text).map(([name, value]) => [name, value])).toEqual([
      ['Env', 'prod'],
      ['Zones', 'a,b'],
    ]);
  });

  test.each([
    ['"{{ var.env }}"', 'config/shop.yaml:5:6: X is worked out by Sceptre'],
    ['!stack_output vpc.yaml::Id', 'config/shop.yaml:5:6: unknown tag "!stack_output"'],
  ])('and never guessed: %s', (value, message) => {
    expect(mistakes('config/shop.yaml', `${text}  X: ${value}\n`)[0]).toContain(message.replace(/ "!.*/, ''));
  });
});
