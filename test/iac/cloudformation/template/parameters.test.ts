import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { resolveParameters } from '../../../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import type { DeployedParameter } from '../../../../src/model/deployed.js';
import type { ConfiguredParameter } from '../../../../src/model/parameter.js';
import { secretTexts } from '../../../../src/secrets/mark-secrets.js';
import { createSource } from '../../../../src/syntax/source.js';
import type { Value } from '../../../../src/value/value.js';
import { shown, textAt } from '../../../support/evaluate.js';

const config = createSource('params/prod.json', '{"One": "a, b", "Two": "x"}');

/** Resolves parameters declared as the body of a flow map; configured values stand in params/prod.json. */
function resolve(
  declarations: string,
  configured: Record<string, string> = {},
  deployed: Record<string, DeployedParameter> = {},
): Map<string, Value> {
  const text = `Parameters:\n  ${declarations.replaceAll('\n', '\n  ')}\nResources: {A: {Type: AWS::SNS::Topic}}\n`;
  const template = parseTemplate(createSource('templates/shop.yaml', text));
  const entries = Object.entries(configured).map(([name, value]): [string, ConfiguredParameter] => {
    const at = config.text.indexOf(`"${value}"`);
    const range = at === -1 ? { start: 1, end: 2 } : { start: at, end: at + value.length + 2 };
    return [name, { value, source: config, range }];
  });
  return resolveParameters(template, { configured: new Map(entries), deployed });
}

function only(values: Map<string, Value>): unknown {
  const [value] = values.values();
  return value && shown(value);
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DriftError && error.code === 'parameters') {
      return error.problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
    }
    throw error;
  }
  return [];
}

describe('which value counts', () => {
  test('configured, then deployed, then the default', () => {
    const declaration = 'P: {Type: String, Default: fallback}';
    expect(only(resolve(declaration, { P: 'x' }, { P: { value: 'told' } }))).toBe('x');
    expect(only(resolve(declaration, {}, { P: { value: 'told' } }))).toBe('told');
    expect(only(resolve(declaration))).toBe('fallback');
  });

  test('what stands in the repository has its place there, what is deployed has none', () => {
    const [one] = resolve('One: {Type: String}', { One: 'x' }).values();
    expect(textAt(one?.origin.source, one?.origin.range)).toBe('"x"');
    const [told] = resolve('One: {Type: String}', {}, { One: { value: 'x' } }).values();
    expect(told?.origin.source).toBeUndefined();
    expect(textAt(told?.origin.use.source, told?.origin.use.range)).toBe('One');
  });
});

describe('where a value comes from', () => {
  const via = (values: Map<string, Value>) =>
    [...values.values()].map(({ origin }) =>
      origin.via.map(({ kind, name, source, range }) => [kind, name, textAt(source, range)]),
    );

  test('is told with the place that gives it', () => {
    expect(via(resolve('One: {Type: String}', { One: 'x' }))).toEqual([[['Parameter', 'One', '"x"']]]);
    expect(via(resolve('One: {Type: String, Default: abc}'))).toEqual([[['Parameter', 'One', 'abc']]]);
    expect(via(resolve('One: {Type: String, Default: abc}', {}, { One: { value: 'x' } }))).toEqual([
      [['Parameter', 'One', undefined]],
    ]);
  });
});

describe('types', () => {
  test.each<[string, string, unknown]>([
    ['CommaDelimitedList', 'a, b ,c', ['a', 'b', 'c']],
    ['CommaDelimitedList', '', ['']],
    ['CommaDelimitedList', ' ', ['']],
    ['List<AWS::EC2::SecurityGroup::Id>', '', ['']],
    ['List<Number>', '', ['']],
    ['List<Number>', '80,443', ['80', '443']],
    ['List<AWS::EC2::Subnet::Id>', 'subnet-1', ['subnet-1']],
    ['Number', '1.50', '1.50'],
    ['AWS::EC2::VPC::Id', 'vpc-1', 'vpc-1'],
    ['String', 'a,b', 'a,b'],
    ['MyList<Number>', '1,2', '1,2'],
    ['CommaDelimitedListOfMine', 'a,b', 'a,b'],
    ['AWS::SSM::Parameter::Name', '/name', '/name'],
  ])('%s %j', (type, value, expected) => {
    expect(only(resolve(`P: {Type: "${type}"}`, { P: value }))).toEqual(expected);
  });

  test('list elements know where they stand in the literal', () => {
    const [list] = resolve('One: {Type: CommaDelimitedList}', { One: 'a, b' }).values();
    const items = list?.kind === 'list' ? list.items : [];
    expect(items.map(({ origin }) => textAt(origin.source, origin.range))).toEqual(['a', 'b']);
  });

  test.each([
    ['true', 'true'],
    ['yes', 'true'],
    ['1.0', '1.0'],
    ['0123', '0123'],
    ['""', ''],
  ])('a default of %s is the text %j', (literal, expected) => {
    expect(only(resolve(`P: {Type: String, Default: ${literal}}`))).toBe(expected);
  });

  test('an SSM parameter is what it resolved to, where the name is the deployed one', () => {
    const declaration = 'P: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /name}';
    const deployed = { P: { value: '/name', resolvedValue: 'a,b' } };
    expect(only(resolve(declaration, {}, deployed))).toEqual(['a', 'b']);
    expect(only(resolve(declaration, { P: '/name' }, deployed))).toEqual(['a', 'b']);
    expect(only(resolve(declaration, { P: '/other' }, deployed))).toBe(
      '<parameter: parameter P names the SSM parameter /other, whose value is not known here>',
    );
    expect(only(resolve(declaration))).toMatch(/^<parameter: /);
    const [value] = resolve(declaration, {}, deployed).values();
    // The repository holds the name, not the value: nothing to edit there.
    expect(value?.origin.source).toBeUndefined();
  });
});

describe('NoEcho', () => {
  test('the masked value of a stack is not known; a value of our own is known and secret', () => {
    const declaration = 'P: {Type: String, NoEcho: true, Default: initial}';
    const masked = { P: { value: '****' } };
    expect([...resolve(declaration, {}, masked).values()]).toMatchObject([
      { kind: 'unresolved', code: 'no-echo', secret: true },
    ]);
    expect([...resolve(declaration, { P: 'x' }, masked).values()]).toMatchObject([{ value: 'x', secret: true }]);
    expect([...resolve(declaration).values()]).toMatchObject([{ value: 'initial', secret: true }]);
  });

  test.each(['CommaDelimitedList', 'List<Number>', 'List<AWS::EC2::Subnet::Id>', 'Number', 'String'])(
    'of the type %s is masked as a whole, and every part of it is secret',
    (type) => {
      const declaration = `P: {Type: "${type}", NoEcho: true}`;
      const masked = { P: { value: '****' } };
      expect([...resolve(declaration, {}, masked).values()]).toMatchObject([
        { kind: 'unresolved', code: 'no-echo', secret: true },
      ]);
      expect([...resolve(declaration.replace(', NoEcho: true', ''), {}, masked).values()]).toMatchObject([
        { kind: 'unresolved', code: 'no-echo', secret: true },
      ]);
      const [known] = resolve(declaration, { P: type.includes('ist') ? '1, 2' : '1' }).values();
      const parts = known?.kind === 'list' ? known.items : [known];
      expect(parts.map((part) => part?.kind === 'scalar' && part.secret)).toEqual(parts.map(() => true));
      expect(known && secretTexts(known)).toEqual(type.includes('ist') ? ['1', '2'] : ['1']);
    },
  );

  test.each([
    ['true', true],
    ['"true"', true],
    ['TRUE', true],
    ['yes', true],
    ['false', false],
    ['no', false],
  ])('%s: secret %s', (said, isSecret) => {
    const [value] = resolve(`P: {Type: String, NoEcho: ${said}}`, { P: 'x' }).values();
    expect(value?.kind === 'scalar' && (value.secret ?? false)).toBe(isSecret);
  });

  test('a mask is no value, also where Git no longer says NoEcho', () => {
    expect([...resolve('P: {Type: String}', {}, { P: { value: '****' } }).values()]).toMatchObject([
      { kind: 'unresolved', secret: true },
    ]);
  });

  test('no message tells a value', () => {
    const problems = problemsOf(() => resolve('P: {Type: Number, NoEcho: true}', { P: 'hunter22' }));
    expect(problems).toEqual(["params/prod.json:1 Parameter 'P' must be a number."]);
  });
});

describe('mistakes, all at once and where they stand', () => {
  test('values that are missing, wrong or not asked for', () => {
    const declarations =
      'One: {Type: Number}\nTwo: {Type: String, AllowedValues: [a, yes, 1.0]}\nThree: {Type: String}\nFour: {Type: Number, Default: many}';
    expect(problemsOf(() => resolve(declarations, { One: 'a, b', Two: 'x', Five: 'x' }))).toEqual([
      "params/prod.json:1 Parameter 'One' must be a number.",
      "params/prod.json:1 Parameter 'Two' must be one of AllowedValues: [a, true, 1.0]",
      'templates/shop.yaml:4 Parameters: [Three] must have values',
      "templates/shop.yaml:5 Parameter 'Four' must be a number.",
      'params/prod.json:1 the template has no parameter Five',
    ]);
  });

  test.each<[string, string, string | undefined]>([
    ['{Type: String, MinLength: 3}', 'ab', 'must contain at least 3 characters'],
    ['{Type: String, MinLength: 3}', 'abc', undefined],
    ['{Type: String, MinLength: 3}', 'abcd', undefined],
    ['{Type: String, MaxLength: 3}', 'ab', undefined],
    ['{Type: String, MaxLength: 3}', 'abc', undefined],
    ['{Type: String, MaxLength: 3}', 'abcd', 'must contain at most 3 characters'],
    ['{Type: Number, MinValue: 3}', '2', 'must be a number not less than 3'],
    ['{Type: Number, MinValue: 3}', '3', undefined],
    ['{Type: Number, MinValue: 3}', '4', undefined],
    ['{Type: Number, MaxValue: 3}', '2', undefined],
    ['{Type: Number, MaxValue: 3}', '3', undefined],
    ['{Type: Number, MaxValue: 3}', '4', 'must be a number not greater than 3'],
    ['{Type: Number, MinLength: 2, MaxLength: 2}', '10', undefined],
    ['{Type: Number}', '100', undefined],
    ['{Type: String}', 'any', undefined],
    ['{Type: String, MinValue: 3, MaxValue: 3}', '4', undefined],
    ['{Type: Number}', '', 'must be a number'],
    ['{Type: Number}', 'Infinity', 'must be a number'],
    ['{Type: "List<Number>"}', '1, ,2', 'must be a number'],
    ['{Type: "List<String>"}', 'a', undefined],
    ['{Type: Numbers}', 'a', undefined],
    ['{Type: BigNumber}', 'a', undefined],
    ['{Type: String, AllowedValues: [a, 1.0]}', 'b', 'must be one of AllowedValues: [a, 1.0]'],
    ['{Type: CommaDelimitedList, AllowedValues: [a, b]}', 'a, b', undefined],
    ['{Type: CommaDelimitedList, AllowedValues: [a, b]}', 'a,c', 'must be one of AllowedValues'],
    ['{Type: "List<Number>"}', '1,x', 'must be a number'],
  ])('%s given %j', (declaration, value, expected) => {
    const problems = problemsOf(() => resolve(`P: ${declaration}`, { P: value }));
    expect(problems).toEqual(expected === undefined ? [] : [expect.stringContaining(expected)]);
  });

  test('what is missing, or not asked for, is told with the way out', () => {
    const hintsOf = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        if (error instanceof DriftError) return error.problems.map(({ hint }) => hint);
      }
      return [];
    };
    expect(hintsOf(() => resolve('P: {Type: String}'))).toEqual([
      'give it a value in gitops-drift.yaml (parameters or parametersFile), or a Default',
    ]);
    expect(hintsOf(() => resolve('P: {Type: String, Default: a}\nQ: {Type: String, Default: a}', { X: 'x' }))).toEqual([
      'templates/shop.yaml declares P, Q',
    ]);
  });

  test('a template without parameters asks for none', () => {
    const template = parseTemplate(createSource('shop.yaml', 'Resources: {A: {Type: AWS::SNS::Topic}}\n'));
    const given = new Map([['X', { value: 'x', source: config, range: { start: 0, end: 1 } }]]);
    expect(() => resolveParameters(template, { configured: given, deployed: {} })).toThrow(/shop\.yaml declares none$/);
  });

  test('a macro may declare more', () => {
    const text = 'Transform: MyMacro\nResources: {A: {Type: AWS::SNS::Topic}}\n';
    const template = parseTemplate(createSource('shop.yaml', text));
    const given = new Map([['X', { value: 'x', source: config, range: { start: 0, end: 1 } }]]);
    expect(resolveParameters(template, { configured: given, deployed: {} })).toEqual(new Map());
  });

  test('a loop is no parameter', () => {
    const names = [
      ...resolve('"Fn::ForEach::X": [N, [a], {"${N}": {Type: String}}]\nP: {Type: String, Default: a}').keys(),
    ];
    expect(names).toEqual(['P']);
  });

  test('what a stack has deployed is not judged again', () => {
    expect(only(resolve('P: {Type: String, AllowedValues: [a]}', {}, { P: { value: 'old' } }))).toBe('old');
  });

  test('names of JavaScript are no parameters', () => {
    expect(problemsOf(() => resolve('constructor: {Type: String}'))).toEqual([
      'templates/shop.yaml:2 Parameters: [constructor] must have values',
    ]);
  });
});
