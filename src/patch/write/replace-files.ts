import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DriftError, type Problem } from '../../base/errors.js';
import { temporaryIn } from '../../base/temporary.js';

/** A regular file, and what it is to hold instead of what it holds. */
export interface Replacement {
  /** How the file is called in messages. */
  path: string;
  /** Absolute path, free of symbolic links. */
  file: string;
  before: Buffer;
  after: Buffer;
}

/** A replacement whose two contents stand in temporary files beside the file, ready to be renamed. */
interface Staged extends Replacement {
  previous: string;
  next: string;
}

/**
 * Replaces files, all or none, keeping their permissions. Throws a `DriftError` (code `patch`) naming each file that
 * does not hold `before`, or the one that can't be written.
 *
 * Everything is written to temporary files beside the files first; then these are renamed one after another, and back
 * if that fails. At every moment each file is the old or the new one. All of it happens in one go, so that handlers of
 * signals run before or after it. Only a process that is killed outright, or a crash, can leave some files new and
 * others old, and temporary files (`.gitops-drift-*.tmp`), which the next run removes. Hard links to a file stay old.
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const temporaries: string[] = [];
  const stage = (replacement: Replacement): Staged => {
    const { path, file, before, after } = replacement;
    const write = (content: Buffer) => explained(path, () => writeBeside(file, content, temporaries));
    return { ...replacement, previous: write(before), next: write(after) };
  };
  try {
    mustBeUnchanged(replacements);
    const staged = replacements.map(stage);
    mustBeUnchanged(replacements);
    renameAll(staged);
  } finally {
    for (const file of temporaries) remove(file);
  }
}

function mustBeUnchanged(replacements: readonly Replacement[]): void {
  const changed = replacements.filter(({ path, file, before }) => !explained(path, () => read(file)).equals(before));
  if (changed.length === 0) return;
  const message = 'the file changed since it was scanned';
  throw new DriftError(
    'patch',
    changed.map(({ path }) => ({
      code: 'patch-file-changed',
      file: path,
      message,
      hint: 'no file was changed; scan again',
    })),
  );
}

/** The bytes of a file; a symbolic link that was made in the meantime is not followed. */
function read(file: string): Buffer {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes content to a temporary file with the owner and permissions of the file beside it, down to the disk. */
function writeBeside(file: string, content: Buffer, temporaries: string[]): string {
  const temporary = temporaryIn(dirname(file));
  const { mode, uid, gid } = statSync(file);
  const descriptor = openSync(temporary, 'wx', 0o600);
  temporaries.push(temporary);
  try {
    writeFileSync(descriptor, content);
    giveTo(descriptor, uid, gid);
    fchmodSync(descriptor, mode & 0o777);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}

/** Only the superuser can give files away, and not on every file system; a file then belongs to who writes it. */
function giveTo(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    return;
  }
}

function renameAll(staged: readonly Staged[]): void {
  const renamed: Staged[] = [];
  try {
    for (const each of staged) {
      renameSync(each.next, each.file);
      renamed.push(each);
    }
  } catch (cause) {
    const failed = staged[renamed.length]?.path ?? '';
    throw new DriftError('patch', [cannotWrite(failed, cause), ...renamed.flatMap(putBack)], { cause });
  }
}

function putBack({ path, file, previous }: Staged): Problem[] {
  try {
    renameSync(previous, file);
    return [];
  } catch (error) {
    return [
      {
        code: 'patch-not-written',
        file: path,
        message: `the file was changed, and can't be put back: ${codeOf(error)}`,
      },
    ];
  }
}

/** What can't be removed does no harm, and is no reason to hide how the writing went. */
function remove(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {
    return;
  }
}

function explained<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new DriftError('patch', [cannotWrite(path, cause)], { cause });
  }
}

function cannotWrite(file: string, cause: unknown): Problem {
  const hint = 'check the permissions and the space left; every file is as it was unless told below';
  return { code: 'patch-not-written', file, message: `can't write: ${codeOf(cause)}`, hint };
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return String(error);
}
