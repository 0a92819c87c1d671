import { posix } from 'node:path';
import { DriftError } from '../../../base/errors.js';
import { isObject } from '../../../base/json.js';
import { once } from '../../../base/once.js';
import { pathFrom } from '../../../git/file-tree.js';
import type { Frame } from './frames.js';
import type { AssemblyFiles } from './model.js';
import type { Reroot } from './reroot.js';

type TraceMap = import('@jridgewell/trace-mapping').TraceMap;
type EncodedSourceMap = import('@jridgewell/trace-mapping').EncodedSourceMap;

/** A source map, and the folder that its sources are named from. */
interface KnownMap {
  map: TraceMap;
  folder: string;
}

/** Finds what a place in compiled code was compiled from. */
export type Uncompile = (path: string, place: Frame) => Promise<{ path: string; line: number; column: number }>;

const COMPILED = /\.[cm]?js$/;
const MAP_URL = /^\/\/[#@] ?sourceMappingURL=(\S+)\s*$/gm;
const INLINE = /^data:application\/json;(?:charset=[\w-]+;)?base64,/;

/** Reads the source maps of compiled files, each once. What has none, or one that leads out of the repository, is its own source. */
export function uncompiler(files: AssemblyFiles, reroot: Reroot): Uncompile {
  const maps = new Map<string, Promise<KnownMap | undefined>>();
  return async (path, { line, column }) => {
    const own = { path, line, column };
    if (!COMPILED.test(path)) return own;
    const found = await once(maps, path, () => orNone(() => readMap(files, path)));
    if (found === undefined) return own;
    const { originalPositionFor } = await import('@jridgewell/trace-mapping');
    const original = originalPositionFor(found.map, { line, column: column - 1 });
    // A place can name a source that the map does not list, and a line before the first.
    if (typeof original.source !== 'string' || original.line < 1 || original.column < 0) return own;
    const source = await sourcePath(original.source, found.folder, files, reroot);
    return source === undefined ? own : { path: source, line: original.line, column: original.column + 1 };
  };
}

async function readMap(files: AssemblyFiles, path: string): Promise<KnownMap | undefined> {
  const text = await files.read(path);
  const url = text === undefined ? undefined : [...text.matchAll(MAP_URL)].at(-1)?.[1];
  if (url === undefined) return undefined;
  const isInline = INLINE.test(url);
  const file = isInline ? path : pathFrom(posix.dirname(path), decodeURI(url));
  const content = isInline ? Buffer.from(url.replace(INLINE, ''), 'base64').toString('utf8') : await files.read(file);
  if (content === undefined) return undefined;
  const parsed: unknown = JSON.parse(content);
  if (!isPlainMap(parsed)) return undefined;
  const { TraceMap } = await import('@jridgewell/trace-mapping');
  return { map: new TraceMap(parsed), folder: posix.dirname(file) };
}

/** Whether it is a map as compilers write it; of others, the library fails when it is asked. */
function isPlainMap(map: unknown): map is EncodedSourceMap {
  if (!isObject(map)) return false;
  const { mappings, sources, names = [], sourceRoot = '' } = map;
  if (typeof mappings !== 'string' || typeof sourceRoot !== 'string' || !Array.isArray(names)) return false;
  return Array.isArray(sources) && sources.every((each) => each === null || typeof each === 'string');
}

/** A source of a map as a file of the repository; undefined for one that is elsewhere. */
async function sourcePath(
  source: string,
  folder: string,
  files: AssemblyFiles,
  reroot: Reroot,
): Promise<string | undefined> {
  const plain = source.replace(/^file:\/\//, '');
  if (/^[a-z][a-z0-9+.-]+:/i.test(plain)) return undefined;
  const path = plain.startsWith('/') ? reroot(plain) : await orNone(async () => pathFrom(folder, plain));
  return path !== undefined && (await orNone(() => files.read(path))) !== undefined ? path : undefined;
}

/** A map comes from anywhere: one that is broken, or leads out of the repository, is none. */
async function orNone<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DriftError || error instanceof SyntaxError || error instanceof URIError) return undefined;
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
