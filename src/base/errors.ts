import { clean, cleanLines } from './clean.js';
import type { ProblemCode } from './problem-codes.js';

/**
 * What went wrong for a person to fix. Every error that the library throws on purpose is a `DriftError`;
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
  | 'baseline'
  | 'patch'
  | 'revert'
  | 'credentials'
  | 'provider'
  | 'forge';

/** What is told of a problem; one in a report of an older version has no code. */
export interface Notice {
  code?: string;
  message: string;
  file?: string;
  line?: number;
  column?: number;
  hint?: string;
}

/** One thing to fix: what is wrong, where, and what to do next. Lines and columns count from 1. */
export interface Problem extends Notice {
  code: ProblemCode;
}

/** An error with a code and all the problems found, so that a person mends them in one go. */
export class DriftError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join('\n'), options);
    this.name = 'DriftError';
    this.code = code;
    this.problems = problems;
  }
}

/**
 * `file:line:column: message (hint)`, leaving out what is not known. It is safe in a terminal and a log, whatever a
 * checkout or the cloud has for names: all errors and warnings that are printed or kept in a report are made here.
 */
export function describeProblem({ file, line, column, message, hint }: Notice): string {
  const name = file === undefined ? undefined : clean(file);
  const place = [name, line, column].filter((part) => part !== undefined).join(':');
  const text = cleanLines(place === '' ? message : `${place}: ${message}`);
  return hint === undefined ? text : `${text}\n  ${cleanLines(hint)}`;
}
