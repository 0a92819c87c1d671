import { head } from '../base/clean.js';
import { DriftError } from '../base/errors.js';
import type { Finding } from '../model/report.js';
import type { PatchStack } from '../patch/model.js';
import { type KnownSecrets, knownSecrets } from '../secrets/known-secrets.js';
import { maskText } from '../secrets/mask.js';
import { maskedLine, shownFile, shownLines } from '../secrets/secret-lines.js';
import { MASK } from '../secrets/secret-text.js';
import type { Dialect } from '../syntax/dialect.js';
import type { Excerpt, Location } from '../syntax/location.js';
import type { Node } from '../syntax/node.js';
import { parseNode } from '../syntax/parse.js';
import type { Range, Source } from '../syntax/source.js';

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
  /** All lines, with nothing in them that is not shown. */
  lines: readonly string[];
}

/** Findings, and the stack that they are of. */
export interface StackFindings {
  findings: readonly Finding[];
  stack: PatchStack;
}

/**
 * The lines around the location of each finding, from the files that its stack was evaluated from. The stacks are a root
 * and all that are nested in it: what is secret in one stands in the template of another. `dialect` is that of their
 * parameter files.
 */
export function excerptsOf(stacks: readonly StackFindings[], dialect: Dialect): Map<Finding, Excerpt> {
  const excerpts = new Map<Finding, Excerpt>();
  if (stacks.every(({ findings }) => findings.length === 0)) return excerpts;
  const secrets = knownSecrets(stacks.map(({ stack }) => stack));
  for (const { findings, stack } of stacks) {
    const files = new Map<string, ExcerptFile>();
    for (const finding of findings) {
      const { location, desired } = finding;
      if (location === undefined) continue;
      const file = files.get(location.file) ?? fileOf(location.file, stack, secrets, dialect);
      if (file === undefined) continue;
      files.set(location.file, file);
      excerpts.set(finding, excerptOf(file, location, desired === MASK, secrets.texts));
    }
  }
  return excerpts;
}

function fileOf(
  path: string,
  { types, template, target, parent, code }: PatchStack,
  secrets: KnownSecrets,
  dialect: Dialect,
): ExcerptFile | undefined {
  const given = secrets.ranges.get(path) ?? [];
  if (template.source.path === path) {
    const { source, root } = template;
    const { hidden, lines } = shownFile(source, { types, root, given, texts: secrets.texts });
    return { source, hidden, ownShown: false, lines };
  }
  const written = code?.get(path);
  if (written !== undefined) {
    return { source: written, hidden: given, ownShown: false, lines: shownLines(written, given, secrets.texts) };
  }
  const { file, config } = target.parameterSources ?? {};
  const source = [file, config?.source].find((each) => each?.path === path);
  if (source) {
    const hidden = [...parameterValues(source, dialect), ...given];
    return { source, hidden, ownShown: true, lines: shownLines(source, hidden, secrets.texts) };
  }
  // A nested stack's parameters stand in the template that nests it.
  return parent && fileOf(path, parent.stack, secrets, dialect);
}

/** Which parameters are secret only the templates know; so no value is shown but the one that a finding is about. */
function parameterValues(source: Source, dialect: Dialect): Range[] {
  try {
    return valuesIn(parseNode(source, 'parameters', dialect), false);
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

function excerptOf(
  { source, hidden, ownShown, lines }: ExcerptFile,
  location: Location,
  isSecret: boolean,
  secrets: readonly string[],
): Excerpt {
  const { text, lineStarts } = source;
  const offset = (line: number, column: number) => (lineStarts[line - 1] ?? text.length) + column - 1;
  const own = { start: offset(location.line, location.column), end: offset(location.endLine, location.endColumn) };
  const isOwn = (range: Range) => range.start >= own.start && range.end <= own.end;
  // The end is exclusive: a block's is the start of the next line.
  const end = Math.max(location.line, location.endColumn === 1 ? location.endLine - 1 : location.endLine);
  const first = Math.max(1, location.line - CONTEXT);
  const last = Math.min(lines.length, end + CONTEXT, first + MOST_LINES - 1);
  const shown: string[] = [];
  for (let line = first; line <= last; line += 1) {
    const isOwnLine = line >= location.line && line <= end && (isSecret || ownShown);
    const masks = isSecret ? [...hidden, own] : hidden.filter((range) => !isOwn(range));
    const visible = isOwnLine ? maskText(maskedLine(source, line, masks), secrets) : (lines[line - 1] ?? '');
    shown.push(cut(visible, line === location.line ? location.column : 1));
  }
  // A text cut out of a file would keep all of the file in memory as long as the report.
  return { line: first, lines: JSON.parse(JSON.stringify(shown)) as string[] };
}

/** The part of a long line around a column. */
function cut(line: string, column: number): string {
  if (line.length <= LONGEST_LINE) return line;
  const from = Math.max(0, Math.min(column - 1 - LONGEST_LINE / 4, line.length - LONGEST_LINE));
  const part = head(line.slice(from).replace(/^[\uDC00-\uDFFF]/, ''), LONGEST_LINE);
  return `${from > 0 ? '…' : ''}${part}${from + LONGEST_LINE < line.length ? '…' : ''}`;
}
