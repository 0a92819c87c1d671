import { isObject, type Json } from '../base/json.js';
import type { Baseline, BaselineEntry } from './baseline.js';

/**
 * The text of the file, for a person who reviews it in a pull request: sorted, a line for each value, nothing that changes
 * by itself. The same baseline gives the same bytes.
 */
export function baselineText({ salt, entries }: Baseline): string {
  const resources = sorted(entries).map(([key, entry]) => `    ${JSON.stringify(key)}: ${entryText(entry)}`);
  const head = `{\n  "baselineVersion": 1,\n  "salt": ${JSON.stringify(salt)},\n  "resources": `;
  return `${head}${block(resources, '  ')}\n}\n`;
}

function entryText({ type, physicalId, values }: BaselineEntry): string {
  const lines = sorted(values).map(([path, value]) => `        ${JSON.stringify(path)}: ${valueText(value)}`);
  const head = `{\n      "type": ${JSON.stringify(type)},\n      "physicalId": ${JSON.stringify(physicalId)},\n      "values": `;
  return `${head}${block(lines, '      ')}\n    }`;
}

function block(lines: readonly string[], indent: string): string {
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

/** A value in one line, its keys sorted. */
function valueText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}: ${valueText(value[key] ?? null)}`).join(', ')}}`;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}
