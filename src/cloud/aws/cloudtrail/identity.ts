import { isObject, type Json } from '../../../base/json.js';
import { unwrapped } from '../../../who/values.js';
import { plainName } from '../../../who/words.js';
import type { TrailEvent } from './event.js';

/** What names a resource in events. */
export interface Identity {
  /** Each of them names it alone. */
  whole: readonly string[];
  /** They name it together, since others have the same name elsewhere. */
  parts: readonly string[];
  /** The keys under which events name such a resource, plain. */
  keys: ReadonlySet<string>;
}

/** What is known of a resource for telling its names. */
export interface Named {
  thing: string;
  physicalId: string;
  /** The properties that identify it, in order; none where that is not known. */
  identifying: readonly string[];
  /** Texts among its properties, by name. */
  texts: Readonly<Record<string, string>>;
}

/** Most values that CloudTrail is asked for one after the other, for one resource. */
const MOST_NAMES = 4;
/** How deep in a call's parameters its own subject is named; what is deeper is about something else. */
const SHALLOW = 1;

/** Tells by what a resource is known. */
export function identityOf({ thing, physicalId, identifying, texts }: Named): Identity {
  const arns = [texts['Arn'], texts[`${thing}Arn`], physicalId].filter((text) => text !== undefined && isArn(text));
  const known = identifying.map((name) => texts[name]);
  const split = physicalId.split('|');
  const values = known.every((value) => value !== undefined) ? known.map(String) : [];
  const ids = values.length > 0 ? values : split;
  // Parts of an identifier that are not known leave others of the same name.
  const isComplete = values.length > 0 || split.length === Math.max(1, identifying.length);
  const single = isComplete && ids.length === 1 ? ids.filter((id) => !isArn(id)) : [];
  const ofArn = arns.length > 0 ? segmentsOf(arns[0] ?? '') : [];
  const several =
    ids.length > 1 && isComplete ? ids.flatMap((id) => (isArn(id) ? segmentsOf(id).slice(-1) : [id])) : [];
  const named = single.length > 0 || several.length > 0;
  return {
    whole: [...new Set([...arns, ...single].flatMap((each) => each ?? []))],
    parts: several.length > 0 ? several : named ? [] : ofArn,
    keys: new Set(
      [
        ...identifying.filter((name) => name !== 'Id' && name !== 'Arn' && name !== 'Name'),
        ...KINDS.map((kind) => thing + kind),
      ].map(plainName),
    ),
  };
}

const KINDS = ['Id', 'Name', 'Arn', 'Identifier', 'Url'];

/** The values by which CloudTrail may know it, the likeliest first. */
export function namesOf({ thing, physicalId, texts }: Named, { whole, parts }: Identity): string[] {
  const plain = physicalId.includes('|') ? [] : [physicalId];
  const last = [physicalId, ...whole]
    .filter((text) => /[/:]/.test(text))
    .flatMap((text) => text.split(/[/:]/).slice(-1));
  const names = [texts[`${thing}Name`], texts['Name']].flatMap((name) => name ?? []);
  return [...new Set([...plain, ...whole, ...last, ...names, ...parts])]
    .filter((name) => name !== '')
    .slice(0, MOST_NAMES);
}

/**
 * Whether a call is about the resource: `subject` where its parameters name it as what is written to (or its answer as what
 * was made), `mentioned` where it stands deeper in them.
 */
export function mentionOf({ whole, parts, keys }: Identity, event: TrailEvent, isMaking: boolean): Mention {
  const parameters = unwrapped(event.parameters);
  const shallow = leavesOf(parameters, SHALLOW);
  const isOwn = (leaves: readonly Leaf[]) => {
    const values = new Set(leaves.flatMap(({ value }) => [value, ...(isArn(value) ? segmentsOf(value) : [])]));
    if (whole.some((id) => leaves.some(({ value }) => value === id || isQualified(value, id)))) return true;
    return parts.length > 0 && parts.every((part) => values.has(part));
  };
  const owned = shallow.filter(({ key }) => keys.has(key));
  if (owned.length > 0 && !isOwn(parts.length > 1 ? shallow : owned)) return deep(parameters, isOwn);
  if (isOwn(shallow)) return 'subject';
  if (isMaking && isOwn(leavesOf(unwrapped(event.answer), DEEP))) return 'subject';
  return deep(parameters, isOwn);
}

export type Mention = 'subject' | 'mentioned' | 'none';

function deep(parameters: Json, isOwn: (leaves: readonly Leaf[]) => boolean): Mention {
  return isOwn(leavesOf(parameters, DEEP)) ? 'mentioned' : 'none';
}

const DEEP = 16;

interface Leaf {
  key: string;
  value: string;
}

function leavesOf(value: Json, depth: number, key = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, depth, key));
  if (isObject(value)) {
    if (depth < 0) return [];
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, depth - 1, plainName(name)));
  }
  return value === null ? [] : [{ key, value: String(value) }];
}

function isArn(text: string): boolean {
  return /^arn:[\w-]+:/.test(text);
}

/** An ARN with a name or version behind it is of the same thing: `…:function:orders:live`. */
function isQualified(value: string, id: string): boolean {
  return isArn(id) && value.startsWith(`${id}:`);
}

/** What of an ARN tells its resource from others of its kind: `arn:…:service/shop/web` is `web` in `shop`. */
function segmentsOf(arn: string): string[] {
  const resource = arn.split(':').slice(5).join(':');
  const all = resource.split(/[/:]/).filter((part) => part !== '');
  return all.length > 1 ? all.slice(1) : all;
}
