import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type ExampleRepository, startExampleRepository } from '../support/example-repository.js';
import { HOME } from '../support/pipeline.js';

const PAGES = ['README.md', ...readdirSync(join(HOME, 'docs')).map((file) => `docs/${file}`)];

let repository: ExampleRepository;

beforeAll(async () => {
  repository = await startExampleRepository();
});

afterAll(() => repository.close());

/** The lines of a page's shell snippets that call the tool, without what is said of them. */
function commandsOf(page: string): string[] {
  const text = readFileSync(join(HOME, page), 'utf8');
  const snippets = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, snippet = '']) =>
    snippet.replaceAll('\\\n', ' '),
  );
  return snippets
    .flatMap((snippet) => snippet.match(/^gitops-drift (?!.*-ci ).*$/gm) ?? [])
    .map((line) => line.replace(/ {2,}#.*/, ''));
}

describe('the commands in', () => {
  test.each(PAGES.filter((page) => commandsOf(page).length > 0))(
    '%s run',
    async (page) => {
      const [finding] = (JSON.parse(readFileSync(join(repository.folder, 'drift.json'), 'utf8')) as Report).findings;
      for (const command of new Set(commandsOf(page))) {
        const line = command.replace(/(?<=--finding )\w+/, finding?.id ?? '');
        const { exitCode, stderr } = await repository.run(line);
        const isFine = line.includes('--strict') ? [0, 1, 3] : [0, 1];
        expect({ command, stderr, isFine: isFine.includes(exitCode) }).toEqual({ command, stderr, isFine: true });
        expect(stderr).not.toMatch(/^error:/m);
      }
    },
    300_000,
  );

  test('the README are among them', () => {
    expect(commandsOf('README.md').length).toBeGreaterThan(5);
  });
});
