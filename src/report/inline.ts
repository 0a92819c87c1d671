import type { Json } from '../json.js';
import { clean, head } from './clean.js';

/** Strings that read as something else, or whose blanks would go unseen, are quoted. */
const AMBIGUOUS = /^(?:|true|false|null|-?[\d.]+(?:e[+-]?\d+)?|\s.*|.*\s|[[{"].*)$/is;
const MAX_DEPTH = 16;

/**
 * A value in one line, in the manner of YAML's flow style: `{Key: Team, Value: shop}`, `[a, b]`, `"10"`. Cut at about
 * `budget` characters, saying how much is left out; control characters are escaped.
 */
export function inline(value: Json, budget: number, depth = 0): string {
  if (typeof value === 'string') return depth === 0 ? scalar(value, budget) : member(value, budget);
  if (typeof value !== 'object' || value === null) return String(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (depth >= MAX_DEPTH) return `${open}…${close}`;
  const list = Array.isArray(value);
  const entries = Object.entries(value);
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

/** A string as it is, quoted only where it would be misread, and cut at `budget` characters. */
function scalar(text: string, budget: number): string {
  const shown = cut(text, budget);
  return AMBIGUOUS.test(text.length > budget ? 'x' : text) ? `"${shown}"` : shown;
}

/** Inside a list or map, commas and brackets must not be taken for structure either. */
function member(text: string, budget: number): string {
  return /[,{}[\]]/.test(head(text, budget)) ? `"${cut(text, budget)}"` : scalar(text, budget);
}

function cut(text: string, budget: number): string {
  if (text.length <= budget) return clean(text);
  const kept = head(text, Math.max(4, budget - 12));
  return `${clean(kept)}… (+${text.length - kept.length} characters)`;
}
