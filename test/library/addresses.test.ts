import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(`${HOME}${path}`, 'utf8');
const { name, repository, homepage, bugs } = JSON.parse(read('package.json'));
/** `owner/name` of the project's repository: the one place that says it. */
const [, OWN] = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(repository.url) ?? [];
/** As an action, a page or a raw file: a path, a registry or GitLab's group is somebody else's to choose. */
const ADDRESS = new RegExp(`(?:uses: |github\\.com[/:]|githubusercontent\\.com/)([\\w.-]+/${name})\\b`, 'g');

const FILES = execFileSync(
  'git',
  ['ls-files', '-z', '--', '*.md', '*.yml', '*.yaml', '*.json', '*.sh', 'Dockerfile', 'src'],
  {
    cwd: HOME,
    encoding: 'utf8',
  },
)
  .split('\0')
  .filter((path) => path !== '' && !/^(?:fixtures|test|data)\/|package-lock\.json$/.test(path));

describe('package.json alone says whose the project is', () => {
  test('its own addresses are those of its repository', () => {
    expect(OWN?.endsWith(`/${name}`)).toBe(true);
    expect([homepage, bugs]).toEqual([`https://github.com/${OWN}#readme`, `https://github.com/${OWN}/issues`]);
  });

  test('no file names another repository as its own', () => {
    const named = FILES.flatMap((path) =>
      [...read(path).matchAll(ADDRESS)].map(([, own]) => `${path}: ${own}`).filter((each) => !each.endsWith(` ${OWN}`)),
    );
    expect(named).toEqual([]);
  });

  test.each(FILES.filter((path) => path.startsWith('schemas/')))('%s is called by its address', (path) => {
    const id = `https://raw.githubusercontent.com/${OWN}/main/schemas/${basename(path)}`;
    expect(JSON.parse(read(path)).$id).toBe(id);
  });
});
