import { REPORT_DEFECT } from '../base/defect.js';
import { DriftError, describeProblem } from '../base/errors.js';
import type { Finding } from '../model/report.js';
import { type Turn, turnOf } from '../model/turn.js';
import type { ScanResult } from '../scan/request.js';
import type { Clock } from './clock.js';

/** What is watched, and who is told. */
export interface Watch {
  everyMs: number;
  clock: Clock;
  /** Ends the watch. */
  stop: AbortSignal;
  /** Whether resources that no stack owns are looked for, too. */
  unmanaged: boolean;
  scan(): Promise<ScanResult>;
  /** Told of each scan that came to its end, with what opened and closed. */
  onScan(result: ScanResult, turn: Turn, isFirst: boolean): Promise<void>;
  /** Told why a scan failed; not again where the next one does so for the same reason. */
  onFailure(text: string): void;
  /** Told before each wait when the next scan begins. */
  onWait(next: Date): void;
}

/**
 * Scans again and again until it is stopped, and gives the exit code of the last scan that came to its end; undefined where
 * none did. What the first scan throws is thrown, since a mistake is to be seen at once; later on a scan that fails is told,
 * and closes nothing. All that is kept from one scan to the next are the open findings.
 */
export async function watch({ everyMs, clock, stop, ...of }: Watch): Promise<number | undefined> {
  let exitCode: number | undefined;
  let open: readonly Finding[] = [];
  let failure: string | undefined;
  while (!stop.aborted) {
    try {
      const result = await unlessStopped(of.scan(), stop);
      if (result === undefined) break;
      const turn = turnOf(open, { ...result.report, unmanaged: of.unmanaged });
      await of.onScan(result, turn, exitCode === undefined);
      open = turn.open;
      exitCode = result.report.summary.exitCode;
      failure = undefined;
    } catch (error) {
      if (exitCode === undefined) throw error;
      const told = failureText(error);
      if (told !== failure) of.onFailure(told);
      failure = told;
    }
    if (stop.aborted) break;
    of.onWait(new Date(clock.now().getTime() + everyMs));
    await clock.wait(everyMs, stop);
  }
  return exitCode;
}

/** What comes of work; undefined as soon as it is stopped. Nothing of it is kept: the signal lasts as long as the watch. */
function unlessStopped<Result>(work: Promise<Result>, stop: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    stop.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', leave));
  });
}

/** Files may change while they are read: what is unexpected once may work the next time. */
function failureText(error: unknown): string {
  if (error instanceof DriftError) return error.problems.map(describeProblem).join('\n');
  return `${REPORT_DEFECT}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
