import { segments } from '../base/json-pointer.js';
import type { Location } from '../syntax/location.js';
import { positionAt, type Range, type Source } from '../syntax/source.js';
import type { MapValue, Value } from './value.js';

/**
 * Where a person finds a property: the literal that determines it where that is in the repository, else its use in the
 * template. A path that only the live side has is located at its nearest ancestor.
 */
export function locate(properties: MapValue, pointer: string): Location | undefined {
  let value: Value = properties;
  let keyRange: Range | undefined;
  for (const key of segments(pointer)) {
    const next: Value | undefined =
      value.kind === 'map' ? value.entries.get(key) : value.kind === 'list' ? value.items[Number(key)] : undefined;
    if (next === undefined) return value === properties ? undefined : locateAncestor(value, keyRange);
    keyRange = value.kind === 'map' ? value.keyRanges?.get(key) : undefined;
    value = next;
  }
  return value === properties ? undefined : locateValue(value);
}

/** A range of a source as lines and columns. */
export function locateRange(source: Source, range: Range): Location {
  const start = positionAt(source, range.start);
  const end = positionAt(source, range.end);
  return { file: source.path, ...start, endLine: end.line, endColumn: end.column };
}

function locateValue({ origin }: Value): Location {
  if (origin.source && origin.range) return locateRange(origin.source, origin.range);
  return locateRange(origin.use.source, origin.use.range);
}

function locateAncestor(value: Value, keyRange: Range | undefined): Location {
  const { source, range } = value.origin;
  return source && range && keyRange && source === value.origin.use.source
    ? locateRange(source, keyRange)
    : locateValue(value);
}
