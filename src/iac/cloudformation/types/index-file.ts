import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFile } from '../../../base/package-file.js';
import type { ResourceType } from '../../../compare/resource-type.js';
import type { ResourceTypes } from '../../../compare/types.js';
import { packMeanings, unpackMeanings } from './meanings-text.js';

/** What the index leaves out where it is empty. */
const EMPTY: Omit<ResourceType, 'name'> = {
  primaryIdentifier: [],
  readOnly: [],
  writeOnly: [],
  createOnly: [],
  unordered: [],
  ordered: [],
  maps: [],
  documents: [],
  meanings: {},
  transforms: {},
  defaults: {},
  readable: false,
  readPermissions: [],
};

let loaded: ResourceTypes | undefined;

/** The index that ships with the package (`data/resource-types.json.gz`), read once. */
export function loadResourceTypes(): ResourceTypes {
  loaded ??= decodeIndex(readFileSync(packageFile('data/resource-types.json.gz')));
  return loaded;
}

/**
 * The index is gzipped lines, one JSON object a type, sorted by name; a line is decoded when its type is asked for, so
 * that 1,665 types load in a few milliseconds.
 */
export function decodeIndex(bytes: Uint8Array): ResourceTypes {
  const lines = new Map<string, string>();
  for (const line of gunzipSync(bytes).toString('utf8').split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) lines.set(line.slice(0, tab), line.slice(tab + 1));
  }
  const decoded = new Map<string, ResourceType>();
  return {
    names: () => [...lines.keys()],
    get(name) {
      const known = decoded.get(name);
      if (known) return known;
      const line = lines.get(name);
      if (line === undefined) return undefined;
      const type = decodeType(name, line);
      decoded.set(name, type);
      return type;
    },
  };
}

/** Meanings are unpacked when they are asked for: most types of an estate are read, but never differ. */
function decodeType(name: string, line: string): ResourceType {
  const { meanings: packed = '', ...rest } = JSON.parse(line) as Partial<Omit<ResourceType, 'meanings'>> & Packed;
  let meanings: ResourceType['meanings'] | undefined;
  return {
    ...EMPTY,
    ...rest,
    name,
    get meanings() {
      meanings ??= packed === '' ? {} : unpackMeanings(packed);
      return meanings;
    },
  };
}

interface Packed {
  meanings?: string;
}

/** The text of the index for types in any order; the same types give the same text. */
export function encodeIndex(types: readonly ResourceType[]): string {
  const sorted = [...types].sort((left, right) => (left.name < right.name ? -1 : 1));
  return sorted.map((type) => `${type.name}\t${JSON.stringify(compact(type))}\n`).join('');
}

function compact({ name: _, meanings, ...type }: ResourceType): object {
  const packed = { ...type, meanings: isEmpty(meanings) ? {} : packMeanings(meanings) };
  return Object.fromEntries(Object.entries(packed).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
