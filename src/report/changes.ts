import { sameContent } from '../base/content.js';
import { isObject, type Json, type JsonObject } from '../base/json.js';

/** One place at which two documents differ. A side is absent where the document has nothing there. */
export interface Change {
  /** Where: `Statement[ReadOrders].Action`; empty for the whole. */
  label: string;
  desired?: Json;
  live?: Json;
  /** The sides are lists without the elements that both have. */
  partial?: boolean;
}

/** What names a list element for people, in order of preference. */
const IDENTITIES = ['Sid', 'Id', 'ID', 'Key', 'Name', 'RuleName', 'AttributeName', 'name', 'key', 'id'];
const MAX_DEPTH = 32;
/** Shorter texts of these letters are names. */
const LEAST_BASE64 = 16;
/** What no script has: bytes that are no UTF-8, and control characters but for blanks. */
const BINARY = /\uFFFD|(?![\t\n\r])\p{Cc}/u;

/**
 * The places at which two unlike values differ, outermost first. Texts that hold JSON are read as documents; elements
 * of lists are matched by what they are or by their name, whatever their order.
 */
export function changesBetween(desired: Json, live: Json): Change[] {
  const changes: Change[] = [];
  collect(desired, live, '', 0, changes);
  return changes;
}

/**
 * What a text is for people: the document where it holds a JSON object or list, the script where it is base64 of one, as
 * user data is; any other value as it is.
 */
export function asDocument(value: Json): Json {
  if (typeof value !== 'string') return value;
  if (!/^\s*[[{]/.test(value)) return scriptIn(value) ?? value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** The text of several lines that base64 stands for; undefined where it stands for none. */
function scriptIn(text: string): string | undefined {
  if (text.length < LEAST_BASE64 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.includes('\n') && !BINARY.test(decoded) ? decoded : undefined;
}

function collect(desiredValue: Json, liveValue: Json, label: string, depth: number, changes: Change[]): void {
  const desired = asDocument(desiredValue);
  const live = asDocument(liveValue);
  if (sameContent(desired, live)) return;
  if (depth > MAX_DEPTH) {
    changes.push({ label, desired, live });
    return;
  }
  if (isObject(desired) && isObject(live)) {
    collectMembers(desired, live, label, depth, changes);
    return;
  }
  // A single element stands for a list of one, as in the actions of a policy.
  if (Array.isArray(desired) || Array.isArray(live)) {
    if (!isObject(desired) && !isObject(live)) collectElements(listOf(desired), listOf(live), label, depth, changes);
    else changes.push({ label, desired, live });
    return;
  }
  changes.push({ label, desired, live });
}

function collectMembers(desired: JsonObject, live: JsonObject, label: string, depth: number, changes: Change[]): void {
  for (const key of new Set([...Object.keys(desired), ...Object.keys(live)])) {
    const at = label === '' ? key : `${label}.${key}`;
    const left = Object.hasOwn(desired, key) ? desired[key] : undefined;
    const right = Object.hasOwn(live, key) ? live[key] : undefined;
    if (left !== undefined && right !== undefined) collect(left, right, at, depth + 1, changes);
    else
      changes.push({
        label: at,
        ...(left === undefined ? {} : { desired: left }),
        ...(right === undefined ? {} : { live: right }),
      });
  }
}

function collectElements(desired: Json[], live: Json[], label: string, depth: number, changes: Change[]): void {
  const [removed, added] = withoutCommon(desired, live);
  if (removed.length + added.length === 0) {
    changes.push({ label, desired, live });
    return;
  }
  const partial = removed.length < desired.length;
  if (![...removed, ...added].some(isObject)) {
    changes.push({ label, desired: removed, live: added, ...(partial ? { partial } : {}) });
    return;
  }
  const left = removed.filter((element) => {
    const at = added.findIndex(
      (other) => identityOf(element) !== undefined && identityOf(element) === identityOf(other),
    );
    if (at === -1) return true;
    collect(element, added.splice(at, 1)[0] ?? null, `${label}[${identityOf(element)}]`, depth + 1, changes);
    return false;
  });
  // Unnamed elements in equal number are the same ones, changed; otherwise some came or went.
  const paired = left.length === added.length;
  for (const element of left) {
    const at = `${label}[${identityOf(element) ?? desired.indexOf(element)}]`;
    const other = paired ? added.shift() : undefined;
    if (other === undefined) changes.push({ label: at, desired: element });
    else collect(element, other, at, depth + 1, changes);
  }
  for (const element of added) {
    changes.push({ label: `${label}[${identityOf(element) ?? live.indexOf(element)}]`, live: element });
  }
}

/** Both lists without the elements that they share, each counted as often as it occurs. */
function withoutCommon(desired: Json[], live: Json[]): [Json[], Json[]] {
  const added = [...live];
  const removed = desired.filter((element) => {
    const at = added.findIndex((other) => sameContent(element, other));
    if (at !== -1) added.splice(at, 1);
    return at === -1;
  });
  return [removed, added];
}

function identityOf(element: Json): string | undefined {
  if (!isObject(element)) return undefined;
  for (const key of IDENTITIES) {
    const value = Object.hasOwn(element, key) ? element[key] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}
