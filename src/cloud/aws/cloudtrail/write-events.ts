import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { lazily } from '../../../base/lazily.js';
import { packageFile } from '../../../base/package-file.js';
import { partitionOf } from '../../../base/partition.js';
import type { Deed } from '../../../who/event.js';
import { aboutOf } from '../../../who/words.js';

/** Which events may have changed resources of a type. */
export interface TypeEvents {
  /** The first label of `eventSource`: `lambda`. */
  service: string;
  /** What is named in events' keys: `DBInstance`. */
  thing: string;
  /** Whether event names end with a version: `UpdateFunctionConfiguration20150331v2`. */
  isVersioned: boolean;
  operations: Readonly<Record<Deed, readonly string[]>>;
}

/** What `data/write-events.json.gz` holds; `scripts/distil-write-events.js` says how it is made. */
interface WriteEventsData {
  /** By type: its service, and the operations that update, create and delete its resources. */
  types: Record<string, [service: string, update: string, create: string, remove: string]>;
  homes: Record<string, string>;
  global: Record<string, Record<string, string>>;
  versioned: string[];
}

const data = lazily(() => {
  const bytes = readFileSync(packageFile('data/write-events.json.gz'));
  return JSON.parse(gunzipSync(bytes).toString('utf8')) as WriteEventsData;
});

/** The events of a type; undefined where none are known. */
export function eventsOfType(type: string): TypeEvents | undefined {
  const { types, versioned } = data();
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (known === undefined) return undefined;
  const [service, update, create, remove] = known;
  const names = (text: string) => text.split(' ').filter((name) => name !== '');
  return {
    service,
    thing: type.split('::')[2] ?? '',
    isVersioned: versioned.includes(service),
    operations: { update: names(update), create: names(create), delete: names(remove) },
  };
}

/** What an event of this name does to a resource of the type, and what of it such events are about. */
export function deedsOf(events: TypeEvents, service: string, event: string): { deeds: Deed[]; about: string[] } {
  if (service !== events.service) return { deeds: [], about: [] };
  // Lambda's names carry a version; compared as they are, they match nothing.
  const name = event.replace(/\d{8}(?:v\d+)?$/, '');
  const deeds = (['update', 'create', 'delete'] as const).filter((deed) => events.operations[deed].includes(name));
  return { deeds, about: aboutOf(name, events.thing) };
}

/** The region in which the events of a service are told: global services have a home. */
export function homeOf(service: string, region: string): string {
  const { homes, global } = data();
  const partition = partitionOf({ region });
  const own = Object.hasOwn(global, service) ? global[service] : undefined;
  return own === undefined ? region : (own[partition] ?? homes[partition] ?? region);
}
