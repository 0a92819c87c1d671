import type { Difference } from '../../../model/comparison.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt, Editing, Editor } from '../../../patch/ports.js';
import { DIALECT } from '../template/dialect.js';
import { candidates } from './candidates.js';
import { removalOfResource } from './deletion.js';
import { firstProperty } from './first-property.js';
import { editsOfMade } from './made.js';
import { termsOf } from './terms.js';
import { unusedAfter } from './unused.js';

/** Edits CloudFormation's templates, and the files that give them their parameters. */
export const editor: Editor = { dialect: DIALECT, edits, removal: removalOfResource, unusedAfter };

function edits(change: Change, difference: Difference, at: Editing): Iterable<Attempt> {
  const editing = { ...at, terms: termsOf(at.stack, at.logicalId) };
  const made = editsOfMade(change, difference.live, editing);
  if (made !== undefined) return made;
  const isBare = change.kind === 'add-entry' && change.keys.length === 0 && change.map.entries.size === 0;
  if (isBare && difference.live !== undefined) return firstProperty(change, difference.live, editing);
  return candidates(change, difference, editing);
}
