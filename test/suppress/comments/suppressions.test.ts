import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '../../../src/base/errors.js';
import { commentPlaces } from '../../../src/iac/cloudformation/suppress/places.js';
import { parseTemplate } from '../../../src/iac/cloudformation/template/parse.js';
import { collectInlineSuppressions, type StackPlace } from '../../../src/suppress/comments/suppressions.js';
import { createSource } from '../../../src/syntax/source.js';
import { evaluateText, type Surroundings } from '../../support/evaluate.js';

const SHOP: StackPlace = { account: '111111111111', region: 'eu-west-1', stack: 'shop' };

function collected(text: string, given: Surroundings = {}, places = [SHOP]) {
  const inline = collectInlineSuppressions(commentPlaces);
  const template = parseTemplate(createSource(given.path ?? 'template.yaml', text));
  for (const place of places) inline.add(place, template, evaluateText(text, given));
  return inline;
}

/** Of these findings (`Queue/DelaySeconds`), those that are covered. */
function covered(text: string, findings: string[], given: Surroundings = {}): string[] {
  const inline = collected(text, given);
  expect(inline.problems()).toEqual([]);
  return findings.filter((each) => {
    const at = each.indexOf('/');
    const [logicalId, path] = at === -1 ? [each, ''] : [each.slice(0, at), each.slice(at)];
    const subject = { ...SHOP, logicalId, type: 'AWS::SQS::Queue', path };
    return inline.suppressions().some((suppression) => suppression.covers(subject));
  });
}

const problemsOf = (text: string, path = 'template.yaml') => collected(text, { path }).problems().map(describeProblem);

const ALL = [
  'Queue',
  'Queue/A',
  'Queue/B',
  'Queue/B/C',
  'Queue/L/0',
  'Queue/L/0/K',
  'Queue/L/0/V',
  'Queue/L/1/V',
  'Other/A',
];

/** A template whose resource `Queue` has these lines as its properties. */
function queue(...lines: string[]): string {
  const rest = '  Other:\n    Type: AWS::SQS::Queue\n    Properties: { A: 1 }\n';
  return `Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n${lines.map((line) => `      ${line}\n`).join('')}${rest}`;
}

describe('a comment covers what it stands at, and all below', () => {
  test.each<[string, string, string[]]>([
    ['above a property', queue('# gitops-drift:ignore: x', 'A: 1', 'B: { C: 1 }'), ['Queue/A']],
    [
      'above a property that is a map',
      queue('A: 1', '# gitops-drift:ignore: x', '', 'B:', '  C: 1'),
      ['Queue/B', 'Queue/B/C'],
    ],
    ['behind a property', queue('A: 1 # gitops-drift:ignore: x', 'B: { C: 1 }'), ['Queue/A']],
    ['behind a map on one line', queue('A: 1', 'B: { C: 1 } # gitops-drift:ignore: x'), ['Queue/B', 'Queue/B/C']],
    ['above a key in a map', queue('B:', '  # gitops-drift:ignore: x', '  C: 1'), ['Queue/B/C']],
    [
      'above a list item',
      queue('L:', '  # gitops-drift:ignore: x', '  - K: 1', '    V: 1', '  - { K: 2, V: 2 }'),
      ['Queue/L/0', 'Queue/L/0/K', 'Queue/L/0/V'],
    ],
    [
      'behind the first key of a list item',
      queue('L:', '  - K: 1 # gitops-drift:ignore: x', '    V: 1'),
      ['Queue/L/0/K'],
    ],
    [
      'behind a list item on one line',
      queue('L:', '- { K: 1 }', '- { V: 1 } # gitops-drift:ignore: x'),
      ['Queue/L/1/V'],
    ],
    [
      'two of them',
      queue('# gitops-drift:ignore: x', '# gitops-drift:ignore /B/*: y', 'A: 1'),
      ['Queue/A', 'Queue/B/C'],
    ],
    ['with a path, wherever it stands', queue('A: 1 # gitops-drift:ignore /L/*/V: x'), ['Queue/L/0/V', 'Queue/L/1/V']],
    [
      'behind the properties',
      queue('A: 1').replace('Properties:\n', 'Properties: # gitops-drift:ignore: x\n'),
      ALL.slice(0, -1),
    ],
    ['above the type', queue('A: 1').replace('    Type', '    # gitops-drift:ignore: x\n    Type'), ALL.slice(0, -1)],
    ['above a resource', queue('A: 1').replace('  Queue', '  # gitops-drift:ignore: x\n  Queue'), ALL.slice(0, -1)],
    [
      'above a resource, with a path',
      queue('A: 1').replace('  Queue', '# gitops-drift:ignore /B: x\n  Queue'),
      ['Queue/B', 'Queue/B/C'],
    ],
  ])('%s', (_, text, expected) => {
    expect(covered(text, ALL)).toEqual(expected);
    expect(covered(text.replaceAll('\n', '\r\n'), ALL)).toEqual(expected);
  });
});

describe('whatever makes the value', () => {
  const PARAMETERS =
    'Parameters: { P: { Type: String, Default: a }, Names: { Type: CommaDelimitedList, Default: "a,b" } }\n';
  const CONDITIONS = 'Conditions: { Yes: !Equals [a, a], No: !Equals [a, b] }\n';
  test.each<[string, string, string[]]>([
    ['a parameter', queue('# gitops-drift:ignore: x', 'A: !Ref P'), ['Queue/A']],
    ['a list from a parameter', queue('# gitops-drift:ignore: x', 'L: !Ref Names'), ALL.slice(4, 8)],
    [
      'a property below a branch',
      queue('B: !If', '  - Yes', '  - C: 1 # gitops-drift:ignore: x', '    D: 1', '  - C: 2'),
      ['Queue/B/C'],
    ],
    [
      'the branch that is taken',
      queue('A: !If', '  - Yes', '  # gitops-drift:ignore: x', '  - !Ref P', '  - 2'),
      ['Queue/A'],
    ],
    [
      'the branch that is not taken',
      queue('A: !If', '  - No', '  # gitops-drift:ignore: x', '  - !Ref P', '  - 2'),
      [],
    ],
    [
      'a list item in a branch',
      queue('L: !If', '  - Yes', '  -', '    - { V: 1 }', '    # gitops-drift:ignore: x', '    - { V: 2 }', '  - []'),
      ['Queue/L/1/V'],
    ],
    [
      'a list item after one that is left out',
      queue('L:', '  - !If [No, { V: 1 }, !Ref AWS::NoValue]', '  # gitops-drift:ignore: x', '  - V: 2'),
      ['Queue/L/0', 'Queue/L/0/K', 'Queue/L/0/V'],
    ],
    [
      'a list item that is a choice',
      queue('L:', '  # gitops-drift:ignore: x', '  - !If [Yes, { V: 1 }, { V: 2 }]'),
      ALL.slice(4, 7),
    ],
    ['a choice in its long form', queue('A:', '  # gitops-drift:ignore: x', '  Fn::If: [Yes, 1, 2]'), ['Queue/A']],
    ['all properties by a choice', queue('# gitops-drift:ignore: x', 'Fn::If: [Yes, { A: 1 }, {}]'), ALL.slice(0, -1)],
    ['a computed text', queue('# gitops-drift:ignore: x', 'A: !Sub "a-${P}"'), ['Queue/A']],
    ['a secret from elsewhere', queue('# gitops-drift:ignore: x', 'A: "{{resolve:ssm:a}}"'), ['Queue/A']],
    [
      'what an alias repeats',
      queue('# gitops-drift:ignore: x', 'A: &a 1').replace('{ A: 1 }', '{ A: *a }'),
      ['Queue/A'],
    ],
    [
      'merged keys',
      queue('B: &b', '  # gitops-drift:ignore: x', '  A: 1').replace('{ A: 1 }', '\n      <<: *b'),
      ['Other/A'],
    ],
  ])('%s', (_, text, expected) => {
    expect(covered(PARAMETERS + CONDITIONS + text, ALL)).toEqual(expected);
  });

  test('one comment in a loop is for all resources that it makes, one above the loop for all of them as a whole', () => {
    const text = [
      'Transform: AWS::LanguageExtensions',
      'Resources:',
      '  # gitops-drift:ignore /B: x',
      '  Fn::ForEach::Queues:',
      '    - Name',
      '    - [a, b]',
      '    - Queue${Name}:',
      '        Type: AWS::SQS::Queue',
      '        Properties:',
      '          # gitops-drift:ignore: x',
      '          A: !Ref Name',
      '          C: 1',
    ].join('\n');
    const findings = ['Queuea/A', 'Queueb/A', 'Queuea/C', 'Queueb/B/D', 'Queueb'];
    expect(covered(text, findings)).toEqual(['Queuea/A', 'Queueb/A', 'Queueb/B/D']);
  });

  test('a loop of properties', () => {
    const loop = queue(
      'B:',
      '  # gitops-drift:ignore: x',
      '  Fn::ForEach::Cs:',
      '    - N',
      '    - [C, D]',
      '    - { "${N}": 1 }',
      '  E: 1',
    );
    const findings = ['Queue/B/C', 'Queue/B/D', 'Queue/B/E'];
    expect(covered(`Transform: AWS::LanguageExtensions\n${loop}`, findings)).toEqual(findings.slice(0, 2));
  });
});

describe('metadata of a resource', () => {
  const ENTRY = { path: '/A', until: '2027-01-31', reason: 'x' };
  const json = (metadata: object) =>
    JSON.stringify(
      { Resources: { Queue: { Type: 'AWS::SQS::Queue', Metadata: { 'gitops-drift': metadata } } } },
      null,
      1,
    );

  test('in YAML and JSON, one entry or several', () => {
    const yaml = queue('A: 1').replace(
      '    Type',
      '    Metadata: { gitops-drift: { ignore: [ { path: /A, until: 2027-01-31, reason: x } ] } }\n    Type',
    );
    for (const text of [yaml, json({ ignore: [ENTRY] }), json({ ignore: ENTRY })]) {
      expect(covered(text, ALL)).toEqual(['Queue/A']);
      expect(collected(text).suppressions()).toEqual([
        expect.objectContaining({ reason: 'x', until: '2027-01-31', by: 'template' }),
      ]);
    }
    expect(covered(json({ ignore: { reason: 'x' } }), ALL)).toEqual(ALL.slice(0, -1));
  });

  test('with mistakes, all told with their lines', () => {
    const mistakes = [{ path: 'A', until: '2027-13-01', raeson: 'x' }, 'x', { reason: { Ref: 'X' } }];
    expect(
      problemsOf(json({ ignore: mistakes, ignroe: [] }), 'template.json').map((text) => text.split('\n')[0]),
    ).toEqual([
      'template.json:6:21: unknown key "ignroe" in the metadata "gitops-drift"',
      'template.json:8:7: unknown key "raeson" in the metadata "gitops-drift"',
      'template.json:8:7: "A" is no path of a property',
      'template.json:8:7: "2027-13-01" is no day',
      'template.json:8:7: this gitops-drift:ignore has no reason',
      'template.json:13:7: an entry of "ignore" must be a map with a reason',
      'template.json:14:7: this gitops-drift:ignore has no reason',
    ]);
    expect(problemsOf(json([]))).toEqual([expect.stringContaining('"gitops-drift" has no "ignore"')]);
    expect(problemsOf(`Metadata: { gitops-drift: { ignore: { reason: x } } }\n${queue('A: 1')}`)).toEqual([
      expect.stringContaining('template.yaml:1:27: "gitops-drift" is read in the Metadata of resources only'),
    ]);
  });
});

describe('a comment that can not be meant is told and covers nothing', () => {
  test.each<[string, string, RegExp]>([
    [
      'at the end of a block',
      queue('A: 1', '# gitops-drift:ignore: x'),
      /^template.yaml:6:7: this gitops-drift:ignore stands at nothing that is compared\n {2}put it above/,
    ],
    ['above another section', `# gitops-drift:ignore: x\n${queue('A: 1')}`, /:1:1: .*stands at nothing/],
    ['at the end of the file', `${queue('A: 1')}# gitops-drift:ignore: x\n`, /:9:1: .*stands at nothing/],
    [
      'above what is no property',
      queue('A: 1').replace('    Type', '    # gitops-drift:ignore: x\n    DependsOn: Other\n    Type'),
      /:3:5: .*stands at nothing/,
    ],
    ['with mistakes', queue('# gitops-drift:ignor /B: x', 'A: 1'), /:5:7: "gitops-drift:ignor" is not known here/],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(message)]);
    expect(collected(text).suppressions()).toEqual([]);
  });

  test('what looks like one in a text is none', () => {
    const text = queue('A: |', '  # gitops-drift:ignor', '  # gitops-drift:ignore: x', `B: "# gitops-drift:ignore: x"`);
    expect(problemsOf(text)).toEqual([]);
    expect(collected(text).suppressions()).toEqual([]);
  });
});

test('the stacks of a template share its comments, each with what the template is there', () => {
  const text = `Parameters: { P: { Type: String } }\nConditions: { Yes: !Equals [!Ref P, a] }\n${queue('A: !If', '  - Yes', '  # gitops-drift:ignore: x', '  - 1', '  - 2')}`;
  const inline = collectInlineSuppressions(commentPlaces);
  const template = parseTemplate(createSource('template.yaml', text));
  for (const [stack, value] of [
    ['one', 'a'],
    ['two', 'b'],
  ] as const) {
    inline.add({ ...SHOP, stack }, template, evaluateText(text, { deployed: { P: { value } } }));
  }
  const [only, ...others] = inline.suppressions();
  expect(others).toEqual([]);
  const subject = { ...SHOP, logicalId: 'Queue', type: 'AWS::SQS::Queue', path: '/A' };
  expect(only?.covers({ ...subject, stack: 'one' })).toBe(true);
  expect(only?.covers({ ...subject, stack: 'two' })).toBe(false);
  expect(only?.covers({ ...subject, stack: 'one', region: 'us-east-1' })).toBe(false);
});
