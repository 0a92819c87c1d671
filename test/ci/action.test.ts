import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { richReport } from '../report/sample.js';
import { runAction } from '../support/composite-action.js';
import { type FakeForge, READ_ONLY, startGitHub, TOKEN } from '../support/fake-forge.js';
import { ownAction, problemsOfAction } from '../support/languages.js';
import { HOME, outputsOf, run } from '../support/pipeline.js';
import { git, makeDemoRemote, temporaryDirectory } from '../support/repository.js';
import { installScanner } from '../support/scanner.js';
import { type StandIns, startStandIns } from '../support/stand-in.js';
import { readLog } from '../support/workflow-commands.js';

const TEXT = readFileSync(join(HOME, 'action.yml'), 'utf8');

describe('action.yml', () => {
  test("is valid by GitHub's own language service, which finds mistakes", async () => {
    expect(await problemsOfAction(TEXT)).toEqual([]);
    expect(await problemsOfAction(TEXT.replace('color: orange', 'color: brown'))).toEqual([
      "line 6: Unexpected value 'brown'",
    ]);
    const mistaken = await problemsOfAction(TEXT.replace("inputs.sarif == 'true'", "input.sarif == 'true'"));
    expect(mistaken).toEqual([expect.stringContaining("Unrecognized named-value: 'input'")]);
  });

  test('puts no expression into a script, pins other actions by their major version, and says what each input is', () => {
    const { runs, inputs, outputs } = ownAction();
    for (const { run: script = '', uses, shell } of runs.steps) {
      expect(script).not.toContain('${{');
      if (uses === undefined) expect(shell).toBe('bash');
      else expect(uses).toMatch(/^[\w-]+(\/[\w-]+)+@v\d+$/);
    }
    for (const { description } of [...Object.values(inputs), ...Object.values(outputs)]) {
      expect(description.length).toBeGreaterThan(10);
    }
  });

  test('uses every input', () => {
    const steps = TEXT.slice(TEXT.indexOf('\nruns:'));
    for (const name of Object.keys(ownAction().inputs)) expect(steps).toMatch(new RegExp(`inputs\\.${name}\\b`));
  });

  test('takes the Node that package.json asks for', async () => {
    const { engines } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.19.0');
    const cwd = temporaryDirectory();
    for (const [version, usable] of [
      ['18.20.8', 'false'],
      ['20.18.3', 'false'],
      ['20.19.0', 'true'],
      ['22.0.0', 'true'],
    ] as const) {
      const file = join(cwd, `output-${version}`);
      const fake = `node() { "${process.execPath}" -e "Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); $2"; }; export -f node; "$0"`;
      await run('bash', ['-c', fake, join(HOME, 'ci/github/node-version.sh')], { cwd, env: { GITHUB_OUTPUT: file } });
      expect(outputsOf(file)).toEqual({ usable });
    }
  });
});

describe('the action', () => {
  let workspace = '';
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
    workspace = join(temporaryDirectory(), 'checkout');
    git(temporaryDirectory(), 'clone', '--quiet', '--depth=1', `file://${bare}`, workspace);
    forge = await startGitHub(bare);
    scanner = installScanner(programs);
  });

  function act(
    inputs: Record<string, string> = {},
    { event = 'pull_request', token = TOKEN, failing = [] as string[] } = {},
  ) {
    const temporary = temporaryDirectory();
    writeFileSync(join(temporary, 'event.json'), JSON.stringify({ pull_request: { number: 12 } }));
    const env = {
      PATH: scanner.path,
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: forge.url,
      GITHUB_GRAPHQL_URL: `${forge.url}/graphql`,
      GITHUB_REPOSITORY: 'shop/infra',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(temporary, 'event.json'),
      GITHUB_REF_TYPE: 'branch',
      GITHUB_REF_NAME: event === 'pull_request' ? '12/merge' : 'main',
      GITHUB_TOKEN: token,
      GIT_ALLOW_PROTOCOL: 'file',
    };
    return runAction({ action: scanner.home, workspace, temporary, inputs, env, failing });
  }

  const calls = () =>
    readFileSync(scanner.calls, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { args: string[] });

  test('in a pull request: scans once, tells it everywhere, and only then fails', async () => {
    const { exitCode, outputs, used, summary, log } = await act({ artifact: 'drift' });
    expect(exitCode).toBe(1);
    expect(calls()).toHaveLength(1);
    expect(outputs).toMatchObject({ 'exit-code': '1', findings: '10', suppressed: '1', 'patch-branch': '' });
    for (const name of ['json', 'sarif', 'markdown', 'html', 'patch'])
      expect(existsSync(outputs[name] ?? '')).toBe(true);
    expect(used).toEqual([
      {
        uses: 'github/codeql-action/upload-sarif@v4',
        with: {
          sarif_file: expect.stringContaining('code-scanning.sarif'),
          category: 'gitops-drift',
          checkout_path: `${workspace}/.`,
        },
      },
      { uses: 'actions/upload-artifact@v6', with: { name: 'drift', path: expect.stringContaining('gitops-drift-') } },
    ]);
    // What is suppressed is no open alert; the report that is kept tells it all the same.
    const resultsIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')).runs[0].results.length;
    const uploaded = join(dirname(outputs['sarif'] ?? ''), 'code-scanning.sarif');
    expect([outputs['sarif'] ?? '', uploaded].map(resultsIn)).toEqual([11, 10]);
    expect(summary).toContain('<!-- gitops-drift -->');
    expect(forge.comments).toMatchObject([{ request: 12, body: expect.stringContaining('<!-- gitops-drift -->') }]);
    expect(log).toMatch(/✗ Drift: 10 differences in 8 of 42\s+resources/);
    expect(log).not.toContain(TOKEN);
  });

  test('on a schedule: keeps the branch and the pull request with the patches, twice the same', async () => {
    const first = await act({ 'patch-branch': 'drift/adopt' }, { event: 'schedule' });
    const url = 'https://github.example/shop/infra/pull/1';
    expect(first.outputs).toMatchObject({ 'exit-code': '1', 'patch-branch': 'drift/adopt', 'pull-request': url });
    expect(forge.comments).toEqual([]);
    const second = await act({ 'patch-branch': 'drift/adopt' }, { event: 'schedule' });
    expect(second.outputs).toEqual(expect.objectContaining({ 'pull-request': url }));
    expect(forge.requests).toHaveLength(1);
    const alone = await act({ 'patch-branch': 'drift/alone', 'pull-request': 'false' }, { event: 'schedule' });
    expect(alone.outputs).toMatchObject({ 'patch-branch': 'drift/alone', 'pull-request': '' });
    expect(forge.requests).toHaveLength(1);
  });

  test('passes everything on as it is, and lets no value be another option or a command', async () => {
    const hostile = '$(touch pwned) `touch pwned`; touch pwned';
    writeFileSync(join(workspace, 'a b.json'), JSON.stringify(richReport()));
    await act({
      config: hostile,
      ref: '--output=json=/tmp/x',
      stacks: 'shop-*  *\n[ab]?\n',
      regions: 'eu-west-1',
      snapshot: 'live.json',
      'fail-on': 'high',
      'new-since': 'a b.json',
      strict: 'true',
      unmanaged: 'true',
      args: `--concurrency=2\n\n  ${hostile}\n`,
    });
    expect(calls()[0]?.args.slice(0, 14)).toEqual([
      'scan',
      '.',
      '--ref=--output=json=/tmp/x',
      `--config=${hostile}`,
      '--stack=shop-*',
      '--stack=*',
      '--stack=[ab]?',
      '--region=eu-west-1',
      '--snapshot=live.json',
      '--fail-on=high',
      '--new-since=a b.json',
      '--strict',
      '--unmanaged',
      '--concurrency=2',
    ]);
    expect(calls()[0]?.args[14]).toBe(`  ${hostile}`);
    expect(existsSync(join(workspace, 'pwned'))).toBe(false);
  });

  test.each([
    ['is missing', undefined, "earlier/drift.json: can't read the report: ENOENT"],
    ['was cut off', '{"schemaVersion": 1,', 'this is no JSON'],
    ['is of a newer version', '{"schemaVersion": 2}', 'schemaVersion 2 is not known here'],
  ])('a report of the night before that %s is told, and the scan goes on without', async (_, text, why) => {
    mkdirSync(join(workspace, 'earlier'));
    if (text !== undefined) writeFileSync(join(workspace, 'earlier/drift.json'), text);
    const { exitCode, outputs, log } = await act({ 'new-since': 'earlier/drift.json', comment: 'false' });
    expect({ exitCode, findings: outputs['findings'], new: outputs['new'] }).toEqual({
      ...{ exitCode: 1, findings: '10', new: '' },
    });
    expect(calls()[0]?.args.join(' ')).not.toContain('new-since');
    const warnings = readLog(log).commands.filter(({ name }) => name === 'warning');
    expect(warnings[0]?.message).toContain('no earlier report, so that everything counts as new');
    expect(warnings[0]?.message).toContain(why);
  });

  test('one that is there makes what it has known', async () => {
    const { outputs } = await act({ comment: 'false' });
    const earlier = join(workspace, 'earlier.json');
    writeFileSync(earlier, readFileSync(outputs['json'] ?? ''));
    const again = await act({ 'new-since': 'earlier.json', comment: 'false' });
    expect([again.exitCode, again.outputs['findings'], again.outputs['new']]).toEqual([3, '10', '0']);
    expect(again.log).not.toContain('no earlier report');
  });

  test('says what is wrong where it could not scan, and fails with 2', async () => {
    const { exitCode, used, summary, log, outputs } = await act({ config: 'missing.yaml' });
    expect({ exitCode, used, comments: forge.comments }).toEqual({ exitCode: 2, used: [], comments: [] });
    expect(log).toContain('missing.yaml');
    expect(summary).toContain('could not scan (exit code 2)');
    expect(outputs).toMatchObject({ 'exit-code': '2', findings: '', json: '' });
    const mistyped = await act({ strict: 'yes' });
    expect(mistyped.exitCode).toBe(2);
    expect(mistyped.log).toContain('"strict" has to be true or false, not "yes"');
  });

  test('an incomplete scan is commented, but closes no alert of what it has not read', async () => {
    const config = readFileSync(join(workspace, 'gitops-drift.yaml'), 'utf8');
    const more = '  - { name: shop-gone, template: templates/app.yaml, region: eu-west-1 }\n';
    writeFileSync(join(workspace, 'gitops-drift.yaml'), config.replace('\nignore:', `${more}\nignore:`));
    const { exitCode, used } = await act();
    expect({ exitCode, used }).toEqual({ exitCode: 2, used: [] });
    expect(forge.comments).toHaveLength(1);
  });

  test('nothing of the repository or the cloud is a command to the runner, wherever it is printed', async () => {
    const edit = (file: string, from: RegExp, to: string) => {
      const text = readFileSync(join(workspace, file), 'utf8');
      expect(text).toMatch(from);
      writeFileSync(join(workspace, file), text.replace(from, to));
    };
    const evil = '::set-output name=patch::/etc/passwd';
    edit('live.json', /"2001"/g, JSON.stringify(`${evil}\n${evil} ##[set-output name=patch]/etc/passwd`));
    const comment = 'gitops-drift:ignore until 2020-01-01: ok ##[stop-commands]x';
    edit('templates/network.yaml', /Value: platform \}/, `Value: platform } # ${comment}`);
    const reason = JSON.stringify(`x\n${evil}\n::stop-commands::x\n  ::error::owned`);
    edit('gitops-drift.yaml', /$/, `  - { type: AWS::EC2::VPC, until: 2020-01-01, reason: ${reason} }\n`);
    const { log } = await act();
    // It is there, and would be taken for commands elsewhere.
    expect(log).toContain(`(x ${evil} ::stop-commands::x`);
    expect(log).toContain('#\\x23[stop-commands]x');
    const { commands, lines } = readLog(log);
    const other = commands.filter(
      ({ name, message }) => !['error', 'warning', 'notice'].includes(name) || /^owned/.test(message),
    );
    expect(other).toMatchObject([{ name: 'stop-commands', message: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    // The commands of the annotations are read again, and the table is there.
    expect(commands.filter(({ name }) => name === 'error').length).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain('✗ Drift: ');
    expect(readLog((await act({ config: '##[set-output name=x]y' })).log).commands).toMatchObject([
      { name: 'stop-commands', message: expect.not.stringMatching(other[0]?.message ?? '') },
    ]);
  });

  test('alerts of one category are not replaced by those of another', async () => {
    const categories = [];
    for (const category of ['prod', 'staging']) {
      const [upload] = (await act({ category, comment: 'false' })).used;
      const { runs } = JSON.parse(readFileSync(upload?.with['sarif_file'] ?? '', 'utf8'));
      // upload-sarif leaves what a run says of itself as it is (github/codeql-action, src/upload-lib.ts).
      categories.push(runs[0].automationDetails?.id ?? `${upload?.with['category']}/`);
    }
    expect(categories).toEqual(['prod/', 'staging/']);
  });

  test('what could not be read closes no alert where strict asks for certainty', async () => {
    const uploads = async (inputs: Record<string, string>) => (await act({ comment: 'false', ...inputs })).used.length;
    // A key of shop-data can't be read.
    expect(await uploads({ strict: 'false' })).toBe(1);
    expect(await uploads({ strict: 'true' })).toBe(0);
    expect(await uploads({ strict: 'true', stacks: 'shop-network' })).toBe(1);
  });

  test('degrades with a word for each where the token may only read, as in pull requests of forks', async () => {
    const { exitCode, log } = await act({}, { token: READ_ONLY, failing: ['github/codeql-action'] });
    expect(exitCode).toBe(1);
    expect(log).toContain('::warning::no comment: GitHub answered 403');
    expect(log).toContain('::warning::The findings are not in code scanning');
  });

  test('leaves out what is turned off', async () => {
    const { exitCode, used, summary } = await act({
      sarif: 'false',
      summary: 'false',
      comment: 'false',
      'fail-on': 'never',
    });
    expect({ exitCode, used, summary, comments: forge.comments }).toEqual({
      exitCode: 3,
      used: [],
      summary: '',
      comments: [],
    });
  });

  test.each<[string, string, Record<string, string>]>([
    ['1', 'drift', {}],
    // A key of shop-data can't be read.
    ['3', 'notRead', { 'fail-on': 'never' }],
    ['0', 'belowFailOn', { 'fail-on': 'never', config: 'accepting.yaml' }],
    ['2', 'stackError', { config: 'incomplete.yaml' }],
    ['2', '', { config: 'missing.yaml' }],
  ])('fails with %s, and says why: "%s"', async (code, reason, inputs) => {
    const config = readFileSync(join(workspace, 'gitops-drift.yaml'), 'utf8');
    const accepting = `${config}\naccept:\n  - { type: AWS::KMS::Key, reason: the role may not read keys }\n`;
    writeFileSync(join(workspace, 'accepting.yaml'), accepting);
    const more = '  - { name: shop-gone, template: templates/app.yaml, region: eu-west-1 }\n';
    writeFileSync(join(workspace, 'incomplete.yaml'), config.replace('\nignore:', `${more}\nignore:`));
    const { exitCode, outputs } = await act({ comment: 'false', sarif: 'false', ...inputs });
    expect([exitCode, outputs['exit-code'], outputs['exit-reason']]).toEqual([Number(code), code, reason]);
  });
});
