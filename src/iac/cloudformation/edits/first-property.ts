import type { Json } from '../../../base/json.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt } from '../../../patch/ports.js';
import { effectiveEntries, get, section } from '../../../syntax/node.js';
import { attempt, type Editing, set } from './attempt.js';

/** The first property of a resource, which may have no `Properties` at all. */
export function* firstProperty(
  change: Extract<Change, { kind: 'add-entry' }>,
  live: Json,
  editing: Editing,
): Generator<Attempt> {
  const { template, logicalId, terms } = editing;
  const { source, root } = template;
  const own = effectiveEntries(section(root, 'Resources')).find((entry) => entry.key === logicalId)?.value;
  if (own === undefined) {
    yield { refused: `${logicalId} is made by Fn::ForEach: declare it in the loop by hand` };
    return;
  }
  const node = get(own, 'Properties');
  const document = editing.documentOf(source);
  const written = { [change.key]: terms.write(live, []) };
  if (node === undefined) yield attempt(source, document.insertEntry(own.range, 'Properties', written));
  else yield set(source, node.range, written, editing);
}
