import { child } from '../base/json-pointer.js';
/** Where a value stands. */
export interface Place {
  path: string;
  stablePath: string;
  /** The last key that is no index. */
  property: string;
  /** Inside a JSON document: every key is the author's own there. */
  document: 'none' | 'json' | 'policy';
}

export function placeAt(place: Place, key: string): Place {
  const { path, stablePath, document } = place;
  return { path: child(path, key), stablePath: child(stablePath, key), property: key, document };
}
