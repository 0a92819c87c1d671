import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { openRepository } from '../../../../src/git/repository.js';
import { runApps } from '../../../../src/iac/cloudformation/cdk/synth/run-apps.js';
import type { MakingProgram, ToSynthesise } from '../../../../src/iac/synthesis.js';
import { makeRepository } from '../../../support/repository.js';
import { STUB, words } from './stub-app.js';

const repository = makeRepository(
  Object.fromEntries(Object.entries(STUB).map(([path, text]) => [`infra/${path}`, text])),
);
const MARKER = join(repository, 'infra/ran.marker');

async function given(program: Partial<MakingProgram>, more: Partial<ToSynthesise> = {}): Promise<ToSynthesise> {
  const opened = await openRepository(repository);
  const own = { file: 'infra/gitops-drift.yaml', folder: 'infra', out: 'infra/cdk.out', run: false, ...program };
  return {
    programs: [own],
    allowed: 'all',
    checkout: await opened.checkout(),
    root: opened.root,
    dirtyFiles: async () => (await opened.checkout()).dirtyFiles,
    ...more,
  };
}

/** What is told of an app that does something else. */
async function problemOf(act: string, more: Partial<MakingProgram> = {}, around: Partial<ToSynthesise> = {}) {
  try {
    await runApps(await given({ words: words(act), ...more }, around));
  } catch (error) {
    if (error instanceof DriftError) return error.problems[0];
    throw error;
  }
  throw new Error('nothing is told');
}

describe('an app', () => {
  test('is run in its folder, and what it makes lies over the files of the repository', async () => {
    const printed: string[] = [];
    const { checkout, warnings } = await runApps(
      await given({ words: words('; touch pwned') }, { onOutput: (text) => printed.push(text) }),
    );
    expect(warnings).toEqual([]);
    expect(await checkout.exists('infra/cdk.out/orders.template.json')).toBe(true);
    expect(await checkout.exists('infra/cdk.out/tree.json')).toBe(false);
    expect(await checkout.exists('infra/cdk.out/asset.0123/index.json')).toBe(false);
    const listed = await checkout.list();
    expect(listed).toContain('infra/cdk.out/manifest.json');
    expect(listed).toContain('infra/lib/orders.ts');
    expect((await checkout.read('infra/lib/orders.ts')).text).toBe(STUB['lib/orders.ts']);
    await expect(checkout.read('infra/cdk.out/other.json')).rejects.toThrow('does not exist');
    const told = JSON.parse((await checkout.read('infra/cdk.out/surroundings.json')).text);
    expect(told).toEqual({
      options: expect.stringContaining('--stack-trace-limit=30'),
      telemetry: 'true',
      context: {
        stage: 'prod',
        'availability-zones': ['eu-west-1a'],
        'aws:cdk:enable-path-metadata': true,
        'aws:cdk:enable-asset-metadata': true,
      },
      folder: join(repository, 'infra'),
      given: ['; touch pwned'],
    });
    expect(printed).toEqual(['password=****']);
    expect(existsSync(join(repository, 'infra/cdk.out'))).toBe(false);
  });

  test.each<[act: string, more: Partial<MakingProgram>, code: string, message: RegExp]>([
    ['crash', {}, 'cdk-app-failed', /^the CDK app in infra ended with exit code 7$/],
    ['hang', { timeout: 1 }, 'cdk-app-too-long', /was stopped: it ran for more than 1 second$/],
    ['outside', {}, 'cdk-app-no-assembly', /wrote no cloud assembly into the folder that CDK_OUTDIR names$/],
    ['', { words: ['node', 'a\0b'] }, 'cdk-app-failed', /^the CDK app in infra could not be started: node: /],
    [
      '',
      { words: ['/nowhere/node'] },
      'cdk-app-failed',
      /could not be started: \/nowhere\/node: there is no such file/,
    ],
  ])('that does %j is told of, without what it prints', async (act, more, code, message) => {
    const problem = await problemOf(act, more);
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.any(String) });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    if (act === 'crash') expect(problem?.hint).toContain('cd infra && CDK_OUTDIR=/tmp/cdk.out');
    expect(existsSync(readFileSync(join(repository, 'infra/ran.out'), 'utf8'))).toBe(false);
  });

  test('is stopped by a signal, with all that it has started', async () => {
    const stop = new AbortController();
    const running = runApps(
      await given(
        { words: words('hang') },
        { signal: stop.signal, onOutput: (text) => text === 'hangs' && stop.abort(new Error('enough')) },
      ),
    );
    await expect(running).rejects.toThrow('enough');
    const started = readFileSync(MARKER, 'utf8');
    while (isRunning(started)) await setImmediate();
  });

  test('that changes files of the repository is warned of', async () => {
    const { warnings } = await runApps(await given({ words: words('meddle') }));
    expect(warnings).toMatchObject([
      { code: 'cdk-app-changed-files', message: expect.stringContaining('infra/lib/meddled.ts') },
    ]);
  });

  test('whose assembly has links gives none of what they lead to', async () => {
    const { checkout } = await runApps(await given({ words: words('link') }));
    expect(await checkout.exists('infra/cdk.out/linked.template.json')).toBe(false);
    expect(await checkout.exists('infra/cdk.out/orders.template.json')).toBe(true);
  });
});

describe('what may be run', () => {
  test.each([
    ['nothing without leave', undefined, true, false, ['cdk-app-not-run']],
    ['nothing that is not asked for', undefined, false, false, []],
    ['by the environment what the configuration asks for', 'configured' as const, true, true, []],
    ['by the environment nothing else', 'configured' as const, false, false, []],
    ['by the caller all', 'all' as const, false, true, []],
  ])('%s', async (_, allowed, run, isRun, codes) => {
    rmSync(MARKER, { force: true });
    const { warnings, maker } = await runApps(await given({ words: words(), run }, { allowed }));
    expect(existsSync(MARKER)).toBe(isRun);
    expect(maker !== undefined).toBe(isRun);
    expect(warnings.map(({ code }) => code)).toEqual(codes.filter((code) => code !== ''));
  });

  test('nothing at a commit, nor where nothing says how', async () => {
    const opened = await openRepository(repository);
    const checkout = await opened.checkout('main');
    expect(await problemOf('', {}, { checkout })).toMatchObject({
      code: 'cdk-app-missing',
      message: expect.stringContaining('not at a commit'),
    });
    expect(await problemOf('', {}, { root: undefined })).toMatchObject({ code: 'cdk-app-missing' });
    expect(await problemOf('', { words: undefined })).toMatchObject({
      code: 'cdk-app-missing',
      hint: expect.stringContaining('cdk:'),
    });
    const { warnings } = await runApps(await given({ words: words(), run: true }, { checkout, allowed: 'configured' }));
    expect(warnings).toMatchObject([
      { code: 'cdk-app-not-run', message: expect.stringContaining('a commit is scanned') },
    ]);
  });
});

/** Whether a process is there that has not ended: one that has stays known for as long as nobody asks how. */
function isRunning(pid: string): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
