import { segments } from '../base/json-pointer.js';
import type { Who } from '../model/report.js';
import type { Change, WriteEvent } from './event.js';
import { type Held, heldIn, namesIn } from './held.js';
import { unwrapped } from './values.js';
import { plainName, wordsOf } from './words.js';

/** What is known of the search for calls. */
export interface Search {
  /** Why there may be others; without one, these are all. */
  doubt?: string | undefined;
  /** Why there is none, where there is none. */
  reason: string;
}

/** How well an event explains a change; the better ones come first. */
type Fit = 'same' | 'holds' | 'right' | 'touches';

interface Candidate {
  event: WriteEvent;
  fit: Fit;
  /** It sets the property to something else, so that the live value came later. */
  isOther: boolean;
}

/**
 * Tells who made a change, of the calls that wrote to its resource since it was deployed last: by name only where a call
 * holds the live value, or is of the right kind and no other caller's is.
 */
export function attribute(change: Change, events: readonly WriteEvent[], { doubt, reason }: Search): Who {
  const latestFirst = [...events].sort((one, other) => (one.time < other.time ? 1 : -1));
  const candidates = latestFirst.map((event) => candidateOf(change, event));
  const exact = candidates.find(({ fit }) => fit === 'same');
  if (exact !== undefined) {
    const overwritten = candidates.slice(0, candidates.indexOf(exact)).some(({ isOther }) => isOther);
    if (!overwritten) return named('exact', firstOf(change, candidates, exact).event);
    return possible(exact.event, 'a later call set another value');
  }
  const [latest] = candidates;
  if (latest === undefined) return { grade: 'unknown', reason };
  if (doubt !== undefined) return possible(latest.event, doubt);
  // Whoever set a property last has set what is live.
  const holding = candidates.find(({ fit }) => fit === 'holds');
  if (holding !== undefined) return named('probable', holding.event);
  const right = candidates.filter(({ fit }) => fit === 'right');
  const [first] = right;
  if (first === undefined) return possible(latest.event, 'it is not known to change this');
  const callers = new Set(right.map(({ event }) => event.principal));
  if (callers.size === 1) return named('probable', first.event);
  return possible(first.event, `${callers.size} callers made such calls`);
}

/**
 * The call that made a value what later ones only repeat: forms send all of a thing's settings, whichever was changed.
 * Those before a call that may have changed it in between have nothing to do with what is live.
 */
function firstOf({ deed }: Change, latestFirst: readonly Candidate[], exact: Candidate): Candidate {
  if (deed !== 'update') return exact;
  const before = latestFirst.slice(latestFirst.indexOf(exact));
  const end = before.findIndex(({ fit, isOther }) => isOther || fit === 'holds' || fit === 'right');
  return before.slice(0, end === -1 ? undefined : end).findLast(({ fit }) => fit === 'same') ?? exact;
}

function candidateOf(change: Change, event: WriteEvent): Candidate {
  const does = event.deeds.includes(change.deed);
  if (change.deed !== 'update') return { event, fit: does ? 'same' : 'touches', isOther: false };
  const parameters = unwrapped(event.parameters);
  const held = heldIn(parameters, change.path, change.live);
  return {
    event,
    fit: does ? fitOf(change, event, held, () => namesIn(parameters)) : 'touches',
    isOther: held === 'other',
  };
}

function fitOf({ path, live, properties }: Change, { about }: WriteEvent, held: Held, names: () => Set<string>): Fit {
  // A value that is gone is told by no parameter.
  if (held === 'same') return live === undefined ? 'holds' : 'same';
  if (held === 'held') return 'holds';
  if (held === 'other') return 'touches';
  const keys = segments(path).filter((key) => !/^\d+$/.test(key));
  const words = new Set(keys.flatMap(wordsOf));
  if (about.length > 0) return about.some((word) => words.has(word)) ? 'right' : 'touches';
  // A call that sets other properties, and not this one, is no explanation.
  const own = plainName(keys[0] ?? '');
  const set = names();
  return properties.some((name) => plainName(name) !== own && set.has(plainName(name))) ? 'touches' : 'right';
}

function named(grade: 'exact' | 'probable', event: WriteEvent): Who {
  const { principal, sourceIp } = event;
  if (principal === undefined) return possible(event, 'the call names nobody');
  return { grade, principal, ...told(event), ...(sourceIp === undefined ? {} : { sourceIp }) };
}

function possible(event: WriteEvent, reason: string): Who {
  return { grade: 'possible', ...told(event), reason };
}

function told({ time, name, via, byService, id }: WriteEvent): Pick<Who, 'time' | 'event' | 'via' | 'eventId'> {
  const by = byService ? SERVICE : via;
  return { time, event: name, ...(by === undefined ? {} : { via: by }), eventId: id };
}

/** What is said of a caller that is a service of the cloud itself. */
export const SERVICE = 'AWS service';
