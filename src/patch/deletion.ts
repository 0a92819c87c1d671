import type { EvaluatedResource } from '../template/evaluate.js';
import { effectiveEntries, get, intrinsicName, type Node, section } from '../template/node.js';
import { positionAt } from '../template/source.js';
import { referencesIn } from '../template/undeclared.js';
import type { Attempt, Editing } from './candidates.js';
import type { TextEdit } from './edit/apply-edits.js';

/** Takes a resource out of its template, where nothing refers to it, also where it is not evaluated. */
export function removalOfResource({ logicalId, range }: EvaluatedResource, { template, documentOf }: Editing): Attempt {
  const { source, root } = template;
  const own = effectiveEntries(section(root, 'Resources')).find(({ key }) => key === logicalId)?.value;
  if (own === undefined) return { refused: `${logicalId} is made by Fn::ForEach: take it out of the loop by hand` };
  const user = userOf(root, logicalId, own);
  if (user === undefined) {
    const { edits, refused } = documentOf(source).remove(range);
    return refused === undefined ? { source, edits: withoutDoubleSpace(edits, source.text) } : { refused };
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

/** Where blank lines stood above and below what is taken out, those on one side go with it. */
function withoutDoubleSpace(edits: TextEdit[], text: string): TextEdit[] {
  return edits.map((edit) => {
    const above = /(?<=^|\n)(?:[ \t]*\r?\n)+$/.exec(text.slice(Math.max(0, edit.start - 80), edit.start))?.[0] ?? '';
    const below = /^(?:[ \t]*\r?\n)+/.exec(text.slice(edit.end))?.[0] ?? '';
    if (edit.text !== '' || above === '') return edit;
    if (edit.end === text.length) return { ...edit, start: edit.start - above.length };
    return { ...edit, end: edit.end + below.length };
  });
}
