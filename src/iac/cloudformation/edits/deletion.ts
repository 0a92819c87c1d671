import type { Attempt } from '../../../patch/ports.js';
import { commentsIn } from '../../../syntax/comments.js';
import type { TextEdit } from '../../../syntax/edit/apply-edits.js';
import { effectiveEntries, get, type Node, section } from '../../../syntax/node.js';
import { positionAt } from '../../../syntax/source.js';
import type { EvaluatedResource } from '../../../value/evaluated.js';
import { intrinsicName } from '../template/dialect.js';
import { referencesIn } from '../template/undeclared.js';
import type { Editing } from './attempt.js';

/** Takes a resource out of its template, where nothing refers to it, also where it is not evaluated. */
export function removalOfResource(resource: EvaluatedResource, { template, documentOf }: Editing): Attempt {
  const { logicalId, range, keyRange } = resource;
  const { source, root } = template;
  const own = effectiveEntries(section(root, 'Resources')).find(({ key }) => key === logicalId)?.value;
  if (own === undefined) return { refused: `${logicalId} is made by Fn::ForEach: take it out of the loop by hand` };
  const user = userOf(root, logicalId, own);
  if (user === undefined) {
    const { edits, refused } = documentOf(source).remove(range);
    if (refused !== undefined) return { refused };
    const whole = edits.map((edit) => withSurroundings(edit, keyRange.start, source.text));
    const left = directiveLeft(whole, keyRange.start, source.text);
    if (left === undefined) return { source, edits: whole };
    const { line } = positionAt(source, left);
    return { refused: `${source.path}:${line} has a gitops-drift comment about ${logicalId}: take both out by hand` };
  }
  const { line } = positionAt(source, user.range.start);
  return { refused: `${source.path}:${line} refers to ${logicalId}: change that first, or create the resource again` };
}

function userOf(node: Node, logicalId: string, own: Node): Node | undefined {
  if (node === own) return undefined;
  if (referencesIn(node).includes(logicalId)) return intrinsicName(node) ? node : (get(node, 'DependsOn') ?? node);
  const inner = node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
  for (const each of inner) {
    const found = userOf(each, logicalId, own);
    if (found) return found;
  }
  return undefined;
}

/** Where a directive above a resource begins that would stand above another one then. */
function directiveLeft(edits: readonly TextEdit[], key: number, text: string): number | undefined {
  if (!text.includes('gitops-drift:')) return undefined;
  const above = commentsIn(text).filter(({ at, range }) => at?.offset === key && range.start < key);
  return above.find((comment) => {
    const { start, end } = comment.range;
    return comment.text.includes('gitops-drift:') && !edits.some((edit) => edit.start <= start && end <= edit.end);
  })?.range.start;
}

/** A comment right above a resource is about it; one that rules off a part of the file (`# --- queues ---`) is not. */
const COMMENT_ABOVE = /(?<=^|\n)(?:[ \t]*#(?![^\n]*(?:---|===|###|\*\*\*))[^\n]*\n)+[ \t]*$/;
const BLANK_ABOVE = /(?<=^|[^ \t\r\n][ \t\r]*\n)(?:[ \t]*\r?\n)+$/;
const BLANK_BELOW = /^(?:[ \t]*\r?\n)+/;
/** Comments and blank lines are looked for as far up as this. */
const REACH = 2000;

/** Takes a resource's comment out as well, and of the blank lines above and below it those on one side. */
function withSurroundings(edit: TextEdit, key: number, text: string): TextEdit {
  const indent = key - (text.lastIndexOf('\n', key - 1) + 1);
  if (edit.text !== '' || edit.start !== key - indent) return edit;
  const above = (pattern: RegExp, end: number) => {
    const from = end < REACH ? 0 : text.lastIndexOf('\n', end - REACH) + 1;
    return pattern.exec(text.slice(from, end))?.[0].length ?? 0;
  };
  const start = edit.start - Math.max(0, above(COMMENT_ABOVE, key) - indent);
  const blank = above(BLANK_ABOVE, start);
  const isFirst = text.slice(0, start).trimEnd().endsWith(':');
  if (blank === 0 && !isFirst) return { ...edit, start };
  if (edit.end === text.length) return { ...edit, start: start - blank };
  return { start, end: edit.end + (BLANK_BELOW.exec(text.slice(edit.end))?.[0].length ?? 0), text: '' };
}
