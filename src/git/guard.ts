import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { devNull } from 'node:os';
import { resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { DriftError } from '../base/errors.js';

/** A setting of Git's, and its value. */
export type Setting = readonly [key: string, value: string];

/** What makes Git safe in a directory. */
export interface Guard {
  settings: readonly Setting[];
  /** A file outside of the repository that `git blame` would read all the same: its list can't be begun anew. */
  ignoreRevsFile?: string;
}

/** What holds for every command: nothing that a repository names may run, and only CI's own commands use the network. */
export const ALWAYS: readonly Setting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', devNull],
  ['log.showSignature', 'false'],
  ['fetch.recurseSubmodules', 'no'],
  ['push.recurseSubmodules', 'no'],
];

/** Without these, Git has no way to anything but this machine's own files; `GIT_ALLOW_PROTOCOL` comes before settings. */
export const OFFLINE: Readonly<Record<string, string>> = { GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1' };

/**
 * Last words of settings that name a program to run, a file to read or another place to go to
 * (https://git-scm.com/docs/git-config lists them; all are covered by kind, so that later ones are as well).
 */
const NAMING =
  /(?:command|cmd|program|helper|hook|hookspath|editor|pager|driver|textconv|clean|smudge|process|external|askpass|proxy|vcs|uploadpack|receivepack|fsmonitor|file|path|dir|template|tool|browser|difffilter|promisor|blob|signingkey|sslcert|sslkey|tunnel|pushurl)$/;
/** Whole sections of names. */
const NAMING_SECTION = /^(?:alias|pager|man|mergetool|difftool|guitool|gitcvs|instaweb|sendemail)\./;
/**
 * Those that are left as they are: what `ignoreRevsFile` tells of, files that can't be taken back once they are included, where the repository and its
 * format are (who opens it sees to that), and who vouches for a server.
 */
const LEFT =
  /^(?:blame\.ignorerevsfile|include\.path|includeif\..*\.path|core\.worktree|extensions\..*|http\.(?:.*\.)?sslca(?:info|path))$/;
/** A filter is chosen by attributes, which the repository says: not even one of the user's own is run. */
const FILTER = /^(filter\..*)\.[a-z]+$/;
/** Scopes that the repository itself fills. */
const OWN_SCOPES = new Set(['local', 'worktree']);
/** More than any repository has; as many fill a process's environment. */
const MOST_SETTINGS = 2000;

const run = promisify(execFile);
const guards = new Map<string, Promise<Guard>>();

/**
 * The settings that make Git safe in a directory, read from its configuration once; `again` reads it anew. Throws a
 * `DriftError` (code `git`) where the configuration has more settings to take back than can be.
 */
export function guardOf(directory: string, environment: NodeJS.ProcessEnv, again = false): Promise<Guard> {
  const known = again ? undefined : guards.get(directory);
  const guard = known ?? readGuard(directory, environment);
  guards.set(directory, guard);
  return guard;
}

async function readGuard(directory: string, env: NodeJS.ProcessEnv): Promise<Guard> {
  const args = ['-C', directory, 'config', '--list', '--show-scope', '-z'];
  // Outside of a repository, and where Git does not trust its owner, there is nothing that any command would read either.
  const listed = await run('git', args, { env, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true }).catch(
    () => undefined,
  );
  const all = parseScopes(listed?.stdout ?? '');
  const settings = [...ALWAYS, ...takenBack(all)];
  const named = all.filter(({ scope, key }) => OWN_SCOPES.has(scope) && key === 'blame.ignorerevsfile');
  const outside = await Promise.all(
    named.map(async ({ value }) => ((await isInside(directory, value)) ? [] : [value])),
  );
  const [ignoreRevsFile] = outside.flat();
  if (settings.length <= MOST_SETTINGS)
    return { settings, ...(ignoreRevsFile === undefined ? {} : { ignoreRevsFile }) };
  const message = `the repository's Git configuration names more than ${MOST_SETTINGS} programs and files`;
  throw new DriftError('git', [{ message, hint: 'none of them is run or read; take them out of .git/config' }]);
}

/** Whether a path, as Git takes it in a directory, is a file below it, past links. */
async function isInside(directory: string, path: string): Promise<boolean> {
  if (path === '') return true;
  const [root, file] = await Promise.all([
    realpath(directory),
    realpath(resolve(directory, path)).catch(() => undefined),
  ]);
  // What is not there has nothing to read.
  return file === undefined || file.startsWith(`${root}${sep}`);
}

interface Scoped {
  scope: string;
  key: string;
  value: string;
}

/** Entries are `<scope>\0<key>\n<value>\0`; a key without a value has no line end. */
function parseScopes(output: string): Scoped[] {
  const parts = output.split('\0');
  const found: Scoped[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope = '', entry = ''] = [parts[at], parts[at + 1]];
    const end = entry.indexOf('\n');
    found.push({ scope, key: end === -1 ? entry : entry.slice(0, end), value: end === -1 ? '' : entry.slice(end + 1) });
  }
  return found;
}

/** An empty value stands for none, or begins a list anew; what the user and the system say comes behind it. */
function takenBack(all: readonly Scoped[]): Setting[] {
  const keys = new Set(all.filter((one) => OWN_SCOPES.has(one.scope) && isNaming(one.key)).map(({ key }) => key));
  const named = [...keys].flatMap((key): Setting[] => [
    [key, ''],
    ...all
      .filter((one) => one.key === key && !OWN_SCOPES.has(one.scope) && one.scope !== 'command')
      .map(({ value }): Setting => [key, value]),
  ]);
  const filters = new Set(all.flatMap(({ key }) => FILTER.exec(key)?.[1] ?? []));
  const unfiltered = [...filters].flatMap((filter): Setting[] => [
    ...['clean', 'smudge', 'process'].map((word): Setting => [`${filter}.${word}`, '']),
    [`${filter}.required`, 'false'],
  ]);
  return [...named, ...unfiltered];
}

/** Git writes sections and last words in lower case; what stands between keeps its letters. */
function isNaming(key: string): boolean {
  const lower = key.toLowerCase();
  if (LEFT.test(lower)) return false;
  return NAMING_SECTION.test(lower) || NAMING.test(lower.slice(lower.lastIndexOf('.') + 1));
}

/** Settings as Git takes them from its environment, behind those that are there already. */
export function settingVariables(settings: readonly Setting[], environment: NodeJS.ProcessEnv): Record<string, string> {
  const before = Number(environment['GIT_CONFIG_COUNT'] ?? 0);
  const start = Number.isSafeInteger(before) && before > 0 ? before : 0;
  const entries = settings.flatMap(([key, value], index): [string, string][] => [
    [`GIT_CONFIG_KEY_${start + index}`, key],
    [`GIT_CONFIG_VALUE_${start + index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(start + settings.length), ...Object.fromEntries(entries) };
}
