import { isObject, type Json } from '../base/json.js';
import { child, withoutIndices } from '../base/json-pointer.js';

/**
 * What a template can say of a live value: without nulls, which CloudFormation refuses, without what only AWS sets, and
 * without lists and maps that held nothing else. `path` is the value's pointer into the properties, `readOnly` are the
 * pointers of the type's read-only properties, with `*` for the elements of a list.
 */
export function writable(live: Json, path: string, readOnly: readonly string[]): Json {
  if (Array.isArray(live)) return live.flatMap((item, index) => kept(item, child(path, index), readOnly));
  if (!isObject(live)) return live;
  return Object.fromEntries(
    Object.entries(live).flatMap(([key, value]) =>
      kept(value, child(path, key), readOnly).map((each): [string, Json] => [key, each]),
    ),
  );
}

/** The value as a list of one, or of none where nothing of it can be written. */
function kept(value: Json, path: string, readOnly: readonly string[]): Json[] {
  if (value === null || readOnly.includes(withoutIndices(path))) return [];
  const written = writable(value, path, readOnly);
  return isEmpty(written) && !isEmpty(value) ? [] : [written];
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
