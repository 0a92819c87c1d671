import { describe, expect, test } from '@jest/globals';
import { literalEdits } from '../../../../src/iac/cloudformation/cdk/literals/edits.js';
import { type CallPlace, literalsIn } from '../../../../src/iac/cloudformation/cdk/literals/found.js';
import { scriptReader } from '../../../../src/iac/cloudformation/cdk/literals/scripts.js';
import type { Change } from '../../../../src/patch/intent.js';
import { applyEdits } from '../../../../src/syntax/edit/apply-edits.js';
import { createSource } from '../../../../src/syntax/source.js';
import type { ListValue, Value } from '../../../../src/value/value.js';

const read = scriptReader();
const nowhere = createSource('template.json', '{}');
const origin = {
  source: nowhere,
  range: { start: 0, end: 2 },
  via: [],
  use: { source: nowhere, range: { start: 0, end: 2 } },
};

type Scalar = string | number | boolean;

function scalar(value: Scalar): Value {
  return { kind: 'scalar', value, origin } as unknown as Value;
}

function list(items: readonly Scalar[]): ListValue {
  return { kind: 'list', items: items.map(scalar), origin } as unknown as ListValue;
}

function setting(path: string, was: Scalar): Change {
  return { kind: 'set', keys: path.split('/'), value: scalar(was), parent: list([was]) };
}

/** The changed lines that the edits of a change make of files; a frame stands where a file says so: `/*1*​/`. */
function linesOf(files: Record<string, string>, change: Change, live: Scalar | undefined): string[] {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, createSource(path, text)]));
  const frames = [...sources.values()].flatMap((source) => framesIn(source.path, source.text));
  frames.sort((one, other) => one.at - other.at);
  const found = literalsIn(frames, { read, scanned: (file) => sources.get(file), current: (source) => source });
  return literalEdits(change, live, found).map(({ source, edits }) => {
    const before = source.text.split('\n');
    return applyEdits(source.text, edits)
      .split('\n')
      .filter((line, index) => line !== before[index])
      .map((line) => line.replace(/\/\*\d\*\//, '').trim())
      .join('\n');
  });
}

/** The places behind marks, by their number. */
function framesIn(file: string, text: string): (CallPlace & { at: number })[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\/\*(\d)\*\//g)].map((mark) => ({
      file,
      line: index + 1,
      column: mark.index + mark[0].length + 1,
      at: Number(mark[1]),
    })),
  );
}

describe('literals of a call', () => {
  test.each<[name: string, text: string, path: string, was: Scalar, live: Scalar, line: string]>([
    [
      'a number',
      '/*1*/new Table(this, "T", { readCapacity: 5 })',
      'ProvisionedThroughput/ReadCapacityUnits',
      5,
      9,
      'new Table(this, "T", { readCapacity: 9 })',
    ],
    [
      'what a template has as text',
      '/*1*/new T(this, "T", { cpu: 256 })',
      'Cpu',
      '256',
      '512',
      'new T(this, "T", { cpu: 512 })',
    ],
    [
      'a boolean',
      '/*1*/new T(this, "T", { versioned: true })',
      'Versioned',
      true,
      false,
      'new T(this, "T", { versioned: false })',
    ],
    ['a negative number', '/*1*/new T({ priority: -5 })', 'Priority', -5, -7, 'new T({ priority: -7 })'],
    [
      'single quotes',
      "/*1*/new T({ description: 'old' })",
      'Description',
      'old',
      `it's "new"`,
      `new T({ description: 'it\\'s "new"' })`,
    ],
    [
      'double quotes',
      '/*1*/new T({ description: "old" })',
      'Description',
      'old',
      `it's "new"\n`,
      `new T({ description: "it's \\"new\\"\\n" })`,
    ],
    [
      'backticks',
      '/*1*/new T({ description: `old` })',
      'Description',
      'old',
      '${a}`',
      'new T({ description: `\\${a}\\`` })',
    ],
    ['a cast', '/*1*/new T({ state: <const>"A" as any })', 'State', 'A', 'B', 'new T({ state: <const>"B" as any })'],
    ['a quoted key', "/*1*/new T({ 'queue-depth': 5 })", 'QueueDepth', 5, 6, "new T({ 'queue-depth': 6 })"],
    [
      'a duration',
      '/*1*/new Q({ visibilityTimeout: Duration.minutes(2) })',
      'VisibilityTimeout',
      120,
      240,
      'new Q({ visibilityTimeout: Duration.minutes(4) })',
    ],
    [
      'a duration that needs another unit',
      '/*1*/new Q({ visibilityTimeout: Duration.minutes( 2 ) })',
      'VisibilityTimeout',
      120,
      90,
      'new Q({ visibilityTimeout: Duration.seconds( 90 ) })',
    ],
    [
      'a duration told in days',
      '/*1*/new Q({ pendingWindow: Duration.days(14) })',
      'PendingWindowInDays',
      14,
      30,
      'new Q({ pendingWindow: Duration.days(30) })',
    ],
    [
      'what a function is given',
      "/*1*/new R({ schedule: Schedule.expression('rate(1 day)') })",
      'ScheduleExpression',
      'rate(1 day)',
      'rate(2 days)',
      "new R({ schedule: Schedule.expression('rate(2 days)') })",
    ],
    ['a method', "a\n  ./*1*/addThing('id', { retries: 3 });", 'Retries', 3, 4, ".addThing('id', { retries: 4 });"],
    [
      'super',
      'class A extends B { constructor() { /*1*/super(s, i, { retries: 3 }); } }',
      'Retries',
      3,
      4,
      'class A extends B { constructor() { super(s, i, { retries: 4 }); } }',
    ],
    ['a constant', 'const DEPTH = 5;\n/*1*/new T({ queueDepth: DEPTH });', 'QueueDepth', 5, 6, 'const DEPTH = 6;'],
    [
      'a member of a constant',
      'const SIZES = { depth: 5 } as const;\n/*1*/new T({ queueDepth: SIZES.depth });',
      'QueueDepth',
      5,
      6,
      'const SIZES = { depth: 6 } as const;',
    ],
    [
      'a constant that is spread',
      'const common = { depth: 5 };\n/*1*/new T({ ...common });',
      'Depth',
      5,
      6,
      'const common = { depth: 6 };',
    ],
    [
      'an element of a list',
      '/*1*/new T({ servers: ["a", "b"] })',
      'NtpServers/1',
      'b',
      'c',
      'new T({ servers: ["a", "c"] })',
    ],
  ])('%s', (_, text, path, was, live, line) => {
    expect(linesOf({ 'a.ts': text }, setting(path, was), live)).toEqual([line]);
  });

  test('a property is followed to those who call', () => {
    const files = {
      'lib/a.ts': 'class A { constructor(props: P) { /*1*/new T({ memorySize: props.memory }); } }',
      'lib/b.ts': 'class B { constructor(props: Q) { /*2*/new A({ memory: props.size }); } }',
      'bin/app.ts': 'const SIZE = 384;\n/*3*/new B({ size: SIZE });',
    };
    expect(linesOf(files, setting('MemorySize', 384), 512)).toEqual(['const SIZE = 512;']);
  });

  test.each([
    ['an equal value by another name', '/*1*/new T({ memory: 5 })', 'RetryCount', 5],
    ['a name within a short one', '/*1*/new T({ id: 5 })', 'Identity', 5],
    ['another value by this name', '/*1*/new T({ retries: 4 })', 'Retries', 5],
    ['another call on the line', 'new S({ retries: 5 }); /*1*/new T({})', 'Retries', 5],
    ['what is worked out', '/*1*/new T({ retries: 2 + 3 })', 'Retries', 5],
    ['what hangs on a condition', '/*1*/new T({ retries: isProd ? 5 : 3 })', 'Retries', 5],
    ['a template with parts', '/*1*/new T({ stage: `${a}5` })', 'Stage', 'x5'],
    [
      'a constant of which there are two',
      '{ const N = 5; } { const N = 6; }\n/*1*/new T({ retries: N })',
      'Retries',
      5,
    ],
    ['a variable', 'let N = 5;\n/*1*/new T({ retries: N })', 'Retries', 5],
    ['an option that is not given', 'function f(props) { /*1*/new T({ retries: props.retries }) }', 'Retries', 5],
    ['what is no script', 'retries = /*1*/new(', 'Retries', 5],
  ])('nothing for %s', (_, text, path, was) => {
    expect(linesOf({ 'a.ts': text }, setting(path, was), 9)).toEqual([]);
  });

  test('a value of another kind than the literal is not written', () => {
    expect(linesOf({ 'a.ts': '/*1*/new T({ retries: 5 })' }, setting('Retries', 5), 'many')).toEqual([]);
    expect(linesOf({ 'a.ts': '/*1*/new T({ enabled: true })' }, setting('Enabled', true), 'perhaps')).toEqual([]);
  });

  test('of siblings with the same key that with the whole path goes first, and alone', () => {
    const text = '/*1*/new E({\nscheduler: { logLevel: "INFO" },\nworker: { logLevel: "INFO" } })';
    expect(linesOf({ 'a.ts': text }, setting('WorkerLogs/LogLevel', 'INFO'), 'WARN')).toEqual([
      'worker: { logLevel: "WARN" } })',
    ]);
  });

  test('of rules in a list that at the same position goes first', () => {
    const text = '/*1*/new B({ rules: [\n{ days: 5 },\n{ days: 5 }] })';
    expect(linesOf({ 'a.ts': text }, setting('Rules/1/Days', 5), 7)[0]).toBe('{ days: 7 }] })');
  });
});

describe('lists of a call', () => {
  const text = "/*1*/new P({ actions: ['s3:Get', 's3:List'] })";
  const keys = ['Statement', '0', 'Action'];

  test('whatever their order is, elements are added and taken out', () => {
    const was = list(['s3:List', 's3:Get']);
    expect(linesOf({ 'a.ts': text }, { kind: 'add-item', keys, list: was, index: 0 }, 's3:Put')).toEqual([
      "new P({ actions: ['s3:Get', 's3:List', 's3:Put'] })",
    ]);
    const removal = (value: string): Change => ({
      kind: 'remove',
      keys: [...keys, '0'],
      value: scalar(value),
      parent: was,
    });
    expect(linesOf({ 'a.ts': text }, removal('s3:Get'), undefined)).toEqual(["new P({ actions: ['s3:List'] })"]);
    expect(linesOf({ 'a.ts': text }, removal('s3:List'), undefined)).toEqual(["new P({ actions: ['s3:Get'] })"]);
  });

  test('one action becomes two', () => {
    const one = "/*1*/new P({ actions: ['s3:Get'] })";
    const change: Change = { kind: 'widen', keys, value: scalar('s3:Get'), parent: list(['s3:Get']) };
    expect(linesOf({ 'a.ts': one }, change, 's3:Put')).toEqual(["new P({ actions: ['s3:Get', 's3:Put'] })"]);
  });

  test('a list with other elements is another one', () => {
    const change: Change = { kind: 'add-item', keys, list: list(['s3:Get']), index: 0 };
    expect(linesOf({ 'a.ts': text }, change, 's3:Put')).toEqual([]);
  });
});
