import type { Json } from '../../json.js';
import { segments } from '../../json-pointer.js';
import type { PlainObject } from '../../template/value.js';
import type { Difference } from '../comparison.js';
import type { Finding } from '../report.js';
import { type Edit, withEdits } from './apply.js';
import { type ChangedPlace, changedPlaces } from './places.js';

/** What rules look at: the finding to be, and what it makes of the resource. */
export interface Change extends Pick<Finding, 'type' | 'stack' | 'logicalId' | 'kind' | 'verdict' | 'path'> {
  keys: readonly string[];
  /** The finding's place, and those inside of it where a value is another. */
  readonly places: readonly ChangedPlace[];
  /** From the desired properties to those with this change alone. */
  readonly alone: Step;
  /** From all other changes of the resource to all of its changes. */
  readonly atLast: Step;
  /** From the desired properties to those with all changes. */
  readonly altogether: Step;
}

/** A resource's properties before and after a change at a place. */
export interface Step {
  type: string;
  keys: readonly string[];
  before: PlainObject;
  after: PlainObject;
}

type Subject = Pick<Finding, 'type' | 'stack' | 'logicalId' | 'kind' | 'verdict'>;
type Sides = Pick<Difference, 'path' | 'desired' | 'live'>;

/** The change that a finding of a resource as a whole tells of. */
export function wholeChange(subject: Subject): Change {
  return changesOf({}, [{ path: '' }])({ path: '' }, subject);
}

/**
 * Makes the changes that the findings of one resource tell of, from its desired properties and its differences. Each
 * difference is looked at by itself, and as a part of them all: one may undo or complete what another one does.
 */
export function changesOf(desired: PlainObject, differences: readonly Sides[]) {
  const edits = new Map<Sides, Edit>(differences.map((each) => [each, editOf(each)]));
  let allEdited: PlainObject | undefined;
  function edited(chosen: Iterable<Edit>): PlainObject {
    return withEdits(desired, [...chosen]) as PlainObject;
  }
  return (difference: Sides, { type, stack, logicalId, kind, verdict }: Subject): Change => {
    const { path } = difference;
    const own = edits.get(difference) ?? editOf(difference);
    const { keys } = own;
    let places: readonly ChangedPlace[] | undefined;
    let after: PlainObject | undefined;
    const only = () => {
      after ??= path === '' ? desired : edited([own]);
      return after;
    };
    const all = () => {
      allEdited ??= edited(edits.values());
      return allEdited;
    };
    return {
      ...{ type, stack, logicalId, kind, verdict, path, keys },
      get places() {
        places ??= changedPlaces(keys, desired, only(), { old: difference.desired, new: difference.live });
        return places;
      },
      get alone() {
        return { type, keys, before: desired, after: only() };
      },
      get atLast() {
        const others = [...edits.values()].filter((each) => each !== own);
        return { type, keys, before: edited(others), after: all() };
      },
      get altogether() {
        return { type, keys, before: desired, after: all() };
      },
    };
  };
}

function editOf({ path, live }: { path: string; live?: Json }): Edit {
  return { keys: segments(path), live };
}
