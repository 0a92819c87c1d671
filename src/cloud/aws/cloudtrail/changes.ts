import type { WriteEvent } from '../../../who/event.js';
import { wordsOf } from '../../../who/words.js';
import type { Writes, WritesRequest } from '../../cloud.js';
import type { ReadableTypes } from '../../types.js';
import type { AwsSession } from '../session.js';
import type { TrailEvent } from './event.js';
import { type Identity, identityOf, mentionOf, type Named, namesOf } from './identity.js';
import { createLookups, type Found, type Question } from './lookups.js';
import { deedsOf, eventsOfType, homeOf, type TypeEvents } from './write-events.js';

/** Where nothing bears the resource's name, so many kinds of event are looked through for it. */
const MOST_KINDS = 3;

export interface ChangesOptions {
  session: AwsSession;
  types: ReadableTypes;
  now(): number;
  budget: number;
}

/**
 * Looks up, in CloudTrail's event history, which calls wrote to a resource. It is known there by its name, ID or ARN,
 * according to the service, or by none of them: then calls of the kinds that may have made the change are looked through.
 */
export function createChangeLookup({
  session,
  types,
  now,
  budget,
}: ChangesOptions): (request: WritesRequest) => Promise<Writes> {
  const find = createLookups({
    ask: (place, input) => session.cloudTrail(place, (client) => client.lookupEvents(input)),
    now,
    wait: session.wait,
    budget,
  });

  return async (request) => {
    const { type, physicalId, texts, region, roleArn, since } = request;
    const events = eventsOfType(type);
    if (events === undefined) return { events: [], reason: `which calls change a ${type} is not known here` };
    const place = { region: homeOf(events.service, region), roleArn };
    const named: Named = { thing: events.thing, physicalId, identifying: identifying(types, type), texts };
    const identity = identityOf(named);
    const byName = namesOf(named, identity).map((value): Question => ({ key: 'ResourceName', value, since }));
    const found = await Promise.all(byName.map((question) => find(place, question)));
    const first = written(found, events, identity, request);
    if (first.events.some((event) => mayExplain(event, request)) || isRefused(found)) return first;
    const byKind = await Promise.all(kindsOf(events, request).map((question) => find(place, question)));
    return written([...found, ...byKind], events, identity, request);
  };
}

function identifying(types: ReadableTypes, type: string): string[] {
  return (types.get(type)?.primaryIdentifier ?? []).map((path) => path.split('/').at(-1) ?? '');
}

/** Which events to look through where none bears the name: those about the property first. */
function kindsOf(events: TypeEvents, { deed, paths, since }: WritesRequest): Question[] {
  // Names with a version can't be asked for without it.
  if (events.isVersioned) return [{ key: 'EventSource', value: `${events.service}.amazonaws.com`, since }];
  const ranked = events.operations[deed]
    .map((name) => ({ name, ...deedsOf(events, events.service, name) }))
    .filter((kind) => mayExplain(kind, { deed, paths }))
    .sort((one, other) => other.about.length - one.about.length);
  return ranked.slice(0, MOST_KINDS).map(({ name }) => ({ key: 'EventName', value: name, since }));
}

/** Whether calls that do and are about such may have made the change. */
function mayExplain(
  { deeds, about }: Pick<WriteEvent, 'deeds' | 'about'>,
  { deed, paths }: Pick<WritesRequest, 'deed' | 'paths'>,
): boolean {
  if (!deeds.includes(deed)) return false;
  const words = new Set(paths.flatMap(wordsOf));
  return deed !== 'update' || about.length === 0 || about.some((word) => words.has(word));
}

/** What was found of the resource itself, once each, without what its stack's deployments did. */
function written(found: readonly Found[], events: TypeEvents, identity: Identity, { since }: WritesRequest): Writes {
  const byId = new Map(found.flatMap((each) => each.events.map((event) => [event.id, event] as const)));
  const own = [...byId.values()]
    .filter(({ time }) => since === undefined || time >= since)
    .flatMap((event) => writeEvent(event, events, identity));
  const people = own.filter(({ isDeployment }) => !isDeployment).map(({ event }) => event);
  const unread = found.map((each) => each.unread).find((each) => each !== undefined);
  if (unread !== undefined) return { events: people, reason: unread.reason, unread: unread.kind };
  if (people.length > 0) return { events: people };
  const only = own.length === 0 ? '' : ' but those of deployments';
  return { events: [], reason: `CloudTrail tells no call that changed it${only}` };
}

function writeEvent(
  event: TrailEvent,
  events: TypeEvents,
  identity: Identity,
): { event: WriteEvent; isDeployment: boolean }[] {
  const { isDeployment, service, answer: _, ...told } = event;
  const { deeds, about } = deedsOf(events, service, event.name);
  const mention = mentionOf(identity, event, deeds.includes('create'));
  if (mention === 'none') return [];
  return [{ event: { ...told, deeds: mention === 'subject' ? deeds : [], about }, isDeployment }];
}

function isRefused(found: readonly Found[]): boolean {
  return found.some(({ unread }) => unread !== undefined && unread.kind !== 'cut');
}
