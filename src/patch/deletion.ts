import type { EvaluatedResource } from '../template/evaluate.js';
import { effectiveEntries, type Node, section } from '../template/node.js';
import { positionAt } from '../template/source.js';
import { referencesIn } from '../template/undeclared.js';
import { type Attempt, attempt, type Editing } from './candidates.js';

/** Takes a resource out of its template, where nothing refers to it, also where it is not evaluated. */
export function removalOfResource({ logicalId, range }: EvaluatedResource, { template, documentOf }: Editing): Attempt {
  const { source, root } = template;
  const own = effectiveEntries(section(root, 'Resources')).find(({ key }) => key === logicalId)?.value;
  if (own === undefined) return { refused: `${logicalId} is made by Fn::ForEach` };
  const user = userOf(root, logicalId, own);
  if (user === undefined) return attempt(source, documentOf(source).remove(range));
  const { line } = positionAt(source, user.range.start);
  return { refused: `${source.path}:${line} refers to ${logicalId}: change that first, or create the resource again` };
}

function userOf(node: Node, logicalId: string, own: Node): Node | undefined {
  if (node === own) return undefined;
  if (referencesIn(node).includes(logicalId)) return node;
  const inner = node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
  for (const each of inner) {
    const found = userOf(each, logicalId, own);
    if (found) return found;
  }
  return undefined;
}
