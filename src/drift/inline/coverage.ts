import { child } from '../../json-pointer.js';
import type { EvaluatedResource } from '../../template/evaluate.js';
import type { Range, Value } from '../../template/value.js';
import type { Spot } from './spots.js';

/** What a comment is for in one resource: a JSON Pointer, and everything below it. */
type Paths = string[];

/** Finds what the places where comments stand are in an evaluated resource; those that it does not have are missing. */
export function pathsOf(resource: EvaluatedResource, spots: readonly Spot[]): Map<Spot, Paths> {
  const own = spots.filter(({ owners }) => owners.includes(resource.keyRange.start));
  const found = new Map<Spot, Paths>();
  if (own.length === 0) return found;
  const [keys, values] = (['key', 'value'] as const).map((kind) => byStart(own.filter((spot) => spot.kind === kind)));
  function note(spots: readonly Spot[] | undefined, path: string): void {
    for (const spot of spots ?? []) found.set(spot, [...(found.get(spot) ?? []), path]);
  }
  function visit(value: Value, path: string): void {
    for (const start of startsOf(value, resource)) note(values?.get(start), path);
    const inner = value.kind === 'list' ? value.items.entries() : value.kind === 'map' ? value.entries : [];
    for (const [key, each] of inner) {
      const at = child(path, key);
      const range = value.kind === 'map' ? value.keyRanges?.get(String(key)) : undefined;
      if (range) note(keys?.get(range.start), at);
      visit(each, at);
    }
  }
  visit(resource.properties, '');
  for (const spot of own) if (spot.kind === 'resource') found.set(spot, ['']);
  return found;
}

function byStart(spots: readonly Spot[]): Map<number, Spot[]> {
  const starts = new Map<number, Spot[]>();
  for (const spot of spots) for (const start of spot.starts) starts.set(start, [...(starts.get(start) ?? []), spot]);
  return starts;
}

/** Where a value is written in the template: its use, its literal (in a branch), and the calls that it comes through. */
function startsOf({ origin }: Value, { source }: EvaluatedResource): Set<number> {
  const places: { source?: unknown; range?: Range }[] = [origin.use, origin, ...origin.via];
  return new Set(places.flatMap((place) => (place.source === source && place.range ? [place.range.start] : [])));
}
