import { join } from 'node:path';
import { DriftError } from '../base/errors.js';
import { type GitPlace, readRegularFile } from './discover.js';
import { runOutside } from './process.js';

/** What a repository's own configuration says, as data. Names are as Git spells them: `core.autocrlf`. */
export interface LocalSetting {
  name: string;
  /** A name alone, without `=`, stands for true. */
  value: string;
}

/** Configurations are written by hand. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads a repository's configuration, and that of its work tree, without following what it includes. Throws a
 * `DriftError` (code `git`) when it is broken.
 */
export async function readLocalConfig({ gitDirectory, commonDirectory }: GitPlace): Promise<LocalSetting[]> {
  const shared = await readConfigFile(join(commonDirectory, 'config'));
  if (!isTrue(lastOf(shared, 'extensions.worktreeconfig'))) return shared;
  return [...shared, ...(await readConfigFile(join(gitDirectory, 'config.worktree')))];
}

/** Reads one file of settings; none where it does not exist. Throws a `DriftError` (code `git`) when it is broken. */
export async function readConfigFile(path: string): Promise<LocalSetting[]> {
  const text = await readRegularFile(path, MAX_BYTES);
  if (text === undefined || text.trim() === '') return [];
  const { exitCode, stdout, stderr } = await runOutside(
    ['config', '--file', '-', '--no-includes', '--list', '-z'],
    text,
  );
  if (exitCode !== 0) {
    const complaint = stderr.trim().replace(/^fatal: /, '');
    throw new DriftError('git', [
      { code: 'git-failed', message: `Git failed: ${complaint.replace('in standard input', `in file ${path}`)}` },
    ]);
  }
  return stdout.split('\0').flatMap((entry) => {
    if (entry === '') return [];
    const end = entry.indexOf('\n');
    return [end === -1 ? { name: entry, value: 'true' } : { name: entry.slice(0, end), value: entry.slice(end + 1) }];
  });
}

/** The value that counts of a setting: its last one. */
export function lastOf(settings: readonly LocalSetting[], name: string): string | undefined {
  return settings.findLast((setting) => setting.name === name)?.value;
}

/** As Git reads a truth value (`git-config(1)`, "boolean"). */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|yes|on|[+-]?0*[1-9]\d*)$/i.test(value);
}

/**
 * The settings that Git needs to read a repository's objects, index and work tree rightly, and to commit. None of them
 * names a program, a file or an address that Git goes to; whatever else there is, or will be, is left out.
 */
const NEEDED: ReadonlySet<string> = new Set([
  ...[
    'core.repositoryformatversion',
    'extensions.objectformat',
    'extensions.compatobjectformat',
    'extensions.refstorage',
  ],
  ...['core.filemode', 'core.symlinks', 'core.ignorecase', 'core.precomposeunicode', 'core.longpaths'],
  ...['core.protecthfs', 'core.protectntfs', 'core.trustctime', 'core.checkstat', 'core.sharedrepository'],
  ...['core.autocrlf', 'core.eol', 'core.sparsecheckout', 'core.sparsecheckoutcone', 'core.logallrefupdates'],
  ...['user.name', 'user.email', 'author.name', 'author.email', 'committer.name', 'committer.email'],
]);

/** A configuration with what is needed of these settings, and the address of `origin`, which reports tell. */
export function neededConfig(settings: readonly LocalSetting[], bare: boolean): string {
  const lines = settings.flatMap(({ name, value }) => {
    const [section = '', key = ''] = name.split('.');
    return NEEDED.has(name) ? [`[${section}] ${key} = ${quoted(value)}`] : [];
  });
  const origins = settings.filter(({ name }) => name === 'remote.origin.url');
  const urls = origins.map(({ value }) => `[remote "origin"] url = ${quoted(value)}`);
  return [`[core] bare = ${bare}`, ...lines, ...urls, ''].join('\n');
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
