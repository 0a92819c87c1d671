import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../src/base/errors.js';
import type { FileChange } from '../../../src/git/file-change.js';
import { applyFiles } from '../../../src/patch/write/apply-files.js';
import { commitFiles, git, makeRepository, temporaryDirectory, writeFiles } from '../../support/repository.js';

const FILES: FileChange[] = [
  { path: 'a.yaml', before: 'a: 1\r\n', after: 'a: 2\r\nb: ü\r\n' },
  { path: 'deploy/b.json', before: '\ufeff{}', after: '\ufeff{"b": 1}' },
  { path: 'deploy/c.yaml', before: 'long\n'.repeat(1000), after: '' },
];

function repositoryOf(files: readonly FileChange[]): string {
  return makeRepository(Object.fromEntries(files.map(({ path, before }) => [path, before])));
}

function contents(root: string): string[] {
  return FILES.map(({ path }) => readFileSync(join(root, path), 'utf8'));
}

/** What Git sees in the work tree besides the committed files. */
function untracked(root: string): string[] {
  return git(root, 'ls-files', '--others').split('\n').filter(Boolean);
}

async function refusal(root: string, files: readonly FileChange[]): Promise<DriftError> {
  const error = await applyFiles(root, files).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DriftError);
  expect((error as DriftError).code).toBe('patch');
  return error as DriftError;
}

const BEFORE = FILES.map(({ before }) => before);
const AFTER = FILES.map(({ after }) => after);

describe('files are written', () => {
  test('byte for byte, with their permissions, and nothing else', async () => {
    const root = repositoryOf(FILES);
    chmodSync(join(root, 'a.yaml'), 0o755);
    chmodSync(join(root, 'deploy/b.json'), 0o640);
    await applyFiles(root, FILES);
    expect(contents(root)).toEqual(AFTER);
    expect(statSync(join(root, 'a.yaml')).mode & 0o777).toBe(0o755);
    expect(statSync(join(root, 'deploy/b.json')).mode & 0o777).toBe(0o640);
    expect(untracked(root)).toEqual([]);
  });

  test('also where Git does not track them', async () => {
    const root = repositoryOf(FILES);
    const name = `${'x'.repeat(250)}.yaml`;
    writeFiles(root, { [name]: 'a' });
    await applyFiles(root, [{ path: name, before: 'a', after: 'b' }]);
    expect(readFileSync(join(root, name), 'utf8')).toBe('b');
    expect(untracked(root)).toEqual([name]);
  });

  test('through links inside the repository', async () => {
    const root = repositoryOf(FILES);
    symlinkSync('deploy', join(root, 'folder'));
    symlinkSync('a.yaml', join(root, 'link.yaml'));
    await applyFiles(root, [
      { path: 'link.yaml', before: BEFORE[0] ?? '', after: 'new' },
      { path: 'folder/b.json', before: BEFORE[1] ?? '', after: 'new' },
    ]);
    expect(contents(root)).toEqual(['new', 'new', BEFORE[2]]);
    expect(readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink())).toHaveLength(2);
  });
});

describe('nothing is written', () => {
  test('when files changed since the scan; all are named', async () => {
    const root = repositoryOf(FILES);
    writeFiles(root, { 'a.yaml': 'a: 1\n', 'deploy/c.yaml': 'short' });
    const error = await refusal(root, FILES);
    expect(error.message).toBe(
      ['a.yaml', 'deploy/c.yaml']
        .map((path) => `${path}: the file changed since it was scanned\n  no file was changed; scan again`)
        .join('\n'),
    );
    expect(contents(root)).toEqual(['a: 1\n', BEFORE[1], 'short']);
    expect(untracked(root)).toEqual([]);
  });

  test('when a file is gone, or no file any more', async () => {
    const root = repositoryOf(FILES);
    unlinkSync(join(root, 'a.yaml'));
    unlinkSync(join(root, 'deploy/b.json'));
    mkdirSync(join(root, 'deploy/b.json'));
    expect((await refusal(root, FILES)).message).toBe(
      'a.yaml: the file is gone\n  scan again\ndeploy/b.json: this is a directory now\n  scan again',
    );
    expect(readFileSync(join(root, 'deploy/c.yaml'), 'utf8')).toBe(BEFORE[2]);
  });

  test('when a path leads out of the repository', async () => {
    const outside = temporaryDirectory();
    writeFiles(outside, { 'a.yaml': BEFORE[0] ?? '' });
    const root = repositoryOf(FILES);
    symlinkSync(outside, join(root, 'out'));
    const paths = ['out/a.yaml', '../a.yaml', '.git/config', join(outside, 'a.yaml')];
    const error = await refusal(root, [
      ...FILES,
      ...paths.map((path) => ({ path, before: BEFORE[0] ?? '', after: '' })),
    ]);
    expect(error.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('"out/a.yaml" leads out of the repository'),
      expect.stringContaining('"../a.yaml" leads out of the repository'),
      expect.stringContaining("in Git's own folder"),
      expect.stringContaining('is an absolute path'),
    ]);
    expect(contents(root)).toEqual(BEFORE);
    expect(readFileSync(join(outside, 'a.yaml'), 'utf8')).toBe(BEFORE[0]);
  });

  test('when two changes are of one file', async () => {
    const root = repositoryOf(FILES);
    symlinkSync('a.yaml', join(root, 'link.yaml'));
    commitFiles(root, {});
    const link = { path: 'link.yaml', before: BEFORE[0] ?? '', after: 'other' };
    expect((await refusal(root, [...FILES, link])).message).toContain('link.yaml: this is the same file as another');
    expect(contents(root)).toEqual(BEFORE);
  });

  test('when a file is a pipe', async () => {
    const root = repositoryOf(FILES);
    unlinkSync(join(root, 'a.yaml'));
    execFileSync('mkfifo', [join(root, 'a.yaml')]);
    expect((await refusal(root, FILES)).message).toContain('a.yaml: this is no regular file now');
  });
});

type Fault = 'kill' | 'fail' | 'interrupt';

/** Where the changes are applied, and the step of the file system at which there the fault is met. */
interface Run {
  root: string;
  step: number;
}

interface Outcome {
  exitCode: unknown;
  /** Nothing of a process that the fault ended. */
  runs: { steps: number; error: string | null }[];
}

/** Applies the changes in another process, run after run. */
function applyWith(fault: Fault | '', runs: readonly Run[]): Promise<Outcome> {
  const script = fileURLToPath(new URL('faulty-apply.js', import.meta.url));
  const env = { PATH: process.env['PATH'], APPLY: JSON.stringify({ runs, files: FILES }), FAULT: fault };
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { env }, (error, stdout) =>
      resolve({
        exitCode: error === null ? 0 : (error.signal ?? error.code),
        runs: stdout === '' ? [] : (JSON.parse(stdout) as Outcome['runs']),
      }),
    );
  });
}

/** Each step, from the first to the last, in a new repository. */
async function everyStep(): Promise<Run[]> {
  const [all] = (await applyWith('', [{ root: repositoryOf(FILES), step: 0 }])).runs;
  expect(all?.error).toBeNull();
  expect(all?.steps).toBeGreaterThan(20);
  const prepared = repositoryOf(FILES);
  return Array.from({ length: all?.steps ?? 0 }, (_, index) => {
    const root = temporaryDirectory();
    cpSync(prepared, root, { recursive: true });
    return { root, step: index + 1 };
  });
}

/** A fault that ends the process, at each step. */
async function endedAtEachStep(fault: Fault, look: (root: string, exitCode: unknown) => void): Promise<void> {
  const runs = await everyStep();
  for (let at = 0; at < runs.length; at += 2) {
    const pair = runs.slice(at, at + 2);
    const outcomes = await Promise.all(pair.map((run) => applyWith(fault, [run])));
    for (const [index, { root }] of pair.entries()) look(root, outcomes[index]?.exitCode);
  }
}

describe('at each step of the file system', () => {
  test('being killed leaves each file old or new, and only temporary files that are known by their names', async () => {
    const seen = new Set<string>();
    let killed = 0;
    await endedAtEachStep('kill', (root, exitCode) => {
      if (exitCode === 'SIGKILL') killed += 1;
      const states = contents(root).map((content, at) => [BEFORE[at], AFTER[at]].indexOf(content));
      expect(states).not.toContain(-1);
      seen.add(states.join(''));
      for (const path of untracked(root)) expect(path).toMatch(/^(?:deploy\/)?\.gitops-drift-\d+-[0-9a-f]{16}\.tmp$/);
    });
    expect(killed).toBeGreaterThan(20);
    expect([...seen].sort()).toEqual(['000', '100', '110', '111']);
  });

  test('a failure leaves all files old, or all new, and no temporary ones', async () => {
    const runs = await everyStep();
    const outcome = await applyWith('fail', runs);
    expect(outcome).toMatchObject({ exitCode: 0, runs: { length: runs.length } });
    for (const [index, { error }] of outcome.runs.entries()) {
      const root = runs[index]?.root ?? '';
      expect(contents(root)).toEqual(error === null ? AFTER : BEFORE);
      if (error !== null) {
        expect(error).toMatch(/^patch: .*: can't write: EIO\n/);
        expect(untracked(root)).toEqual([]);
      }
    }
    expect(outcome.runs.filter(({ error }) => error !== null).length).toBeGreaterThan(10);
  });

  test('a signal waits until all files are new', async () => {
    await endedAtEachStep('interrupt', (root, exitCode) => {
      expect(exitCode).toBe(143);
      expect(contents(root)).toEqual(AFTER);
      expect(untracked(root)).toEqual([]);
    });
  });
});
