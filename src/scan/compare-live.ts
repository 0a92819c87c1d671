import type { LiveResource } from '../cloud/cloud.js';
import { compareByAwsWithOwners } from '../compare/by-aws.js';
import { compareResource } from '../compare/compare.js';
import type { CompareContext } from '../compare/comparing.js';
import type { Typed } from '../compare/types.js';
import type { State } from '../iac/state.js';
import type { Comparison } from '../model/comparison.js';
import { setMaskedAside } from '../secrets/recorded-secrets.js';
import { spellingsOf } from '../value/spellings.js';
import { type MapValue, type PlainObject, toPlain } from '../value/value.js';

/** What properties of a resource are compared with. */
export interface LiveSide {
  typed: Typed;
  physicalId: string | undefined;
  live: Extract<LiveResource, { status: 'live' }>;
  context: CompareContext;
  /** The resource's stack, which knows what of it can be compared. */
  stack: Pick<State, 'comparable'>;
}

/** Compares properties, as some template declares them, with the live ones. */
export type CompareLive = (desired: MapValue, plain?: PlainObject) => Promise<Comparison>;

/** Compares versions of a resource's properties with its live ones; `plain` is what to take for their plain form. */
export function comparerWith({ typed, physicalId, live, context, stack }: LiveSide): CompareLive {
  const { properties, verdict, partial = false } = live;
  return async (declared, plain = toPlain(declared) as PlainObject) => {
    const desired = stack.comparable(typed.type, plain, properties as PlainObject);
    const input = { ...typed, desired, live: properties, physicalId, partial };
    const compared = verdict
      ? await compareByAwsWithOwners({ ...input, context, verdict })
      : await compareResource({ ...input, context: { ...context, spellings: spellingsOf(declared) } });
    return setMaskedAside(compared);
  };
}
