import type { Problem } from '../base/errors.js';
import type { ProblemCode } from '../base/problem-codes.js';
import { positionAt, type Source } from './source.js';

/** A problem at an offset of a source. */
export function problemAt(code: ProblemCode, source: Source, offset: number, message: string, hint?: string): Problem {
  return { code, message, file: source.path, ...positionAt(source, offset), ...(hint === undefined ? {} : { hint }) };
}

/** The hint of a file's first syntax error where a parser finds others: one typo may well make hundreds. */
export const MORE_ERRORS = 'fix this one first: the errors after it may follow from it';
