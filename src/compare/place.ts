import { child } from '../base/json-pointer.js';

/** Where a value stands. */
export interface Place {
  path: string;
  stablePath: string;
  /** The last key that is no index. */
  property: string;
  /** Inside a JSON document: every key is the author's own there. */
  document: 'none' | 'json' | 'policy';
  /** The value stands under a key of the author's own (a map, a document, a key-value pair), so that its text is, too. */
  isAuthors: boolean;
  /** Inside a policy: the keys from the document's root, without indices. */
  within?: readonly string[];
}

/** Names of values that belong to the author's names beside them: `{Key, Value}`, `{ParameterName, ParameterValue}`. */
const PAIR_VALUE = /^(?:|Parameter|Tag|Option|Attribute|Variable)Values?$/i;

/** The place of a member; `isAuthors`: its key is one of the author's own. */
export function placeAt(place: Place, key: string, isAuthors: boolean): Place {
  const { path, stablePath, document, within } = place;
  return {
    path: child(path, key),
    stablePath: child(stablePath, key),
    property: key,
    document,
    isAuthors: isAuthors || PAIR_VALUE.test(key),
    ...(within === undefined ? {} : { within: [...within, key] }),
  };
}
