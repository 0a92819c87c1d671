import { createHash, randomBytes } from 'node:crypto';
import { contentText, sameContent } from '../base/content.js';
import { isObject, type Json } from '../base/json.js';
import { child } from '../base/json-pointer.js';
import { MASK } from '../secrets/secret-text.js';
import { someText } from '../value/value.js';

/** A new salt: 32 hex digits. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

const DIGEST = '$sha256';

/** How secrets are sealed. */
interface Sealing {
  salt: string;
  /** Whether a key of an object is a secret. */
  isSecretName(key: string): boolean;
  /** Whether what stands at a place in a value is AWS's own: it is not written, and stays as it is. */
  isOwn(at: string, value: Json): boolean;
}

/**
 * A value with its secrets as digests, `{"$sha256": "<64 hex>"}`: what masking changes is a secret; an object that has one
 * in a key is one as a whole. What a snapshot holds masked already stays a mask: nobody knows what it is.
 */
export function sealed(value: Json, masked: Json, sealing: Sealing, at = ''): Json {
  if (value === MASK || (!hasSecretName(value, sealing) && sameContent(value, masked))) return value;
  if (sealing.isOwn(at, value)) return value;
  if (Array.isArray(value) && Array.isArray(masked) && value.length === masked.length) {
    return value.map((item, index) => sealed(item, masked[index] ?? null, sealing, child(at, index)));
  }
  if (isObject(value) && isObject(masked)) {
    const members = Object.entries(value);
    if (members.every(([key]) => Object.hasOwn(masked, key) && !sealing.isSecretName(key))) {
      return Object.fromEntries(
        members.map(([key, member]) => [key, sealed(member, masked[key] ?? null, sealing, child(at, key))]),
      );
    }
  }
  return {
    [DIGEST]: createHash('sha256')
      .update(`${sealing.salt}\0${contentText(value)}`)
      .digest('hex'),
  };
}

function hasSecretName(value: Json, sealing: Sealing): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const isNamed = !Array.isArray(value) && Object.keys(value).some(sealing.isSecretName);
  return isNamed || Object.values(value).some((member) => hasSecretName(member, sealing));
}

/** Whether a value holds a secret that was masked before it came here, so that it can't be told from another one. */
export function holdsMask(value: Json): boolean {
  return someText(value, (text) => text.includes(MASK));
}

/** Whether a value holds digests. */
export function holdsDigest(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, DIGEST) || Object.values(value).some(holdsDigest);
}

/** A value with each digest as one text, so that the secrets of two values are compared as leaves. */
export function withDigestTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withDigestTexts);
  if (!isObject(value)) return value;
  const digest = value[DIGEST];
  if (typeof digest === 'string' && Object.keys(value).length === 1) return `${MARK}${digest}`;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDigestTexts(member)]));
}

/** The same the other way round. */
export function withDigests(value: Json): Json {
  if (typeof value === 'string') return value.startsWith(MARK) ? { [DIGEST]: value.slice(MARK.length) } : value;
  if (Array.isArray(value)) return value.map(withDigests);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDigests(member)]));
}

/** No live value begins so. */
const MARK = '\0sha256:';

/** A value with each text of a digest as a mask. */
export function withMasks(value: Json): Json {
  if (typeof value === 'string') return value.startsWith(MARK) ? MASK : value;
  if (Array.isArray(value)) return value.map(withMasks);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withMasks(member)]));
}
