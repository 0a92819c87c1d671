import { posix } from 'node:path';
import { DriftError } from '../../../../base/errors.js';
import type { Json, JsonObject } from '../../../../base/json.js';
import { childrenIn, objectIn, objectOf } from '../../../../base/json-members.js';
import type { Texts } from './normalise.js';

/** Says nothing but that the template is another one. */
const FOLLOWS_TEMPLATE = 'stackTemplateAssetObjectUrl';

/**
 * Holds a new assembly to deploy the stacks of the one before, and each as before but for its template: under its name, to
 * its place, with its tags. No template tells of that. Throws a `DriftError` (code `template`) for what does not.
 */
export function mustDeployAlike(before: Texts, after: Texts): void {
  const [was, is] = [artifactsIn(before), artifactsIn(after)];
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(id), is.get(id)];
    if (old === undefined) throw wouldChange(`the app would make ${id}, too`);
    if (now === undefined) throw wouldChange(`the app would no longer make ${id}`);
    const other = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
    if (other.length > 0) throw wouldChange(`the app would deploy ${id} with another ${other.join(', ')}`);
  }
}

/** What manifests say of their artifacts, key by key; stages are told apart by their folders. */
function artifactsIn(texts: Texts): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [path, text] of texts) {
    if (posix.basename(path) !== 'manifest.json') continue;
    for (const [id, artifact] of childrenIn(objectOf(text)?.['artifacts'])) {
      found.set(posix.join(posix.dirname(path), id), settingsOf(artifact));
    }
  }
  return found;
}

function settingsOf(artifact: JsonObject): Map<string, string> {
  const { type = null, environment = null } = artifact;
  const own: [string, Json][] = Object.entries({ type, environment, ...objectIn(artifact, 'properties') });
  return new Map(own.flatMap(([key, value]) => (key === FOLLOWS_TEMPLATE ? [] : [[key, JSON.stringify(value)]])));
}

function wouldChange(message: string): DriftError {
  return new DriftError('template', [{ code: 'template-invalid', message }]);
}
