import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';

const TEMPLATE = `Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs
      VisibilityTimeout: 60
      Tags: [{ Key: Team, Value: shop }]
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: files
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true }
`;
const URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/jobs';
const LIVE = {
  snapshotVersion: 1,
  capturedAt: '2026-01-01T00:00:00Z',
  account: '111111111111',
  regions: {
    'eu-west-1': {
      stacks: [
        {
          ...{ name: 'shop', status: 'CREATE_COMPLETE', template: TEMPLATE, parameters: {} },
          resources: [
            {
              ...{ logicalId: 'Jobs', type: 'AWS::SQS::Queue', physicalId: URL },
              properties: {
                ...{ QueueName: 'jobs', QueueUrl: URL, VisibilityTimeout: 90 },
                Tags: [{ Key: 'Team', Value: 'web' }],
              },
            },
            {
              ...{ logicalId: 'Files', type: 'AWS::S3::Bucket', physicalId: 'files' },
              properties: { BucketName: 'files', PublicAccessBlockConfiguration: { BlockPublicPolicy: false } },
            },
          ],
        },
      ],
    },
  },
};

/** The severities are critical, medium and low. */
const PATHS = ['/PublicAccessBlockConfiguration/BlockPublicPolicy', '/VisibilityTimeout', '/Tags/0/Value'];
const [OPEN = '', TIMEOUT = '', TAG = ''] = PATHS;

let cwd: string;

beforeAll(() => {
  cwd = makeRepository({
    'shop.yaml': TEMPLATE,
    'gitops-drift.yaml':
      'version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks: [{ name: shop, template: shop.yaml, region: eu-west-1 }]\n',
    'live.json': JSON.stringify(LIVE),
  });
});

const run = (...args: string[]) => runCli(args, { cwd });

/** The paths that a text shows one by one. */
const shownIn = (text: string) => PATHS.filter((path) => text.includes(path));

const CHOICES: [string[], string[]][] = [
  [['--severity', 'critical'], [OPEN]],
  [
    ['--severity', 'medium'],
    [OPEN, TIMEOUT],
  ],
  [['--severity', 'low'], PATHS],
  [
    ['--max-severity', 'medium'],
    [TIMEOUT, TAG],
  ],
  [['--severity', 'medium', '--max-severity', 'medium'], [TIMEOUT]],
  [
    ['--type', 'AWS::SQS::*'],
    [TIMEOUT, TAG],
  ],
  [
    ['--path', '/Tags', '/Public*'],
    [OPEN, TAG],
  ],
];

describe('what is shown is chosen by', () => {
  test.each(CHOICES)('%j', async (options, paths) => {
    const { stdout, exitCode } = await run('scan', ...options);
    expect(shownIn(stdout)).toEqual(paths);
    expect(exitCode).toBe(1);
    const left = PATHS.length - paths.length;
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `✗ Drift: 3 differences in 2 of 2 resources${left > 0 ? ` · ${left} more not shown` : ''}`,
    );
    const patched = await run('scan', ...options, '--quiet', '--patch', '-o', 'json=drift.json');
    const edits: Record<string, RegExp> = {
      [OPEN]: /^\+.*BlockPublicPolicy: false/m,
      [TIMEOUT]: /^\+.*VisibilityTimeout: 90/m,
      [TAG]: /^\+.*Value: web/m,
    };
    for (const path of PATHS) expect([path, edits[path]?.test(patched.stdout)]).toEqual([path, paths.includes(path)]);
    const chosen = await run('patch', ...options, '--check');
    expect(shownIn(chosen.stdout)).toEqual(paths);
  });

  test.each(['table', 'markdown', 'html', 'github', 'junit'])('the options in %s', async (format) => {
    const { stdout } = await run('scan', '--severity', 'critical', '-o', format);
    const listed = format === 'junit' ? stdout.replace(/<skipped[^>]*>/g, '') : stdout;
    expect(shownIn(listed)).toEqual([OPEN]);
    if (format !== 'junit') expect(stdout).toContain('2 more not shown');
  });

  test('none of them in JSON, SARIF and for GitLab, which mark or hold everything', async () => {
    for (const format of ['json', 'sarif', 'gitlab']) {
      expect(shownIn((await run('scan', '--severity', 'critical', '-o', format)).stdout)).toEqual(PATHS);
    }
    const { stdout } = await run('scan', '--severity', 'critical', '-o', 'json');
    const { findings, summary } = JSON.parse(stdout) as Report;
    expect(findings.map(({ severity, hidden }) => [severity, hidden === true])).toEqual(
      expect.arrayContaining([
        ['critical', false],
        ['medium', true],
        ['low', true],
      ]),
    );
    expect(summary.findings).toEqual({ critical: 1, high: 0, medium: 1, low: 1 });
  });

  test('the options of the command that renders a saved report, not those it was made with', async () => {
    await run('scan', '--severity', 'critical', '-o', 'json=saved.json');
    expect(shownIn((await run('report', 'saved.json')).stdout)).toEqual(PATHS);
    expect(shownIn((await run('report', 'saved.json', '--type', 'AWS::S3::*')).stdout)).toEqual([OPEN]);
  });
});

test('a resource of which nothing is shown has not passed as a test', async () => {
  const { stdout } = await run('scan', '--severity', 'critical', '-o', 'junit');
  expect(stdout).toMatch(/name="Jobs AWS::SQS::Queue"[^>]*>\s*<skipped message="[^"]*not shown/);
});

describe('--type', () => {
  test.each([['scan'], ['report', 'drift.json'], ['patch', '--check']])(
    'that no type matches is an error of %s',
    async (...command) => {
      const { exitCode, stderr } = await run(...command, '--type', 'AWS::S3::Buckett', 'AWS::S3::*');
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--type AWS::S3::Buckett: no resource type of AWS matches it');
      expect(stderr).toContain('did you mean AWS::S3::Bucket');
    },
  );

  test('of somebody else is taken as it is', async () => {
    const { exitCode, stdout } = await run('scan', '--type', 'Custom::Thing');
    expect(exitCode).toBe(1);
    expect(shownIn(stdout)).toEqual([]);
  });
});
