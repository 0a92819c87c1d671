import { segments } from '../base/json-pointer.js';
import type { Location } from '../syntax/location.js';
import { positionAt, type Range, type Source } from '../syntax/source.js';
import { type MapValue, type Value, valuesOnWay } from './value.js';

/** Says where a range of a source was written, as lines and columns. */
export type Trace = (source: Source, range: Range) => Location;

/**
 * Where a person finds a property: the literal that determines it where that is in the repository, else its use in the
 * template. A path that only the live side has is located at its nearest ancestor.
 */
export function locate(properties: MapValue, pointer: string, trace: Trace = locateRange): Location | undefined {
  const keys = segments(pointer);
  const way = valuesOnWay(properties, keys);
  const [holder, value] = way.slice(-2);
  if (holder === undefined || value === undefined) return undefined;
  if (way.length > keys.length) return trace(...placeOf(value));
  return trace(
    ...placeOfAncestor(value, holder.kind === 'map' ? holder.keyRanges?.get(keys[way.length - 2] ?? '') : undefined),
  );
}

/** A range of a source as lines and columns. */
export function locateRange(source: Source, range: Range): Location {
  const start = positionAt(source, range.start);
  const end = positionAt(source, range.end);
  return { file: source.path, ...start, endLine: end.line, endColumn: end.column };
}

function placeOf({ origin }: Value): [Source, Range] {
  if (origin.source && origin.range) return [origin.source, origin.range];
  return [origin.use.source, origin.use.range];
}

function placeOfAncestor(value: Value, keyRange: Range | undefined): [Source, Range] {
  const { source, range } = value.origin;
  return source && range && keyRange && source === value.origin.use.source ? [source, keyRange] : placeOf(value);
}
