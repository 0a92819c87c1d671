import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, jest, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Json } from '../../src/base/json.js';
import { type Clock, readInterval } from '../../src/cli/clock.js';
import { main } from '../../src/cli/main.js';
import { watch } from '../../src/cli/watch.js';
import type { Finding, Report } from '../../src/model/report.js';
import type { ScanResult } from '../../src/scan/request.js';
import { finding, reportOf, resource, stack } from '../report/sample.js';
import { runCli } from '../support/cli.js';
import { HOME } from '../support/pipeline.js';
import { commitFiles, makeRepository, temporaryDirectory, writeFiles } from '../support/repository.js';

const template = (timeout: number, comment = '') => `Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs
      VisibilityTimeout: ${timeout}${comment}
      DelaySeconds: 5
`;
const stackEntry = (name: string) => `  - { name: ${name}, template: ${name}.yaml, region: eu-west-1 }\n`;
const CONFIG = `version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n${stackEntry('shop')}`;

interface Live {
  timeout?: number;
  delay?: number;
  error?: string;
  web?: number;
}

/** What the cloud has: the queue of `shop`, and that of `web`, which was deployed from the same template. */
function live({ timeout = 60, delay = 5, error, web = 60 }: Live): string {
  const stacks = Object.entries({ shop: timeout, web }).map(([name, VisibilityTimeout]) => {
    const properties: Json = { QueueName: 'jobs', VisibilityTimeout, DelaySeconds: name === 'shop' ? delay : 5 };
    const jobs = { logicalId: 'Jobs', type: 'AWS::SQS::Queue', physicalId: `https://sqs/${name}`, properties };
    return { name, template: template(60), resources: [name === 'shop' && error ? { ...jobs, error } : jobs] };
  });
  return JSON.stringify({ snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks } } });
}

function makeShop(start: Live): string {
  return makeRepository({ 'shop.yaml': template(60), 'gitops-drift.yaml': CONFIG, 'live.json': live(start) });
}

/**
 * Runs a watch in this process. The clock goes on by itself; at each wait the next of the steps is done, and after the last
 * the process is told to end. Gives what was printed by each scan.
 */
async function watched(args: string[], steps: (() => void)[], signal: 'SIGINT' | 'SIGTERM' = 'SIGTERM') {
  const printed = { stdout: '', stderr: '' };
  const turns: { stdout: string; stderr: string }[] = [];
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text, ...rest: unknown[]) => {
      printed[name] += String(text);
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    }),
  );
  let now = Date.parse('2026-11-29T03:00:00Z');
  const clock: Clock = {
    now: () => new Date(now),
    async wait(ms, stop) {
      expect(stop.aborted).toBe(false);
      now += ms;
      turns.push({ ...printed });
      Object.assign(printed, { stdout: '', stderr: '' });
      const step = steps[turns.length - 1];
      if (step) step();
      else process.emit(signal);
    },
  };
  try {
    return { exitCode: await main(args, clock), turns, after: { ...printed } };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('scan --watch', () => {
  test('prints the first report, then a line for what opened, changed and closed, and nothing where nothing did', async () => {
    const cwd = makeShop({ timeout: 90 });
    const set = (state: Live) => () => writeFiles(cwd, { 'live.json': live(state) });
    const { exitCode, turns, after } = await watched(
      ['scan', cwd, '--watch', '5m'],
      [
        () => undefined,
        set({ timeout: 90, delay: 9 }),
        set({ timeout: 120, delay: 9 }),
        set({ timeout: 120 }),
        set({}),
      ],
    );
    const texts = turns.map(({ stdout }) => stdout);
    expect(texts[0]).toContain('✗ Drift: 1 difference in 1 of 1 resource\n');
    expect(texts[0]).toContain('/VisibilityTimeout  60 → 90');
    const where = 'shop [eu-west-1 111111111111]';
    expect(texts.slice(1)).toEqual([
      '',
      `2026-11-29T03:10:00Z opened   medium    ${where}  Jobs /DelaySeconds: 5 → 9  shop.yaml:7\n` +
        '2026-11-29T03:10:00Z 2 findings open. Drift: 2 differences in 1 of 1 resource\n',
      `2026-11-29T03:15:00Z changed  medium    ${where}  Jobs /VisibilityTimeout: 60 → 120  shop.yaml:6\n` +
        '2026-11-29T03:15:00Z 2 findings open. Drift: 2 differences in 1 of 1 resource\n',
      `2026-11-29T03:20:00Z closed   medium    ${where}  Jobs /DelaySeconds  shop.yaml:7\n` +
        '2026-11-29T03:20:00Z 1 finding open. Drift: 1 difference in 1 of 1 resource\n',
      `2026-11-29T03:25:00Z closed   medium    ${where}  Jobs /VisibilityTimeout  shop.yaml:6\n` +
        '2026-11-29T03:25:00Z 0 findings open. In sync: 1 resource in 1 stack matches Git\n',
    ]);
    expect({ exitCode, after }).toEqual({ exitCode: 0, after: { stdout: '', stderr: '' } });
    // What is warned of once is not again.
    expect(turns.filter(({ stderr }) => stderr !== '')).toHaveLength(1);
  });

  test('what can not be read stays open, and a scan that fails closes nothing, tells it once, and leaves the exit code', async () => {
    const cwd = makeShop({ timeout: 90 });
    const [file, away] = [join(cwd, 'live.json'), join(cwd, 'away.json')];
    const { exitCode, turns } = await watched(
      ['scan', cwd, '--watch', '30s', '-o', 'json=/dev/null', '--fail-on', 'never'],
      [
        () => writeFileSync(file, live({ error: 'AccessDenied' })),
        () => renameSync(file, away),
        () => undefined,
        () => renameSync(away, file),
        () => writeFileSync(file, live({ timeout: 90 })),
        () => writeFileSync(file, live({})),
        () => renameSync(file, away),
      ],
    );
    const unread =
      '1 finding open, 1 of them not read this time. Nothing was checked: 1 of 1 resource could not be read\n';
    expect(turns.map(({ stdout }) => stdout)).toEqual([
      '',
      `2026-11-29T03:00:30Z ${unread}`,
      '',
      '',
      `2026-11-29T03:02:00Z ${unread}`,
      '2026-11-29T03:02:30Z 1 finding open. Drift that does not fail the scan: 1 difference in 1 of 1 resource\n',
      expect.stringMatching(/^\S+ closed {3}medium .*\n\S+ 0 findings open\. In sync/),
      '',
    ]);
    const failures = turns.map(({ stderr }) => /the scan failed, so no finding was closed: .*/.exec(stderr)?.[0]);
    const failed = 'the scan failed, so no finding was closed: "live.json" does not exist in the work tree';
    expect(failures.flatMap((text, index) => (text === undefined ? [] : [[index, text]]))).toEqual([
      [2, failed],
      [7, failed],
    ]);
    expect(exitCode).toBe(0);
  });

  test('reads Git again: what it adopts or suppresses closes, and what is not scanned any more', async () => {
    const cwd = makeShop({ timeout: 90, delay: 9, web: 70 });
    const [shop, web] = [stackEntry('shop'), stackEntry('web')];
    const config = (text: string) => ({ 'gitops-drift.yaml': CONFIG.replace(shop, text) });
    const ignore = 'ignore: [{ path: /DelaySeconds, reason: tuned by hand }]\n';
    const { turns, exitCode } = await watched(
      ['scan', cwd, '--watch', '1h', '--ref', 'main', '-q'],
      [
        () => writeFiles(cwd, { 'shop.yaml': template(90) }),
        () => commitFiles(cwd, { 'shop.yaml': template(90) }),
        () => commitFiles(cwd, { ...config(shop + web), 'web.yaml': template(60) }),
        () => commitFiles(cwd, config(shop + web + ignore)),
        () => commitFiles(cwd, config(shop + ignore)),
      ],
      'SIGINT',
    );
    const lines = turns.slice(1).map(({ stdout }) => stdout.replace(/^\S+ /gm, ''));
    expect(lines).toEqual([
      '',
      expect.stringMatching(/^closed .*\/VisibilityTimeout: is no drift any more, and waits for its deployment .*\n$/),
      expect.stringMatching(/^opened .*web \[.*\/VisibilityTimeout: 60 → 70 .*\n$/),
      expect.stringMatching(/^closed .*\/DelaySeconds: is suppressed now .*\n$/),
      expect.stringMatching(/^closed .*web .*: its stack is not scanned any more .*\n$/),
    ]);
    expect(exitCode).toBe(0);
  });

  test('writes files anew with each scan, whole, and shows only what is asked for', async () => {
    const cwd = makeShop({ timeout: 90 });
    const out = temporaryDirectory();
    const [json, table, patch] = [join(out, 'drift.json'), join(out, 'drift.txt'), join(out, 'drift.patch')];
    const counts: number[] = [];
    const note = () => counts.push((JSON.parse(readFileSync(json, 'utf8')) as Report).findings.length);
    const files = ['-o', `json=${json}`, '-o', `table=${table}`, `--patch=${patch}`, '--path', '/VisibilityTimeout'];
    const { turns } = await watched(
      ['scan', cwd, '--watch', '10s', ...files],
      [() => note() && writeFiles(cwd, { 'live.json': live({ delay: 9 }) })],
    );
    note();
    expect(counts).toEqual([1, 1]);
    expect(turns[1]?.stdout).toMatch(/^\S+ closed .*\/VisibilityTimeout .*\n\S+ 1 finding open\. .*\n$/);
    expect(readFileSync(table, 'utf8')).toContain('1 more not shown');
    expect(readFileSync(patch, 'utf8')).toBe('');
  });

  test('a mistake is told at once: what the first scan fails at ends the watch', async () => {
    const { exitCode, stderr } = await runCli(['scan', temporaryDirectory(), '--watch', '5m']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('is not in a Git repository'),
    });
  });

  test('what is not for people does not go to stdout', async () => {
    const { exitCode, stderr } = await runCli(['scan', '--watch', '5m', '-o', 'json', '--patch'], {
      cwd: makeShop({}),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--watch: json can't go to stdout");
    expect(stderr).toContain('-o json=<file>');
    expect(stderr).toContain("--watch: the diff can't go to stdout");
  });

  test.each([
    ['10s', 10_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['1440m', 86_400_000],
    ['9s', 'from 10s to 24h'],
    ['0m', 'from 10s to 24h'],
    ['25h', 'from 10s to 24h'],
    ['86401s', 'from 10s to 24h'],
    ['5', 's, m or h'],
    ['5d', 's, m or h'],
    ['5M', 's, m or h'],
    ['1.5h', 's, m or h'],
    ['-5m', 's, m or h'],
    ['m', 's, m or h'],
    ['', 's, m or h'],
  ])('the interval %s', (text, expected) => {
    if (typeof expected === 'number') expect(readInterval(text)).toBe(expected);
    else expect(() => readInterval(text)).toThrow(expected);
  });

  test('an interval that is none is an error of the command line', async () => {
    const { exitCode, stderr } = await runCli(['scan', '--watch', '3s']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('from 10s to 24h') });
  });
});

/** A watch in a process of its own, which is sent a signal when it has printed something, or `when` holds. */
async function interrupted(
  args: string[],
  signal: NodeJS.Signals,
  env: Record<string, string>,
  when: Promise<unknown> | RegExp,
) {
  const child = spawn(process.execPath, [join(HOME, 'bin/gitops-drift.js'), 'scan', '--watch', '1h', ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_CONFIG_NOSYSTEM: '1',
      HOME: '/nonexistent',
      TMPDIR: temporaryDirectory(),
      ...env,
    },
  });
  let output = '';
  const seen = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (when instanceof RegExp && when.test(output)) resolve();
      });
    }
  });
  await (when instanceof RegExp ? seen : when);
  child.kill(signal);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}

describe('a signal ends it', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s in the wait: with the code of the last scan', async (signal) => {
    const { exitCode, output } = await interrupted([makeShop({ timeout: 90 })], signal, {}, /Drift: .*\n/);
    expect(exitCode).toBe(1);
    expect(output).not.toContain('interrupted');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in the first scan: with %i, and nothing is left behind', async (signal, code) => {
    let ask: () => void;
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    // A cloud that never answers.
    const cloud = createServer(() => ask()).listen(0, '127.0.0.1');
    await once(cloud, 'listening');
    const temporary = temporaryDirectory();
    const env = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`,
      ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', TMPDIR: temporary },
    };
    const json = join(temporary, 'drift.json');
    const { exitCode, output } = await interrupted(
      [makeShop({}), '--provider', 'aws', '-o', `json=${json}`],
      ...([signal, env, asked] as const),
    );
    cloud.close();
    expect(exitCode).toBe(code);
    expect(output).toContain(`interrupted by ${signal}: nothing was reported`);
    expect(existsSync(json)).toBe(false);
  });
});

const queue = resource('shop', 'Queue', 'AWS::SQS::Queue');

function resultWith(findings: Finding[]): ScanResult {
  const report = reportOf({ stacks: [stack('shop')], resources: [queue], findings, compared: 9 });
  return { report, warnings: [], patched: [] };
}

/** A watch of made-up scans: one each, the last of which is stopped while it is under way. */
async function watchOf(scans: (() => Promise<ScanResult>)[]) {
  const stop = new AbortController();
  const told: string[] = [];
  const left = [...scans];
  const exitCode = await watch({
    everyMs: 1,
    clock: { now: () => new Date(0), wait: async () => undefined },
    stop: stop.signal,
    unmanaged: false,
    scan() {
      const next = left.shift();
      if (next) return next();
      queueMicrotask(() => stop.abort('SIGTERM'));
      return new Promise(() => undefined);
    },
    onScan: async (_, { opened, closed, open }) =>
      void told.push(`+${opened.length} -${closed.length} =${open.length}`),
    onFailure: (text) => void told.push(text),
    onWait: () => undefined,
  });
  return { exitCode, told };
}

describe('the watch', () => {
  const one = finding(queue, '/DelaySeconds', 3, { desired: 5, live: 9 });

  test('in the middle of a scan it is stopped, and the scan before gives the code', async () => {
    const { exitCode, told } = await watchOf([async () => resultWith([one])]);
    expect({ exitCode, told }).toEqual({ exitCode: 1, told: ['+1 -0 =1'] });
    expect(await watchOf([])).toEqual({ exitCode: undefined, told: [] });
    await expect(watchOf([() => Promise.reject(new Error('first'))])).rejects.toThrow('first');
  });

  test('what fails for another reason is told again; what is unexpected is a defect, and ends nothing', async () => {
    const failing = (message: string) => async () => {
      throw new DriftError('provider', [{ code: 'cloud-request-failed', message }]);
    };
    const defect = async () => {
      throw new TypeError('odd');
    };
    const well = async () => resultWith([one]);
    const { told } = await watchOf([well, failing('a'), failing('a'), failing('b'), defect, well, failing('b')]);
    expect(told).toEqual([
      '+1 -0 =1',
      'a',
      'b',
      expect.stringMatching(/defect of gitops-drift.*TypeError: odd/s),
      '+0 -0 =1',
      'b',
    ]);
  });

  test('keeps nothing of a hundred scans but what is open now', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const kept: WeakRef<object>[] = [];
    const scans = Array.from({ length: 100 }, (_, index) => async () => {
      const found = finding(queue, `/Tags/${index}`, 3, { live: 'x'.repeat(1000) });
      const result = resultWith([{ ...found, id: String(index) }]);
      kept.push(new WeakRef(result), ...result.report.findings.map((each) => new WeakRef(each)));
      return result;
    });
    const { told } = await watchOf([
      ...scans,
      async () => {
        await new Promise(setImmediate);
        collect();
        return resultWith([]);
      },
    ]);
    expect(told.at(-1)).toBe('+0 -1 =0');
    // Of two hundred: the last result and its finding, and what the process has not let go yet.
    expect(kept.filter((each) => each.deref() !== undefined).length).toBeLessThan(8);
  });
});
