import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Delay: { Type: Number }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: { DelaySeconds: !Ref Delay, VisibilityTimeout: 60 }
  Events:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Events }
`;
const NAMES = Array.from({ length: 24 }, (_, index) => `shop-${String(index).padStart(2, '0')}`);
const DRIFTED = ['shop-03', 'shop-17'];

function repository(names: readonly string[], drifted: readonly string[] = DRIFTED): string {
  const stacks = names.map((name) => ({
    name,
    parameters: { Delay: '5' },
    resources: [
      {
        logicalId: 'Orders',
        type: 'AWS::SQS::Queue',
        physicalId: `https://sqs/${name}`,
        properties: { QueueName: name, DelaySeconds: 5, VisibilityTimeout: drifted.includes(name) ? 90 : 60 },
      },
      {
        logicalId: 'Events',
        type: 'AWS::SNS::Topic',
        physicalId: `arn:aws:sns:eu-west-1:111111111111:${name}`,
        properties: { DisplayName: 'Events' },
      },
    ],
  }));
  const config = names.map((name) => `  - { name: ${name}, template: shop.yaml, region: eu-west-1 }`);
  const head = 'version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n';
  return makeRepository({
    'shop.yaml': TEMPLATE,
    'gitops-drift.yaml': `${head}${config.join('\n')}\n`,
    'live.json': JSON.stringify({ snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks } } }),
  });
}

function load(cwd: string, file: string): Report {
  return JSON.parse(readFileSync(join(cwd, file), 'utf8')) as Report;
}

/** Scans in so many jobs; gives the files. */
async function scanShards(cwd: string, count: number, ...args: string[]): Promise<string[]> {
  const indexes = Array.from({ length: count }, (_, index) => index + 1);
  return Promise.all(
    indexes.map(async (index) => {
      const file = `${count}-${index}.json`;
      await runCli(['scan', '--shard', `${index}/${count}`, '-o', `json=${file}`, ...args], { cwd });
      return file;
    }),
  );
}

/** What does not depend on when and in how many jobs was scanned. */
function essence({ summary, stacks, resources, findings, rules }: Report) {
  const { patches, ...counts } = summary;
  return { counts, stacks, resources, rules, ids: findings.map(({ id }) => id) };
}

let cwd: string;
let shards: string[];
let whole: CliResult;

beforeAll(async () => {
  cwd = repository(NAMES);
  whole = await runCli(['scan', '-o', 'json=whole.json', '-o', 'table'], { cwd });
  shards = await scanShards(cwd, 4);
});

describe('gitops-drift scan --shard', () => {
  test('scans every stack in one of the jobs, and says which part it was', () => {
    const reports = shards.map((file) => load(cwd, file));
    expect(reports.map(({ scan }) => scan.shard)).toEqual(['1/4', '2/4', '3/4', '4/4']);
    const scanned = reports.flatMap(({ stacks }) => stacks.map(({ name }) => name));
    expect(scanned.sort()).toEqual(NAMES);
    for (const { stacks } of reports) expect(stacks.length).toBeGreaterThan(1);
  });

  test('moves no stack to another job when others come, go or change places', async () => {
    const other = repository(['web', ...NAMES.slice(4).reverse()]);
    const before = load(cwd, shards[1] ?? '').stacks.map(({ name }) => name);
    await runCli(['scan', '--shard', '2/4', '-o', 'json=2.json'], { cwd: other });
    const after = load(other, '2.json').stacks.map(({ name }) => name);
    expect(after.filter((name) => name !== 'web').sort()).toEqual(before.filter((name) => name > 'shop-03'));
  });

  test('a job without stacks is in order, and says so', async () => {
    const two = repository(['shop-00', 'shop-01'], []);
    const files = await scanShards(two, 8);
    const empty = files.find((file) => load(two, file).stacks.length === 0) ?? '';
    const shard = String(load(two, empty).scan.shard);
    const { exitCode, stdout, stderr } = await runCli(['scan', '--shard', shard, '--strict'], { cwd: two });
    expect(stderr).toContain(`no stack falls into shard ${shard}`);
    expect(stdout).toContain(`no stack is in shard ${shard}`);
    expect(exitCode).toBe(0);
    const merged = await runCli(['report', ...files], { cwd: two });
    expect(merged.stdout).toContain('In sync: 4 resources in 2 stacks');
    expect(merged).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test.each(['0/4', '5/4', '2', '1,2/4', '-1/4', '1/0', 'x/y', '1/4/4'])('%s is refused as a shard', async (shard) => {
    const { exitCode, stderr } = await runCli(['scan', `--shard=${shard}`], { cwd });
    expect(stderr).toContain(`error: invalid shard "${shard}": use INDEX/TOTAL`);
    expect(exitCode).toBe(2);
  });
});

describe('gitops-drift report', () => {
  test('merges shards into the report that one scan would have given, in whatever order they are named', async () => {
    const merged = await runCli(['report', ...shards, '-o', 'json=merged.json', '-o', 'table'], { cwd });
    expect(merged).toMatchObject({ exitCode: 1, stderr: '' });
    expect(merged.stdout).toContain('Drift: 2 differences in 2 of 48 resources');
    const report = load(cwd, 'merged.json');
    expect(essence(report)).toEqual(essence(load(cwd, 'whole.json')));
    expect(report.summary.properties.compared).toBe(72);
    const reports = shards.map((file) => load(cwd, file));
    expect(report.scan).toEqual({
      ...reports[0]?.scan,
      shard: undefined,
      startedAt: reports.map(({ scan }) => scan.startedAt).sort()[0],
      durationMs: reports.reduce((sum, { scan }) => sum + scan.durationMs, 0),
      dirty: reports.some(({ scan }) => scan.dirty),
    });
    await runCli(['report', ...[...shards].reverse(), '-o', 'json=again.json'], { cwd });
    expect(readFileSync(join(cwd, 'again.json'), 'utf8')).toBe(readFileSync(join(cwd, 'merged.json'), 'utf8'));
  });

  test('renders one report again as it was, with its exit code', async () => {
    const again = await runCli(['report', 'whole.json'], { cwd });
    expect(again).toEqual({ ...whole, stderr: '' });
    await runCli(['report', 'whole.json', '-o', 'json=copy.json'], { cwd });
    expect(load(cwd, 'copy.json')).toEqual(load(cwd, 'whole.json'));
    await runCli(['scan', '--fail-on', 'high', '-o', 'json=lenient.json'], { cwd });
    expect((await runCli(['report', 'lenient.json'], { cwd })).exitCode).toBe(0);
  });

  test('judges anew with --fail-on', async () => {
    const { exitCode, stdout } = await runCli(['report', ...shards, '--fail-on', 'never'], { cwd });
    expect(stdout).toContain('Drift that does not fail the scan');
    expect(exitCode).toBe(0);
    expect((await runCli(['report', 'whole.json', '--fail-on', 'high'], { cwd })).exitCode).toBe(0);
  });

  test('never lets an incomplete merge look complete', async () => {
    const some = shards.slice(0, 3);
    const refused = await runCli(['report', ...some], { cwd });
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/error: shard 4\/4 of the scan: no report is given\n.*--allow-missing/);
    // One job's report is not the scan's either, or the gate would pass when all others have failed.
    const lone = await runCli(['report', shards[0] ?? '', '--fail-on', 'never'], { cwd });
    expect(lone).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('error: shards 2/4, 3/4, 4/4 of the') });
    const shown = await runCli(['report', shards[0] ?? '', '--allow-missing', '--fail-on', 'never'], { cwd });
    expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('of shard 1/4') });
    const allowed = ['report', ...some, '--allow-missing', '--fail-on', 'never'];
    const merged = await runCli([...allowed, '--quiet', '-o', 'table', '-o', 'json=some.json'], { cwd });
    expect(merged.stdout).toContain('Incomplete: of 4 shards, no report of 4');
    expect(load(cwd, 'some.json').scan.shard).toBe('1,2,3/4');
    expect((await runCli(allowed, { cwd })).stderr).toContain('warning: shard 4/4');
    expect((await runCli([...allowed, '--strict'], { cwd })).exitCode).toBe(3);
    const completed = ['report', 'some.json', shards[3] ?? '', '--fail-on', 'low', '-o', 'json=all.json'];
    expect((await runCli(completed, { cwd })).exitCode).toBe(1);
    expect(essence(load(cwd, 'all.json'))).toEqual(essence(load(cwd, 'whole.json')));
  });

  test('an error in one shard is an error of all', async () => {
    const broken = shards.map((file) => file.replace('.json', '-broken.json'));
    for (const [index, file] of broken.entries()) {
      const report = load(cwd, shards[index] ?? '');
      if (index === 2) {
        Object.assign(report.stacks[0] ?? {}, { status: 'error', error: 'denied' });
        report.summary.exitCode = 2;
      }
      writeFileSync(join(cwd, file), JSON.stringify(report));
    }
    const { exitCode, stdout } = await runCli(['report', ...broken], { cwd });
    expect(stdout).toContain('Incomplete: 1 of 24 stacks could not be scanned');
    expect(exitCode).toBe(2);
  });
});

describe('reports that can not be merged', () => {
  function changed(name: string, change: (report: Report) => void): string {
    const report = load(cwd, shards[1] ?? '');
    change(report);
    writeFileSync(join(cwd, name), JSON.stringify(report));
    return name;
  }

  test.each<[string, () => string[], RegExp]>([
    ['a file that is not there', () => ['none.json'], /none\.json: can't read the report: there is no such file/],
    ['what is no JSON', () => ['shop.yaml'], /shop\.yaml:1:1: JSON not well-formed/],
    ['a snapshot', () => ['live.json'], /live\.json: not a gitops-drift report \(no schemaVersion\)/],
    [
      'a later version',
      () => [changed('later.json', (report) => Object.assign(report, { schemaVersion: 2 }))],
      /later\.json: schemaVersion 2 is not known here; this version reads 1/,
    ],
    [
      'mistakes in several files, all told at once',
      () => [
        changed('one.json', (report) => Object.assign(report.summary, { stacks: 'two' })),
        changed('two.json', (report) => Object.assign(report.stacks[0] ?? {}, { region: 7, nmae: 'x' })),
      ],
      /one\.json: \/summary\/stacks must be integer[\s\S]*two\.json: \/stacks\/0 must NOT have[\s\S]*two\.json: \/stacks\/0\/region must be string/,
    ],
    [
      'what is nested too deep to be looked at',
      () => [
        changed('deep.json', (report) => {
          const [finding] = report.findings.concat(load(cwd, 'whole.json').findings);
          report.findings = finding ? [{ ...finding, live: JSON.parse(`${'['.repeat(999)}${']'.repeat(999)}`) }] : [];
        }),
      ],
      /deep\.json: it is nested deeper than 300 levels/,
    ],
    [
      'another commit',
      () => [shards[0] ?? '', changed('commit.json', ({ scan }) => Object.assign(scan, { commit: 'abc' }))],
      /commit\.json: the commit is abc, but in 4-1\.json it is [0-9a-f]{40}/,
    ],
    [
      'another repository',
      () => [shards[0] ?? '', changed('other.json', ({ scan }) => Object.assign(scan, { repository: 'web' }))],
      /other\.json: the repository is web, but in 4-1\.json it is /,
    ],
    ['the same shard twice', () => [...shards, shards[1] ?? ''], /4-2\.json: shard 2\/4 is in 4-2\.json already/],
    [
      'the same stack twice',
      () => ['whole.json', shards[1] ?? ''],
      /4-2\.json: stack shop-\d\d \(eu-west-1, 111111111111\) is in whole\.json already/,
    ],
    [
      'shards of another split',
      () => [shards[0] ?? '', changed('split.json', ({ scan }) => Object.assign(scan, { shard: '2/9' }))],
      /split\.json: it is one of 9 shards, but those before it are of 4/,
    ],
  ])('%s', async (_, files, message) => {
    const { exitCode, stdout, stderr } = await runCli(['report', ...files()], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('defect of gitops-drift');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});
