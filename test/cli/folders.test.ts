import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { commitFiles, git, makeRepository, temporaryDirectory, writeFiles } from '../support/repository.js';

const REGION = 'eu-west-1';
const TEMPLATE = 'Resources:\n  Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 1 } }\n';
const resources = [{ logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'q', properties: { DelaySeconds: 9 } }];
const LIVE = JSON.stringify({
  snapshotVersion: 1,
  capturedAt: '2026-01-01T00:00:00Z',
  account: '111111111111',
  regions: { [REGION]: { stacks: ['root', 'shop'].map((name) => ({ name, template: TEMPLATE, resources })) } },
});
const config = (name: string, template: string, snapshot: string) =>
  `version: 1\nprovider: snapshot\nsnapshot: ${snapshot}\nstacks:\n  - { name: ${name}, template: ${template}, region: ${REGION} }\n`;

let repository: string;
beforeAll(() => {
  repository = makeRepository({
    'live.json': LIVE,
    'gitops-drift.yaml': config('root', 'root.yaml', 'live.json'),
    'root.yaml': TEMPLATE,
    'teams/shop/gitops-drift.yml': config('shop', 'templates/queue.yaml', '../../live.json'),
    'teams/shop/templates/queue.yaml': TEMPLATE,
    'teams/shop/deep/other.yaml': config('root', '../../../root.yaml', '../../../live.json'),
  });
  // Only in an earlier commit.
  commitFiles(repository, { 'old.yaml': config('root', 'root.yaml', 'live.json') });
  git(repository, 'rm', '--quiet', 'old.yaml');
  git(repository, 'commit', '--quiet', '-m', 'gone');
});

const at = (folder: string) => join(repository, folder);
async function scanned(args: string[], cwd: string) {
  const { exitCode, stdout, stderr } = await runCli(['scan', '-o', 'json', ...args], { cwd });
  if (exitCode !== 1) return { exitCode, stderr };
  const { findings } = JSON.parse(stdout) as { findings: { stack: string; location: { file: string } }[] };
  return findings.map(({ stack, location }) => `${stack} ${location.file}`);
}
const SHOP = ['shop teams/shop/templates/queue.yaml'];
const ROOT = ['root root.yaml'];

describe('the nearest configuration counts, and --config goes by the current directory', () => {
  test.each<[string, string, string[], string[]]>([
    ['', 'the root', [], ROOT],
    ['', 'a folder that is given', ['teams/shop'], SHOP],
    ['teams/shop/deep', 'below it', [], SHOP],
    ['teams', 'above it', [], ROOT],
    ['teams/shop/deep', 'one that is asked for', ['--config', 'other.yaml'], ROOT],
    ['teams', 'one that is asked for from elsewhere', ['--config', '../teams/shop/gitops-drift.yml'], SHOP],
    ['', 'one that is asked for at a commit', ['--config', 'old.yaml', '--ref', 'HEAD~1'], ROOT],
    ['teams', 'one that is asked for at a commit, from a folder', ['--config', '../old.yaml', '--ref', 'HEAD~1'], ROOT],
  ])('from "%s": %s', async (folder, _, args, found) => {
    expect(await scanned(args, at(folder))).toEqual(found);
  });

  test('in a bare repository it is read from the commit, by its path there', async () => {
    const bare = join(temporaryDirectory(), 'bare.git');
    git(repository, 'clone', '--quiet', '--bare', repository, bare);
    expect(await scanned([bare, '--config', 'teams/shop/gitops-drift.yml'], temporaryDirectory())).toEqual(SHOP);
    expect(await scanned([bare], temporaryDirectory())).toEqual(ROOT);
  });

  test('a file that is elsewhere, or nowhere, is an error that says what to do', async () => {
    const elsewhere = temporaryDirectory();
    writeFiles(elsewhere, { 'c.yaml': 'version: 1\n' });
    expect(await scanned(['--config', join(elsewhere, 'c.yaml')], repository)).toEqual({
      exitCode: 2,
      stderr: `error: the configuration "${join(elsewhere, 'c.yaml')}" is not in the repository that is scanned\n  it has to be one of its files\n`,
    });
    expect(await scanned([repository, '--config', 'gitops-drift.yaml'], elsewhere)).toEqual({
      exitCode: 2,
      stderr: `error: the configuration "gitops-drift.yaml" is not in the repository that is scanned\n  its path is relative to the current directory; the repository has a file gitops-drift.yaml\n`,
    });
    expect(await scanned(['--config', 'oter.yaml'], at('teams/shop/deep'))).toEqual({
      exitCode: 2,
      stderr:
        'error: there is no configuration "oter.yaml" (teams/shop/deep/oter.yaml in the repository)\n' +
        '  the repository has teams/shop/deep/other.yaml; the path is relative to the current directory\n',
    });
  });
});

test('every command that reads a configuration reads the same one', async () => {
  const cwd = at('teams/shop/deep');
  const run = (...args: string[]) => runCli(args, { cwd });
  expect((await run('patch')).stdout).toContain('teams/shop/templates/queue.yaml');
  expect((await run('render', '--stack', 'shop')).stdout).toContain('DelaySeconds');
  expect((await run('snapshot')).stdout).toContain('"shop"');
  expect((await run('doctor')).stdout).toContain('teams/shop/gitops-drift.yml, 1 stack');
  expect((await run('permissions')).stdout).toContain('stack/shop/');
  expect((await run('baseline')).stderr).toContain('teams/shop/.gitops-drift/baseline.json');
  expect(git(repository, 'status', '--porcelain', '--untracked-files=all')).toContain(
    'teams/shop/.gitops-drift/baseline.json',
  );
});
