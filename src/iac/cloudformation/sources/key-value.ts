import { DriftError, type Problem } from '../../../base/errors.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import { problemAt } from '../../../syntax/problem.js';
import type { Source } from '../../../syntax/source.js';

/** A line of such a file: `Key=Value`, everything behind the sign being the value. */
const LINE = /^([ \t]*)([A-Za-z0-9]{1,255})(=|[ \t]+=[ \t]*)(.*?)[ \t]*$/;

/** Reads a file of `Key=Value` lines. Blank lines and comments (`#`, `;`) are passed over. Throws a `DriftError` (code `parameters`). */
export function parseKeyValues(source: Source): Map<string, ConfiguredParameter> {
  const found = new Map<string, ConfiguredParameter>();
  const problems: Problem[] = [];
  let start = 0;
  for (const line of source.text.split(/(?<=\n)/)) {
    const text = line.replace(/[\r\n]+$/, '').replace(/^\uFEFF/, (mark) => ' '.repeat(mark.length));
    const [, indent = '', key = '', sign = '', value = ''] = LINE.exec(text) ?? [];
    const at = start + indent.length + key.length + sign.length;
    if (key === '') {
      if (text.trim() !== '' && !/^\s*[#;]/.test(text))
        problems.push(problemAt('parameters-bad-file', source, start, 'a line has to be Key=Value'));
    } else if (found.has(key)) {
      problems.push(problemAt('parameters-repeated', source, start, `the parameter ${key} is given twice`));
    } else found.set(key, { value, source, range: { start: at, end: at + value.length } });
    start += line.length;
  }
  if (found.size === 0 && problems.length === 0)
    problems.push(problemAt('parameters-bad-file', source, 0, 'there are no parameters in this file'));
  if (problems.length > 0) throw new DriftError('parameters', problems.slice(0, MOST_PROBLEMS));
  return found;
}

/** A file of another kind is wrong in every line. */
const MOST_PROBLEMS = 3;
