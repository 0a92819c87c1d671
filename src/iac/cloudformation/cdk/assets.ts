import { posix } from 'node:path';
import { childrenIn, objectIn, textIn } from '../../../base/json-members.js';
import { readObject } from './assembly.js';
import type { AssemblyFiles, AssemblyStack } from './model.js';

/** What is uploaded for a stack: the files of the assembly by the hash that stands for them in its templates. */
export type Assets = ReadonlyMap<string, string>;

/** How CDK names what it uploads: by what is in it, so that each machine may have another name for the same code. */
const HASH = /\b[0-9a-f]{64}\b/g;

/** Reads what a stack uploads. Throws a `DriftError` for a file that is broken. */
export async function readAssets(files: AssemblyFiles, { assets }: Pick<AssemblyStack, 'assets'>): Promise<Assets> {
  const found = new Map<string, string>();
  for (const file of assets) {
    const content = (await readObject(files, file)) ?? {};
    for (const kind of ['files', 'dockerImages']) {
      for (const [hash, asset] of childrenIn(content[kind])) {
        const source = textIn(objectIn(asset, 'source'), 'path') ?? '';
        found.set(hash, posix.join(posix.dirname(file), source));
      }
    }
  }
  return found;
}

/** The file of an assembly that a URL stands for, by its hash. */
export function assetOf(url: string, assets: Assets): string | undefined {
  return (url.match(HASH) ?? []).map((hash) => assets.get(hash)).find((path) => path !== undefined);
}

/** Whether two texts name uploaded things, and are the same but for the hashes in their names. */
export function areAssetsAlike(own: string, other: string): boolean {
  return own !== other && own.replace(HASH, '') === other.replace(HASH, '') && own.search(HASH) !== -1;
}

/** A parameter that older synthesizers give the place of what is uploaded. */
export const ASSET_PARAMETER = /^AssetParameters[0-9a-f]{64}/;
