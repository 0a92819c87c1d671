import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeReport } from '../../src/cli/report-output.js';
import type { Gate } from '../../src/model/gate.js';
import type { Finding, Report } from '../../src/model/report.js';
import { type Format, formatNames, renderReport } from '../../src/report/formats.js';
import { mergeReports } from '../../src/report/merge.js';
import { type RandomScan, randomGate, randomScan } from './random-report.js';
import { reportOf } from './sample.js';
import { STATEMENTS, type Statement } from './statements.js';

const RUNS = { numRuns: 250 };
const GRAVITY = ['low', 'medium', 'high', 'critical'];

/** What is true of a scan, found out from its parts and by none of the code that counts or renders. */
function truth({ stacks, resources, findings, errors, gone, compared }: RandomScan, gate: Gate) {
  const live = findings.filter((each) => each.suppressed === undefined);
  const drift = live.filter(({ verdict }) => verdict === 'drift' || verdict === 'conflict');
  const fresh = drift.filter(({ baseline }) => baseline !== 'known');
  const failing = gate.failOn === 'never' ? [] : fresh.filter((each) => gravity(each) >= GRAVITY.indexOf(gate.failOn));
  const unread = resources.filter((each) => each.class === 'notRead');
  const entries = resources.flatMap((each) => each.unverifiable);
  const failed = stacks.filter(({ status }) => status === 'error');
  const open = [...unread, ...entries].filter((each) => each.accepted === undefined);
  const isIncomplete = failed.some((each) => each.accepted === undefined) || errors.length > 0;
  const wasRead = compared > 0 || resources.some(({ status }) => /inSync|modified|deleted/.test(status));
  const isNothingRead = !wasRead && unread.some((each) => each.accepted === undefined);
  const isUnsure = open.some((each) => each.class === 'notRead' || (gate.strict && each.class === 'unverified'));
  const isError = isIncomplete || stacks.length === 0 || isNothingRead;
  const exitCode = isError ? 2 : failing.length > 0 ? 1 : isUnsure ? 3 : 0;
  return {
    drift: drift.length,
    fresh: gone === undefined ? undefined : fresh.length,
    fails: exitCode === 1 || (exitCode === 2 && fresh.length > 0),
    pending: live.length - drift.length,
    suppressed: findings.length - live.length,
    undeclared: drift.filter(({ undeclared }) => undeclared).length,
    unread: unread.length,
    unverifiable: entries.length,
    failedStacks: failed.length,
    failedPlaces: errors.length,
    gone,
    patchable: findings.filter(({ patch }) => patch.status === 'patchable').length,
    exitCode,
  } satisfies Statement;
}

/** Whether everything was looked at, and nothing differs; what can never be compared aside. */
function isInSync({ stacks, resources, findings, compared }: RandomScan, { strict }: Gate): boolean {
  const seen = resources.flatMap((each) => [each, ...each.unverifiable]);
  const isAllSeen = seen.every((each) => each.class !== 'notRead' && !(strict && each.class === 'unverified'));
  const isOne = resources.some((each) => each.class !== 'never') && compared > 0;
  const isAllScanned = stacks.every(({ status }) => status === 'scanned');
  return isAllSeen && isAllScanned && isOne && findings.every(({ suppressed }) => suppressed);
}

function gravity({ severity }: Finding): number {
  return GRAVITY.indexOf(severity);
}

function saved(report: Report, file = 'drift.json') {
  return { file, report };
}

/** As it is read again from where it was saved. */
async function reread(report: Report): Promise<Report> {
  return JSON.parse(await renderReport(report, 'json', { color: false })) as Report;
}

describe('every format says the same as the exit code', () => {
  test('and none is left out', () => {
    expect(Object.keys(STATEMENTS).sort()).toEqual([...formatNames].sort());
  });

  test.each(Object.keys(STATEMENTS) as Format[])('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(randomScan, randomGate, async (parts, gate) => {
        const report = reportOf(parts, gate);
        const expected = truth(parts, gate);
        expect(report.summary.exitCode).toBe(expected.exitCode);
        const { inSync, ...stated } = STATEMENTS[format](
          await renderReport(report, format, { color: false, width: 200 }),
        );
        expect({ ...expected, ...stated }).toEqual(expected);
        // Nothing may be called in sync that is not known to be.
        if (inSync !== undefined) expect(inSync).toBe(expected.exitCode === 0 && isInSync(parts, gate));
      }),
      RUNS,
    );
  });
});

describe('a saved report', () => {
  test('keeps its counts and its exit code, and is judged anew by another gate as a scan would', async () => {
    await fc.assert(
      fc.asyncProperty(randomScan, randomGate, randomGate, async (parts, gate, other) => {
        const report = reportOf(parts, gate);
        const again = await reread(report);
        expect(mergeReports([saved(again)])).toEqual({ report, warnings: [] });
        expect(mergeReports([saved(again)], { gate: other }).report.summary).toEqual(reportOf(parts, other).summary);
      }),
      RUNS,
    );
  });

  test('in parts comes to the same as in one', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomScan,
        randomGate,
        fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
        async (parts, gate, jobs) => {
          const reports = await Promise.all([0, 1, 2].map((job) => reread(reportOf(shareOf(parts, jobs, job), gate))));
          const files = reports.map((report, index) => saved(report, `${index}.json`));
          const { summary } = reportOf(parts, gate);
          expect(mergeReports(files, { gate }).report.summary).toEqual(summary);
          expect(mergeReports(files).report.summary).toEqual(summary);
        },
      ),
      RUNS,
    );
  });

  test('since an earlier one fails for what that one does not have, and says so', async () => {
    await fc.assert(
      fc.asyncProperty(randomScan, randomGate, fc.func(fc.boolean()), async (parts, gate, isEarlier) => {
        const before = { ...parts, findings: parts.findings.filter(({ id }) => isEarlier(id)) };
        const newSince = reportOf(before, gate);
        const marked = parts.findings.map((each): Finding => {
          const { baseline: _, ...own } = each;
          return each.suppressed ? own : { ...own, baseline: isEarlier(each.id) ? 'known' : 'new' };
        });
        const { report } = mergeReports([saved(reportOf(parts, gate))], { gate, newSince });
        expect(report.findings).toEqual(marked);
        expect(report.summary).toEqual(reportOf({ ...parts, findings: marked, gone: 0 }, gate).summary);
        const first = mergeReports([saved(reportOf(parts, gate))], { gate, newSince: reportOf(parts, gate) });
        expect([0, 2, 3]).toContain(first.report.summary.exitCode);
      }),
      RUNS,
    );
  });
});

test('--quiet is silent only where there is nothing to tell', async () => {
  await fc.assert(
    fc.asyncProperty(randomScan, randomGate, async (parts, gate) => {
      const { exitCode } = truth(parts, gate);
      const untold = parts.findings.filter(({ suppressed, baseline }) => !suppressed && baseline !== 'known').length;
      const text = await written(reportOf(parts, gate));
      expect(text === '').toBe(exitCode === 0 && untold === 0);
    }),
    RUNS,
  );
});

/** What one of three jobs scans: its share of the stacks; the first also what no stack owns, and what went wrong. */
function shareOf(parts: RandomScan, jobs: readonly number[], job: number): RandomScan {
  const isOwn = (stack: string) => jobs[['app', 'data', 'net'].indexOf(stack)] === job;
  return {
    ...parts,
    stacks: parts.stacks.filter(({ name }) => isOwn(name)),
    resources: parts.resources.filter(({ stack }) => isOwn(stack)),
    findings: parts.findings.filter(({ stack }) => (stack === '' ? job === 0 : isOwn(stack))),
    errors: job === 0 ? parts.errors : [],
    compared: job === 0 ? parts.compared : 0,
    ...(parts.gone === undefined ? {} : { gone: job === 0 ? parts.gone : 0 }),
  };
}

async function written(report: Report): Promise<string> {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  await writeReport(report, [{ format: 'table' }], { quiet: true }, stream as NodeJS.WriteStream);
  return text;
}
