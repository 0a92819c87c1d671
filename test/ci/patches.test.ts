import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import { runCli } from '../support/cli.js';
import { type FakeForge, READ_ONLY, startGitHub, startGitLab, TOKEN } from '../support/fake-forge.js';
import { HOME, runCi } from '../support/pipeline.js';
import {
  commitFiles,
  git,
  makeBareClone,
  makeDemoRemote,
  makeRepository,
  temporaryDirectory,
} from '../support/repository.js';

const BRANCH = 'gitops-drift/adopt';

const FORGES = {
  GitHub: { start: startGitHub, env: gitHubVariables, word: 'pull request' },
  GitLab: { start: startGitLab, env: gitLabVariables, word: 'merge request' },
};

function gitHubVariables({ url }: FakeForge, token: string): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: url,
    GITHUB_GRAPHQL_URL: `${url}/graphql`,
    GITHUB_REPOSITORY: 'shop/infra',
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: 'main',
    GITHUB_TOKEN: token,
  };
}

function gitLabVariables({ url }: FakeForge, token: string): Record<string, string> {
  return {
    GITLAB_CI: 'true',
    CI_API_V4_URL: url,
    CI_PROJECT_ID: '7',
    CI_COMMIT_BRANCH: 'main',
    GITLAB_USER_NAME: 'Nightly',
    GITLAB_USER_EMAIL: 'nightly@shop.example',
    GITOPS_DRIFT_GITLAB_TOKEN: token,
  };
}

/** Remotes on this machine are for tests: a checkout's own configuration must not name one. */
const LOCAL_REMOTES = { GIT_ALLOW_PROTOCOL: 'file' };

interface Scan {
  report: string;
  diff: string;
}

/** Commits are made at the same time by the same person, so what was scanned in one test is what others scan. */
const scans = new Map<string, Promise<Scan>>();

async function scanned(cwd: string, live: string): Promise<Scan> {
  const files = temporaryDirectory();
  const [report, diff] = [join(files, 'drift.json'), join(files, 'drift.patch')];
  await runCli(['scan', cwd, '--snapshot', live, '-o', `json=${report}`, '-o', 'table', `--patch=${diff}`]);
  return { report, diff };
}

describe.each(['GitHub', 'GitLab'] as const)('the patches of each night, on %s', (name) => {
  const { start, env, word } = FORGES[name];
  let bare = '';
  let live = '';
  let forge: FakeForge;

  beforeEach(async () => {
    bare = makeDemoRemote();
    live = join(temporaryDirectory(), 'live.json');
    cpSync(join(HOME, 'fixtures/demo/live.json'), live);
    forge = await start(bare);
  });

  /** As CI does: a shallow checkout of the default branch, a scan, and what to do with it. */
  async function night({ token = TOKEN, variables = {}, options = [] as string[] } = {}) {
    const cwd = join(temporaryDirectory(), 'checkout');
    git(temporaryDirectory(), 'clone', '--quiet', '--depth=1', '--branch=main', `file://${bare}`, cwd);
    const state = `${git(cwd, 'rev-parse', 'HEAD')} ${readFileSync(live, 'utf8')}`;
    const scan = scans.get(state) ?? scanned(cwd, live);
    scans.set(state, scan);
    const { report, diff } = await scan;
    const body = join(temporaryDirectory(), 'drift.md');
    writeFileSync(body, '<!-- gitops-drift -->\n## Drift\n\nSee `templates/data.yaml`.\n');
    forge.writes.length = 0;
    const args = [
      'patches',
      `--report=${report}`,
      `--diff=${diff}`,
      `--body=${body}`,
      `--branch=${BRANCH}`,
      ...options,
    ];
    const result = await runCi(args, { cwd, env: { ...env(forge, token), ...LOCAL_REMOTES, ...variables } });
    const outcome = /^outcome=(.*)$/m.exec(result.stdout)?.[1];
    return { ...result, outcome, cwd };
  }

  const tip = () => git(bare, 'for-each-ref', '--format=%(objectname)', `refs/heads/${BRANCH}`);

  /** Somebody changes the live state further. */
  function drift(from: string, to: string): void {
    const text = readFileSync(live, 'utf8');
    expect(text).toContain(from);
    writeFileSync(live, text.replaceAll(from, to));
  }

  /** What a person does with the repository. */
  function byHand(branch: string, work: (checkout: string) => void): void {
    const checkout = join(temporaryDirectory(), 'by-hand');
    git(temporaryDirectory(), 'clone', '--quiet', '--branch', branch, bare, checkout);
    work(checkout);
    git(checkout, 'push', '--quiet', 'origin', branch);
  }

  test('what is high or critical is left out unless it is asked for, and that is said', async () => {
    const { outcome, cwd } = await night();
    expect(outcome).toBe('opened');
    const { title = '', body = '' } = forge.requests[0] ?? {};
    expect(title).toBe('Adopt 4 live values of 2 stacks');
    expect(body).toContain('**Left out:** 5 findings are critical or high, and could be adopted, too.');
    git(cwd, 'fetch', '--quiet', 'origin', BRANCH);
    const text = git(cwd, 'diff', 'HEAD', 'FETCH_HEAD');
    expect(text).toMatch(/^\+.*"1024"/m);
    expect(text).not.toMatch(/BlockPublicPolicy|0\.0\.0\.0/);
    expect((await night({ options: ['--max-severity=critical'] })).outcome).toBe('updated');
    expect(forge.requests[0]?.title).toBe('Adopt 9 live values of 3 stacks');
    expect(forge.requests[0]?.body).not.toContain('Left out');
    expect((await night({ options: ['--max-severity=low'] })).outcome).toBe('updated');
    expect(forge.requests[0]?.body).toContain('**Left out:** 7 findings are critical or high or medium');
  });

  test('the first one opens a request that settles what can be settled', async () => {
    const { exitCode, outcome, stdout, stderr, cwd } = await night({ options: ['--max-severity=critical'] });
    expect({ exitCode, outcome }).toEqual({ exitCode: 0, outcome: 'opened' });
    expect(stdout).toContain(`patch-branch=${BRANCH}\nrequest=https://`);
    expect(stderr).toContain(`opened the ${word} https://`);
    expect(forge.requests).toMatchObject([{ state: 'open', branch: BRANCH, base: 'main' }]);
    expect(forge.requests[0]?.title).toMatch(/^Adopt \d+ live values of 3 stacks$/);
    expect(forge.requests[0]?.body).toMatch(/^<!-- gitops-drift -->\nThese edits bring into Git what is live/);
    expect(forge.requests[0]?.body).toContain('## Drift\n\nSee `templates/data.yaml`.');
    expect(git(bare, 'rev-parse', `${BRANCH}^`)).toBe(git(bare, 'rev-parse', 'main'));
    expect(git(bare, 'diff', '--name-only', 'main', BRANCH).split('\n')).toEqual(
      expect.arrayContaining(['parameters/app-prod.json', 'templates/app.yaml', 'templates/data.yaml']),
    );
    expect(git(bare, 'show', '--no-patch', '--format=%B', BRANCH)).toContain('- OrderWorker (AWS::Lambda::Function)');
    expect(git(cwd, 'status', '--porcelain')).toBe('');
    expect(git(cwd, 'branch', '--list')).toBe('* main');
  });

  test('the next one leaves everything as it is, down to the commit', async () => {
    await night();
    const before = tip();
    const { outcome } = await night();
    expect(outcome).toBe('unchanged');
    expect({ tip: tip(), writes: forge.writes }).toEqual({ tip: before, writes: [] });
  });

  test('further drift updates the same request, as one commit on the latest default branch', async () => {
    await night();
    const before = tip();
    drift('"2001"', '"3003"');
    byHand('main', (checkout) => commitFiles(checkout, { 'docs.md': 'more\n' }));
    const { outcome } = await night();
    expect(outcome).toBe('updated');
    expect(tip()).not.toBe(before);
    expect(forge.requests).toHaveLength(1);
    expect(git(bare, 'rev-list', '--count', `main..${BRANCH}`)).toBe('1');
    expect(git(bare, 'show', `${BRANCH}:templates/data.yaml`)).toContain('3003');
  });

  test('where the drift is settled otherwise, the request is closed with a word, and the branch goes', async () => {
    await night();
    byHand(
      'main',
      (checkout) => git(checkout, 'merge', '--quiet', '--squash', `origin/${BRANCH}`) && commitFiles(checkout, {}),
    );
    const { outcome, stdout } = await night();
    expect(outcome).toBe('closed');
    expect(stdout).toContain('patch-branch=\nrequest=\n');
    expect(forge.requests).toMatchObject([{ state: 'closed' }]);
    expect(forge.comments).toMatchObject([{ request: 1, body: expect.stringContaining('Nothing is left to patch') }]);
    expect(tip()).toBe('');
  });

  test('a request from a fork whose branch has the same name is neither edited nor closed', async () => {
    forge.addForeignRequest(BRANCH, 'main');
    const planted = structuredClone(forge.requests[0]);
    expect((await night()).outcome).toBe('opened');
    expect(forge.requests).toMatchObject([planted, { state: 'open', number: 2 }]);
    byHand(
      'main',
      (checkout) => git(checkout, 'merge', '--quiet', '--squash', `origin/${BRANCH}`) && commitFiles(checkout, {}),
    );
    expect((await night()).outcome).toBe('closed');
    expect(forge.requests).toMatchObject([planted, { state: 'closed', number: 2 }]);
    expect(forge.comments).toMatchObject([{ request: 2 }]);
  });

  test('a token that may only read is an error that says what it lacks, and is not shown', async () => {
    const { exitCode, stderr } = await night({ token: READ_ONLY });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(name === 'GitHub' ? /pull-requests: write/ : /role Developer/);
    expect(stderr).not.toContain(READ_ONLY);
  });

  // The rest asks nothing of the forge that these have not.
  if (name !== 'GitHub') return;

  test('once it is merged, nothing is left, and the branch goes', async () => {
    await night();
    byHand('main', (checkout) => git(checkout, 'merge', '--quiet', `origin/${BRANCH}`));
    forge.settle(1, 'merged');
    expect((await night()).outcome).toBe('closed');
    expect({ tip: tip(), writes: forge.writes }).toEqual({ tip: '', writes: [] });
    expect((await night()).outcome).toBe('none');
  });

  test('a request that was closed by hand is not opened again, until there is other drift', async () => {
    await night();
    forge.settle(1, 'closed');
    const again = await night();
    expect(again.outcome).toBe('declined');
    expect(again.stderr).toContain(`delete the branch ${BRANCH}`);
    expect(forge.writes).toEqual([]);
    drift('"2001"', '"3003"');
    expect((await night()).outcome).toBe('opened');
    expect(forge.requests).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
  });

  test("others' commits on the branch are never overwritten", async () => {
    await night();
    byHand(BRANCH, (checkout) => commitFiles(checkout, { 'templates/by-hand.yaml': 'Resources: {}\n' }));
    const before = tip();
    drift('"2001"', '"3003"');
    const { outcome, exitCode, stderr } = await night();
    expect({ outcome, exitCode, tip: tip() }).toEqual({ outcome: 'taken', exitCode: 0, tip: before });
    expect(stderr).toContain('has commits by others');
  });

  test('nor an amended one', async () => {
    await night();
    const checkout = join(temporaryDirectory(), 'by-hand');
    git(temporaryDirectory(), 'clone', '--quiet', '--branch', BRANCH, bare, checkout);
    writeFileSync(join(checkout, 'more.md'), 'more\n');
    git(checkout, 'add', '.');
    git(checkout, 'commit', '--quiet', '--amend', '--no-edit');
    git(checkout, 'push', '--quiet', '--force', 'origin', BRANCH);
    expect((await night()).outcome).toBe('taken');
  });

  test('an incomplete scan closes nothing', async () => {
    await night();
    const before = tip();
    byHand('main', (checkout) => {
      git(checkout, 'merge', '--quiet', '--squash', `origin/${BRANCH}`);
      const config = readFileSync(join(checkout, 'gitops-drift.yaml'), 'utf8');
      const more = '  - { name: shop-gone, template: templates/app.yaml, region: eu-west-1 }\n';
      commitFiles(checkout, { 'gitops-drift.yaml': config.replace('\nignore:', `${more}\nignore:`) });
    });
    const { outcome, stderr } = await night();
    expect({ outcome, tip: tip(), writes: forge.writes }).toEqual({ outcome: 'unchanged', tip: before, writes: [] });
    expect(stderr).toContain('not all could be read');
  });

  test('nor does one that could not read what the patches are about', async () => {
    await night();
    const before = tip();
    // All that was proposed is out of sight: the branch is for the worker and the table.
    byHand(
      'main',
      (checkout) => git(checkout, 'merge', '--quiet', '--squash', `origin/${BRANCH}`) && commitFiles(checkout, {}),
    );
    const recorded = readFileSync(live, 'utf8');
    const unread = JSON.parse(recorded) as Snapshot;
    for (const { resources } of Object.values(unread.regions).flatMap(({ stacks }) => stacks)) {
      for (const each of resources) if (each.logicalId === 'OrderWorker') each.error = 'ThrottlingException';
    }
    writeFileSync(live, JSON.stringify(unread));
    const { outcome, stderr } = await night();
    expect({ outcome, tip: tip(), writes: forge.writes }).toEqual({ outcome: 'unchanged', tip: before, writes: [] });
    expect(stderr).toContain('not all could be read');
    writeFileSync(live, recorded);
    expect((await night()).outcome).toBe('closed');
  });

  test('--no-request keeps the branch alone', async () => {
    expect((await night({ options: ['--no-request'] })).outcome).toBe('updated');
    expect((await night({ options: ['--no-request'] })).outcome).toBe('unchanged');
    expect({ requests: forge.requests, length: tip().length }).toEqual({ requests: [], length: 40 });
  });

  test('a branch is not to be merged into itself', async () => {
    const { exitCode } = await night({ options: ['--base', BRANCH] });
    expect({ exitCode, requests: forge.requests }).toEqual({ exitCode: 2, requests: [] });
  });
});

test('a pipeline that runs for a pull request of a fork proposes nothing, and does not fail', async () => {
  const bare = makeBareClone(makeRepository({ 'a.yaml': 'Resources: {}\n' }));
  const forge = await startGitHub(bare);
  const event = join(temporaryDirectory(), 'event.json');
  writeFileSync(event, JSON.stringify({ pull_request: { number: 4 } }));
  const env = { ...gitHubVariables(forge, READ_ONLY), GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event };
  const args = ['patches', '--report=r.json', '--diff=d.patch', '--body=b.md', `--branch=${BRANCH}`];
  const { exitCode, stderr } = await runCi(args, { cwd: temporaryDirectory(), env });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^::warning::no patch branch: this pipeline runs for a pull request/);
});
