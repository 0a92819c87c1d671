import { parse as parseYaml } from 'yaml';
import { isDeeperThan, isObject, type Json, MAX_DEPTH } from '../base/json.js';
import { isPlainMap, isUnresolved, type Plain } from '../value/value.js';
import type { Place } from './place.js';
import type { TypeRules } from './rules.js';

/** Two sides of a JSON document, both as structures. */
export interface DocumentPair {
  desired: Plain;
  live: Json;
  kind: 'json' | 'policy';
  /** The keys that lead to it from the root of a policy: a statement may stand by itself. */
  within: readonly string[];
  /** The template holds it as one string, so that a difference inside is one of the whole. */
  whole: boolean;
}

/**
 * The documents that two values are, if they are: a property without a shape of its own in the schema, or JSON text.
 * Services return either form, with keys in any order.
 */
export function documentOf(desired: Plain, live: Json, place: Place, rules: TypeRules): DocumentPair | undefined {
  if (typeof desired === 'object' && typeof live === 'object') {
    if (place.document !== 'none' || !rules.documents.has(place.path)) return undefined;
    return { desired, live, ...kindOf(desired), whole: false };
  }
  // What the author wrote under a name of their own is a text, also where it looks like JSON.
  const isText = place.isAuthors && rules.meaningAt(place.path)?.source !== 'path data';
  if (isUnresolved(desired) || isText) return undefined;
  const mayBeYaml = place.document === 'none' && rules.meaningAt(place.path)?.name === 'body';
  const left = typeof desired === 'string' ? parsed(desired, mayBeYaml) : structure(desired);
  const right = typeof live === 'string' ? parsed(live, mayBeYaml) : structure(live);
  if (left === undefined || right === undefined || left === null || right === null) return undefined;
  return { desired: left, live: right, ...kindOf(left), whole: typeof desired === 'string' };
}

/** Whether a document is an IAM policy, which has statements with an effect, or such a statement by itself. */
function kindOf(document: Plain): Pick<DocumentPair, 'kind' | 'within'> {
  if (!isPlainMap(document)) return { kind: 'json', within: [] };
  const statement = document['Statement'] ?? null;
  if (Array.isArray(statement) || isStatement(statement)) return { kind: 'policy', within: [] };
  return isStatement(document) ? { kind: 'policy', within: ['Statement'] } : { kind: 'json', within: [] };
}

function isStatement(value: Plain): boolean {
  if (!isPlainMap(value)) return false;
  const { Effect: effect } = value;
  return effect !== undefined && (typeof effect !== 'string' || /^(?:Allow|Deny)$/.test(effect));
}

function structure<Value extends Plain>(value: Value): Value | undefined {
  return typeof value === 'object' ? value : undefined;
}

/** Objects and lists only: a text such as `"5"` is a text. */
function parsed(text: string, mayBeYaml: boolean): Json | undefined {
  const start = text.trimStart()[0];
  const isJson = start === '{' || start === '[';
  if (!isJson && !mayBeYaml) return undefined;
  try {
    const value: unknown = isJson ? JSON.parse(text) : parseYaml(text, { logLevel: 'error' });
    if (!isObject(value) && !Array.isArray(value)) return undefined;
    // Deeper than any document is: text like any other.
    return isDeeperThan(value as Json, MAX_DEPTH) ? undefined : (value as Json);
  } catch {
    return undefined;
  }
}
