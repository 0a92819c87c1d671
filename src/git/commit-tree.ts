import { DriftError } from '../base/errors.js';
import { openBlobReader } from './blob-reader.js';
import { gitOutput } from './command.js';
import type { EntryKind, FileTree } from './file-tree.js';

/** What a commit has at a path. */
export interface TreeEntry {
  kind: EntryKind;
  /** As Git writes it: `100644`, or `100755` for an executable file. */
  mode: string;
  /** Object name. */
  object: string;
}

/** More than any path is long; keeps a blob that claims to be a link from filling memory. */
const MAX_LINK_BYTES = 4096;

/** The files of a commit, read from Git's object store: the work tree, if there is one, is not looked at. */
export async function openCommitTree(root: string, commit: string, place: string): Promise<FileTree> {
  const entries = await readTree(root, commit);
  const blobs = openBlobReader(root);
  const object = (path: string) => {
    const entry = entries.get(path);
    if (entry === undefined)
      throw new DriftError('git', [{ code: 'git-no-file', message: `"${path}" does not exist ${place}` }]);
    return entry.object;
  };
  return {
    place,
    kind: async (path) => entries.get(path)?.kind,
    async linkTarget(path) {
      const target = await blobs.read(object(path), MAX_LINK_BYTES);
      if (target === undefined)
        throw new DriftError('git', [
          { code: 'git-bad-link', message: `the symbolic link "${path}" is too long ${place}` },
        ]);
      return target.toString('utf8');
    },
    readBytes: (path, limit) => blobs.read(object(path), limit),
    submodules: async () => [...entries].flatMap(([path, { kind }]) => (kind === 'submodule' ? [path] : [])).sort(),
    list: async () => [...entries].flatMap(([path, { kind }]) => (kind === 'file' ? [path] : [])).sort(),
  };
}

/**
 * Everything in a commit by path, directories too. Throws a `DriftError` (code `git`) when Git fails.
 * Git's entries look like `100644 blob <object>\t<path>`; with `-t` directories are among them.
 */
export async function readTree(root: string, commit: string): Promise<Map<string, TreeEntry>> {
  const output = await gitOutput(root, ['ls-tree', '-r', '-t', '-z', '--full-tree', commit]);
  const entries = new Map<string, TreeEntry>();
  for (const line of output.split('\0')) {
    const [mode = '', , object = ''] = line.slice(0, line.indexOf('\t')).split(' ');
    if (object !== '') entries.set(line.slice(line.indexOf('\t') + 1), { kind: kindOf(mode), mode, object });
  }
  return entries;
}

function kindOf(mode: string): EntryKind {
  if (mode === '040000') return 'directory';
  if (mode === '120000') return 'link';
  return mode === '160000' ? 'submodule' : 'file';
}
