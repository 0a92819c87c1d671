import { ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Socket } from 'node:net';
import { DriftError } from '../base/errors.js';
import { ByteReader } from './byte-reader.js';
import { spawnGit } from './command.js';
import { cannotStart } from './process.js';

/** Reads objects of one repository, one after the other, through a single `git cat-file --batch`. */
export interface BlobReader {
  /**
   * An object's bytes; undefined when there are more than `limit`. Throws a `DriftError` (code `git`) when the
   * object is missing, as in a partial clone, or Git fails.
   */
  read(object: string, limit: number): Promise<Buffer | undefined>;
}

/** The process starts with the first read, and does not keep this one alive while nothing is being read. */
export function openBlobReader(root: string): BlobReader {
  let batch: Promise<Batch> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(object, limit) {
      batch ??= startBatch(root);
      const started = batch;
      const answer = last.then(async () => (await started).request(object, limit));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

interface Batch {
  request(object: string, limit: number): Promise<Buffer | undefined>;
}

async function startBatch(root: string): Promise<Batch> {
  const child = await spawnGit(root, ['cat-file', '--batch']);
  const output = new ByteReader(child.stdout);
  const complaints: string[] = [];
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = cannotStart(error);
  });
  // A process that is gone shows in what it answers: nothing.
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk) => complaints.push(String(chunk)));
  holdOpen(child, false);
  return {
    async request(object, limit) {
      holdOpen(child, true);
      try {
        child.stdin.write(`${object}\n`);
        return await readAnswer(output, object, limit);
      } catch (error) {
        if (error instanceof DriftError) throw error;
        throw (
          failure ??
          new DriftError(
            'git',
            [{ code: 'git-failed', message: `Git failed to read an object: ${complaints.join('').trim()}` }],
            { cause: error },
          )
        );
      } finally {
        holdOpen(child, false);
      }
    },
  };
}

/** The answer is `<object> <type> <size>\n<bytes>\n`, or `<object> missing\n`. */
async function readAnswer(output: ByteReader, object: string, limit: number): Promise<Buffer | undefined> {
  const header = await output.line();
  const size = /^[0-9a-f]+ [a-z]+ (\d+)$/.exec(header)?.[1];
  if (size === undefined) {
    throw new DriftError('git', [
      {
        code: 'git-lacks-object',
        message: `the repository lacks the object ${object}`,
        hint: 'fetch it: a partial clone, or a damaged one, does not hold every file',
      },
    ]);
  }
  const fits = Number(size) <= limit;
  const bytes = fits ? await output.bytes(Number(size)) : await output.skip(Number(size));
  await output.skip(1);
  return bytes;
}

/** Node's pipes to a child are sockets, which hold the event loop open unless told not to. */
function holdOpen(child: ChildProcessWithoutNullStreams, hold: boolean): void {
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
    if (!(handle instanceof ChildProcess || handle instanceof Socket)) continue;
    if (hold) handle.ref();
    else handle.unref();
  }
}
