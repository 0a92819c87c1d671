import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { type ExampleRepository, startExampleRepository } from '../support/example-repository.js';
import { HOME } from '../support/pipeline.js';

const COMMANDS =
  'scan report patch revert ignore triage baseline snapshot render explain-type init permissions doctor demo completion'.split(
    ' ',
  );
const PAGES = ['README.md', ...readdirSync(join(HOME, 'docs')).map((file) => `docs/${file}`)];

let repository: ExampleRepository;
/** The same line does the same wherever it stands. */
const tried = new Set<string>();

beforeAll(async () => {
  repository = await startExampleRepository();
});

afterAll(() => repository.close());

async function expectToRun(example: string): Promise<void> {
  const report = JSON.parse(readFileSync(join(repository.folder, 'drift.json'), 'utf8')) as Report;
  const line = example.replace(/(?<=--finding |ignore )(?!finding)\w+/, report.findings[0]?.id ?? '');
  if (tried.has(line)) return;
  tried.add(line);
  const { exitCode, stderr } = await repository.run(line);
  // It asks on a terminal, and here is none.
  if (line.startsWith('gitops-drift triage')) return expect(stderr).toMatch(/^error: triage asks questions/);
  // It runs an app of CDK, and here is none.
  if (line.includes('--synth')) return expect(stderr).toMatch(/^error: --synth: nothing says how the CDK app is run/);
  const isFine = example.includes('--strict') ? [0, 1, 3] : [0, 1];
  expect({ example, stderr, isFine: isFine.includes(exitCode) }).toEqual({ example, stderr, isFine: true });
  expect(stderr).not.toMatch(/^error:/m);
}

/** The examples of a command's help, without what is said of them. */
async function examplesOf(command: string[]): Promise<string[]> {
  const { stdout } = await runCli([...command, '--help']);
  const [, block = ''] = /\nExamples:\n([\s\S]*?)(?:\n\n|\n?$)/.exec(stdout) ?? [];
  return block.split('\n').flatMap((line) => /^ {2}(\S.*?)(?: {2,}.*)?$/.exec(line)?.[1] ?? []);
}

/** The lines of a page's shell snippets that call the tool, without what is said of them. */
function linesOf(page: string): string[] {
  const text = readFileSync(join(HOME, page), 'utf8');
  const snippets = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, snippet = '']) =>
    snippet.replaceAll('\\\n', ' '),
  );
  return snippets
    .flatMap((snippet) => snippet.match(/^gitops-drift .*$/gm) ?? [])
    .map((line) => line.replace(/ {2,}#.*/, ''));
}

describe('the examples in the help of', () => {
  test.each(['', ...COMMANDS])(
    '%s run',
    async (command) => {
      const examples = await examplesOf(command === '' ? [] : [command]);
      expect(examples.length).toBeGreaterThan(0);
      // Sourcing needs the shell that it is for.
      for (const example of examples) if (!/completion (?:zsh|fish)/.test(example)) await expectToRun(example);
    },
    300_000,
  );

  test('there is no command without any', async () => {
    const { stdout } = await runCli(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+) (?:\[|<| {2})/gm)].map(([, name]) => name);
    expect(commands.filter((name) => name !== 'help').sort()).toEqual([...COMMANDS].sort());
  });
});

describe('the commands in', () => {
  test.each(PAGES.filter((page) => linesOf(page).length > 0))(
    '%s run',
    async (page) => {
      for (const line of linesOf(page)) await expectToRun(line);
    },
    300_000,
  );

  test('the README are among them', () => {
    expect(linesOf('README.md').length).toBeGreaterThan(5);
  });
});
