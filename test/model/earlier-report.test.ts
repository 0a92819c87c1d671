import { describe, expect, test } from '@jest/globals';
import { compareWithEarlier } from '../../src/model/earlier-report.js';
import type { Finding, Report } from '../../src/model/report.js';
import type { Outcome } from '../../src/model/summary.js';
import { mergeReports } from '../../src/report/merge.js';
import { finding, reportOf, resource, stack } from '../report/sample.js';

const queue = resource('shop', 'Queue', 'AWS::SQS::Queue');
const delay = finding(queue, '/DelaySeconds', 3, { desired: 5, live: 9 });
const timeout = finding(queue, '/VisibilityTimeout', 4, { desired: 60, live: 90 });
const pending = finding(queue, '/Pending', 5, { desired: 1, deployed: 2, live: 2, verdict: 'undeployed' });
const orphan: Finding = { ...finding(queue, '', 1), id: 'orphan', stack: '', kind: 'unmanaged' };
const suppressed = { reason: 'tuned' };

const shop = (findings: Finding[], rest: Partial<Outcome> = {}): Report =>
  reportOf({ stacks: [stack('shop')], resources: [queue], findings, compared: 9, ...rest });

function compared(now: Report, earlier: Report, unmanaged = false) {
  const { findings, gone } = compareWithEarlier({ ...now, unmanaged }, earlier);
  return { marks: findings.map(({ baseline }) => baseline), gone };
}

describe('compared with an earlier report', () => {
  test.each<[string, Finding[], Finding[], (string | undefined)[]]>([
    ['what it has is known', [delay, timeout], [delay], ['known', 'new']],
    ['what was suppressed there counts as new', [delay], [{ ...delay, suppressed }], ['new']],
    ['what is suppressed now is neither', [{ ...delay, suppressed }], [delay], [undefined]],
    ['what further drifts is new', [{ ...delay, id: 'further' }], [delay], ['new']],
    ['a pending change is known', [pending], [pending], ['known']],
    ['a pending change that became drift is new', [{ ...pending, verdict: 'drift' }], [pending], ['new']],
    ['drift that became a pending change is known', [pending], [{ ...pending, verdict: 'drift' }], ['known']],
    ['an earlier mark says nothing', [{ ...delay, baseline: 'known' }], [], ['new']],
  ])('%s', (_, now, earlier, marks) => {
    expect(compared(shop(now), shop(earlier)).marks).toEqual(marks);
  });

  test('only what was looked at again, and read, is gone', () => {
    const before = shop([delay, timeout, orphan]);
    const gone = (rest: Partial<Outcome>, unmanaged = false) => compared(shop([], rest), before, unmanaged).gone;
    expect(gone({})).toBe(2);
    expect(gone({}, true)).toBe(3);
    expect(gone({ errors: [{ region: 'eu-west-1', account: null, error: 'denied' }] }, true)).toBe(2);
    expect(gone({ resources: [] })).toBe(2);
    expect(gone({ resources: [{ ...queue, status: 'unreadable' }] })).toBe(0);
    expect(gone({ resources: [{ ...queue, unverifiable: [{ path: '/DelaySeconds', reason: 'denied' }] }] })).toBe(1);
    expect(gone({ stacks: [stack('web')] })).toBe(0);
    expect(gone({ stacks: [stack('shop', { region: 'us-east-1' })] }, true)).toBe(0);
    expect(gone({ stacks: [stack('shop', { status: 'error', error: 'denied' })] })).toBe(0);
    expect(compared(shop([{ ...delay, suppressed }]), shop([delay, { ...timeout, suppressed }])).gone).toBe(0);
  });
});

/** A list changed its kind: what its elements are called is part of the id. */
describe('compared with a report that names findings otherwise', () => {
  const opened = (index: number, id: string, rest: Partial<Finding> = {}): Finding => ({
    ...finding(queue, `/Rules/${index}/Source`, 7, { desired: '10.0.0.0/8', live: '0.0.0.0/0' }),
    ...rest,
    id,
  });
  const removed = (index: number, id: string, desired: string): Finding => {
    const { live: _, ...rest } = finding(queue, `/Hosts/${index}`, 8, { desired });
    return { ...rest, id };
  };
  const known = (
    now: Finding[],
    earlier: Finding[],
    [ids, before]: [ids?: number | undefined, before?: number | undefined] = [2],
  ) => {
    const report = shop(earlier);
    const tool = before === undefined ? report.tool : { ...report.tool, ids: before };
    return compareWithEarlier({ ...shop(now), unmanaged: false, ids }, { ...report, tool });
  };

  test.each<[string, Finding[], Finding[], string[]]>([
    ['by place and live value', [opened(0, 'now')], [opened(0, 'before')], ['known']],
    ['wherever the element stands', [opened(3, 'now')], [opened(0, 'before')], ['known']],
    ['but what drifted further is new', [opened(0, 'now')], [opened(0, 'before', { live: '10.0.0.0/7' })], ['new']],
    [
      'another property of the element is new',
      [opened(0, 'now', { path: '/Rules/0/Port' })],
      [opened(0, 'before')],
      ['new'],
    ],
    ['another list is new', [opened(0, 'now', { path: '/Other/0/Source' })], [opened(0, 'before')], ['new']],
    ['another resource is new', [opened(0, 'now', { logicalId: 'B' })], [opened(0, 'before')], ['new']],
    ['another region is new', [opened(0, 'now', { region: 'us-east-1' })], [opened(0, 'before')], ['new']],
    ['one more of the kind is new', [opened(0, 'a'), opened(1, 'b')], [opened(0, 'before')], ['known', 'new']],
    [
      'what is known by its id counts for no other',
      [opened(0, 'same'), opened(1, 'b')],
      [opened(0, 'same')],
      ['known', 'new'],
    ],
    ['what is gone, by what was declared', [removed(1, 'now', 'a')], [removed(0, 'before', 'a')], ['known']],
    ['another element that is gone is new', [removed(0, 'now', 'b')], [removed(0, 'before', 'a')], ['new']],
    ['what was suppressed there is new', [opened(0, 'now')], [opened(0, 'before', { suppressed })], ['new']],
    [
      'a pending change that became drift is new',
      [opened(0, 'now')],
      [opened(0, 'before', { verdict: 'undeployed' })],
      ['new'],
    ],
    ['outside of lists ids are the same', [{ ...delay, id: 'now' }], [{ ...delay, id: 'before' }], ['new']],
  ])('%s', (_, now, earlier, marks) => {
    expect(known(now, earlier).findings.map(({ baseline }) => baseline)).toEqual(marks);
  });

  test('what is known so is not gone', () => {
    expect(known([opened(3, 'now')], [opened(0, 'before'), timeout])).toMatchObject({ gone: 1 });
    expect(known([opened(3, 'now', { live: 'x' })], [opened(0, 'before')]).gone).toBe(1);
  });

  test.each<[string, [ids?: number | undefined, before?: number | undefined], string]>([
    ['the same version', [2, 2], 'new'],
    ['both of the first version', [undefined, undefined], 'new'],
    ['an older version', [3, 2], 'known'],
  ])('with reports of %s', (_, versions, mark) => {
    expect(known([opened(1, 'now')], [opened(0, 'before')], versions).findings[0]?.baseline).toBe(mark);
  });

  test('a merged report says how it names findings, unless its parts do not agree', () => {
    const parts = (...ids: (number | undefined)[]) =>
      ids.map((id, index) => {
        const report = { ...shop([]), stacks: [stack(`shop-${index}`)], resources: [] };
        return {
          file: `${index}.json`,
          report: id === undefined ? report : { ...report, tool: { ...report.tool, ids: id } },
        };
      });
    expect(mergeReports(parts(2, 2)).report.tool.ids).toBe(2);
    expect(mergeReports(parts(2, undefined)).report.tool).not.toHaveProperty('ids');
  });
});

describe('the gate', () => {
  const merged = (now: Report, options: Parameters<typeof mergeReports>[1]) =>
    mergeReports([{ file: 'now.json', report: now }], options).report.summary;

  test('lets pass what is known, and nothing else', () => {
    const newSince = shop([delay]);
    const known = merged(shop([delay]), { newSince });
    expect(known).toMatchObject({ exitCode: 0, findings: { medium: 1 }, baseline: { new: 0, known: 1, gone: 0 } });
    const more = merged(shop([delay, timeout, pending, { ...timeout, suppressed }]), { newSince });
    expect(more).toMatchObject({ exitCode: 1, suppressed: 1, baseline: { new: 2, known: 1, gone: 0 } });
    expect(merged(shop([delay, pending]), { newSince })).toMatchObject({ exitCode: 0, baseline: { new: 1, known: 1 } });
    const unread = shop([delay], { resources: [queue, { ...queue, logicalId: 'B', status: 'unreadable' }] });
    expect(merged(unread, { newSince, gate: { failOn: 'low', strict: true } }).exitCode).toBe(3);
    const failed = shop([delay], { stacks: [stack('shop'), stack('web', { status: 'error', error: 'denied' })] });
    expect(merged(failed, { newSince }).exitCode).toBe(2);
  });

  test('keeps to what reports say when they are merged, and counts anew since another one', () => {
    const first = merge([shop([delay, timeout])], shop([delay, pending]));
    const other = merge([{ ...shop([]), stacks: [stack('web')], resources: [] }], shop([delay]));
    const both = mergeReports([first, other].map((report, index) => ({ file: `${index}.json`, report }))).report;
    expect(both.summary).toMatchObject({ exitCode: 1, baseline: { new: 1, known: 1, gone: 1 } });
    expect(merge([first], shop([timeout])).findings.map(({ baseline }) => baseline)).toEqual(['new', 'known']);
    expect(merge([first, other], shop([delay, timeout])).summary).toMatchObject({
      exitCode: 0,
      baseline: { new: 0, known: 2, gone: 0 },
    });
  });

  function merge(reports: Report[], newSince: Report): Report {
    return mergeReports(
      reports.map((report, index) => ({ file: `${index}.json`, report })),
      { newSince },
    ).report;
  }

  test('takes no report of another repository', () => {
    const other = shop([]);
    other.scan.repository = 'web';
    const now = { file: 'now.json', report: shop([]) };
    const message = 'the earlier report is of the repository web, but this one is shop';
    expect(() => mergeReports([now], { newSince: other })).toThrow(message);
    const next = { file: 'next.json', report: { ...shop([]), stacks: [stack('web')] } };
    expect(() => mergeReports([now, next], { newSince: other })).toThrow(message);
  });
});
