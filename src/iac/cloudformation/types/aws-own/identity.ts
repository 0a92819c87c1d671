import { isObject, type Json, type JsonObject } from '../../../../base/json.js';
import { pointerOf, segments } from '../../../../base/json-pointer.js';
import { valueAt } from '../../../../value/value.js';

/** What a resource is called, and what of its model says so. */
export interface Naming {
  physicalId?: string | undefined;
  accountId?: string | undefined;
  /** Without it, the tag that CloudFormation puts on resources. */
  logicalId?: string | undefined;
  /** Patterns of the properties that identify it, and of those that only AWS sets. */
  identifying: readonly string[];
  live: JsonObject;
}

/** Why a text is the resource's own name, or undefined. */
export type NameReason = 'identifier' | 'generated' | undefined;

/** Names under which a resource is told who it is; keys, roles and other resources stand under other names. */
const IDENTIFYING_NAME = /(?:Name|NAME|Id|ID|Identifier|Arn|ARN|Url|URL|Uri|URI|Namespace|Token|Prefix|Endpoint)$/;

/** Others stand under such names. */
const FOREIGN_NAME =
  /(?:Role|Key|Kms|KMS|Policy|Boundary|Certificate|Group(?!Name$|Id$|Identifier$)|Subnet|Vpc|VPC|Function|Layer|Source|Target|Destination|Topic(?!Name$)|Stream(?!Name$)|Bucket(?!Name$)|Principal|Owner|Account)/;

/** Shorter texts are in others by chance. */
const SHORTEST = 4;
const SHORTEST_WITHIN = 8;

/** Whether a text at a place names the resource itself: by what it is called, or as CloudFormation makes names. */
export function ownName(path: string, value: Json, naming: Naming): NameReason {
  const keys = segments(path);
  const name = keys.at(-1) ?? '';
  if (typeof value !== 'string' || value.length < 2) return undefined;
  if (name === 'Id' && isDrawnByLot(value)) return 'generated';
  if (keys.some((key) => /^\d+$/.test(key)) || !IDENTIFYING_NAME.test(name)) return undefined;
  if (isPartOfOwn(name, value, naming)) return 'identifier';
  return FOREIGN_NAME.test(name) || !isMadeFrom(value, logicalIdOf(naming)) ? undefined : 'generated';
}

/** A UUID, also as S3 writes it. */
function isDrawnByLot(value: string): boolean {
  const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  return uuid.test(value) || (value.length === 48 && uuid.test(Buffer.from(value, 'base64').toString('latin1')));
}

/** Whether a text is an own identifier, a part of one between separators, or an ARN or address of AWS that ends with one. */
function isPartOfOwn(name: string, value: string, { physicalId, accountId, identifying, live }: Naming): boolean {
  const own = [physicalId, ...identifying.map((path) => textAt(live, path))].filter((each) => each !== undefined);
  const isAddress = /^(?:arn:|https?:)/.test(value);
  if (isAddress && (FOREIGN_NAME.test(name) || !isOwnAddress(value, accountId))) return own.includes(value);
  return own.some((text) => {
    if (text === value) return true;
    if (isAddress) return text.length >= SHORTEST_WITHIN && [`/${text}`, `:${text}`].some((end) => value.endsWith(end));
    if (value.length >= SHORTEST && resourceParts(text).includes(value)) return true;
    return value.length >= SHORTEST_WITHIN && isBounded(resourceParts(text).join('/'), value);
  });
}

/** Whether an ARN is of this account, or of none as those of buckets; whether an address is at AWS. */
function isOwnAddress(value: string, accountId: string | undefined): boolean {
  if (!value.startsWith('arn:'))
    return /^https?:\/\/[^/?#@]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws)(?::\d+)?\//.test(value);
  const account = value.split(':')[4];
  return account === '' || account === accountId;
}

/** What an identifier is made of; of an ARN, what stands behind the account. */
function resourceParts(identifier: string): string[] {
  const text = identifier.startsWith('arn:') ? identifier.split(':').slice(5).join(':') : identifier;
  return text.split(/[/:|]/);
}

function isBounded(text: string, part: string): boolean {
  const at = text.indexOf(part);
  if (at < 0) return false;
  const before = text[at - 1] ?? '/';
  const after = text[at + part.length] ?? '/';
  return !/[A-Za-z0-9]/.test(before) && !/[A-Za-z0-9]/.test(after);
}

/** `<stack>-<logical ID>-<lot>`, each cut short as the service needs it: what CloudFormation calls what has no name. */
const MADE = /^(?:.*-)?([A-Za-z0-9]{2,})-(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{12,16}(?:\.fifo)?$/;

function isMadeFrom(value: string, logicalId: string | undefined): boolean {
  if (logicalId === undefined || logicalId === '') return false;
  if (value === logicalId) return true;
  const [, made] = MADE.exec(value) ?? [];
  return made !== undefined && logicalId.toLowerCase().startsWith(made.toLowerCase());
}

function logicalIdOf({ logicalId, live }: Naming): string | undefined {
  if (logicalId !== undefined) return logicalId;
  for (const tags of Object.values(live)) {
    if (!Array.isArray(tags)) continue;
    const tag = tags.find((each) => isObject(each) && each['Key'] === 'aws:cloudformation:logical-id');
    if (isObject(tag) && typeof tag['Value'] === 'string') return tag['Value'];
  }
  return undefined;
}

function textAt(live: JsonObject, pattern: string): string | undefined {
  if (pattern.includes('*')) return undefined;
  const found = valueAt(live, pattern);
  return typeof found === 'string' && found.length >= SHORTEST ? found : undefined;
}

/** Whether a place is a tag that AWS alone can set, or a list of nothing but such tags. */
export function isAwsTag(path: string, value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => isAwsTag('', item));
  if (isObject(value)) return [value['Key'], value['key'], value['TagKey']].some(isReserved);
  return isReserved(segments(path).at(-1));
}

function isReserved(key: Json | undefined): boolean {
  return typeof key === 'string' && key.startsWith('aws:');
}

/** A path with `*` for list indices of this model; keys of maps stay, numbers too. */
export function shapeOf(path: string, live: JsonObject): string {
  if (!/\/\d/.test(path)) return path;
  let at: Json | undefined = live;
  const keys = segments(path).map((key) => {
    const isIndex: boolean = Array.isArray(at);
    at = Array.isArray(at) ? at[Number(key)] : isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    return isIndex ? '*' : key;
  });
  return pointerOf(keys);
}
