import { DriftError, type Problem } from '../base/errors.js';
import { blobId } from '../git/blob-id.js';
import type { FileChange } from '../git/file-change.js';
import type { Checkout } from '../git/repository.js';
import type { Finding, PatchEdit } from '../model/report.js';
import { secretLines } from '../secrets/secret-lines.js';
import type { SecretTypes } from '../secrets/types.js';
import type { Dialect } from '../syntax/dialect.js';
import { applyEdits, type TextEdit } from '../syntax/edit/apply-edits.js';
import { parseNode } from '../syntax/parse.js';
import { createSource, type Source } from '../syntax/source.js';
import { areTwo, overlap } from './bundles.js';
import { isMadeByRunning } from './ports.js';

/** An edit and the finding that it is for. */
interface Wish {
  finding: Finding;
  edit: PatchEdit;
}

/**
 * The files with the edits of a saved report's findings made. The edits were proven when the report was made, for the
 * files as they were then: a `DriftError` (code `patch`) names the files that are others now, and those in which edits
 * overlap.
 */
export async function savedPatches(
  findings: readonly Finding[],
  checkout: Checkout,
  types: SecretTypes,
  dialect: Dialect,
): Promise<FileChange[]> {
  const wishes = new Map<string, Wish[]>();
  for (const finding of findings) {
    for (const edit of finding.patch.edits ?? []) {
      wishes.set(edit.file, [...(wishes.get(edit.file) ?? []), { finding, edit }]);
    }
  }
  const problems: Problem[] = [];
  const changes: FileChange[] = [];
  for (const [path, own] of wishes) {
    const source = await noting(problems, () => checkout.read(path));
    if (source === undefined) continue;
    const isSame = own.every(({ edit }) => edit.blob === blobId(source.text));
    const change = isSame ? edited(source, own, types, dialect) : undefined;
    if (change) changes.push(change);
    else problems.push(isSame ? overlapping(path) : changed(path));
  }
  if (problems.length > 0) throw new DriftError('patch', problems);
  return changes;
}

/** What a file's reading gives; what is wrong with it is noted. */
async function noting<T>(problems: Problem[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function edited(source: Source, wishes: readonly Wish[], types: SecretTypes, dialect: Dialect): FileChange | undefined {
  const { path, text } = source;
  const { size } = new Set(wishes.map(({ finding }) => finding));
  if (size > 1 && wishes.some(({ finding }) => finding.patch.alone)) return undefined;
  const edits = once(wishes).map(({ edit }) => textEdit(source, edit));
  if (overlap(edits) || edits.some(({ start, end }) => end < start || end > text.length)) return undefined;
  const after = applyEdits(text, edits);
  const isCode = wishes.every(({ finding }) => isMadeByRunning(finding.patch));
  if (!isCode) parseNode(createSource(path, after), 'template', dialect);
  const root = isCode ? undefined : parseNode(source, 'template', dialect);
  const hidden = secretLines(source, { types, ...(root?.kind === 'map' ? { root } : {}), texts: [] });
  return { path, before: text, after, ...(hidden.size === 0 ? {} : { hidden }) };
}

/** Findings that share an edit need it once. */
function once(wishes: readonly Wish[]): Wish[] {
  const kept: Wish[] = [];
  for (const wish of wishes) {
    const text = JSON.stringify(wish.edit);
    const same = kept.filter(({ edit }) => JSON.stringify(edit) === text);
    if (same.length === 0 || same.some(({ finding }) => areTwo(finding, wish.finding))) kept.push(wish);
  }
  return kept;
}

function textEdit({ lineStarts }: Source, { line, column, endLine, endColumn, text }: PatchEdit): TextEdit {
  const offset = (at: number, columns: number) => (lineStarts[at - 1] ?? 0) + columns - 1;
  return { start: offset(line, column), end: offset(endLine, endColumn), text };
}

function changed(file: string): Problem {
  const hint = 'scan again, or choose all findings of the report that you want in one run: --finding <id> <id>';
  return { code: 'patch-file-changed', file, message: 'the file changed since it was scanned', hint };
}

function overlapping(file: string): Problem {
  const hint = 'patch from a new scan (without --report), or choose them one by one with --finding';
  return {
    code: 'patch-edits-overlap',
    file,
    message: 'the edits of these findings can not be made side by side',
    hint,
  };
}
