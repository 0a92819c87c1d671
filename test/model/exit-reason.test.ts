import { describe, expect, test } from '@jest/globals';
import type { Gate } from '../../src/model/gate.js';
import type { Finding, Report, ResourceReport } from '../../src/model/report.js';
import type { Outcome } from '../../src/model/summary.js';
import type { Accepted } from '../../src/model/unseen.js';
import { mergeReports } from '../../src/report/merge.js';
import { finding, reportOf, resource, stack } from '../report/sample.js';

const rule: Accepted = { reason: 'the role may not read it' };
const queue = resource('shop', 'Queue', 'AWS::SQS::Queue');
const hook = resource('shop', 'Hook', 'Custom::Hook', { status: 'unsupported', class: 'never' });
const DENIED = { status: 'unreadable', class: 'notRead' } as const;
const MACRO = { status: 'unsupported', class: 'notRead' } as const;

/** What may be true of a scan, each with the resources or stacks that it takes. */
const PARTS = {
  error: { none: {}, accepted: failed(rule), open: failed() },
  drift: {
    none: {},
    pending: drifted({ verdict: 'undeployed' }),
    suppressed: drifted({ suppressed: { reason: 'autoscaling owns it' } }),
    known: drifted({ baseline: 'known' }),
    low: drifted({ severity: 'low' }),
    high: drifted({ severity: 'high', verdict: 'conflict' }),
    undeclared: drifted({ severity: 'high', undeclared: true, change: 'appeared' }),
  },
  unread: { none: {}, accepted: denied(rule), open: denied() },
  unverified: { none: {}, never: entry('never'), accepted: entry('unverified', rule), open: entry('unverified') },
} as const;
const GATES: Gate[] = (['low', 'high', 'never'] as const).flatMap((failOn) =>
  [false, true].map((strict) => ({ failOn, strict })),
);

type Choice = { [Part in keyof typeof PARTS]: keyof (typeof PARTS)[Part] };

function failed(accepted?: Accepted): Partial<Outcome> {
  return { stacks: [stack('gone', { status: 'error', error: 'does not exist', ...(accepted && { accepted }) })] };
}

function drifted(rest: Partial<Finding>): Partial<Outcome> {
  return { findings: [finding(queue, '/A', 1, { desired: 1, live: 2, severity: 'high', ...rest })] };
}

function denied(accepted?: Accepted): Partial<Outcome> {
  return { resources: [resource('shop', 'Key', 'AWS::KMS::Key', { ...DENIED, ...(accepted && { accepted }) })] };
}

function entry(of: 'never' | 'unverified', accepted?: Accepted): Partial<Outcome> {
  const open = { path: '/P', reason: 'not known', class: of, ...(accepted && { accepted }) };
  return { resources: [resource('shop', 'Db', 'AWS::RDS::DBInstance', { unverifiable: [open] })] };
}

/** All of them in one scan, beside a queue that was read and a custom resource that never is. */
function partsOf(choice: Choice): Partial<Outcome> & { resources: ResourceReport[] } {
  const parts: Partial<Outcome>[] = [
    { stacks: [stack('shop')], resources: [queue, hook] },
    PARTS.error[choice.error],
    PARTS.drift[choice.drift],
    PARTS.unread[choice.unread],
    PARTS.unverified[choice.unverified],
  ];
  return {
    stacks: parts.flatMap(({ stacks = [] }) => stacks),
    resources: parts.flatMap(({ resources = [] }) => resources),
    findings: parts.flatMap(({ findings = [] }) => findings),
    compared: 5,
  };
}

/** The contract, asked in its order. */
function expected({ error, drift, unread, unverified }: Choice, { failOn, strict }: Gate): [number, string] {
  if (error === 'open') return [2, 'stackError'];
  if (failOn !== 'never' && drift === 'undeclared') return [1, 'undeclared'];
  if (failOn !== 'never' && (drift === 'high' || (drift === 'low' && failOn === 'low'))) return [1, 'drift'];
  if (unread === 'open') return [3, 'notRead'];
  if (strict && unverified === 'open') return [3, 'unverified'];
  if (drift === 'low' || drift === 'high' || drift === 'undeclared' || drift === 'known') return [0, 'belowFailOn'];
  const isAccepted = error === 'accepted' || unread === 'accepted' || (strict && unverified === 'accepted');
  if (isAccepted) return [0, 'accepted'];
  return [0, drift === 'pending' ? 'pendingOnly' : 'inSync'];
}

function keys<Key extends string>(of: Record<Key, unknown>): Key[] {
  return Object.keys(of) as Key[];
}

const CHOICES = keys(PARTS.error).flatMap((error) =>
  keys(PARTS.drift).flatMap((drift) =>
    keys(PARTS.unread).flatMap((unread) =>
      keys(PARTS.unverified).map((unverified): Choice => ({ error, drift, unread, unverified })),
    ),
  ),
);

function reasonOf({ summary }: Report): [number, string | undefined] {
  return [summary.exitCode, summary.exitReason?.code];
}

/** As it comes back from a file. */
function saved(report: Report, file = 'drift.json') {
  return { file, report: JSON.parse(JSON.stringify(report)) as Report };
}

describe('the exit code of every combination', () => {
  test.each(GATES)('--fail-on $failOn, strict: $strict', (gate) => {
    for (const choice of CHOICES) {
      const parts = partsOf(choice);
      const report = reportOf(parts, gate);
      // Rendered again, judged anew by the same gate, and merged of shards: one for each stack.
      const rendered = mergeReports([saved(report)]).report.summary;
      const judged = mergeReports([saved(report)], { gate }).report.summary;
      const [shop, gone] = [(name: string) => name === 'shop', (name: string) => name !== 'shop'].map((isOwn) =>
        reportOf(
          {
            stacks: (parts.stacks ?? []).filter(({ name }) => isOwn(name)),
            resources: parts.resources.filter((each) => isOwn(each.stack)),
            findings: (parts.findings ?? []).filter((each) => isOwn(each.stack)),
            compared: isOwn('shop') ? 5 : 0,
            shard: isOwn('shop') ? '1/2' : '2/2',
          },
          gate,
        ),
      );
      if (shop === undefined || gone === undefined) throw new Error('there are two shards');
      shop.scan.shard = '1/2';
      gone.scan.shard = '2/2';
      const merged = mergeReports([saved(shop, '1.json'), saved(gone, '2.json')]).report.summary;
      const { summary } = report;
      const wanted = { choice, of: expected(choice, gate), rendered: summary, judged: summary, merged: summary };
      expect({ choice, of: reasonOf(report), rendered, judged, merged }).toEqual(wanted);
    }
  });
});

describe('where nothing was read', () => {
  const unread = (number: number, rest: Partial<ResourceReport> = {}) =>
    Array.from({ length: number }, (_, index) =>
      resource('shop', `Q${index}`, 'AWS::SQS::Queue', { ...DENIED, ...rest }),
    );
  const of = (resources: ResourceReport[], more: Partial<Outcome> = {}) =>
    reportOf({ stacks: [stack('shop')], resources, ...more }).summary;

  test('all of it is an error, and said so', () => {
    const { exitCode, exitReason } = of(unread(30));
    expect({ exitCode, exitReason }).toEqual({
      exitCode: 2,
      exitReason: { code: 'nothingRead', text: 'Nothing was checked: 30 of 30 resources could not be read' },
    });
    // A macro makes all of the template.
    expect(of(unread(2, MACRO)).exitCode).toBe(2);
  });

  test('all of it is accepted: nothing fails, and nothing is called in sync', () => {
    const { exitCode, exitReason } = of(unread(30, { accepted: rule }));
    expect(exitCode).toBe(0);
    expect(exitReason).toEqual({ code: 'accepted', text: expect.stringContaining('Nothing was checked: 30 of 30') });
  });

  test('not all of it is accepted: an error', () => {
    expect(of([...unread(1), ...unread(1, { accepted: rule })]).exitReason?.code).toBe('nothingRead');
  });

  test('one was: the rest was not read', () => {
    expect(of([...unread(29), queue]).exitReason?.code).toBe('notRead');
    expect(of([...unread(1), { ...queue, status: 'deleted' }]).exitCode).not.toBe(2);
    expect(of(unread(1), { compared: 1 }).exitReason?.code).toBe('notRead');
  });

  test('there was nothing to read: custom resources alone are in order, also with --strict', () => {
    const report = reportOf({ stacks: [stack('shop')], resources: [hook] }, { failOn: 'low', strict: true });
    expect(reasonOf(report)).toEqual([0, 'inSync']);
  });

  test('no stack at all is an error, but for a shard without stacks', () => {
    expect(reportOf({}).summary).toMatchObject({ exitCode: 2, exitReason: { code: 'nothingMatched' } });
    expect(reportOf({ shard: '2/8' }).summary).toMatchObject({ exitCode: 0, exitReason: { code: 'inSync' } });
  });
});

describe('errors', () => {
  test('of a place are never accepted, and come before drift', () => {
    const errors = [{ region: 'eu-west-1', account: null, error: 'denied' }];
    expect(reasonOf(reportOf({ ...partsOf(NONE), ...drifted({}), errors }))).toEqual([2, 'stackError']);
  });

  test('of the tool itself are errors, of one resource, too, also where it may stay unread', () => {
    const broken = resource('shop', 'Key', 'AWS::KMS::Key', { ...DENIED, failure: 'internal', accepted: rule });
    expect(reasonOf(reportOf({ stacks: [stack('shop')], resources: [queue, broken], compared: 1 }))).toEqual([
      2,
      'stackError',
    ]);
  });
});

describe('a nested stack that nobody looked into', () => {
  const child = resource('shop', 'Network', 'AWS::CloudFormation::Stack');

  test('was not read', () => {
    const report = reportOf({ stacks: [stack('shop')], resources: [queue, child], compared: 3 });
    expect(report.coverage?.stacks).toMatchObject({ looked: 1, notLooked: [{ name: 'shop/Network' }] });
    expect(report.coverage?.text).toBe('Looked at 2 of 2 resources in 1 of 2 stacks');
    expect(reasonOf(report)).toEqual([3, 'notRead']);
    expect(reasonOf(mergeReports([saved(report)], { gate: { strict: true } }).report)).toEqual([3, 'notRead']);
  });

  test('is none where it was scanned', () => {
    const stacks = [stack('shop'), stack('shop/Network')];
    expect(reasonOf(reportOf({ stacks, resources: [queue, child], compared: 3 }))).toEqual([0, 'inSync']);
  });
});

describe('a report of an older version', () => {
  /** What such a version wrote: no classes, no reason, no gate, no coverage. */
  function older(parts: Partial<Outcome>, exitCode: number): Report {
    const { coverage: _, ...report } = reportOf(parts);
    const { exitReason, gate, ...summary } = report.summary;
    return { ...report, summary: { ...summary, exitCode } };
  }
  const { class: _, ...unread } = resource('shop', 'Key', 'AWS::KMS::Key', DENIED);
  const custom = resource('shop', 'Hook', 'Custom::Hook', { status: 'unsupported' });
  const password = { ...queue, unverifiable: [{ path: '/P', reason: 'write-only' }] };
  const child = resource('shop', 'Network', 'AWS::CloudFormation::Stack');

  test.each<[string, ResourceReport[], number, [number, string]]>([
    ['what is unreadable was not read', [queue, unread], 0, [3, 'notRead']],
    ['a child that is not among the stacks was not read', [queue, child], 0, [3, 'notRead']],
    ['all else can never be compared', [queue, custom, password], 0, [0, 'inSync']],
    ['not with --strict either', [queue, custom, password], 3, [0, 'inSync']],
  ])('%s', (_, resources, exitCode, reason) => {
    const report = older({ stacks: [stack('shop')], resources, compared: 4 }, exitCode);
    expect(reasonOf(mergeReports([saved(report)]).report)).toEqual(reason);
  });

  test.each([
    ['medium', 1, 'drift'],
    ['medium', 0, 'belowFailOn'],
    ['critical', 0, 'belowFailOn'],
  ] as const)('%s drift keeps the exit code %i', (severity, exitCode, code) => {
    const report = older({ stacks: [stack('shop')], resources: [queue], ...drifted({ severity }) }, exitCode);
    expect(reasonOf(mergeReports([saved(report)]).report)).toEqual([exitCode, code]);
  });
});

const NONE: Choice = { error: 'none', drift: 'none', unread: 'none', unverified: 'none' };
