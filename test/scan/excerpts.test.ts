import { describe, expect, test } from '@jest/globals';
import { DIALECT } from '../../src/iac/cloudformation/template/dialect.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Finding } from '../../src/model/report.js';
import type { Target } from '../../src/model/target.js';
import type { PatchStack } from '../../src/patch/model.js';
import { excerptsOf as excerptsIn } from '../../src/scan/excerpts.js';
import type { Excerpt, Location } from '../../src/syntax/location.js';
import { createSource, type Source } from '../../src/syntax/source.js';
import { evaluateText } from '../support/evaluate.js';

interface Given {
  text: string;
  path?: string;
  file?: Source;
  config?: Source;
  parent?: PatchStack;
  parameters?: Target['parameters'];
}

function stackOf({ text, path = 'shop.yaml', file, config, parent, parameters = new Map() }: Given): PatchStack {
  const template = parseTemplate(createSource(path, text));
  const written = config && { source: config, range: { start: 0, end: 1 }, index: 0 };
  const parameterSources = { ...(file ? { file } : {}), ...(written ? { config: written } : {}) };
  const target: Target = { name: 'shop', region: 'eu-west-1', template: path, parameters, parameterSources };
  const evaluated = evaluateText(text, { path, configured: parameters });
  const above = parent ? { parent: { stack: parent, logicalId: 'Inner' } } : {};
  return { types: cloudFormationTypes, target, template, evaluated, ...above } as unknown as PatchStack;
}

type At = [line: number, column: number, endLine?: number, endColumn?: number];

/** The excerpts of findings at these places. */
function excerptsOf(
  stack: PatchStack,
  places: At[],
  { file = 'shop.yaml', desired }: { file?: string; desired?: string } = {},
) {
  const locations = places.map(
    ([line, column, endLine = line, endColumn = column + 1]): Location => ({
      ...{ file, line, column, endLine, endColumn },
    }),
  );
  const findings = locations.map(
    (location) => ({ location, ...(desired === undefined ? {} : { desired }) }) as Finding,
  );
  const excerpts = excerptsIn([{ stack, findings }], DIALECT);
  return findings.map((finding) => excerpts.get(finding));
}

function only(...args: Parameters<typeof excerptsOf>): Excerpt {
  const [excerpt] = excerptsOf(...args);
  if (excerpt === undefined) throw new Error('no excerpt');
  return excerpt;
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `# line ${index + 1}\n`).join('');
const TEMPLATE = 'Resources: {Queue: {Type: AWS::SQS::Queue}}\n';

describe('the lines around a place', () => {
  const stack = stackOf({ text: `${TEMPLATE}${numbered(40).replace('# line 1\n', '')}` });

  test.each<[At, number, number]>([
    [[1, 1], 1, 3],
    [[2, 1], 1, 4],
    [[3, 1], 1, 5],
    [[4, 1], 2, 6],
    [[39, 1], 37, 40],
    [[40, 1], 38, 40],
    [[10, 1, 12, 3], 8, 14],
    // The end is exclusive: the start of the next line is none of the place.
    [[10, 1, 13, 1], 8, 14],
    [[10, 1, 17, 3], 8, 19],
    [[10, 1, 18, 3], 8, 19],
    [[10, 1, 40, 3], 8, 19],
  ])('of %j are %i to %i', (at, first, last) => {
    const { line, lines } = only(stack, [at]);
    expect([line, line + lines.length - 1]).toEqual([first, last]);
    expect(lines.at(-1)).toBe(`# line ${last}`);
  });

  test('are those of each finding', () => {
    expect(
      excerptsOf(stack, [
        [10, 1],
        [20, 1],
      ]).map((excerpt) => excerpt?.line),
    ).toEqual([8, 18]);
  });

  test('are as they are read: without marks and line ends', () => {
    const windows = stackOf({ text: `\uFEFF${TEMPLATE.replace('\n', '\r\n')}# end\r\n` });
    expect(only(windows, [[1, 1]]).lines).toEqual([TEMPLATE.trim(), '# end']);
    const unended = stackOf({ text: `${TEMPLATE}# end` });
    expect(only(unended, [[2, 1]]).lines).toEqual([TEMPLATE.trim(), '# end']);
  });

  test('are none where the file is not known, or there is no place', () => {
    expect(excerptsOf(stack, [[1, 1]], { file: 'other.yaml' })).toEqual([undefined]);
    const finding = {} as Finding;
    expect(excerptsIn([{ stack, findings: [finding] }], DIALECT).size).toBe(0);
  });

  test.each([
    [160, 1, false, false],
    [161, 1, false, true],
    [400, 1, false, true],
    [400, 41, false, true],
    [400, 42, true, true],
    [400, 281, true, false],
    [400, 400, true, false],
  ])('a line of %i characters is cut around column %i: before %s, behind %s', (length, column, isBefore, isBehind) => {
    const long = stackOf({ text: `${TEMPLATE}#${'x'.repeat(length - 1)}\n` });
    const shown = only(long, [[2, column]]).lines[1] ?? '';
    expect([shown.startsWith('…'), shown.endsWith('…')]).toEqual([isBefore, isBehind]);
    expect(shown.replaceAll('…', '')).toHaveLength(Math.min(length, 160));
  });
});

describe('no secret is in them', () => {
  const text = `Parameters:
  Secret: {Type: String, NoEcho: true, Default: hunter2hunter2}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !Sub "q-\${Secret}", Password: correct-horse}
    # hunter2hunter2 is the password
`;

  test('neither the default of a NoEcho parameter, nor a password, nor where else they stand', () => {
    const { lines } = only(stackOf({ text }), [[4, 1]]);
    expect(lines).toHaveLength(5);
    const all = [...lines, ...only(stackOf({ text }), [[7, 1]]).lines].join('\n');
    expect(all).not.toMatch(/hunter2|correct-horse/);
    expect(all).toContain('Default: ****');
    expect(all).toContain('Password: ****');
    expect(all).toContain('# **** is the password');
  });

  test('nor what a finding says is one', () => {
    const plain = stackOf({ text: `${TEMPLATE}# value: aloha-aloha\n` });
    expect(only(plain, [[2, 10, 2, 21]]).lines[1]).toBe('# value: aloha-aloha');
    expect(only(plain, [[2, 10, 2, 21]], { desired: '****' }).lines[1]).toBe('# value: ****');
  });

  test('nor one of several lines', () => {
    const key = '-----BEGIN PRIVATE KEY-----\n      AAAA\n      BBBB\n      -----END PRIVATE KEY-----';
    const long = `${TEMPLATE}Metadata:\n  Key: |\n      ${key}\n`;
    const shown = only(stackOf({ text: long }), [[3, 3]]).lines.join('\n');
    expect(shown).not.toMatch(/AAAA|BBBB/);
  });

  test('nor one that only a nested stack knows of', () => {
    const outer = stackOf({
      text: 'Resources:\n  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml, Parameters: {Secret: aloha-aloha}}}\n',
    });
    const source = outer.template.source;
    const start = source.text.indexOf('aloha-aloha');
    const given = new Map([['Secret', { value: 'aloha-aloha', source, range: { start, end: start + 11 } }]]);
    const inner = stackOf({
      text: text.replace(', Default: hunter2hunter2', ''),
      path: 'inner.yaml',
      parent: outer,
      parameters: given,
    });
    const location: Location = { file: 'shop.yaml', line: 2, column: 1, endLine: 2, endColumn: 2 };
    const finding = { location } as Finding;
    const excerpts = excerptsIn(
      [
        { stack: outer, findings: [finding] },
        { stack: inner, findings: [] },
      ],
      DIALECT,
    );
    expect(excerpts.get(finding)?.lines[1]).toContain('Secret: ****');
    // A parameter of the nested stack stands in the template of its parent.
    expect(only(inner, [[2, 1]]).lines[1]).toContain('Secret: ****');
  });
});

describe('a file of parameters', () => {
  const template =
    'Parameters: {Size: {Type: String}, Other: {Type: String}}\nResources: {Queue: {Type: AWS::SQS::Queue}}\n';
  const FORMS: [string, string][] = [
    ['params.json', '{\n  "Parameters": {\n    "Size": "5",\n    "Other": "seven"\n  }\n}\n'],
    [
      'list.json',
      '[\n  {"ParameterKey": "Size", "ParameterValue": "5"},\n  {"ParameterKey": "Other", "ParameterValue": "seven"}\n]\n',
    ],
    [
      'nested.json',
      '{"Parameters": [\n  {"ParameterKey": "Size", "ParameterValue": "5"},\n  {"ParameterKey": "Other", "ParameterValue": "seven"}\n]}\n',
    ],
    ['sync.yaml', 'template-file-path: shop.yaml\nparameters:\n  Size: "5"\n  Other: seven\n'],
  ];

  test.each(FORMS)('%s shows no value but the one that a finding is about', (path, text) => {
    const file = createSource(path, text);
    const given = { value: '5', source: file, range: { start: 0, end: 1 } };
    const parameters = new Map(['Size', 'Other'].map((name) => [name, given]));
    const own = stackOf({ text: template, file, parameters });
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.includes('"5"')) + 1;
    const column = (lines[line - 1] ?? '').indexOf('"5"') + 1;
    const shown = only(own, [[line, column, line, column + 3]], { file: path });
    const all = shown.lines.join('\n');
    expect(all).toContain('"5"');
    expect(all).not.toContain('seven');
    expect(all).toContain('Other');
    expect(all).toContain('Size');
  });

  test('that is broken shows nothing', () => {
    const file = createSource('broken.json', '{"Parameters": {"Size": "5"\n');
    const given = { value: '5', source: file, range: { start: 0, end: 1 } };
    const parameters = new Map([
      ['Size', given],
      ['Other', given],
    ]);
    expect(only(stackOf({ text: template, file, parameters }), [[1, 1]], { file: 'broken.json' }).lines).toEqual([
      '****',
    ]);
  });
});
