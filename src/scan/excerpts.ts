import type { Excerpt, Finding, Location } from '../drift/report.js';
import { MASK, maskText } from '../drift/secret-text.js';
import { DriftError } from '../errors.js';
import type { PatchStack } from '../patch/model.js';
import { maskEdits } from '../provider/snapshot/mask-template.js';
import { head } from '../report/clean.js';
import type { Node } from '../template/node.js';
import { parseNode } from '../template/parse.js';
import type { Source } from '../template/source.js';
import type { Range } from '../template/value.js';

/** Lines before and after a location, for orientation. */
const CONTEXT = 2;
const MOST_LINES = 12;
/** A file may be one line of a megabyte. */
const LONGEST_LINE = 160;

/** A file, and what in it is not shown; `ownShown`: but where a finding is about just that. */
interface ExcerptFile {
  source: Source;
  hidden: readonly Range[];
  ownShown: boolean;
}

/** Notes on each finding's location the lines around it, from the files that the stack was evaluated from. */
export function addExcerpts(findings: readonly Finding[], stack: PatchStack): void {
  const files = new Map<string, ExcerptFile>();
  for (const { location, desired } of findings) {
    if (location === undefined) continue;
    const file = files.get(location.file) ?? fileOf(location.file, stack);
    if (file === undefined) continue;
    files.set(location.file, file);
    location.excerpt = excerptOf(file, location, desired === MASK);
  }
}

function fileOf(path: string, { template, target, parent }: PatchStack): ExcerptFile | undefined {
  if (template.source.path === path) {
    const { source, root } = template;
    return { source, hidden: maskEdits(source.text, root, []), ownShown: false };
  }
  const { file, config } = target.parameterSources ?? {};
  const source = [file, config?.source].find((each) => each?.path === path);
  if (source) return { source, hidden: parameterValues(source), ownShown: true };
  // A nested stack's parameters stand in the template that nests it.
  return parent && fileOf(path, parent.stack);
}

/** Which parameters are secret only the templates know; so no value is shown but the one that a finding is about. */
function parameterValues(source: Source): Range[] {
  try {
    return valuesIn(parseNode(source, 'parameters'), false);
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return [{ start: 0, end: source.text.length }];
  }
}

function valuesIn(node: Node, isValue: boolean): Range[] {
  if (node.kind === 'scalar') return isValue ? [node.range] : [];
  if (node.kind === 'list') return node.items.flatMap((item) => valuesIn(item, isValue));
  return node.entries.flatMap(({ key, value }) =>
    valuesIn(value, isValue || (/^(?:ParameterValue|[Pp]arameters)$/.test(key) && !isParameterList(value))),
  );
}

/** `Parameters: [{ParameterKey, ParameterValue}]`: the keys are no secrets. */
function isParameterList(node: Node): boolean {
  return node.kind === 'list' && node.items.some(({ kind }) => kind === 'map');
}

function excerptOf({ source, hidden, ownShown }: ExcerptFile, location: Location, isSecret: boolean): Excerpt {
  const { text, lineStarts } = source;
  const offset = (line: number, column: number) => (lineStarts[line - 1] ?? text.length) + column - 1;
  const own = { start: offset(location.line, location.column), end: offset(location.endLine, location.endColumn) };
  const isOwn = (range: Range) => range.start >= own.start && range.end <= own.end;
  const others = ownShown ? hidden.filter((range) => !isOwn(range)) : hidden;
  const masks = isSecret ? [...hidden, own] : others;
  // The end is exclusive: a block's is the start of the next line.
  const end = location.endColumn === 1 ? location.endLine - 1 : location.endLine;
  const first = Math.max(1, location.line - CONTEXT);
  const lineCount = text.endsWith('\n') ? lineStarts.length - 1 : lineStarts.length;
  const last = Math.min(lineCount, Math.max(location.line, end) + CONTEXT, first + MOST_LINES - 1);
  const lines: string[] = [];
  for (let line = first; line <= last; line += 1) {
    const range = { start: lineStarts[line - 1] ?? 0, end: (lineStarts[line] ?? text.length + 1) - 1 };
    lines.push(cut(maskText(maskedLine(text, range, masks)), line === location.line ? location.column : 1));
  }
  // A text cut out of a file would keep all of the file in memory as long as the report.
  return { line: first, lines: JSON.parse(JSON.stringify(lines)) as string[] };
}

/** A line's text with what is hidden in it as `****`. */
function maskedLine(text: string, { start, end }: Range, masks: readonly Range[]): string {
  let shown = '';
  let at = start;
  for (const mask of masks.filter((each) => each.start < end && each.end > start).sort((a, b) => a.start - b.start)) {
    if (mask.end <= at) continue;
    shown += text.slice(at, Math.max(at, mask.start)) + MASK;
    at = mask.end;
  }
  return (shown + text.slice(at, Math.max(at, end))).replace(/^\uFEFF|\r$/g, '');
}

/** The part of a long line around a column. */
function cut(line: string, column: number): string {
  if (line.length <= LONGEST_LINE) return line;
  const from = Math.max(0, Math.min(column - 1 - LONGEST_LINE / 4, line.length - LONGEST_LINE));
  const part = head(line.slice(from).replace(/^[\uDC00-\uDFFF]/, ''), LONGEST_LINE);
  return `${from > 0 ? '…' : ''}${part}${from + LONGEST_LINE < line.length ? '…' : ''}`;
}
