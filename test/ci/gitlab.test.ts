import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type FakeForge, startGitLab, TOKEN } from '../support/fake-forge.js';
import { problemsOfGitLab } from '../support/languages.js';
import { HOME, run } from '../support/pipeline.js';
import { git, makeDemoRemote, temporaryDirectory } from '../support/repository.js';
import { installScanner } from '../support/scanner.js';
import { type StandIns, startStandIns } from '../support/stand-in.js';

const TEXT = readFileSync(join(HOME, 'ci/gitlab/gitops-drift.gitlab-ci.yml'), 'utf8');

interface Template {
  variables: Record<string, string>;
  'gitops-drift': {
    script: string[];
    id_tokens: Record<string, { aud: string }>;
    artifacts: { paths: string[]; reports: Record<string, string> };
  };
}

const template = parse(TEXT) as Template;
const job = template['gitops-drift'];

test("the template is valid by GitLab's own schema, which finds mistakes", () => {
  expect(problemsOfGitLab(TEXT)).toEqual([]);
  expect(problemsOfGitLab(TEXT.replace('codequality:', 'code_quality:'))).not.toEqual([]);
});

test('every variable of the template is used by it or its script, and the other way round', () => {
  const scripts = ['ci/gitlab/scan.sh', 'ci/arguments.sh'].map((file) => readFileSync(join(HOME, file), 'utf8'));
  const rest = TEXT.slice(TEXT.indexOf('\ngitops-drift:'));
  const used = new Set([rest, ...scripts].join('\n').match(/GITOPS_DRIFT_[A-Z_]+/g));
  // Set in the project's settings, by GitLab, and not a variable.
  for (const name of ['GITOPS_DRIFT_GITLAB_TOKEN', 'GITOPS_DRIFT_ID_TOKEN', 'GITOPS_DRIFT_']) used.delete(name);
  expect([...used].sort()).toEqual(Object.keys(template.variables).sort());
});

describe('the job', () => {
  let cwd = '';
  let bare = '';
  let forge: FakeForge;
  let scanner: { home: string; calls: string; path: string };
  let programs: StandIns;

  beforeAll(async () => {
    programs = await startStandIns();
  });

  afterAll(() => programs.close());

  beforeEach(async () => {
    bare = makeDemoRemote();
    cwd = join(temporaryDirectory(), 'checkout');
    git(temporaryDirectory(), 'clone', '--quiet', '--depth=1', `file://${bare}`, cwd);
    git(cwd, 'checkout', '--quiet', '--detach');
    forge = await startGitLab(bare);
    scanner = installScanner(programs);
  });

  function runJob(variables: Record<string, string>) {
    const env = {
      PATH: scanner.path,
      GITLAB_CI: 'true',
      CI_API_V4_URL: forge.url,
      CI_SERVER_URL: 'https://gitlab.example',
      CI_PROJECT_ID: '7',
      CI_JOB_ID: '4711',
      // The remote is this and `.git`.
      CI_PROJECT_URL: `file://${bare.replace(/\.git$/, '')}`,
      CI_DEFAULT_BRANCH: 'main',
      ...template.variables,
      GITOPS_DRIFT_HOME: scanner.home,
      ...variables,
    };
    return run('bash', ['-eo', 'pipefail', '-c', job.script.join('\n')], { cwd, env });
  }

  const call = () =>
    JSON.parse(readFileSync(scanner.calls, 'utf8').trim()) as {
      args: string[];
      aws: Record<string, string>;
      token?: string;
    };

  test('in a merge request: writes all reports, keeps a note, and ends with the exit code of the scan', async () => {
    const variables = {
      CI_MERGE_REQUEST_IID: '3',
      GITOPS_DRIFT_GITLAB_TOKEN: TOKEN,
      GITOPS_DRIFT_STACKS: 'shop-data shop-app',
    };
    const { exitCode, stdout, stderr } = await runJob(variables);
    expect(exitCode).toBe(1);
    expect(call().args.slice(0, 4)).toEqual(['scan', '.', '--stack=shop-data', '--stack=shop-app']);
    expect(call()).toMatchObject({ aws: { AWS_EC2_METADATA_DISABLED: 'true' } });
    for (const file of Object.values(job.artifacts.reports)) expect(existsSync(join(cwd, file))).toBe(true);
    expect(forge.comments).toMatchObject([{ request: 3, body: expect.stringContaining('❌ Drift: ') }]);
    expect(stdout).toContain('✗ Drift:');
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  test('without a token: no note, and no complaint', async () => {
    const { exitCode, stderr } = await runJob({ CI_MERGE_REQUEST_IID: '3', GITOPS_DRIFT_FAIL_ON: 'never' });
    expect({ exitCode, stderr, comments: forge.comments }).toEqual({ exitCode: 3, stderr: '', comments: [] });
  });

  test("takes the AWS role by the job's ID token, which is gone afterwards", async () => {
    const role = 'arn:aws:iam::111111111111:role/drift-reader';
    await runJob({ GITOPS_DRIFT_ROLE_ARN: role, GITOPS_DRIFT_ID_TOKEN: 'header.claims.signature' });
    const { aws, token } = call();
    expect(aws).toMatchObject({ AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: 'gitlab-7-4711' });
    expect(token).toBe('header.claims.signature');
    expect(existsSync(aws['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? '')).toBe(false);
    expect(Object.keys(job.id_tokens)).toEqual(['GITOPS_DRIFT_ID_TOKEN']);
  });

  test('on a schedule: keeps one merge request with the patches, on the default branch alone', async () => {
    const variables = { GITOPS_DRIFT_PATCH_BRANCH: 'drift/adopt', GITOPS_DRIFT_GITLAB_TOKEN: TOKEN };
    await runJob({ ...variables, CI_COMMIT_BRANCH: 'feature' });
    expect(forge.requests).toEqual([]);
    const { exitCode, stdout, stderr } = await runJob({ ...variables, CI_COMMIT_BRANCH: 'main' });
    expect(exitCode).toBe(1);
    expect(forge.requests).toMatchObject([{ state: 'open', branch: 'drift/adopt', base: 'main' }]);
    expect(stderr).toContain('opened the merge request');
    expect(stdout + stderr).not.toContain(TOKEN);
    expect(git(bare, 'log', '-1', '--format=%an', 'drift/adopt')).toBe('gitops-drift');
  });

  test('ends with 2 where it could not scan', async () => {
    writeFileSync(join(cwd, 'gitops-drift.yaml'), 'version: 9\n');
    const { exitCode, stderr } = await runJob({ CI_MERGE_REQUEST_IID: '3', GITOPS_DRIFT_GITLAB_TOKEN: TOKEN });
    expect({ exitCode, comments: forge.comments }).toEqual({ exitCode: 2, comments: [] });
    expect(stderr).toContain('gitops-drift.yaml');
  });
});
