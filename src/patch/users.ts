import type { MapValue, Origin, Value } from '../value/value.js';
import type { Bundle } from './bundles.js';
import type { PatchStack } from './model.js';
import type { FileState } from './state.js';

/** A resource that has a value from some literal. */
export interface User {
  stack: PatchStack;
  logicalId: string;
}

const known = new WeakMap<FileState, Map<string, User[]>>();

/**
 * A resource that an edit changes without a finding of it: it has a value from the literal that the edit replaces. Most
 * edits that reach too far are found out by this, which is much faster than proving them.
 */
export function otherUser({ candidate, tasks }: Bundle, state: FileState): User | undefined {
  const [edit, ...others] = candidate.edits;
  if (edit === undefined || others.length > 0) return undefined;
  const users = known.get(state) ?? usersIn(state);
  known.set(state, users);
  return users
    .get(placeOf(candidate.source.path, edit.start))
    ?.find(
      ({ stack, logicalId }) => !tasks.some((task) => task.stack === stack && task.resource.logicalId === logicalId),
    );
}

function usersIn({ stacks }: FileState): Map<string, User[]> {
  const users = new Map<string, User[]>();
  const parents = [...stacks.keys()].flatMap(({ parent }) => parent ?? []);
  for (const [stack, { evaluated }] of stacks) {
    for (const { logicalId, properties } of evaluated.resources.values()) {
      const isParent = parents.some((parent) => parent.stack === stack && parent.logicalId === logicalId);
      for (const place of new Set(placesIn(isParent ? withoutParameters(properties) : properties))) {
        const others = users.get(place) ?? [];
        others.push({ stack, logicalId });
        users.set(place, others);
      }
    }
  }
  return users;
}

/** What a stack passes on is used by the stack nested in it, which is looked at itself. */
function withoutParameters(properties: MapValue): MapValue {
  return { ...properties, entries: new Map([...properties.entries].filter(([key]) => key !== 'Parameters')) };
}

/** Of all literals that a value comes from. */
export function* placesIn(value: Value): Generator<string> {
  if (value.kind === 'list') for (const item of value.items) yield* placesIn(item);
  else if (value.kind === 'map') for (const item of value.entries.values()) yield* placesIn(item);
  else yield* placesOf(value.origin);
}

function* placesOf({ source, range, parts = [] }: Origin): Generator<string> {
  if (source && range) yield placeOf(source.path, range.start);
  for (const part of parts) yield* placesOf(part.origin);
}

function placeOf(path: string, start: number): string {
  return `${path}:${start}`;
}
