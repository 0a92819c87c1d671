import { posix } from 'node:path';

/** Whether a file is there; its path is relative to the repository's root. */
export type Exists = (path: string) => Promise<boolean>;

/** What a file of another machine is called here; undefined for one that is none of the app's. */
export type Reroot = (file: string) => string | undefined;

/** More files than any app has that say something new of where it stood. */
const MOST_FILES = 200;

/**
 * Learns where the app stood on the machine that ran it: the folder under which most of its files are found here, by the
 * longest ends of their paths, from the repository's root or from the app's folder. A single folder is taken, so that a
 * file of elsewhere is never mistaken for one that happens to be called alike.
 */
export async function learnRoot(files: readonly string[], appFolder: string, exists: Exists): Promise<Reroot> {
  const votes = new Map<string, { there: string; here: string; count: number }>();
  for (const file of files.slice(0, MOST_FILES)) {
    const found = await longestEnd(file, appFolder, exists);
    if (found === undefined) continue;
    const key = `${found.there} ${found.here}`;
    const vote = votes.get(key) ?? { ...found, count: 0 };
    vote.count += 1;
    votes.set(key, vote);
  }
  const [best] = [...votes.values()].sort(
    (one, other) => other.count - one.count || one.there.length - other.there.length,
  );
  return (file) => {
    if (best === undefined || !file.startsWith(best.there)) return undefined;
    const path = posix.join(best.here, file.slice(best.there.length));
    return path.startsWith('..') ? undefined : path;
  };
}

/** The folder there that is the root, or the app's folder, here. */
async function longestEnd(
  file: string,
  appFolder: string,
  exists: Exists,
): Promise<{ there: string; here: string } | undefined> {
  const parts = posix.normalize(file).split('/');
  for (let from = 1; from < parts.length; from += 1) {
    const end = parts.slice(from).join('/');
    for (const here of new Set([appFolder, ''])) {
      if (await exists(posix.join(here, end))) return { there: `${parts.slice(0, from).join('/')}/`, here };
    }
  }
  return undefined;
}
