import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { fullReport } from '../report/full-report.js';
import { reportOf, stack } from '../report/sample.js';
import {
  type FakeForge,
  READ_ONLY,
  startEcho,
  startGitHub,
  startGitLab,
  startRedirect,
  TOKEN,
} from '../support/fake-forge.js';
import { runCi } from '../support/pipeline.js';
import { temporaryDirectory } from '../support/repository.js';

const PULL_REQUEST = 12;

describe.each(['GitHub', 'GitLab'] as const)('the comment on %s', (name) => {
  let forge: FakeForge;
  let cwd = '';

  beforeEach(async () => {
    cwd = temporaryDirectory();
    forge = await (name === 'GitHub' ? startGitHub : startGitLab)(cwd);
    writeFileSync(join(cwd, 'event.json'), JSON.stringify({ pull_request: { number: PULL_REQUEST } }));
  });

  function variables(token: string): Record<string, string> {
    if (name === 'GitLab') {
      const place = { CI_API_V4_URL: forge.url, CI_PROJECT_ID: '7', CI_MERGE_REQUEST_IID: String(PULL_REQUEST) };
      return { GITLAB_CI: 'true', ...place, GITOPS_DRIFT_GITLAB_TOKEN: token };
    }
    const place = {
      GITHUB_API_URL: forge.url,
      GITHUB_GRAPHQL_URL: `${forge.url}/graphql`,
      GITHUB_REPOSITORY: 'shop/infra',
    };
    const event = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: join(cwd, 'event.json') };
    return { GITHUB_ACTIONS: 'true', ...place, ...event, GITHUB_TOKEN: token };
  }

  async function comment(text: string, { report = fullReport(), token = TOKEN, category = 'prod', env = {} } = {}) {
    writeFileSync(join(cwd, 'drift.md'), text);
    writeFileSync(join(cwd, 'drift.json'), await renderReport(report, 'json', { color: false }));
    forge.writes.length = 0;
    const args = ['comment', 'drift.md', '--report=drift.json', `--category=${category}`];
    return runCi(args, { cwd, env: { ...variables(token), ...env } });
  }

  const bodies = () => forge.comments.map(({ body }) => body);

  test('is added once, and then updated in place', async () => {
    for (const [text, outcome] of [
      ['<!-- gitops-drift -->\n# 3 findings `$(id)` "${{ x }}"\n', 'added'],
      ['<!-- gitops-drift -->\n# 2 findings\n', 'updated'],
      ['<!-- gitops-drift -->\n# 2 findings\n', 'unchanged'],
    ] as const) {
      expect(await comment(text)).toMatchObject({ exitCode: 0, stderr: `comment ${outcome}\n` });
      expect(bodies()).toEqual([text.replace('-->\n', '-->\n<!-- prod -->\n')]);
    }
    expect(forge.writes).toEqual([]);
  });

  test('is found among hundreds, and those of other scans and of people are left alone', async () => {
    forge.addForeignComment(PULL_REQUEST, '<!-- gitops-drift -->\n<!-- prod -->\nplanted\n');
    for (let i = 0; i < 230; i += 1) forge.addForeignComment(PULL_REQUEST, `comment ${i}`);
    await comment('<!-- gitops-drift -->\nprod\n');
    await comment('<!-- gitops-drift -->\nstaging\n', { category: 'staging' });
    await comment('<!-- gitops-drift -->\nprod again\n');
    expect(bodies().filter((body) => !body.startsWith('comment '))).toEqual([
      '<!-- gitops-drift -->\n<!-- prod -->\nplanted\n',
      '<!-- gitops-drift -->\n<!-- prod -->\nprod again\n',
      '<!-- gitops-drift -->\n<!-- staging -->\nstaging\n',
    ]);
  });

  test('is not added when all is in sync, but an earlier one then says so', async () => {
    const inSync: Report = reportOf({ stacks: [stack('shop')], resources: [], findings: [] });
    expect((await comment('<!-- gitops-drift -->\nin sync\n', { report: inSync })).stderr).toMatch(/nothing to tell/);
    expect(bodies()).toEqual([]);
    await comment('<!-- gitops-drift -->\ndrift\n');
    await comment('<!-- gitops-drift -->\nin sync\n', { report: inSync });
    expect(bodies()).toEqual(['<!-- gitops-drift -->\n<!-- prod -->\nin sync\n']);
  });

  test.each([
    [READ_ONLY, /403/],
    ['expired-token', /401/],
  ])('that the token "%s" may not write is a warning, and no failure', async (token, status) => {
    const { exitCode, stderr } = await comment('<!-- gitops-drift -->\ndrift\n', { token });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(status);
    expect(stderr).toMatch(
      name === 'GitHub' ? /^::warning::no comment: .*forks have no such token\n$/ : /^warning: .*\n.*Developer/,
    );
    expect(stderr).not.toContain(token);
  });

  test('that the forge is away is a warning, too', async () => {
    const away = {
      GITHUB_API_URL: 'http://127.0.0.1:9',
      GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9',
      CI_API_V4_URL: 'http://127.0.0.1:9',
    };
    const { exitCode, stderr } = await comment('<!-- gitops-drift -->\ndrift\n', { env: away });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/can't be reached/);
  });

  test.each([302, 307])('a redirect (%i) is not followed, as the token would go along', async (status) => {
    const other = await startRedirect(status, forge.url);
    const env = { GITHUB_API_URL: other, GITHUB_GRAPHQL_URL: `${other}/graphql`, CI_API_V4_URL: other };
    const { exitCode, stderr } = await comment('<!-- gitops-drift -->\ndrift\n', { env });
    expect({ exitCode, asked: forge.asked }).toEqual({ exitCode: 0, asked: 0 });
    expect(stderr).toMatch(new RegExp(`no comment: ${name} answered ${status} .*redirects to ${forge.url}`));
    expect(stderr).not.toContain(TOKEN);
  });

  test.each<[string, number, (headers: string) => string, string]>([
    ['in an error', 500, (headers) => headers, ''],
    ['in an error, where it is cut', 500, (headers) => `${'x'.repeat(285)}${TOKEN}${headers}`, ''],
    ['encoded', 500, () => `Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`, ''],
    ['in what is no JSON', 200, (headers) => `<html>${headers}`, ''],
    ['in what GraphQL refuses', 200, (headers) => JSON.stringify({ errors: [{ message: headers }] }), ''],
    ['in a redirect', 302, () => '', 'https://example.com/?token='],
  ])('a token that the forge sends back %s is not told', async (_, status, answer, location) => {
    const other = await startEcho(status, answer, location);
    const env = { GITHUB_API_URL: other, GITHUB_GRAPHQL_URL: `${other}/graphql`, CI_API_V4_URL: other };
    const { stdout, stderr } = await comment('<!-- gitops-drift -->\ndrift\n', { env });
    expect(stderr).not.toBe('');
    const decoded = stderr.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (text) =>
      Buffer.from(text, 'base64').toString('latin1'),
    );
    expect(stdout + stderr + decoded).not.toContain(TOKEN.slice(0, 12));
  });

  test('is left out where the pipeline runs for no change request', async () => {
    const env = { GITHUB_EVENT_NAME: 'push', CI_MERGE_REQUEST_IID: '' };
    const { exitCode, stderr } = await comment('<!-- gitops-drift -->\ndrift\n', { env });
    expect({ exitCode, comments: bodies() }).toEqual({ exitCode: 0, comments: [] });
    expect(stderr).toMatch(/does not run for a (pull|merge) request/);
  });

  test('a category can not end the marker', async () => {
    await comment('<!-- gitops-drift -->\ndrift\n', { category: '--><script>' });
    expect(bodies()).toEqual(['<!-- gitops-drift -->\n<!-- ___script_ -->\ndrift\n']);
  });
});

test('outside of a pipeline it says by what it would know one', async () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'drift.json'), await renderReport(fullReport(), 'json', { color: false }));
  const { exitCode, stderr } = await runCi(['comment', 'drift.md', '--report=drift.json'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    'error: this is no pipeline of GitHub or GitLab\n  it goes by their variables GITHUB_ACTIONS and GITLAB_CI\n',
  );
});

test('counts go to further steps as lines', async () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'drift.json'), await renderReport(fullReport(), 'json', { color: false }));
  const { stdout } = await runCi(['outputs', 'drift.json'], { cwd });
  expect(stdout).toMatch(
    /^findings=\d+\ncritical=\d+\nhigh=\d+\nmedium=\d+\nlow=\d+\nsuppressed=\d+\nunreadable=\d+\nnew=\d*\npatchable=\d*\nexit-reason=stackError\n$/,
  );
});
