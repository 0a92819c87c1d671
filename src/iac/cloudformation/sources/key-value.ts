import { DriftError, type Problem } from '../../../base/errors.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import { problemAt } from '../../../syntax/problem.js';
import type { Source } from '../../../syntax/source.js';

/** How a line of such a file begins: what is behind the sign is the value. */
const START = /^[ \t]*([A-Za-z0-9]{1,255})[ \t]*=[ \t]*/;

/** Reads a file of `Key=Value` lines. Blank lines and comments (`#`, `;`) are passed over. Throws a `DriftError` (code `parameters`). */
export function parseKeyValues(source: Source): Map<string, ConfiguredParameter> {
  const found = new Map<string, ConfiguredParameter>();
  const problems: Problem[] = [];
  let start = 0;
  for (const line of source.text.split(/(?<=\n)/)) {
    const text = line.replace(/^\uFEFF/, ' ').trimEnd();
    const [begin = '', key = ''] = START.exec(text) ?? [];
    const value = text.slice(begin.length);
    const at = start + begin.length;
    if (key === '') {
      if (text !== '' && !/^[#;]/.test(text.trimStart()))
        problems.push(problemAt('parameters-bad-file', source, start, 'a line has to be Key=Value'));
    } else if (found.has(key)) {
      problems.push(problemAt('parameters-repeated', source, start, `the parameter ${key} is given twice`));
    } else found.set(key, { value, source, range: { start: at, end: at + value.length } });
    start += line.length;
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (found.size === 0 && problems.length === 0)
    problems.push(problemAt('parameters-bad-file', source, 0, 'there are no parameters in this file'));
  if (problems.length > 0) throw new DriftError('parameters', problems);
  return found;
}

/** A file of another kind is wrong in every line. */
const MOST_PROBLEMS = 3;
