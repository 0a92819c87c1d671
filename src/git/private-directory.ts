import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isRunning } from '../base/temporary.js';
import { type GitPlace, readHead } from './discover.js';

/** A Git directory of our own, for a repository of which only the data is taken. */
export interface PrivateDirectory {
  /** A temporary folder; the Git directory in it is called `.git`. */
  folder: string;
  /** The Git directory to work with. */
  gitDirectory: string;
}

/** What a Git directory holds besides its HEAD and its settings: names of objects, the index and its history. */
const DATA = /^(?:objects|refs|reftable|logs|packed-refs|shallow|index|sharedindex\..*|[A-Z_]+_HEAD)$/;
/** What may come into being while this process runs; until then, the links lead nowhere. */
const LATER = ['index', 'packed-refs'];
/** It outranks all attributes of the repository: no file is passed through a program, whoever has configured it. */
const ATTRIBUTES = '* -filter -diff -merge\n';

const PREFIX = `gitops-drift-git-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;
const made: string[] = [];

/**
 * Makes a Git directory with a configuration of our own, whose objects, refs and index are the repository's. Git, told
 * to use it, reads nothing that the repository configures, and runs nothing. It lasts as long as this process; what a
 * killed one left behind is cleared away.
 */
export async function makePrivateDirectory(place: GitPlace, config: string): Promise<PrivateDirectory> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  if (made.push(folder) === 1) {
    process.once('exit', removeAtExit);
    await removeLeftovers().catch(() => undefined);
  }
  const common = join(folder, '.git');
  await mkdir(join(common, 'info'), { recursive: true });
  await writeFile(join(common, 'config'), config);
  await writeFile(join(common, 'info/attributes'), ATTRIBUTES);
  await Promise.all(
    ['exclude', 'sparse-checkout'].map((name) => linkFile(place.commonDirectory, common, `info/${name}`)),
  );
  await mirror(place.commonDirectory, common);
  if (place.gitDirectory === place.commonDirectory) return { folder, gitDirectory: common };
  // As `git worktree add` lays it out (`gitrepository-layout(5)`).
  const gitDirectory = join(common, 'worktrees', basename(place.gitDirectory));
  await mkdir(join(gitDirectory, 'info'), { recursive: true });
  await writeFile(join(gitDirectory, 'commondir'), '../..\n');
  await linkFile(place.gitDirectory, gitDirectory, 'info/sparse-checkout');
  await mirror(place.gitDirectory, gitDirectory);
  return { folder, gitDirectory };
}

async function mirror(from: string, to: string): Promise<void> {
  const head = await readHead(from);
  if (head !== undefined) await writeFile(join(to, 'HEAD'), head);
  await Promise.all((await dataOf(from)).map((name) => symlink(join(from, name), join(to, name))));
}

/** The names of what is taken of a Git directory, sorted. */
export async function dataOf(gitDirectory: string): Promise<string[]> {
  const names = (await readdir(gitDirectory)).filter((name) => DATA.test(name));
  return [...new Set([...names, ...LATER])].sort();
}

async function linkFile(from: string, to: string, name: string): Promise<void> {
  const found = await lstat(join(from, name)).catch(() => undefined);
  if (found?.isFile()) await symlink(join(from, name), join(to, name));
}

/** What can't be removed does no harm, and is no reason for another exit code. */
function removeAtExit(): void {
  for (const folder of made) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // The next run tries again.
    }
  }
}

async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const left = names.filter((name) => !isRunning(Number.parseInt(name.slice(PREFIX.length), 10)));
  await Promise.allSettled(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
}
