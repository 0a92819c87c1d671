import { DriftError, type ErrorCode, type Problem } from '../base/errors.js';
import type { Json } from '../base/json.js';
import { parseJson } from './parse-json.js';
import { createSource } from './source.js';

/**
 * Reads JSON that a program has written, in the time that it takes to parse it. Throws a `DriftError` that says what is
 * wrong, where; `as` says what it is an error of, and what to do.
 */
export function readJson(file: string, text: string, as: { error: ErrorCode } & Pick<Problem, 'code' | 'hint'>): Json {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    const { error, ...rest } = as;
    // One that is too big to be a template may be no error of its own here.
    const found = parseJson(createSource(file, text)).problems.find(({ code }) => code === 'file-bad-json');
    const { line, column, message = 'JSON not well-formed' } = found ?? {};
    const place = line === undefined || column === undefined ? {} : { line, column };
    throw new DriftError(error, [{ ...rest, message, file, ...place }], { cause });
  }
}
