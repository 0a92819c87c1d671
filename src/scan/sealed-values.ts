import type { Json } from '../base/json.js';
import { holdsMask, sealed, withDigests, withDigestTexts } from '../baseline/secrets.js';
import { acceptableValues } from '../compare/undeclared.js';
import type { UndeclaredValue } from '../model/comparison.js';
import type { UndeclaredSubject } from './undeclared-subject.js';

/** What a baseline is to hold; what was recorded masked is not known. */
export function recorded(of: UndeclaredSubject, rest: readonly UndeclaredValue[], salt: string): Map<string, Json> {
  const values = acceptableValues(sealedRest(of, rest, salt), of).filter(({ live }) => !holdsMask(live));
  return new Map(values.map(({ stablePath, live }) => [stablePath, withDigests(live)]));
}

/** Most names and paths are so, and no secret is. */
const PLAIN_NAME = /^[A-Za-z/]{1,200}\d{0,3}$/;

/** What is live with its secrets as texts of digests, in names of places as masks. */
export function sealedRest(
  { show, own }: UndeclaredSubject,
  rest: readonly UndeclaredValue[],
  salt: string,
): UndeclaredValue[] {
  const shown = show();
  const nameOf = (text: string) => (PLAIN_NAME.test(text) ? text : shown.text(text));
  const isSecretName = (key: string) => nameOf(key) !== key;
  return rest.map(({ path, stablePath, live }) => {
    const isOwn = (at: string, value: Json) => own.is(path + at, value);
    const value = sealed(live, shown.value(live, path, stablePath), { salt, isOwn, isSecretName });
    return { path, stablePath: nameOf(stablePath), live: withDigestTexts(value) };
  });
}
