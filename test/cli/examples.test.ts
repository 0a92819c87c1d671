import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { type ExampleRepository, startExampleRepository } from '../support/example-repository.js';

const COMMANDS =
  'scan report patch baseline snapshot render explain-type init permissions doctor demo completion'.split(' ');

let repository: ExampleRepository;

beforeAll(async () => {
  repository = await startExampleRepository();
});

afterAll(() => repository.close());

/** The examples of a command's help, without what is said of them. */
async function examplesOf(command: string[]): Promise<string[]> {
  const { stdout } = await runCli([...command, '--help']);
  const [, block = ''] = /\nExamples:\n([\s\S]*?)(?:\n\n|\n?$)/.exec(stdout) ?? [];
  return block.split('\n').flatMap((line) => /^ {2}(\S.*?)(?: {2,}.*)?$/.exec(line)?.[1] ?? []);
}

describe('the examples in the help of', () => {
  test.each(['', ...COMMANDS])(
    '%s run',
    async (command) => {
      const examples = await examplesOf(command === '' ? [] : [command]);
      expect(examples.length).toBeGreaterThan(0);
      const report = JSON.parse(readFileSync(join(repository.folder, 'drift.json'), 'utf8')) as Report;
      const [finding] = report.findings;
      for (const example of examples) {
        // Sourcing needs the shell that it is for.
        if (/completion (?:zsh|fish)/.test(example)) continue;
        const line = example.replace(/(?<=--finding )\w+/, finding?.id ?? '');
        const { exitCode, stderr } = await repository.run(line);
        const isFine = example.includes('--strict') ? [0, 1, 3] : [0, 1];
        expect({ example, stderr, isFine: isFine.includes(exitCode) }).toEqual({ example, stderr, isFine: true });
        expect(stderr).not.toMatch(/^error:/m);
      }
    },
    300_000,
  );

  test('there is no command without any', async () => {
    const { stdout } = await runCli(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z-]+) (?:\[|<| {2})/gm)].map(([, name]) => name);
    expect(commands.filter((name) => name !== 'help').sort()).toEqual([...COMMANDS].sort());
  });
});
