import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { holdsSecret, isUnresolved, type MapValue, type Plain, toPlain } from '../value/value.js';
import { isKnownSecret } from './known-texts.js';
import { isTelling, markedAt, markSecrets, secretTexts } from './mark-secrets.js';
import { isSecretPath, maskIn, maskText, secretLeaves } from './mask.js';
import { type Owner, type Place, placeAt, propertiesOf } from './place.js';
import { MASK } from './secret-text.js';

/** How values of one resource are shown. */
export interface Shown {
  /** A value, desired or live, that stands at a path; `stablePath` names list elements. */
  value(value: Plain, path: string, stablePath: string): Json;
  /** Any other text. */
  text(text: string): string;
}

/**
 * Judges what may be shown of a resource, by all that is known of it: what is declared (Git's and, where it is another,
 * the deployed template's) and what is live. Where a secret should be, another one may be: somebody has renewed it.
 */
export function shownValues(owner: Owner, declared: readonly MapValue[], live: JsonObject): Shown {
  const marked = declared.map((properties) => markSecrets(properties, owner));
  const plain = declared.map(toPlain);
  const given = [...new Set(declared.flatMap(secretTexts))];
  const leaves = [...new Set([...marked.flatMap(secretTexts), ...secretLeaves(live, owner)])];
  const secrets = [...new Set([...given, ...leaves.filter(isTelling)])];

  const top = propertiesOf(owner);

  function placeOf(path: string, stablePath: string): Place {
    const keys = segments(path);
    const places = [...plain, live].map((properties) => placeAt(top, properties, keys));
    const secret = isSecretPath(stablePath) || places.slice(0, plain.length).some((place) => place.secret);
    const [first = top] = places.filter((place) => place.whole).concat(places);
    return { ...first, secret };
  }

  /** Whether what is declared there is a secret, or may be: another element of a list with one that is handed on. */
  function isMarked(path: string): boolean {
    return marked.some((properties, index) => {
      const at = markedAt(properties, path);
      if (at?.kind !== 'list') return at !== undefined && at.kind !== 'map' && holdsSecret(at);
      const given = markedAt(declared[index] ?? properties, path);
      return at.items.length > 0 && (at.items.every(holdsSecret) || (given !== undefined && holdsSecret(given)));
    });
  }

  return {
    value(value, path, stablePath) {
      if (isMarked(path) || holdsSecretText(value, given) || isLeaf(value, leaves)) return MASK;
      return maskIn(value, placeOf(path, stablePath), { secrets, calls: owner.types.calls });
    },
    text: (text) => maskText(text, given),
  };
}

function isLeaf(value: Plain, leaves: readonly string[]): boolean {
  return (typeof value === 'string' || typeof value === 'number') && isKnownSecret(String(value), leaves);
}

/** Whether one of these texts is a value, or one inside it. */
function holdsSecretText(value: Plain, secrets: readonly string[]): boolean {
  if (typeof value !== 'object') return isKnownSecret(String(value), secrets);
  if (value === null || isUnresolved(value)) return false;
  return Object.values(value).some((each) => holdsSecretText(each, secrets));
}
