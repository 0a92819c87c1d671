import { posix } from 'node:path';
import { DriftError } from '../../../base/errors.js';
import { once } from '../../../base/once.js';
import type { Checkout } from '../../../git/repository.js';
import type { Location } from '../../../syntax/location.js';
import { effectiveEntries, get, section, stringOf } from '../../../syntax/node.js';
import type { Source } from '../../../syntax/source.js';
import type { Construct } from '../../state.js';
import type { Template } from '../template/parse.js';
import { filesOf } from './files.js';
import { type Frame, ownFrames } from './frames.js';
import type { ResourceMetadata, StackMetadata } from './metadata.js';
import { learnRoot } from './reroot.js';
import { uncompiler } from './source-maps.js';

/** The construct that makes a nested stack of itself: `Data/Archive.NestedStack/Archive.NestedStackResource`. */
const NESTED = /^(.*\/)?([^/]+)\.NestedStack\/\2\.NestedStackResource$/;

/** A template of an assembly, with where it stands in it. */
interface Made {
  template: Pick<Template, 'root' | 'source'>;
  metadata: StackMetadata;
  /** Logical IDs of the resources that it is nested in, the outermost first. */
  chain: readonly string[];
  /** The folder of the app. */
  appFolder: string;
}

/** A line of the repository. */
export interface Place {
  source: Source;
  location: Location;
}

/** The constructs of a template, and all that is known of how they came to be. */
export interface Constructs {
  /** By logical ID. */
  constructs: Map<string, Construct>;
  /** The calls that made a resource, the innermost first. */
  callsOf(logicalId: string): Promise<Place[]>;
}

/** The constructs that made the resources of a template, each with its line, where that is known. */
export async function constructsOf(
  { template, metadata, chain, appFolder }: Made,
  checkout: Pick<Checkout, 'exists' | 'read'>,
): Promise<Constructs> {
  const scope = scopeOf(metadata, chain);
  const found = effectiveEntries(section(template.root, 'Resources')).flatMap(({ key, value }) => {
    const written = stringOf(get(get(value, 'Metadata'), 'aws:cdk:path'));
    const own = written === undefined ? inScope(metadata, key, scope) : metadata.byPath.get(`/${written}`);
    const path = written ?? own?.path.slice(1);
    return path === undefined ? [] : [{ logicalId: key, path, frames: framesOf(own) }];
  });
  const files = [...new Set(found.flatMap(({ frames }) => frames.map(({ file }) => file)))];
  const known = new Map<string, Promise<boolean>>();
  const exists = (path: string) => once(known, path, () => isThere(checkout, path));
  const reroot = await learnRoot(files, appFolder, exists);
  const uncompile = uncompiler(filesOf(checkout), reroot);
  const sources = new Map<string, Promise<Source | undefined>>();
  const read = (path: string) => once(sources, path, () => readable(checkout, path));

  /** The frames in files of the repository, up to one in a file that has no such line: it is another file by now. */
  async function* placesOf(frames: readonly Frame[]): AsyncGenerator<Place> {
    for (const frame of frames) {
      const path = reroot(frame.file);
      if (path === undefined || !(await exists(path))) continue;
      const { line, column, ...own } = await uncompile(path, frame);
      const source = await read(own.path);
      const start = source?.lineStarts[line - 1];
      if (source === undefined || start === undefined || !isName(source.text, start + column - 1)) return;
      const length = /^[^\r\n]*/.exec(source.text.slice(start, start + LONGEST_LINE))?.[0].length ?? 0;
      const end = Math.max(length + 1, column + 1);
      yield { source, location: { file: source.path, line, column, endLine: line, endColumn: end } };
    }
  }

  const constructs = new Map<string, Construct>();
  for (const { logicalId, path, frames } of found) {
    const shown = shownPath(path);
    const { value: place } = await placesOf(frames).next();
    constructs.set(logicalId, {
      path: shown,
      ...(place ? { ...place, location: { ...place.location, origin: 'construct', construct: shown } } : {}),
    });
  }
  return {
    constructs,
    async callsOf(logicalId) {
      const calls: Place[] = [];
      const { frames = [] } = found.find((each) => each.logicalId === logicalId) ?? {};
      for await (const place of placesOf(frames)) calls.push(place);
      return calls;
    },
  };
}

/** Where something is created, a name begins: `new`, or what is called. Where none does, the source has changed since. */
function isName(text: string, offset: number): boolean {
  return (
    /^\s*[\p{L}_$@]/u.test(text.slice(offset, offset + MOST_BLANKS)) &&
    !/[\p{L}\d_$]{2}/u.test(text.slice(offset - 1, offset + 1))
  );
}

const MOST_BLANKS = 200;
const LONGEST_LINE = 10_000;

/** The first trace that has a frame of the app's own. */
function framesOf(resource: ResourceMetadata | undefined): Frame[] {
  return resource?.traces.map(ownFrames).find((frames) => frames.length > 0) ?? [];
}

/** A path as people know it: without what CDK calls the one resource of a construct. */
function shownPath(path: string): string {
  return path.replace(NESTED, '$1$2').replace(/(?<=.)\/(?:Resource|Default)$/, '');
}

/** The path, with a slash at its end, below which the resources of a nested stack are; undefined for a root stack. */
function scopeOf(metadata: StackMetadata, chain: readonly string[]): string | undefined {
  let scope: string | undefined;
  for (const logicalId of chain) {
    const { path } = inScope(metadata, logicalId, scope) ?? {};
    scope = path === undefined ? undefined : `${path.replace(NESTED, '$1$2')}/`;
  }
  return scope;
}

/** The resource of a logical ID in a stack, not in those nested in it. */
function inScope(metadata: StackMetadata, logicalId: string, scope = '/'): ResourceMetadata | undefined {
  const own = (metadata.byLogicalId.get(logicalId) ?? []).filter(({ path }) => path.startsWith(scope));
  if (own.length < 2) return own[0];
  const nested = nestedScopes(metadata).filter((each) => each !== scope && each.startsWith(scope));
  return own.find(({ path }) => !nested.some((each) => path.startsWith(each)));
}

function nestedScopes({ byPath }: StackMetadata): string[] {
  return [...byPath.keys()].flatMap((path) => (NESTED.test(path) ? [`${path.replace(NESTED, '$1$2')}/`] : []));
}

/** A file that is too big, or no text, has no lines to tell. */
async function readable(checkout: Pick<Checkout, 'read'>, path: string): Promise<Source | undefined> {
  try {
    return await checkout.read(path);
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/** A path that leads out of the repository is as good as none. */
async function isThere(checkout: Pick<Checkout, 'exists'>, path: string): Promise<boolean> {
  try {
    return await checkout.exists(posix.normalize(path));
  } catch (error) {
    if (error instanceof DriftError) return false;
    throw error;
  }
}
