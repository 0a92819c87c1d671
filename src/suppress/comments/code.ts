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

const DIRECTIVE = /gitops-drift[ \t]*:/i;
/** What begins a comment in languages that apps are written in, at the end of a text. */
const MARK = /(?:\/\/|\/\*+|#|^\s*\*+)$/;
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
  for (const [index, line] of lines.entries()) {
    const comment = commentIn(line);
    if (comment === undefined) continue;
    const reading = readDirective(`# ${comment.text}`);
    if (reading === undefined) continue;
    const start = (source.lineStarts[index] ?? 0) + comment.at;
    if ('mistakes' in reading) {
      const { mistakes } = reading;
      found.problems.push(
        ...mistakes.map(({ message, hint }) => problemAt('ignore-invalid', source, start, message, hint)),
      );
      continue;
    }
    const below = NO_CODE.test(line) ? lines.findIndex((each, at) => at > index && !NO_CODE.test(each)) : index;
    const column = start - (source.lineStarts[index] ?? 0) + 1;
    found.directives.push({ ...reading.directive, line: index + 1, column, spots: [], codeLine: below + 1 });
  }
  return found;
}

/** The comment of a line that holds a directive, and nothing before it: where it begins, and what it says. */
function commentIn(line: string): { at: number; text: string } | undefined {
  const directive = DIRECTIVE.exec(line);
  if (directive === null) return undefined;
  const before = line.slice(0, directive.index).trimEnd();
  if (!MARK.test(before)) return undefined;
  let at = before.length;
  while (at > 0 && '/*#'.includes(before.charAt(at - 1))) at -= 1;
  const text = line.slice(directive.index);
  return { at, text: text.endsWith('*/') ? text.slice(0, -2).trimEnd() : text };
}
