import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FileChange } from '../../src/git/file-change.js';
import { unifiedDiff } from '../../src/patch/unified-diff.js';
import { git, makeEmptyRepository, makeRepository, temporaryDirectory, writeFiles } from '../support/repository.js';

/** The text with characters that were cut in two replaced, as no file holds such. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Writes the files as they are before, feeds the diff to a command, and expects them to be as they are after. */
async function mustApply(directory: string, files: readonly FileChange[], command: string, args: string[]) {
  writeFiles(directory, Object.fromEntries(files.map(({ path, before }) => [path, before])));
  const input = await unifiedDiff(files);
  if (command === 'git') execFileSync(command, ['apply', '--check'], { cwd: directory, input, stdio: 'pipe' });
  execFileSync(command, args, { cwd: directory, input, stdio: 'pipe' });
  for (const { path, after } of files) expect(readFileSync(join(directory, path), 'utf8')).toBe(after);
}

const AWKWARD: [string, string, string][] = [
  ['CRLF', 'a: 1\r\nb: 2\r\nc: 3\r\n', 'a: 1\r\nb: 20\r\nc: 3\r\n'],
  ['mixed line endings', 'a: 1\r\nb: 2\nc: 3\r\n', 'a: 1\r\nb: 20\nc: 3\r\n'],
  ['line endings only', 'a\r\nb\r\n', 'a\r\nb\n'],
  ['a lone carriage return', 'a\rb\nc\n', 'a\rb\nd\r\n'],
  ['no final newline', 'a: 1\nb: 2', 'a: 1\nb: 20'],
  ['a final newline that comes', 'a: 1\nb: 2', 'a: 1\nb: 2\n'],
  ['a final newline that goes', 'a: 1\nb: 2\n', 'a: 1\nb: 2'],
  ['a change far from a missing final newline', `a: 1\n${'x\n'.repeat(20)}b: 2`, `a: 10\n${'x\n'.repeat(20)}b: 2`],
  ['a BOM', '\ufeffa: 1\nb: 2\n', '\ufeffa: 10\nb: 2\n'],
  ['unicode', 'a: 🐧\nb: ü\u2028x\n', 'a: 🦊\nb: ü\u2028y\n'],
  [
    'lines that look like a diff',
    '--- a/x\n+++ b/x\n@@ -1 +1 @@\n',
    '--- a/y z\n+++ b/y z\n@@ -2 +2 @@\n\\ No newline\n',
  ],
  ['blank lines and trailing blanks', '\n\na  \n\n\t\n', '\n\na \n\n\t\n\n'],
  ['one line of many characters', `{"a":"${'x'.repeat(100_000)}"}`, `{"a":"${'y'.repeat(100_000)}"}`],
  ['a text that comes into being', '', 'a: 1\n'],
];

const ODD_NAMES = [
  'with blank.yaml',
  'with 2026-01-01 00:00:00 +0000',
  'ü/日本.yaml',
  '"quoted".yaml',
  'tab\tin.yaml',
  'new\nline.yaml',
  "it's.yaml",
  'dollar$&.yaml',
  '-n.yaml',
  'a/b/c/d.yaml',
  '🐧.yaml',
];

describe('one file', () => {
  test.each(AWKWARD)('%s', async (_, before, after) => {
    await mustApply(makeEmptyRepository(), [{ path: 'a.yaml', before, after }], 'git', ['apply']);
    await mustApply(temporaryDirectory(), [{ path: 'a.yaml', before, after }], 'patch', ['-p1', '--binary', '--quiet']);
  });

  test.each(ODD_NAMES)('named %j', async (path) => {
    const files = [{ path, before: 'a\nb\n', after: 'a\nc\n' }];
    await mustApply(makeEmptyRepository(), files, 'git', ['apply']);
    await mustApply(temporaryDirectory(), files, 'patch', ['-p1', '--quiet']);
  });

  test('shows no more than the changed line and three around it', async () => {
    const line = (at: number) => `key${at}: value\n`;
    const before = Array.from({ length: 20 }, (_, at) => line(at)).join('');
    const after = before.replace('key9: value', 'key9: other');
    expect(await unifiedDiff([{ path: 'a.yaml', before, after }])).toBe(
      `--- a/a.yaml\n+++ b/a.yaml\n@@ -7,7 +7,7 @@\n${[6, 7, 8].map((at) => ` ${line(at)}`).join('')}-key9: value\n+key9: other\n${[10, 11, 12].map((at) => ` ${line(at)}`).join('')}`,
    );
  });

  test("has Git's own header", async () => {
    const root = makeRepository({ 'with blank "ü".yaml': 'a\n' });
    const files = [{ path: 'with blank "ü".yaml', before: 'a\n', after: 'b\n' }];
    writeFiles(root, { 'with blank "ü".yaml': 'b\n' });
    const header = (text: string) => text.split('\n').filter((line) => /^(?:---|\+\+\+) /.test(line));
    expect(header(await unifiedDiff(files))).toEqual(header(git(root, 'diff')));
  });
});

describe('several files', () => {
  const files = ['b.yaml', 'a b.yaml', 'a.yaml', 'Z.yaml', 'c.yaml'].map((path) => ({
    path,
    before: `${path}: 1`,
    after: `${path}: 2`,
  }));

  test('come sorted by path, without those that stay', async () => {
    const diff = await unifiedDiff([...files, { path: '0.yaml', before: 'x', after: 'x' }]);
    expect(diff.match(/^--- .*/gm)).toEqual([
      '--- a/Z.yaml',
      '--- a/a b.yaml\t',
      '--- a/a.yaml',
      '--- a/b.yaml',
      '--- a/c.yaml',
    ]);
    expect(await unifiedDiff([...files].reverse())).toBe(diff);
    await mustApply(makeEmptyRepository(), files, 'git', ['apply']);
    await mustApply(temporaryDirectory(), files, 'patch', ['-p1', '--quiet']);
  });

  test('none changed make no diff', async () => {
    expect(await unifiedDiff([])).toBe('');
    expect(await unifiedDiff([{ path: 'a.yaml', before: 'x', after: 'x' }])).toBe('');
  });
});

test('any texts apply, byte for byte', async () => {
  const line = fc.constantFrom(
    '',
    'a: 1',
    'b: ü',
    '  - x',
    '\t',
    '--- a',
    '+++ b',
    '@@ -1 +1 @@',
    '\\ No',
    '🐧',
    '\ufeff',
    '\r',
  );
  const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '');
  const text = fc
    .array(
      fc.tuple(line, ending).map((parts) => parts.join('')),
      { maxLength: 30 },
    )
    .map((lines) => lines.join(''));
  const edited = text.chain((before) =>
    fc.tuple(fc.nat(before.length), fc.nat(8), text).map(([at, length, inserted]) => ({
      before,
      after: `${before.slice(0, at)}${inserted.slice(0, 20)}${before.slice(at + length)}`,
    })),
  );
  const pair = fc.oneof(edited, fc.record({ before: text, after: text }));
  const root = makeEmptyRepository();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 100 }), async (pairs) => {
      run += 1;
      const files = pairs
        .map(({ before, after }, at) => ({
          path: `${run}/${at}.yaml`,
          before: wellFormed(before),
          after: wellFormed(after),
        }))
        .filter(({ before, after }) => before !== after);
      if (files.length > 0) await mustApply(root, files, 'git', ['apply']);
    }),
    { numRuns: 40 },
  );
});
