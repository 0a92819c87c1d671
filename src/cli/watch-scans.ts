import { cleanLines } from '../base/clean.js';
import { DriftError, describeProblem, type Problem } from '../base/errors.js';
import { writeStdout } from '../base/streams.js';
import type { Report } from '../model/report.js';
import type { Turn } from '../model/turn.js';
import type { Format } from '../report/formats.js';
import { reasonOf } from '../report/outcome.js';
import { standingLine, timeText, turnLines } from '../report/turn-lines.js';
import type { ScanResult } from '../scan/request.js';
import type { Clock } from './clock.js';
import { interruptedBy, untilInterrupted } from './interruption.js';
import { warn } from './options.js';
import { type OutputTarget, wantsColor } from './output.js';
import type { ProgressLine } from './progress.js';
import { writeReports } from './report-output.js';
import { isDiffToStdout, type ScanOutputOptions, writeDiff, writeScan } from './scan-output.js';
import { type Watch, watch } from './watch.js';

interface WatchedScans {
  everyMs: number;
  scan(stop: AbortSignal): Promise<ScanResult>;
  outputs: readonly OutputTarget<Format>[];
  options: ScanOutputOptions & { unmanaged?: boolean | undefined; shard?: string | undefined };
  progress: ProgressLine;
  clock: Clock;
}

/** Throws a `DriftError` (code `usage`) where standard output would hold something else than lines for people. */
function mustBeWatchable(outputs: readonly OutputTarget<Format>[], options: ScanOutputOptions): void {
  const problems: Problem[] = outputs.flatMap(({ format, file }) => {
    if (file !== undefined || format === 'table') return [];
    const message = `--watch: ${format} can't go to stdout, where each scan adds lines`;
    return [
      { code: 'usage-conflict', message, hint: `give it a file, which each scan writes anew: -o ${format}=<file>` },
    ];
  });
  if (isDiffToStdout(options)) {
    const message = "--watch: the diff can't go to stdout, where each scan adds lines";
    problems.push({
      code: 'usage-conflict',
      message,
      hint: 'give it a file, which each scan writes anew: --patch <file>',
    });
  }
  if (problems.length > 0) throw new DriftError('usage', problems);
}

/**
 * `scan --watch`: the report of the first scan, then lines of what opened and closed; files are written anew by each scan
 * that comes to its end. Gives the exit code of the last of them.
 */
export async function watchScans(of: WatchedScans): Promise<number> {
  const { everyMs, scan, outputs, options, progress, clock } = of;
  mustBeWatchable(outputs, options);
  const teller = tellTurns(outputs, options, clock);
  const unmanaged = options.unmanaged === true && options.shard === undefined;
  const onWait = (next: Date) => progress.say(`next scan at ${timeText(next)}; Ctrl+C ends`);
  return untilInterrupted(async (stop) => {
    let isUnderWay = false;
    async function scanOnce(): Promise<ScanResult> {
      isUnderWay = true;
      return scan(stop).finally(() => {
        isUnderWay = false;
      });
    }
    const told = await watch({ ...teller, everyMs, clock, stop, unmanaged, onWait, scan: scanOnce });
    progress.clear();
    const exitCode = told ?? interruptedBy(stop.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    // Its requests to the cloud would hold the process for as long as they may take.
    if (isUnderWay) process.exit(exitCode);
    return exitCode;
  });
}

/** Tells what is new, and nothing twice. */
function tellTurns(
  outputs: readonly OutputTarget<Format>[],
  options: ScanOutputOptions,
  clock: Clock,
): Pick<Watch, 'onScan' | 'onFailure'> {
  const { quiet = false, color } = options;
  const files = outputs.filter(({ file }) => file !== undefined);
  let warned: readonly string[] = [];
  let standing = '';

  async function tellTurn({ report, warnings }: ScanResult, turn: Turn): Promise<void> {
    const time = clock.now();
    const lines = turnLines(turn, { time, color: wantsColor(process.stdout, color), show: options });
    if (!quiet && (lines.length > 0 || standingOf(report, turn) !== standing)) {
      lines.push(standingLine(turn, report, time));
    }
    if (!quiet) warn(warnings.filter((each) => !warned.includes(describeProblem(each))));
    if (lines.length > 0) await writeStdout(lines.map((line) => `${line}\n`).join(''));
  }

  return {
    async onScan(result, turn, isFirst) {
      if (isFirst) await writeScan(result, outputs, options);
      else {
        await writeReports(result.report, files, options);
        await writeDiff(result, options);
        await tellTurn(result, turn);
      }
      warned = result.warnings.map(describeProblem);
      standing = standingOf(result.report, turn);
    },
    onFailure(text) {
      standing = '';
      process.stderr.write(`${timeText(clock.now())} the scan failed, so no finding was closed: ${cleanLines(text)}\n`);
    },
  };
}

/** What makes a line worth printing though nothing opened or closed. */
function standingOf(report: Report, { unread }: Turn): string {
  return `${unread} ${reasonOf(report).text}`;
}
