import type { Finding, PatchEdit } from '../drift/report.js';
import { DriftError, type Problem } from '../errors.js';
import { blobId } from '../git/blob-id.js';
import type { FileChange } from '../git/file-change.js';
import type { Checkout } from '../git/repository.js';
import { parseNode } from '../template/parse.js';
import { createSource, type Source } from '../template/source.js';
import { applyEdits, type TextEdit } from './edit/apply-edits.js';

/**
 * The files with the edits of a saved report's findings made. The edits were proven when the report was made, for the
 * files as they were then: a `DriftError` (code `patch`) names the files that are others now, and findings whose edits
 * touch each other.
 */
export async function savedPatches(findings: readonly Finding[], checkout: Checkout): Promise<FileChange[]> {
  const edits = new Map<string, PatchEdit[]>();
  for (const edit of findings.flatMap(({ patch }) => patch.edits ?? [])) {
    edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit]);
  }
  const problems: Problem[] = [];
  const changes: FileChange[] = [];
  for (const [path, own] of edits) {
    const source = await checkout.read(path);
    const isSame = own.every(({ blob }) => blob === blobId(source.text));
    const change = isSame ? edited(source, own) : undefined;
    if (change) changes.push(change);
    else problems.push(isSame ? touching(path) : changed(path));
  }
  if (problems.length > 0) throw new DriftError('patch', problems);
  return changes;
}

function edited(source: Source, edits: readonly PatchEdit[]): FileChange | undefined {
  const { path, text } = source;
  const unique = [
    ...new Map(edits.map((edit) => [JSON.stringify(textEdit(source, edit)), textEdit(source, edit)])).values(),
  ];
  const sorted = unique.sort((one, other) => one.start - other.start || one.end - other.end);
  const touches = sorted.some((edit, index) => edit.start <= (sorted[index - 1]?.end ?? -1));
  if (touches) return undefined;
  const after = applyEdits(text, sorted);
  parseNode(createSource(path, after), 'template');
  return { path, before: text, after };
}

function textEdit({ lineStarts }: Source, { line, column, endLine, endColumn, text }: PatchEdit): TextEdit {
  const offset = (at: number, columns: number) => (lineStarts[at - 1] ?? 0) + columns - 1;
  return { start: offset(line, column), end: offset(endLine, endColumn), text };
}

function changed(file: string): Problem {
  return { file, message: 'the file changed since it was scanned', hint: 'scan again' };
}

function touching(file: string): Problem {
  const hint = 'patch from a new scan (without --report), or choose them one by one with --finding';
  return { file, message: 'edits of several findings touch each other', hint };
}
