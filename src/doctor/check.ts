import { DriftError, describeProblem, type Problem } from '../base/errors.js';

/** What came of one check. */
export interface Check {
  /** What was checked: `Git`, `credentials`, `permission` … */
  name: string;
  status: 'ok' | 'warn' | 'fail';
  message: string;
  /** What to do about it. */
  fix?: string;
}

export function ok(name: string, message: string): Check {
  return { name, status: 'ok', message };
}

export function warn(name: string, message: string, fix?: string): Check {
  return { name, status: 'warn', message, ...(fix === undefined ? {} : { fix }) };
}

export function fail(name: string, message: string, fix?: string): Check {
  return { name, status: 'fail', message, ...(fix === undefined ? {} : { fix }) };
}

/** A failed check for each problem of an error. Throws what is no `DriftError` on. */
export function failures(name: string, error: unknown): Check[] {
  if (!(error instanceof DriftError)) throw error;
  return error.problems.map((problem) => failure(name, problem));
}

/** A problem that does not keep a scan from working. */
export function warning(name: string, { hint, ...problem }: Problem): Check {
  return warn(name, describeProblem(problem), hint);
}

function failure(name: string, { hint, ...problem }: Problem): Check {
  return fail(name, describeProblem(problem), hint);
}
