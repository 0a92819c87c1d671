import { clean, head } from '../base/clean.js';
import { isObject, type Json, type JsonObject } from '../base/json.js';
import { beforeVariable } from './fit.js';

/** Strings that would go unseen, in whole or in part, are quoted. */
const UNSEEN = /^(?:|\s.*|.*\s|[[{"].*)$/s;
const MAX_DEPTH = 16;

/**
 * A value in one line, in the manner of YAML's flow style: `{Key: Team, Value: shop}`, `[a, b]`. Cut at about
 * `budget` characters, saying how much is left out; control characters are escaped.
 */
export function inline(value: Json, budget: number, depth = 0): string {
  if (typeof value === 'string') return depth === 0 ? scalar(value, budget) : member(value, budget);
  if (typeof value !== 'object' || value === null) return String(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (depth >= MAX_DEPTH) return `${open}…${close}`;
  const list = Array.isArray(value);
  const entries = list ? Object.entries(value) : namesFirst(value);
  const parts: string[] = [];
  let room = budget - 2;
  for (const [key, entry] of entries) {
    if (parts.length > 0 && room < 8) {
      parts.push(`… ${entries.length - parts.length} more`);
      break;
    }
    const label = list ? '' : `${clean(head(key, 64))}: `;
    const part = label + inline(entry, Math.max(8, room - label.length), depth + 1);
    room -= part.length + 2;
    parts.push(part);
  }
  return open + parts.join(', ') + close;
}

/** AWS returns members in any order: `Value` before `Key`; people read the name first. */
function namesFirst(map: JsonObject): [string, Json][] {
  const rank = (key: string) => (/^(?:Sid|Key|Name|Id|.+Name)$/.test(key) ? 0 : 1);
  return Object.entries(map).sort(([one], [other]) => rank(one) - rank(other));
}

/** A string as it is, quoted only where it would not be seen, and cut at `budget` characters. */
function scalar(text: string, budget: number): string {
  const shown = cut(text, budget);
  return UNSEEN.test(text.length > budget ? 'x' : text) ? `"${shown}"` : shown;
}

/** Inside a list or map, commas and brackets must not be taken for structure either. */
function member(text: string, budget: number): string {
  return /[,{}[\]]/.test(head(text, budget)) ? `"${cut(text, budget)}"` : scalar(text, budget);
}

function cut(text: string, budget: number): string {
  if (text.length <= budget) return clean(text);
  const kept = beforeVariable(head(text, Math.max(4, budget - 12)));
  return `${clean(kept)}… (+${text.length - kept.length} characters)`;
}

/** A map that is long in one line has a line for each member, up to `most` lines; any other value is written inline. */
export function block(value: Json, budget: number, most: number): string {
  const line = inline(value, budget);
  if (!isObject(value) || line.length <= 40) return line;
  const entries = namesFirst(value);
  const lines = entries
    .slice(0, most)
    .map(([key, entry]) => `${clean(head(key, 64))}: ${inline(entry, budget / 2, 1)}`);
  return [...lines, ...(entries.length > most ? [`… ${entries.length - most} more`] : [])].join('\n');
}
