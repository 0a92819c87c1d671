import { defectText, REPORT_DEFECT } from '../base/defect.js';
import { DriftError, type Problem } from '../base/errors.js';
import type { PlaceError } from './report.js';
import type { Target } from './target.js';

/** The part of a scan that failed unexpectedly. */
export interface FailedPart {
  stack: string;
  region: string;
  account?: string | null;
  logicalId?: string;
  /** What was being done with it. */
  doing: string;
  /** The entry of the resource or stack tells it. */
  isTold?: true;
}

/** The unexpected failures of a scan: each is that of one resource or one stack, and the rest goes on. */
export interface Defects {
  /**
   * Notes a failure and gives the reason to tell of the part; what is expected to fail (a `DriftError`), or was asked to
   * stop, is thrown on.
   */
  note(error: unknown, part: FailedPart): string;
  /** So that a scan with a failure is never a success. */
  errors(): PlaceError[];
  /** How to report them: once a scan, with the first one's details. */
  problems(): Problem[];
}

/** A stack that a target stands for, as a part of the scan. */
export function partOf({
  name,
  path = name,
  region,
  account,
}: Target): Pick<FailedPart, 'stack' | 'region' | 'account'> {
  return { stack: path, region, account: account ?? null };
}

/** Begins to note unexpected failures of a scan that `signal` may stop. */
export function noteDefects(signal?: AbortSignal): Defects {
  const parts: FailedPart[] = [];
  let first: unknown;
  return {
    note(error, part) {
      if (error instanceof DriftError || signal?.aborted) throw error;
      if (parts.length === 0) first = error;
      parts.push(part);
      return `internal error of gitops-drift while ${part.doing}`;
    },
    errors: () =>
      parts.flatMap(({ isTold, stack, region, account = null, logicalId, doing }) => {
        if (isTold) return [];
        const name = logicalId === undefined ? `stack ${stack}` : `resource ${logicalId} of stack ${stack}`;
        return { region, account, error: `${name}: internal error of gitops-drift while ${doing}` };
      }),
    problems() {
      if (parts.length === 0) return [];
      const count = parts.length === 1 ? '' : `; ${parts.length - 1} more like it`;
      return [{ code: 'internal-error', message: `internal error: ${defectText(first)}${count}`, hint: REPORT_DEFECT }];
    },
  };
}

/** Where nothing goes on after a failure. */
export const THROWN: Defects = {
  note(error) {
    throw error;
  },
  errors: () => [],
  problems: () => [],
};
