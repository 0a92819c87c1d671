import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { HOME } from '../support/pipeline.js';

const FOLDERS = ['src', 'bin', 'bench', 'ci', 'data', 'docs', 'fixtures', 'schemas', 'scripts', 'test'];
const files = [
  ...readdirSync(HOME),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(HOME, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  ),
].map((file) => `/${file.replaceAll('\\', '/')}`);

/** The files and folders that a page names, in backticks. */
function namedIn(page: string): string[] {
  const text = readFileSync(join(HOME, page), 'utf8').replace(/^```.*?^```$/gms, '');
  const names = [...text.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => /\.(?:ts|js|json|gz|md|yaml|yml)$|^[\w-]+(?:\/[\w-]+)*\/$/.test(name));
}

const PAGES = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'src/iac/cloudformation/readme.md'];

test.each(PAGES)('every file that %s names exists', (page) => {
  const names = namedIn(page);
  expect(names.length).toBeGreaterThan(10);
  const missing = names.filter((name) => !files.some((file) => file.endsWith(`/${name.replace(/\/$/, '')}`)));
  expect(missing).toEqual([]);
});
