import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { git, makeBareClone, temporaryDirectory } from '../support/repository.js';
import { assets, FILE, live, PLACE, project, queue, shop, TWO_STACKS, twoStacks } from './project.js';

const HELD = shop(
  queue({ MaximumMessageSize: 1000 }),
  assets({ AccelerateConfiguration: { AccelerationStatus: 'Enabled' } }),
);

describe('gitops-drift baseline', () => {
  test('writes what is live and in no template, and then nothing differs', async () => {
    const { run, scan, resources } = project(HELD);
    const { exitCode, stdout, stderr } = await run('baseline');
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`${FILE}: 2 undeclared values of 2 resources accepted\n`);
    expect(resources()).toEqual({
      [`${PLACE}/shop/Assets`]: {
        type: 'AWS::S3::Bucket',
        physicalId: 'assets',
        values: { '/AccelerateConfiguration/AccelerationStatus': 'Enabled' },
      },
      [`${PLACE}/shop/Jobs`]: {
        type: 'AWS::SQS::Queue',
        physicalId: 'https://sqs/jobs',
        values: { '/MaximumMessageSize': 1000 },
      },
    });
    const scanned = await scan();
    expect([scanned.exitCode, scanned.report.findings]).toEqual([0, []]);
    expect(scanned.report.summary.undeclared).toEqual({
      findings: 0,
      baselined: 2,
      withoutBaseline: 0,
      notVisible: 0,
    });
  });

  test('writes the same bytes again, and says so', async () => {
    const { run, text } = project(HELD);
    await run('baseline');
    const first = text();
    expect((await run('baseline')).stderr).toContain('2 resources accepted, as before\n');
    expect(text()).toBe(first);
    const { stdout } = await run('baseline', '-o', '-');
    expect(stdout).toBe(first);
  });

  test('accepts anew what has changed; drift of declared values does not stop it', async () => {
    const { run, scan, write, resources } = project(HELD);
    await run('baseline');
    write(shop(queue({ DelaySeconds: 9, MaximumMessageSize: 2000 }), assets()));
    expect((await scan()).report.findings.map(({ path, change }) => [path, change])).toEqual([
      ['/DelaySeconds', undefined],
      ['/MaximumMessageSize', 'changed'],
      ['/AccelerateConfiguration', 'disappeared'],
    ]);
    const { exitCode, stderr } = await run('baseline');
    expect([exitCode, stderr.includes('resources: 2 changed')]).toEqual([0, true]);
    expect(resources()[`${PLACE}/shop/Jobs`]?.values).toEqual({ '/MaximumMessageSize': 2000 });
    expect((await scan()).report.findings.map(({ path }) => path)).toEqual(['/DelaySeconds']);
  });

  test('to another file, or to stdout, leaves the repository alone', async () => {
    const { run, cwd, text } = project(HELD);
    const { stdout, stderr } = await run('baseline', '-o', '-');
    expect(JSON.parse(stdout)).toMatchObject({ baselineVersion: 1 });
    expect(stderr).toContain('stdout: 2 undeclared values');
    expect((await run('baseline', '-o', 'elsewhere.json')).exitCode).toBe(0);
    expect(text('elsewhere.json')).toContain('"/MaximumMessageSize": 1000');
    expect(existsSync(join(cwd, FILE))).toBe(false);
  });
});

describe('--check', () => {
  test('exits with 1 where there is no file, and writes none', async () => {
    const { run, cwd } = project(HELD);
    const { exitCode, stderr } = await run('baseline', '--check');
    expect([exitCode, existsSync(join(cwd, FILE))]).toEqual([1, false]);
    expect(stderr).toContain(`${FILE} does not exist; write it with: gitops-drift baseline`);
  });

  test('exits with 0 where the file is up to date, and with 1 where it is not, saying in what', async () => {
    const { run, write, text } = project(HELD);
    await run('baseline');
    const first = text();
    expect(await run('baseline', '--check')).toMatchObject({ exitCode: 0, stdout: '' });
    write(shop(queue({ MaximumMessageSize: 2000, KmsDataKeyReusePeriodSeconds: 60 })));
    const { exitCode, stderr } = await run('baseline', '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${FILE} is out of date in 1 resource`);
    expect(stderr).toContain(
      `  ~ ${PLACE}/shop/Jobs\n      + /KmsDataKeyReusePeriodSeconds\n      ~ /MaximumMessageSize\n`,
    );
    expect(text()).toBe(first);
  });

  test('names some of what differs, and counts the rest', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Extra${index}`, index]));
    const { run, write } = project(HELD);
    await run('baseline');
    write(shop(queue({ MaximumMessageSize: 1000, ...attributes }), assets()));
    const { stderr } = await run('baseline', '--check');
    expect(stderr.match(/^ {6}\+ /gm)).toHaveLength(20);
    expect(stderr).toContain('      … and 10 more values\n');
  });
});

describe('a stack that can’t be scanned', () => {
  test('keeps its entries, and the rest is written', async () => {
    const { run, write, resources } = project({ ...twoStacks(1000), 'gitops-drift.yaml': TWO_STACKS });
    await run('baseline');
    write(shop(queue({ MaximumMessageSize: 2000 }), assets()));
    const { exitCode, stderr } = await run('baseline');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: stack other could not be scanned, so nothing of this in the file is changed: ');
    expect(resources()[`${PLACE}/shop/Jobs`]?.values).toEqual({ '/MaximumMessageSize': 2000 });
    expect(resources()[`${PLACE}/other/Jobs`]?.values).toEqual({ '/MaximumMessageSize': 1000 });
    expect((await run('baseline', '--check')).exitCode).toBe(2);
  });

  test('alone writes nothing', async () => {
    const { run, cwd } = project(live([]));
    const { exitCode, stderr } = await run('baseline');
    expect([exitCode, existsSync(join(cwd, FILE))]).toEqual([2, false]);
    expect(stderr).toContain('no baseline was written');
  });
});

describe('where it is written', () => {
  test('a link in the repository is written through', async () => {
    const { run, cwd, text } = project(HELD);
    mkdirSync(join(cwd, 'accepted'));
    symlinkSync('accepted', join(cwd, '.gitops-drift'));
    expect((await run('baseline')).exitCode).toBe(0);
    expect(text('accepted/baseline.json')).toContain('"baselineVersion": 1');
  });

  test('none that leads out of it is', async () => {
    const { run, cwd } = project(HELD);
    const outside = temporaryDirectory();
    symlinkSync(outside, join(cwd, '.gitops-drift'));
    const { exitCode, stderr } = await run('baseline');
    expect([exitCode, existsSync(join(outside, 'baseline.json'))]).toEqual([2, false]);
    expect(stderr).toContain('leads out of the repository');
  });

  test.each([
    ['a commit', ['--ref', 'HEAD']],
    ['--check and a file', ['--check', '-o', 'x.json']],
  ])('%s is refused before anything is read', async (_, args) => {
    const { run } = project({ 'live.json': 'no snapshot' });
    const { exitCode, stderr } = await run('baseline', ...args);
    expect([exitCode, stderr.includes('live.json')]).toEqual([2, false]);
  });

  test('a bare repository needs -o', async () => {
    const { run, cwd } = project(HELD);
    const bare = makeBareClone(cwd);
    expect(await run('baseline', bare)).toMatchObject({ exitCode: 2, stdout: '' });
    const { exitCode, stdout } = await run('baseline', bare, '-o', '-');
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { baselineVersion: 1 }]);
  });

  test('a folder in its place is told', async () => {
    const { run, cwd } = project(HELD);
    mkdirSync(join(cwd, FILE), { recursive: true });
    const { exitCode, stderr } = await run('baseline');
    expect([exitCode, stderr.includes(FILE)]).toEqual([2, true]);
  });
});

test('--ref reads templates and baseline at the commit', async () => {
  const { run, cwd, write, scan } = project(HELD);
  await run('baseline');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'Accept');
  write({ [FILE]: 'broken', ...shop(queue({ MaximumMessageSize: 2000 }), assets()) });
  const { report } = await scan('--ref', 'HEAD', '--snapshot', 'live.json');
  expect(report.findings).toMatchObject([{ path: '/MaximumMessageSize', accepted: 1000, live: 2000 }, {}]);
  const { stdout } = await run('baseline', '--ref', 'HEAD', '--snapshot', 'live.json', '-o', '-');
  expect(stdout).toContain('"/MaximumMessageSize": 2000');
  expect(readFileSync(join(cwd, FILE), 'utf8')).toBe('broken');
});
