import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { git, makeRepository, temporaryDirectory } from '../support/repository.js';

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      DelaySeconds: 5
`;
const LIVE = JSON.stringify({
  snapshotVersion: 1,
  capturedAt: '2026-01-01T00:00:00Z',
  account: '111111111111',
  regions: {
    'eu-west-1': {
      stacks: [
        {
          name: 'shop',
          template: null,
          resources: [
            {
              logicalId: 'Orders',
              type: 'AWS::SQS::Queue',
              physicalId: 'orders',
              properties: { VisibilityTimeout: 90, DelaySeconds: 0 },
            },
          ],
        },
      ],
    },
  },
});

/** The author of each finding's line, by path. */
async function authors(cwd: string, ...args: string[]): Promise<{ byPath: Record<string, unknown>; stderr: string }> {
  const { stdout, stderr } = await runCli(['scan', '--snapshot', join(cwd, 'live.json'), '-o', 'json', ...args], {
    cwd,
  });
  const { findings } = JSON.parse(stdout) as Report;
  return {
    byPath: Object.fromEntries(findings.map(({ path, location }) => [path, location?.lastChange?.author])),
    stderr,
  };
}

describe('the last change of a finding', () => {
  test('is in the JSON report and in the table', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'live.json': LIVE });
    writeFileSync(join(cwd, 'shop.yaml'), TEMPLATE.replace('60', '61'));
    git(cwd, 'add', '--all');
    git(cwd, 'commit', '--quiet', '-m', 'Wait \u001b[31mlonger', '--author', 'Grace \u202e Hopper <g@example.com>');
    expect((await authors(cwd)).byPath).toEqual({
      '/VisibilityTimeout': 'Grace \u202e Hopper',
      '/DelaySeconds': 'Ada',
    });
    const { stdout } = await runCli(['scan', '--snapshot', 'live.json', '--verbose'], { cwd });
    const commit = git(cwd, 'rev-parse', '--short=7', 'HEAD');
    expect(stdout).toContain(
      `    last changed in Git by Grace \\u202e …, 2026-01-01 (${commit})\n    Wait \\x1b[31mlonger\n`,
    );
  });

  test('is that of the commit that is scanned; in the work tree, lines that are not committed have none', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'live.json': LIVE });
    writeFileSync(join(cwd, 'shop.yaml'), TEMPLATE.replace('60', '61'));
    expect((await authors(cwd)).byPath).toEqual({ '/VisibilityTimeout': undefined, '/DelaySeconds': 'Ada' });
    expect((await authors(cwd, '--ref', 'HEAD')).byPath).toEqual({
      '/VisibilityTimeout': 'Ada',
      '/DelaySeconds': 'Ada',
    });
  });

  test('is left out in a shallow clone where its history does not reach', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'live.json': LIVE });
    writeFileSync(join(cwd, 'shop.yaml'), TEMPLATE.replace('60', '61'));
    git(cwd, 'commit', '--quiet', '--all', '-m', 'Wait longer');
    const clones = temporaryDirectory();
    git(clones, 'clone', '--quiet', '--depth', '1', `file://${cwd}`, 'shop');
    expect(await authors(join(clones, 'shop'))).toEqual({
      byPath: { '/VisibilityTimeout': undefined, '/DelaySeconds': undefined },
      stderr: '',
    });
  });

  test('is a warning where Git fails, once for all files', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE, 'live.json': LIVE, revs: 'no commit' });
    git(cwd, 'config', 'blame.ignoreRevsFile', 'revs');
    const { byPath, stderr } = await authors(cwd);
    expect(Object.keys(byPath)).toHaveLength(2);
    expect(stderr).toMatch(/^warning: who last changed shop\.yaml is not known: the list of commits .*\n$/);
  });

  test('is found for many files, as for few', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `shop-${index}`);
    const [stack] = JSON.parse(LIVE).regions['eu-west-1'].stacks;
    const regions = { 'eu-west-1': { stacks: names.map((name) => ({ ...stack, name })) } };
    const files = Object.fromEntries(names.map((name) => [`${name}.yaml`, TEMPLATE]));
    const config = names.map((name) => `  - { name: ${name}, template: ${name}.yaml, region: eu-west-1 }`).join('\n');
    const cwd = makeRepository({
      ...files,
      'gitops-drift.yaml': `version: 1\nstacks:\n${config}\n`,
      'live.json': JSON.stringify({ ...JSON.parse(LIVE), regions }),
    });
    writeFileSync(join(cwd, 'shop-3.yaml'), TEMPLATE.replace('60', '61'));
    git(cwd, 'commit', '--quiet', '--all', '-m', 'Wait longer', '--author', 'Grace Hopper <g@example.com>');
    const { stdout } = await runCli(['scan', '--snapshot', join(cwd, 'live.json'), '-o', 'json'], { cwd });
    const changes = (JSON.parse(stdout) as Report).findings.map(({ stack, path, location }) => [
      `${stack} ${path}`,
      location?.lastChange?.author,
    ]);
    expect(Object.fromEntries(changes)).toEqual(
      Object.fromEntries(
        names.flatMap((name) => [
          [`${name} /VisibilityTimeout`, name === 'shop-3' ? 'Grace Hopper' : 'Ada'],
          [`${name} /DelaySeconds`, 'Ada'],
        ]),
      ),
    );
  });
});
