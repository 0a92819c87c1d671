import { describe, expect, test } from '@jest/globals';
import type { SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import { stackOf } from '../cloud/cloud.js';
import { git } from '../support/repository.js';
import { assets, FILE, live, PLACE, project, queue, shop, TWO_STACKS, twoStacks } from './project.js';

const JOBS = `${PLACE}/shop/Jobs`;
const ACCELERATED = { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } };
const HELD = shop(queue({ MaximumMessageSize: 1000 }), assets(ACCELERATED));
const DENIED = { error: 'AccessDenied: sqs:GetQueueAttributes' };

/** A project with a baseline of what is live, and then with something else live. */
async function accepted(...now: SnapshotResource[]) {
  const made = project(HELD);
  await made.run('baseline');
  made.write(shop(...now));
  return made;
}

describe('the entry of a resource', () => {
  test.each([
    ['another type', { type: 'AWS::SNS::Topic' }],
    ['another physical ID', { physicalId: 'https://sqs/jobs-2' }],
  ])('of %s is stale: it is told, and the resource counts as without baseline', async (_, more) => {
    const { run, scan, text, write, resources } = project(HELD);
    await run('baseline');
    const file = JSON.parse(text());
    Object.assign(file.resources[JOBS], more);
    write({ [FILE]: JSON.stringify(file), ...shop(queue({ MaximumMessageSize: 2000 }), assets(ACCELERATED)) });
    const { report, stderr, exitCode } = await scan();
    expect([exitCode, report.findings]).toEqual([0, []]);
    expect(report.summary.undeclared).toMatchObject({ baselined: 1, withoutBaseline: 1 });
    expect(stderr).toContain("warning: the baseline's entry of Jobs in stack shop is of another resource");
    const checked = await run('baseline', '--check');
    expect([checked.exitCode, checked.stderr]).toEqual([1, expect.stringContaining(`${JOBS} (another resource now)`)]);
    expect((await run('baseline')).stderr).not.toContain('is of another resource');
    expect(resources()[JOBS]).toMatchObject({
      physicalId: 'https://sqs/jobs',
      values: { '/MaximumMessageSize': 2000 },
    });
  });

  test('stays where the resource can’t be read, and that is told', async () => {
    const { run, resources } = await accepted(queue({}, { properties: null, ...DENIED }), assets());
    const { exitCode, stderr } = await run('baseline');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /not read whole: 1 resource;.*\n {2}Jobs in shop \[.*\]: AccessDenied: .* \(keeps its entry\)/,
    );
    expect(resources()[JOBS]?.values).toEqual({ '/MaximumMessageSize': 1000 });
    expect(resources()[`${PLACE}/shop/Assets`]?.values).toEqual({});
    expect((await run('baseline', '--check')).exitCode).toBe(0);
  });

  test('is not written of what is read in part', async () => {
    const { run, scan, resources } = project(
      shop(queue({ MaximumMessageSize: 1000 }, { partial: true }), assets(ACCELERATED)),
    );
    expect((await run('baseline')).stderr).toMatch(/Jobs in shop .*: read in part \(gets none\)/);
    expect(Object.keys(resources())).toEqual([`${PLACE}/shop/Assets`]);
    expect((await scan()).report.summary.undeclared).toMatchObject({ baselined: 1, notVisible: 1 });
  });

  test('is dropped when its stack no longer declares it', async () => {
    const made = await accepted(queue({ MaximumMessageSize: 1000 }));
    made.write({ 'shop.yaml': 'Resources:\n  Jobs: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5 } }\n' });
    const { stderr, exitCode } = await made.run('baseline', '--check');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`  - ${PLACE}/shop/Assets (1 value)`)]);
    await made.run('baseline');
    expect(Object.keys(made.resources())).toEqual([JOBS]);
  });

  test('of what a template declares by now is no finding', async () => {
    const made = await accepted(queue({ MaximumMessageSize: 2000 }), assets(ACCELERATED));
    made.write({
      'shop.yaml': `Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5, MaximumMessageSize: 2000 } }
  Assets: { Type: AWS::S3::Bucket, Properties: { BucketName: assets } }
`,
    });
    expect((await made.scan()).report.findings).toEqual([]);
  });
});

describe('stacks', () => {
  test('that are not asked for keep their entries', async () => {
    const { run, write, resources } = project({ 'gitops-drift.yaml': TWO_STACKS, ...twoStacks(1000) });
    await run('baseline');
    write(twoStacks(2000));
    await run('baseline', '--stack', 'other');
    const [one, other] = ['shop', 'other'].map((name) => resources()[`${PLACE}/${name}/Jobs`]?.values);
    expect([one, other]).toEqual([{ '/MaximumMessageSize': 1000 }, { '/MaximumMessageSize': 2000 }]);
    expect((await run('baseline', '--check', '--stack', 'other')).exitCode).toBe(0);
    expect((await run('baseline', '--check')).exitCode).toBe(1);
  });

  test('of an account that was not known count, until it is', async () => {
    const { run, scan, text, write, resources } = project(HELD);
    await run('baseline');
    write({ [FILE]: text().replaceAll('111111111111/', '-/') });
    expect((await scan()).report.summary.undeclared).toMatchObject({ baselined: 2 });
    await run('baseline');
    expect(Object.keys(resources())).toEqual([`${PLACE}/shop/Assets`, JOBS]);
  });

  test('nested in others are named by their path', async () => {
    const arn = (name: string) => `arn:aws:cloudformation:eu-west-1:111111111111:stack/${name}/1`;
    const child = { logicalId: 'Messaging', type: 'AWS::CloudFormation::Stack', physicalId: arn('shop-Messaging-1') };
    const { run, scan, write, resources } = project({
      'shop.yaml': `Resources:
  Messaging: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./messaging.yaml } }
`,
      'messaging.yaml': 'Resources:\n  Jobs: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5 } }\n',
    });
    const state = (size: number) =>
      live([
        stackOf('shop', [{ ...child, properties: { TemplateURL: 'https://s3/messaging.yaml' } }]),
        stackOf('shop-Messaging-1', [queue({ MaximumMessageSize: size })]),
      ]);
    write(state(1000));
    await run('baseline');
    expect(resources()[`${PLACE}/shop/Messaging/Jobs`]?.values).toEqual({ '/MaximumMessageSize': 1000 });
    write(state(2000));
    const { report } = await scan();
    expect(report.findings).toMatchObject([{ stack: 'shop/Messaging', path: '/MaximumMessageSize', accepted: 1000 }]);
  });
});

describe('a file that can’t be read stops the scan', () => {
  test.each([
    ['is no JSON', '{', ':1:2: JSON not well-formed'],
    ['is something else', '{}', 'this is no baseline: it has no baselineVersion'],
    ['is of a newer version', '{"baselineVersion": 2}', 'baselineVersion 2 is not known here'],
    ['lacks its salt', '{"baselineVersion": 1, "resources": {}}', "must have required property 'salt'"],
  ])('where it %s', async (_, text, message) => {
    const { run } = project({ ...HELD, [FILE]: text });
    for (const command of ['scan', 'baseline']) {
      const { exitCode, stderr } = await run(command);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`error: ${FILE}:`)]);
      expect(stderr).toContain(message);
    }
  });

  test('where the configuration names it and it is not there; the command makes it', async () => {
    const { run, scan, text, write } = project(HELD);
    write({ 'gitops-drift.yaml': `${text('gitops-drift.yaml')}baseline: drift/accepted.json\n` });
    const { exitCode, stderr } = await scan();
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('drift/accepted.json')]);
    expect(stderr).toContain('gitops-drift baseline');
    expect((await run('baseline', '--check')).exitCode).toBe(1);
    expect((await run('baseline')).exitCode).toBe(0);
    expect(text('drift/accepted.json')).toContain('"/MaximumMessageSize": 1000');
    expect((await scan()).exitCode).toBe(0);
  });
});

describe('findings beside the baseline', () => {
  const CHANGED = [queue({ MaximumMessageSize: 2000 }), assets({ ...ACCELERATED, AbacStatus: 'Enabled' })];

  test('fail the scan, and are the reason for it', async () => {
    const { scan } = await accepted(...CHANGED);
    const { exitCode, report } = await scan();
    expect(exitCode).toBe(1);
    expect(report.summary.exitReason).toEqual({
      code: 'undeclared',
      text: 'Drift: 2 differences in 2 of 2 resources (2 undeclared)',
    });
    expect(report.findings).toMatchObject([
      { path: '/MaximumMessageSize', undeclared: true, change: 'changed', accepted: 1000, live: 2000 },
      { path: '/AbacStatus', undeclared: true, change: 'appeared', live: 'Enabled' },
    ]);
    expect(report.findings.some((finding) => 'desired' in finding)).toBe(false);
    expect((await scan('--fail-on', 'critical')).exitCode).toBe(0);
  });

  test('are accepted by the command that the report names, also where a commit was scanned', async () => {
    const { cwd, run, scan } = await accepted(queue({ MaximumMessageSize: 2000 }), assets(ACCELERATED));
    git(cwd, 'add', '--all');
    git(cwd, 'commit', '--quiet', '--message', 'Accept');
    const { report } = await scan('--ref', 'HEAD');
    const command = report.findings[0]?.remedies?.find(({ way }) => way === 'accept')?.command ?? '';
    expect(command).toBe('gitops-drift baseline --stack shop');
    expect((await run(...command.split(' ').slice(1))).exitCode).toBe(0);
    expect((await scan()).report.findings).toEqual([]);
  });

  test('declared drift beside them is the reason', async () => {
    const { scan } = await accepted(queue({ MaximumMessageSize: 2000, DelaySeconds: 9 }), assets(ACCELERATED));
    expect((await scan()).report.summary.exitReason?.code).toBe('drift');
  });

  test('are suppressed by rules of the configuration and by comments', async () => {
    const { scan, text, write } = await accepted(...CHANGED);
    write({
      'gitops-drift.yaml': `${text('gitops-drift.yaml')}ignore:
  - { type: AWS::SQS::Queue, path: /MaximumMessageSize, reason: the size is tuned by hand }
`,
      'shop.yaml': text('shop.yaml').replace('  Assets:', '  # gitops-drift:ignore: a trial\n  Assets:'),
    });
    const { exitCode, report } = await scan();
    expect(report.findings.map(({ suppressed }) => suppressed?.reason)).toEqual([
      'the size is tuned by hand',
      'a trial',
    ]);
    expect([exitCode, report.summary.undeclared?.findings]).toEqual([0, 0]);
  });

  test('that an earlier report has are known', async () => {
    const { scan, run, write } = await accepted(queue({ MaximumMessageSize: 2000 }), assets(ACCELERATED));
    await run('scan', '-o', 'json=earlier.json');
    expect((await scan('--new-since', 'earlier.json')).exitCode).toBe(0);
    write(shop(...CHANGED));
    const { exitCode, report } = await scan('--new-since', 'earlier.json');
    expect([exitCode, report.findings.map(({ baseline }) => baseline)]).toEqual([1, ['known', 'new']]);
    expect(report.summary.baseline).toEqual({ new: 1, known: 1, gone: 0 });
  });

  test('are not gone because nobody compared with the baseline', async () => {
    const { scan, run, cwd, text, write } = await accepted(queue({ MaximumMessageSize: 2000 }), assets(ACCELERATED));
    git(cwd, 'add', '--all');
    await run('scan', '-o', 'json=earlier.json');
    const before = text();
    write({ [FILE]: before.replace('https://sqs/jobs', 'https://sqs/another') });
    expect((await scan('--new-since', 'earlier.json')).report.summary.baseline).toEqual({ new: 0, known: 0, gone: 0 });
    write({ [FILE]: before, ...HELD });
    expect((await scan('--new-since', 'earlier.json')).report.summary.baseline).toEqual({ new: 0, known: 0, gone: 1 });
  });

  test('keep all of it in a report that is rendered again, merged, or judged anew', async () => {
    const { run, scan } = await accepted(...CHANGED);
    const { report } = await scan();
    await run('scan', '-o', 'json=drift.json');
    const again = JSON.parse((await run('report', 'drift.json', '-o', 'json')).stdout);
    expect(again.findings).toEqual(report.findings);
    expect(again.summary).toEqual(report.summary);
    expect((await run('report', 'drift.json', '--fail-on', 'never', '-o', 'json')).exitCode).toBe(0);
    const { stdout } = await run('report', 'drift.json');
    expect(stdout).toContain('undeclared, changed');
    expect(stdout).toContain('Undeclared: 2 findings; 2 resources compared with the baseline');
  });
});
