import { createHash } from 'node:crypto';
import type { StackNow } from '../cloud/change-sets.js';
import type { ShownEffect } from './shown.js';

/**
 * The digest of what a change set does to a stack as that is now: another one for any other effect, and after any change of
 * the stack. It is made of what is shown, so that no secret can be guessed from it.
 */
export function digestOf({ id, version }: Pick<StackNow, 'id' | 'version'>, effects: readonly ShownEffect[]): string {
  const said = effects.map((effect) => JSON.stringify(canonical(effect))).sort();
  return createHash('sha256')
    .update(JSON.stringify([id, version, said]))
    .digest('hex');
}

function canonical(effect: ShownEffect): unknown {
  const { logicalId, type, physicalId, action, replacement, deletes, isGone, isUncompared, values, ignored } = effect;
  return [
    ...[logicalId, type, physicalId, action, replacement, deletes, isGone, isUncompared],
    values
      .map(({ path, change, before = null, after = null, replaces }) =>
        JSON.stringify([path, change, sorted(before), sorted(after), replaces]),
      )
      .sort(),
    ignored.map(({ path, reason }) => JSON.stringify([path, reason])).sort(),
  ];
}

/** A value whose members have one order; no list looks like an object. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return { members: members.map(([key, member]) => [key, sorted(member)]) };
}
