import { type Json, valueUnder } from '../base/json.js';

/** What a forge's answer has at a place; undefined where it has nothing there. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  return valueUnder(value, path);
}

/** The same as text; empty where there is none. */
export function textAt(value: Json | undefined, ...path: string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The same as a number. */
export function numberAt(value: Json | undefined, ...path: string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}
