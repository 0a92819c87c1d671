import type { Context } from './context.js';
import { columnOf } from './lines.js';
import type { Branch } from './tree.js';

/** Where the keys or dashes of a block collection stand. */
export function columnOfBranch(branch: Branch, text: string): number {
  return columnOf(text, branch.members[0]?.start ?? branch.range.start);
}

/** Spaces of one level: as far as a map stands from the map it belongs to, else as most of the document does. */
export function stepOf(branch: Branch | undefined, { text, style }: Context): number {
  const own = branch?.kind === 'map' && branch.parent?.kind === 'map' ? branch : undefined;
  const step = own?.parent && !own.flow ? columnOfBranch(own, text) - columnOfBranch(own.parent, text) : 0;
  return step > 0 ? step : style.unit.includes('\t') ? 2 : style.unit.length;
}

/** Spaces between a dash and what follows it. */
export function gapOf(list: Branch | undefined, text: string): number {
  const first = list?.members.find(({ after, value }) => after !== undefined && value.range.start > after);
  if (list?.kind !== 'list' || first?.after === undefined) return 1;
  const spaces = /^ +/.exec(text.slice(first.after, first.value.range.start));
  return spaces?.[0].length ?? 1;
}
