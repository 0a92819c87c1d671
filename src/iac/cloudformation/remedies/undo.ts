import { isObject, type Json, type JsonObject } from '../../../base/json.js';
import { segments } from '../../../base/json-pointer.js';
import { hasUnsafe, shellCommand } from '../../../base/shell.js';
import type { Finding } from '../../../model/report.js';
import { MASK } from '../../../secrets/secret-text.js';
import type { ServiceCommand } from './service-command.js';
import { SERVICE_COMMANDS } from './service-commands.js';

/** More commands than these are no line to copy. */
const MOST = 10;

/** The service's own command that undoes an undeclared value, and what to know before. */
export interface Undoing {
  command: string;
  note?: string;
}

/** What undoes a finding, by the first rule of the table that can be filled in; values that are masked can't be. */
export function undoingOf(finding: Finding): Undoing | undefined {
  for (const row of SERVICE_COMMANDS) {
    if (!row.types.includes(finding.type)) continue;
    const words = commandsOf(row, finding);
    const lines = words && [...new Set(words.map((each) => shellCommand(each)))];
    if (lines === undefined || lines.length === 0 || lines.length > MOST) continue;
    return { command: lines.join(' && '), ...(row.note === undefined ? {} : { note: row.note }) };
  }
  return undefined;
}

/** The words of the commands, one for each place that a rule holds for; undefined where one can't be filled in. */
function commandsOf(row: ServiceCommand, finding: Finding): string[][] | undefined {
  const { accepted, change, live, path, physicalId, region } = finding;
  if ((row.isGone ?? false) !== (change === 'disappeared') || physicalId === null) return undefined;
  const groups = row.id === undefined ? {} : row.id.exec(physicalId)?.groups;
  const keys = keysBelow(row.path, path);
  if (groups === undefined || keys === undefined) return undefined;
  const commands: string[][] = [];
  for (const at of placesIn(row.isGone ? accepted : live, keys)) {
    const [value, old] = [valueAt(live, at), valueAt(accepted, at)];
    if (row.live !== undefined ? value !== row.live : old !== undefined && !usesAccepted(row)) continue;
    const given: JsonObject = {
      ...{ id: physicalId, ...groups },
      ...(value === undefined ? {} : { value }),
      ...(old === undefined ? {} : { accepted: old }),
    };
    const words = row.words.map((word) => filled(word, given));
    if (!words.every((word) => word !== undefined)) return undefined;
    const [service = '', operation = '', ...rest] = words;
    commands.push(['aws', service, operation, '--region', region, ...rest]);
  }
  return commands;
}

function usesAccepted({ words }: ServiceCommand): boolean {
  return JSON.stringify(words).includes('{accepted');
}

/** The keys of a pattern below a path that it leads through; undefined where it does not. */
function keysBelow(pattern: string, path: string): string[] | undefined {
  const [wanted, keys] = [segments(pattern), segments(path)];
  const leads = keys.length <= wanted.length && keys.every((key, at) => wanted[at] === '*' || wanted[at] === key);
  return leads ? wanted.slice(keys.length) : undefined;
}

function placesIn(value: Json | undefined, [key, ...rest]: readonly string[]): string[][] {
  if (value === undefined) return [];
  if (key === undefined) return [[]];
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).filter(([name]) => key === '*' || name === key);
  return members.flatMap(([name, member]) => placesIn(member as Json, rest).map((place) => [name, ...place]));
}

function valueAt(value: Json | undefined, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, value);
}

function filled(word: ServiceCommand['words'][number], given: JsonObject): string | undefined {
  if (typeof word !== 'string') {
    const json = filledJson(word.json, given);
    return json === undefined || json === LEFT_OUT ? undefined : JSON.stringify(json);
  }
  let isOpen = false;
  const text = word.replace(PLACEHOLDER, (_, path: string) => {
    const value = scalarAt(given, path);
    if (value === undefined) isOpen = true;
    return String(value);
  });
  // The AWS CLI takes a word that begins like this for an option, or for a file to read.
  const isTaken = text !== word && /^(?:-|fileb?:)/i.test(text);
  return isOpen || isTaken ? undefined : text;
}

const PLACEHOLDER = /\{([\w/]+)\??\}/g;
const LEFT_OUT = Symbol('left out');

function filledJson(value: Json, given: JsonObject): Json | typeof LEFT_OUT | undefined {
  if (typeof value === 'string') {
    const [, path, optional] = /^\{([\w/]+)(\??)\}$/.exec(value) ?? [];
    if (path === undefined) return value;
    return scalarAt(given, path) ?? (optional && valueAt(given, path.split('/')) === undefined ? LEFT_OUT : undefined);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => filledJson(item, given));
    return items.every((item) => item !== undefined && item !== LEFT_OUT) ? (items as Json[]) : undefined;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, filledJson(member, given)] as const);
  if (members.some(([, member]) => member === undefined)) return undefined;
  return Object.fromEntries(members.filter(([, member]) => member !== LEFT_OUT)) as JsonObject;
}

/** A value that can stand in a command as it is. */
function scalarAt(given: JsonObject, path: string): string | number | boolean | undefined {
  const value = valueAt(given, path.split('/'));
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value !== 'string' || value === '' || value.includes(MASK) || hasUnsafe(value) ? undefined : value;
}
