/**
 * What went wrong for a person to mend. Every error that the library throws on purpose is a `DriftError`;
 * anything else that escapes is a defect of ours.
 */
export type ErrorCode =
  | 'usage'
  | 'config'
  | 'git'
  | 'template'
  | 'parameters'
  | 'snapshot'
  | 'report'
  | 'patch'
  | 'credentials'
  | 'provider'
  | 'forge';

/** One thing to mend: what is wrong, where, and what to do next. Lines and columns count from 1. */
export interface Problem {
  message: string;
  file?: string;
  line?: number;
  column?: number;
  hint?: string;
}

/** An error with a code and all the problems found, so that a person mends them in one go. */
export class DriftError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: readonly Problem[] | string, options?: ErrorOptions) {
    const list = typeof problems === 'string' ? [{ message: problems }] : problems;
    super(list.map(describeProblem).join('\n'), options);
    this.name = 'DriftError';
    this.code = code;
    this.problems = list;
  }
}

/** `file:line:column: message (hint)`, leaving out what is not known. */
export function describeProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const text = place === '' ? problem.message : `${place}: ${problem.message}`;
  return problem.hint === undefined ? text : `${text}\n  ${problem.hint}`;
}
