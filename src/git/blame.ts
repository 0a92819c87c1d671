import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { DriftError } from '../base/errors.js';
import type { LastChange } from '../syntax/location.js';
import { runGit } from './command.js';
import { isolate } from './isolation.js';
import { gitError } from './process.js';
import { isShallowClone } from './shallow.js';

/** Lines of a file, from 1, both ends included. */
export interface LineRange {
  first: number;
  last: number;
}

/** What Git knows of a file's lines. */
export interface Blame {
  /**
   * The last commit that touched any of these lines. Undefined where one of them is not committed yet, and where the
   * history that would tell is not in a shallow clone.
   */
  lastChange(lines: LineRange): LastChange | undefined;
}

/** What one commit is known by. `time` is when it was made, in seconds, to tell which of two came last. */
interface Commit {
  change: LastChange | undefined;
  time: number;
}

/** Beyond as many ranges, the whole file is asked for: a command line has an end. */
const MAX_RANGES = 500;
/** A subject is a line; what is longer is no message for people. */
const LONGEST_TEXT = 500;
const UNCOMMITTED = /^0+$/;
const ENTRY = /^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$/;

/** What to ask of a file. */
export interface BlameRequest {
  /** Absent for the work tree. */
  commit: string | undefined;
  ranges: readonly LineRange[];
  /** Whether the repository is a shallow clone, where that is known already for other files; else Git is asked. */
  isShallow?: () => Promise<boolean>;
  /** What runs Git, where many files are asked for. */
  run?: typeof runGit;
}

/**
 * Asks Git once who last changed these lines of a file, through renames of the file: at a commit, or in the work tree.
 * White space counts as a change, since it means something in YAML. A file that Git does not track has no changes.
 * Throws a `DriftError` (code `git`) with Git's complaint.
 */
export async function blameFile(
  root: string,
  file: string,
  { commit, ranges, isShallow = () => isShallowClone(root), run = runGit }: BlameRequest,
): Promise<Blame> {
  const lines = ranges.length > MAX_RANGES ? [] : ranges.flatMap(({ first, last }) => ['-L', `${first},${last}`]);
  // Without text conversion, which runs programs that the repository names.
  const passedOver = (await ignoreRevsFiles(root)).map((path) => `--ignore-revs-file=${path}`);
  const options = ['--incremental', '--no-textconv', '--encoding=UTF-8', ...passedOver, ...lines];
  const at = commit === undefined ? [] : [commit];
  const { exitCode, stdout, stderr } = await run(root, ['blame', ...options, ...at, '--', file]);
  if (exitCode !== 0 && !stderr.includes('no such path')) throw blameError(stderr);
  const isCut = stdout.includes('\nboundary\n') && (await isShallow());
  const commits = parseIncremental(stdout, isCut);
  return { lastChange: (range) => newest(commits, range) };
}

/** The lists of commits to pass over that a repository's own configuration names, as far as they are files of its work tree. */
async function ignoreRevsFiles(root: string): Promise<string[]> {
  const { settings } = await isolate(root);
  const named = settings.filter(({ name }) => name === 'blame.ignorerevsfile');
  const paths = await Promise.all(named.map(({ value }) => realpath(resolve(root, value)).catch(() => '')));
  return paths.filter((path) => path.startsWith(`${root}${sep}`));
}

/** The user's list of commits to pass over may be a link, made by others: what Git quotes of it is not told. */
function blameError(complaint: string): DriftError {
  if (!/invalid object name|object name list/.test(complaint)) return gitError(complaint);
  return new DriftError('git', [
    {
      code: 'git-bad-settings',
      message: 'the list of commits that your setting blame.ignoreRevsFile names is no such list',
    },
  ]);
}

/**
 * Reads `<commit> <line before> <line> <count>` and the headers below it, which are there the first time a commit is
 * named (https://git-scm.com/docs/git-blame#_incremental_output). The first commit of all is a boundary, too; only in a
 * shallow clone does that mean that older ones are missing.
 */
function parseIncremental(output: string, isShallow: boolean): Map<number, Commit> {
  const headers = new Map<string, Map<string, string>>();
  const entries: { name: string; first: number; count: number }[] = [];
  let current = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [, name, first, count] = ENTRY.exec(line) ?? [];
    if (name === undefined) {
      const space = line.indexOf(' ');
      if (space === -1) current.set(line, '');
      else current.set(line.slice(0, space), line.slice(space + 1));
      continue;
    }
    current = headers.get(name) ?? new Map<string, string>();
    headers.set(name, current);
    entries.push({ name, first: Number(first), count: Number(count) });
  }
  const commits = new Map([...headers].map(([name, known]) => [name, commitOf(name, known, isShallow)]));
  const byLine = new Map<number, Commit>();
  for (const { name, first, count } of entries) {
    const commit = commits.get(name);
    if (commit === undefined) continue;
    for (let line = first; line < first + count; line += 1) byLine.set(line, commit);
  }
  return byLine;
}

function commitOf(name: string, headers: ReadonlyMap<string, string>, isShallow: boolean): Commit {
  if (UNCOMMITTED.test(name)) return { change: undefined, time: Number.POSITIVE_INFINITY };
  if (isShallow && headers.has('boundary')) return { change: undefined, time: Number.NEGATIVE_INFINITY };
  const date = isoDate(headers.get('author-time'));
  const text = (key: string) => (headers.get(key) ?? '').slice(0, LONGEST_TEXT);
  const change = { commit: name, author: text('author'), date: date ?? '', subject: text('summary') };
  return { change: date === undefined ? undefined : change, time: Number(headers.get('committer-time')) };
}

/** ISO 8601 in UTC; undefined for what is no time, since a commit may claim any. */
function isoDate(seconds: string | undefined): string | undefined {
  const date = new Date(Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString() : undefined;
}

function newest(commits: ReadonlyMap<number, Commit>, { first, last }: LineRange): LastChange | undefined {
  let found: Commit | undefined;
  for (let line = first; line <= last; line += 1) {
    const commit = commits.get(line);
    if (commit !== undefined && (found === undefined || commit.time > found.time)) found = commit;
  }
  return found?.change;
}
