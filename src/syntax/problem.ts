import type { Problem } from '../base/errors.js';
import type { ProblemCode } from '../base/problem-codes.js';
import { positionAt, type Source } from './source.js';

/** A problem at an offset of a source. */
export function problemAt(code: ProblemCode, source: Source, offset: number, message: string, hint?: string): Problem {
  return { code, message, file: source.path, ...positionAt(source, offset), ...(hint === undefined ? {} : { hint }) };
}
