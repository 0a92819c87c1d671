import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { blameFile } from '../../src/git/blame.js';
import { git, makeBareClone, makeRepository, temporaryDirectory, writeFiles } from '../support/repository.js';

const all = (...lines: number[]) => lines.map((line) => ({ first: line, last: line }));

/** Commits as someone, at an hour of 2026-01-02. */
function commitAs(
  directory: string,
  author: string,
  hour: number,
  files: Record<string, string>,
  subject: string,
): string {
  writeFiles(directory, files);
  git(directory, 'add', '--all');
  const date = `2026-01-02T${String(hour).padStart(2, '0')}:00:00Z`;
  git(
    directory,
    '-c',
    `user.name=${author}`,
    'commit',
    '--quiet',
    '--message',
    subject,
    '--author',
    `${author} <x@example.com>`,
    '--date',
    date,
  );
  return git(directory, 'rev-parse', 'HEAD');
}

/** A commit like HEAD, but for what is replaced in its text. */
function rewriteHead(root: string, pattern: RegExp, replacement: string): string {
  const file = join(temporaryDirectory(), 'commit');
  writeFileSync(file, `${git(root, 'cat-file', 'commit', 'HEAD').replace(pattern, replacement)}\n`);
  return git(root, 'hash-object', '-t', 'commit', '-w', '--literally', file);
}

async function changes(root: string, file: string, lines: number[], commit?: string): Promise<(string | undefined)[]> {
  const blame = await blameFile(root, file, { commit, ranges: all(...lines) });
  return lines.map((line) => blame.lastChange({ first: line, last: line })?.author);
}

describe('blameFile', () => {
  test('tells commit, author, date and subject of each line, through renames', async () => {
    const root = makeRepository({ 'a.yaml': 'one\ntwo\nthree\n' });
    const changed = commitAs(root, 'Grace', 7, { 'a.yaml': 'one\nTWO\nthree\n' }, 'Make two louder');
    git(root, 'mv', 'a.yaml', 'b.yaml');
    commitAs(root, 'Linus', 8, {}, 'Rename');
    expect(await changes(root, 'b.yaml', [1, 2, 3])).toEqual(['Ada', 'Grace', 'Ada']);
    const blame = await blameFile(root, 'b.yaml', { commit: undefined, ranges: all(2) });
    expect(blame.lastChange({ first: 2, last: 2 })).toEqual({
      commit: changed,
      author: 'Grace',
      date: '2026-01-02T07:00:00.000Z',
      subject: 'Make two louder',
    });
  });

  test('knows nothing of lines that are not committed, nor of a file that is not tracked', async () => {
    const root = makeRepository({ 'a.yaml': 'one\ntwo\n' });
    writeFiles(root, { 'a.yaml': 'zero\none\nTWO\n', 'new.yaml': 'one\n' });
    expect(await changes(root, 'a.yaml', [1, 2, 3])).toEqual([undefined, 'Ada', undefined]);
    expect(await changes(root, 'new.yaml', [1])).toEqual([undefined]);
    const both = await blameFile(root, 'a.yaml', { commit: undefined, ranges: [{ first: 2, last: 3 }] });
    expect(both.lastChange({ first: 2, last: 3 })).toBeUndefined();
  });

  test('looks at a commit, also of a bare repository', async () => {
    const root = makeRepository({ 'a.yaml': 'one\n' });
    const first = git(root, 'rev-parse', 'HEAD');
    commitAs(root, 'Grace', 7, { 'a.yaml': 'ONE\n' }, 'Shout');
    expect(await changes(makeBareClone(root), 'a.yaml', [1], first)).toEqual(['Ada']);
    expect(await changes(root, 'a.yaml', [1], first)).toEqual(['Ada']);
    expect(await changes(root, 'a.yaml', [1], 'HEAD')).toEqual(['Grace']);
  });

  test('of several lines, the commit that was made last counts', async () => {
    const root = makeRepository({ 'a.yaml': 'one\ntwo\nthree\n' });
    commitAs(root, 'Grace', 7, { 'a.yaml': 'one\nTWO\nthree\n' }, 'Shout');
    for (const [time, author] of [
      ['1999999999', 'Grace'],
      ['1000000000', 'Ada'],
    ]) {
      const commit = rewriteHead(root, /(committer .*>) \d+/, `$1 ${time}`);
      const blame = await blameFile(root, 'a.yaml', { commit, ranges: [{ first: 1, last: 3 }] });
      expect(blame.lastChange({ first: 1, last: 3 })?.author).toBe(author);
    }
  });

  test('in a shallow clone, lines from before its history are unknown, not blamed on its oldest commit', async () => {
    const root = makeRepository({ 'a.yaml': 'one\ntwo\n' });
    commitAs(root, 'Grace', 7, { 'b.yaml': '' }, 'Elsewhere');
    commitAs(root, 'Linus', 8, { 'a.yaml': 'one\nTWO\n' }, 'Shout');
    const clones = temporaryDirectory();
    git(clones, 'clone', '--quiet', '--depth', '2', `file://${root}`, 'shallow');
    expect(await changes(join(clones, 'shallow'), 'a.yaml', [1, 2])).toEqual([undefined, 'Linus']);
    git(clones, 'clone', '--quiet', `file://${root}`, 'deep');
    expect(await changes(join(clones, 'deep'), 'a.yaml', [1, 2])).toEqual(['Ada', 'Linus']);
  });

  test('runs no program that the repository names', async () => {
    const root = makeRepository({ 'a.yaml': 'one\n', '.gitattributes': '*.yaml diff=evil\n' });
    git(root, 'config', 'diff.evil.textconv', `touch ${join(root, 'ran')}; cat`);
    expect(await changes(root, 'a.yaml', [1], 'HEAD')).toEqual(['Ada']);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('a commit that claims no sensible time is unknown', async () => {
    const root = makeRepository({ 'a.yaml': 'one\n' });
    commitAs(root, 'Grace', 7, { 'a.yaml': 'ONE\n' }, 'Shout');
    const commit = rewriteHead(root, /(author .*>) \d+/, '$1 99999999999999');
    expect(await changes(root, 'a.yaml', [1], commit)).toEqual([undefined]);
  });

  test('says what Git complains of', async () => {
    const root = makeRepository({ 'a.yaml': 'one\n' });
    const failure = blameFile(root, 'a.yaml', { commit: undefined, ranges: all(9) });
    await expect(failure).rejects.toThrow(DriftError);
    await expect(failure).rejects.toThrow(/has only 1 line/);
  });
});
