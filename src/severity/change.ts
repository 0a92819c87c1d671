import type { Json } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { lazily } from '../base/lazily.js';
import type { Difference } from '../model/comparison.js';
import type { Finding } from '../model/report.js';
import type { PlainObject } from '../value/value.js';
import { type Edit, withEdits } from './apply.js';
import { type ChangedPlace, placeOf, placesWithin } from './places.js';

/** What rules look at: the finding to be, and what it makes of the resource. */
export interface Change extends Subject {
  path: string;
  /** What Git declares of the resource. */
  desired: PlainObject;
  place(): ChangedPlace;
  /** The finding's place, and those inside of it where a value is another. */
  places(): readonly ChangedPlace[];
  /** From the desired properties to those with this change alone. */
  alone(): Step;
  /** From all other changes of the resource to all of its changes. */
  atLast(): Step;
  /** From the desired properties to those with all changes. */
  altogether(): Step;
}

/** A resource's properties before and after a change at a place. */
export interface Step {
  type: string;
  accountId?: string;
  keys: readonly string[];
  before: PlainObject;
  after: PlainObject;
}

/** Whose change it is. */
export interface Subject extends Pick<Finding, 'type' | 'stack' | 'logicalId' | 'kind' | 'verdict'> {
  /** The resource's own account, where it is known. */
  accountId?: string;
  /** Whether neither template declares the value. */
  undeclared?: true;
}

type Sides = Pick<Difference, 'path' | 'desired' | 'live'>;

/** The change that a finding of a resource as a whole tells of. */
export function wholeChange(subject: Subject): Change {
  return changesOf({}, [{ path: '' }])({ path: '' }, subject);
}

/**
 * Makes the changes that the findings of one resource tell of, from its desired properties and its differences. Each
 * difference is looked at by itself, and as a part of them all: one may undo or complete what another one does.
 */
export function changesOf(
  desired: PlainObject,
  differences: readonly Sides[],
): (difference: Sides, subject: Subject) => Change {
  const edits = new Map<Sides, Edit>(differences.map((each) => [each, editOf(each)]));
  const edited = (chosen: Iterable<Edit>) => withEdits(desired, [...chosen]) as PlainObject;
  const all = lazily(() => edited(edits.values()));
  return (difference, subject) => {
    const { path } = difference;
    const own = edits.get(difference) ?? editOf(difference);
    const { keys } = own;
    const step = (before: PlainObject, after: PlainObject) => stepOf(subject, keys, before, after);
    const alone = lazily(() => step(desired, path === '' ? desired : edited([own])));
    const isOnly = edits.size === 1;
    const others = () => edited([...edits.values()].filter((each) => each !== own));
    const place = lazily(() =>
      placeOf(keys, desired, alone().after, { old: difference.desired, new: difference.live }),
    );
    return {
      ...subject,
      ...{ path, desired, alone, place },
      places: lazily(() => placesWithin(place())),
      atLast: isOnly ? alone : lazily(() => step(others(), all())),
      altogether: isOnly ? alone : lazily(() => step(desired, all())),
    };
  };
}

/** A change of a resource of this type and account. */
export function stepOf(
  { type, accountId }: Subject,
  keys: readonly string[],
  before: PlainObject,
  after: PlainObject,
): Step {
  return { type, ...(accountId === undefined ? {} : { accountId }), keys, before, after };
}

function editOf({ path, live }: { path: string; live?: Json }): Edit {
  return { keys: segments(path), live };
}
