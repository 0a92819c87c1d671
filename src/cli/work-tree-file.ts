import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DriftError } from '../base/errors.js';
import { systemReason } from '../base/system-reason.js';

/** Where the file is in the work tree, its folder made. A symbolic link in the repository is written through, and none that leads out of it. */
export async function placeIn(repository: string, asked: string): Promise<string> {
  const { openRepository } = await import('../git/repository.js');
  const { resolveInTree } = await import('../git/file-tree.js');
  const { openWorkTree } = await import('../git/work-tree.js');
  const { root } = await openRepository(repository);
  const { path, kind } = await resolveInTree(openWorkTree(root), asked);
  if (kind !== undefined && kind !== 'file')
    throw new DriftError('usage', [
      { code: 'usage-not-writable', message: `this is no regular file but a ${kind}`, file: asked },
    ]);
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const message = `can't make its folder: ${systemReason(cause)}`;
    throw new DriftError('usage', [{ code: 'usage-not-writable', message, file: asked }], { cause });
  });
  return file;
}
