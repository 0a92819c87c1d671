import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import type { ResourceEffect, ValueEffect } from '../cloud/change-sets.js';
import { isTelling } from '../secrets/mark-secrets.js';
import { isSecretPath, maskIn, maskText, secretLeaves } from '../secrets/mask.js';
import { isValueKey } from '../secrets/pairs.js';
import { type Owner, placeAt, propertiesOf } from '../secrets/place.js';
import type { SecretPlaces } from '../secrets/types.js';

/** What a change set would do to a resource, without secrets. */
export type ShownEffect = Omit<ResourceEffect, 'properties' | 'values'> & { values: ShownValue[] };

export interface ShownValue extends Omit<ValueEffect, 'before' | 'after'> {
  before?: Json;
  after?: Json;
}

/** Stands for a value that the cloud has cut off, so that it can't be told what in it is secret. */
const CUT_OFF = '(too long to be shown)';

/** Effects as they may be shown: secrets are masked by their place, and wherever else the same texts stand. */
export function shownEffects(effects: readonly ResourceEffect[], types: SecretPlaces): ShownEffect[] {
  return effects.map(({ properties, values, ...effect }) => {
    const owner: Owner = { types, type: effect.type, logicalId: effect.logicalId };
    const secrets = properties.flatMap((each) => [...secretLeaves(each, owner)]).filter(isTelling);

    function shown(text: string, path: string): Json {
      const value = readValue(text);
      if (!path.startsWith('/') && path !== '')
        return maskIn(value, propertiesOf(owner), { secrets, calls: types.calls });
      const places = [...properties, {}].map((each) => placeAt(propertiesOf(owner), each, segments(path)));
      const [first = propertiesOf(owner)] = places.filter(({ whole }) => whole).concat(places);
      const secret = isSecretPath(path) || isUnnamedPair(path, properties) || places.some((each) => each.secret);
      return maskIn(value, { ...first, secret }, { secrets, calls: types.calls });
    }

    return {
      ...effect,
      ignored: effect.ignored.map(({ path, reason }) => ({ path, reason: maskText(reason, secrets) })),
      values: values.map(({ before, after, ...value }) => ({
        ...value,
        ...(before === undefined ? {} : { before: shown(before, value.path) }),
        ...(after === undefined ? {} : { after: shown(after, value.path) }),
      })),
    };
  });
}

/** Whether a value belongs to a pair whose name is not told, which may say that it is a secret; tags hold none. */
function isUnnamedPair(path: string, properties: readonly JsonObject[]): boolean {
  const [last = '', index = '', list = ''] = segments(path).reverse();
  return properties.length === 0 && isValueKey(last) && /^\d+$/.test(index) && list !== 'Tags';
}

/** All values are told as texts; objects and lists as JSON. */
function readValue(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return CUT_OFF;
  }
}
