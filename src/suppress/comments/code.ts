import { problemAt } from '../../syntax/problem.js';
import type { Source } from '../../syntax/source.js';
import { readDirective } from './directive.js';
import type { InlineDirectives, PlacedDirective } from './read.js';

/** A directive in code, and the line that it is for: its own, or the next that has code. */
export interface CodeDirective extends PlacedDirective {
  codeLine: number;
}

/** What the comments of a source of code say not to count. */
export interface CodeDirectives extends InlineDirectives {
  directives: CodeDirective[];
}

/**
 * A comment that holds a directive, by what begins one in languages that apps are written in. A row of signs is looked at
 * once, from its first one on.
 */
const COMMENT = /(?:(?<!\/)\/\/+|\/\*+|(?<!#)#+|^\s*\*+)\s*(gitops-drift[ \t]*:.*)$/i;
/** The end of a comment in a line. */
const END = /(?<!\s)\s*\*\/$/;
/** A line with nothing but a comment, or nothing at all. */
const NO_CODE = /^\s*(?:\/\/.*|\/\*.*|\*.*|#.*)?$/;
const LONGEST_LINE = 10_000;

/** Reads the directives in the comments of code. */
export function codeDirectives(source: Source): CodeDirectives {
  const found: CodeDirectives = { directives: [], problems: [] };
  if (!/gitops-drift/i.test(source.text)) return found;
  const lines = source.lineStarts.map((start, index) =>
    source.text
      .slice(start, source.lineStarts[index + 1])
      .slice(0, LONGEST_LINE)
      .trimEnd(),
  );
  const codeFrom = nextCode(lines);
  for (const [index, line] of lines.entries()) {
    const comment = COMMENT.exec(line);
    if (comment === null) continue;
    const reading = readDirective(`# ${(comment[1] ?? '').replace(END, '')}`);
    if (reading === undefined) continue;
    const start = (source.lineStarts[index] ?? 0) + comment.index + (/^\s*/.exec(comment[0])?.[0].length ?? 0);
    if ('mistakes' in reading) {
      const { mistakes } = reading;
      found.problems.push(
        ...mistakes.map(({ message, hint }) => problemAt('ignore-invalid', source, start, message, hint)),
      );
      continue;
    }
    const column = start - (source.lineStarts[index] ?? 0) + 1;
    found.directives.push({
      ...reading.directive,
      line: index + 1,
      column,
      spots: [],
      codeLine: (codeFrom[index] ?? -1) + 1,
    });
  }
  return found;
}

/** For each line the first one with code from it on. */
function nextCode(lines: readonly string[]): (number | undefined)[] {
  let next: number | undefined;
  const found = lines.map((_, at) => {
    const index = lines.length - 1 - at;
    if (!NO_CODE.test(lines[index] ?? '')) next = index;
    return next;
  });
  return found.reverse();
}
