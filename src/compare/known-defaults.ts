import type { Json } from '../base/json.js';
import type { Knowledge } from './known-of-place.js';
import type { TypeSystem } from './types.js';

/** Of several defaults of one place, and of a long one, this much is told. */
const MOST_VALUES = 4;
const MOST_CHARACTERS = 60;

const SEEN = 'AWS was seen to set it by itself; where no template declares it, it is nobody’s';
const MINED = "Terraform's provider takes it as the default; it only makes baselines quieter";

/** What AWS sets and moves by itself on resources of a type, by place; of what moves everywhere nothing is told. */
export function knownDefaults(types: TypeSystem, type: string): ReadonlyMap<string, Knowledge[]> {
  const known = new Map<string, Knowledge[]>();
  const add = (path: string, each: Knowledge) => known.set(path, [...(known.get(path) ?? []), each]);
  for (const { path, values, from } of types.defaults(type)) {
    add(path, { about: 'default', value: textOf(values), from, because: from === 'mined' ? MINED : SEEN });
  }
  for (const { path, because } of types.moving(type)) {
    add(path, { about: 'observed', value: 'moves by itself', from: 'path data', because });
  }
  return known;
}

function textOf(values: readonly Json[]): string {
  const texts = values.slice(0, MOST_VALUES).map((value) => shortened(JSON.stringify(value)));
  const more = values.length - texts.length;
  return `${texts.join(' or ')}${more > 0 ? ` or ${more} others` : ''}`;
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
