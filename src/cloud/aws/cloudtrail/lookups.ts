import type {
  LookupAttributeKey,
  LookupEventsCommandInput,
  LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { count } from '../../../base/count.js';
import { DriftError } from '../../../base/errors.js';
import { isThrottled, reasonOf } from '../errors.js';
import type { Place } from '../place.js';
import { type TrailEvent, trailEvent } from './event.js';

/** What is looked for: events with one attribute, from a time on. */
export interface Question {
  key: LookupAttributeKey;
  value: string;
  since: string | undefined;
}

/** What was found; `unread` says why it may not be all. */
export interface Found {
  events: readonly TrailEvent[];
  unread?: Unread;
}

export type Unread = { kind: 'budget' | 'refused' | 'cut'; reason: string };

export interface LookupOptions {
  ask(place: Place, input: LookupEventsCommandInput): Promise<LookupEventsCommandOutput>;
  /** A clock in ms, and what waits as many. */
  now(): number;
  wait(ms: number): Promise<void>;
  /** Most requests to an account's region. */
  budget: number;
}

/** AWS takes two requests a second of an account in a region. */
const SPACING_MS = 500;
/** Newer events come first; of a busy resource, the older ones are left. */
const MOST_PAGES = 5;
const ATTEMPTS = 5;
const REFUSED = /^(?:AccessDenied|UnauthorizedOperation|OptInRequired)/;

/** An account's region, with what it was asked already. */
interface Counter {
  used: number;
  nextAt: number;
  turn: Promise<void>;
  refused?: Unread;
  known: Map<string, { since: string | undefined; found: Promise<Found> }>;
}

/** Looks events up, within AWS's limit and a budget for each account and region; the same is asked once. */
export function createLookups({
  ask,
  now,
  wait,
  budget,
}: LookupOptions): (place: Place, question: Question) => Promise<Found> {
  const counters = new Map<string, Counter>();

  function counterOf({ region, roleArn = '' }: Place): Counter {
    const key = `${roleArn.split(':')[4] ?? ''} ${region}`;
    const counter = counters.get(key) ?? { used: 0, nextAt: 0, turn: Promise.resolve(), known: new Map() };
    counters.set(key, counter);
    return counter;
  }

  /** Sends one request when it is its turn; undefined where nothing may be sent any more. The answer is not waited for. */
  async function inTurn<T>(counter: Counter, send: () => Promise<T>): Promise<{ answer: Promise<T> } | undefined> {
    let sent: { answer: Promise<T> } | undefined;
    const turn = counter.turn.then(async () => {
      if (counter.refused !== undefined || counter.used >= budget) return;
      counter.used += 1;
      const early = counter.nextAt - now();
      if (early > 0) await wait(early);
      counter.nextAt = now() + SPACING_MS;
      const answer = send();
      answer.catch(() => undefined);
      sent = { answer };
    });
    // One that fails does not hold up the others.
    counter.turn = turn.catch(() => undefined);
    await turn;
    return sent;
  }

  async function page(
    counter: Counter,
    place: Place,
    input: LookupEventsCommandInput,
  ): Promise<LookupEventsCommandOutput | Unread> {
    for (let attempt = 1; ; attempt += 1) {
      const sent = await inTurn(counter, () => ask(place, input));
      if (sent === undefined) return counter.refused ?? spent(budget, place);
      try {
        return await sent.answer;
      } catch (error) {
        const reason = reasonOf(error);
        if (error instanceof Error && REFUSED.test(error.name)) {
          counter.refused = { kind: 'refused', reason };
          return counter.refused;
        }
        const isWorthIt = isThrottled(error) || isPassing(error);
        if (!isWorthIt || attempt >= ATTEMPTS) return { kind: 'refused', reason };
        counter.nextAt = Math.max(counter.nextAt, now() + SPACING_MS * 2 ** attempt);
      }
    }
  }

  async function find(counter: Counter, place: Place, { key, value, since }: Question): Promise<Found> {
    const events: TrailEvent[] = [];
    let token: string | undefined;
    for (let pages = 1; ; pages += 1) {
      const answer = await page(counter, place, {
        LookupAttributes: [{ AttributeKey: key, AttributeValue: value }],
        ...(since === undefined ? {} : { StartTime: new Date(since) }),
        ...(token === undefined ? {} : { NextToken: token }),
      });
      if ('kind' in answer) return { events, unread: answer };
      events.push(...(answer.Events ?? []).flatMap((event) => trailEvent(event) ?? []));
      token = answer.NextToken;
      if (!token) return { events };
      if (pages >= MOST_PAGES)
        return { events, unread: { kind: 'cut', reason: 'there are too many events to read all' } };
    }
  }

  return (place, question) => {
    const counter = counterOf(place);
    const key = `${question.key} ${question.value}`;
    const known = counter.known.get(key);
    const covers = known !== undefined && (known.since === undefined || (question.since ?? '') >= known.since);
    if (covers) return known.found;
    const found = find(counter, place, question);
    counter.known.set(key, { since: question.since, found });
    return found;
  };
}

function spent(budget: number, { region }: Place): Unread {
  return { kind: 'budget', reason: `the budget of ${count(budget, 'request')} to CloudTrail in ${region} was used up` };
}

/** Whether it may go well the next time: the service, or the network. */
function isPassing(error: unknown): boolean {
  if (error instanceof DriftError) return false;
  return error instanceof Error && (('$fault' in error && error.$fault === 'server') || !('$fault' in error));
}
