import { posix } from 'node:path';
import { createCheckout } from '../../src/git/checkout.js';
import type { FileTree } from '../../src/git/file-tree.js';
import type { Repository } from '../../src/git/repository.js';
import type { Iac } from '../../src/iac/iac.js';
import type { ScanRequest, ScanResult } from '../../src/scan/request.js';
import { scanIn } from '../../src/scan/scan.js';
import type { Files } from './repository.js';

/** Scans a work tree that is in memory; `iac` is the kind of its templates, where that is none of the registry. */
export function scanFiles(
  files: Files,
  { folder, ...request }: Omit<ScanRequest, 'repository' | 'ref'> & { folder?: string },
  iac?: Iac,
): Promise<ScanResult> {
  return scanIn(async () => memoryRepository(files, [], folder), { ...request, repository: '.' }, iac);
}

/** A repository without commits, for tests that are not about Git. */
export function memoryRepository(files: Files, dirtyFiles: string[] = [], folder = ''): Repository {
  const never = () => Promise.reject(new Error('a repository in memory has no branches'));
  return {
    root: '/memory',
    bare: false,
    checkout: async () => createCheckout(memoryTree(files), { ref: null, commit: null, dirtyFiles, folder }),
    checkBranch: never,
    commitOnBranch: never,
  };
}

function memoryTree(files: Files): FileTree {
  const byPath = new Map(Object.entries(files));
  const folders = new Set([...byPath.keys()].flatMap(foldersOf));
  return {
    place: 'in memory',
    kind: async (path) => {
      if (byPath.has(path)) return 'file';
      return folders.has(path) ? 'directory' : undefined;
    },
    linkTarget: async (path) => {
      throw new Error(`${path} is no link`);
    },
    readBytes: async (path, limit) => {
      const bytes = Buffer.from(byPath.get(path) ?? '');
      return bytes.length > limit ? undefined : bytes;
    },
    list: async () => [...byPath.keys()].sort(),
  };
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}
