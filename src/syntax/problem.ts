import type { Problem } from '../base/errors.js';
import { positionAt, type Source } from './source.js';

/** A problem at an offset of a source. */
export function problemAt(source: Source, offset: number, message: string, hint?: string): Problem {
  return { message, file: source.path, ...positionAt(source, offset), ...(hint === undefined ? {} : { hint }) };
}
