import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { git, makeEmptyRepository, makeRepository, temporaryDirectory } from '../support/repository.js';

const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - name: shop-prod
    template: templates/shop.yaml
    region: eu-west-1
    parameters: { Env: prod }
`;

const TEMPLATE = `Parameters:
  Env: { Type: String, Default: dev }
Resources:
  Orders: # every order passes here
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub orders-\${Env}
      VisibilityTimeout: 60
      Tags:
        - { Key: Team, Value: shop }
        - { Key: Env, Value: !Ref Env }
  Events:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Events }
`;

const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders-prod';
const QUEUE = {
  QueueName: 'orders-prod',
  Arn: 'arn:aws:sqs:eu-west-1:111111111111:orders-prod',
  QueueUrl: QUEUE_URL,
  VisibilityTimeout: 60,
  Tags: [
    { Key: 'Env', Value: 'prod' },
    { Key: 'aws:cloudformation:stack-name', Value: 'shop-prod' },
    { Key: 'Team', Value: 'shop' },
  ],
};
const TOPIC = { TopicArn: 'arn:aws:sns:eu-west-1:111111111111:events', DisplayName: 'Events' };

function snapshot(queue: unknown = QUEUE, topic: object = { properties: TOPIC }): string {
  const resources = [
    { logicalId: 'Orders', type: 'AWS::SQS::Queue', physicalId: QUEUE_URL, properties: queue },
    { logicalId: 'Events', type: 'AWS::SNS::Topic', physicalId: TOPIC.TopicArn, ...topic },
  ];
  const stack = {
    name: 'shop-prod',
    template: TEMPLATE,
    parameters: { Env: 'prod' },
    outputs: {},
    exports: {},
    resources,
  };
  const regions = { 'eu-west-1': { stacks: [stack], unmanaged: [] } };
  return JSON.stringify({ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111', regions });
}

function shop(files: Record<string, string> = {}): string {
  return makeRepository({
    'gitops-drift.yaml': CONFIG,
    'templates/shop.yaml': TEMPLATE,
    'live.json': snapshot(),
    ...files,
  });
}

async function scanJson(
  cwd: string,
  ...args: string[]
): Promise<{ exitCode: number | null; report: Report; stderr: string }> {
  const { exitCode, stdout, stderr } = await runCli(['scan', '-o', 'json', ...args], { cwd });
  return { exitCode, report: JSON.parse(stdout) as Report, stderr };
}

describe('gitops-drift scan', () => {
  test('exits 0 and says so when nothing was changed', async () => {
    const { exitCode, stdout, stderr } = await runCli(['scan'], { cwd: shop() });
    expect(stdout).toContain('In sync');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  test('reports one changed tag as one finding, at the line that determines it', async () => {
    const queue = {
      ...QUEUE,
      Tags: [
        { Key: 'Env', Value: 'test' },
        { Key: 'Team', Value: 'shop' },
      ],
    };
    const { exitCode, report } = await scanJson(shop({ 'live.json': snapshot(queue) }));
    expect(exitCode).toBe(1);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      stack: 'shop-prod',
      logicalId: 'Orders',
      kind: 'modified',
      verdict: 'drift',
      path: '/Tags/1/Value',
      desired: 'prod',
      live: 'test',
      location: { file: 'gitops-drift.yaml', line: 8 },
    });
  });

  test('gives the same drift the same id in every clone', async () => {
    const live = snapshot({ ...QUEUE, VisibilityTimeout: 90 });
    const reports = await Promise.all(
      [shop({ 'live.json': live }), shop({ 'live.json': live })].map((cwd) => scanJson(cwd)),
    );
    const ids = reports.map(({ report }) => report.findings.map(({ id }) => id));
    expect(ids[0]).toHaveLength(1);
    expect(ids[0]).toEqual(ids[1]);
  });

  test('tells deleted from unreadable, and never calls the latter in sync', async () => {
    const gone = await scanJson(shop({ 'live.json': snapshot(null) }));
    expect(gone.report.findings).toMatchObject([
      { kind: 'deleted', logicalId: 'Orders', path: '', location: { line: 4 } },
    ]);
    const denied = shop({ 'live.json': snapshot(QUEUE, { properties: null, error: 'AccessDeniedException: no' }) });
    const { exitCode, stdout } = await runCli(['scan'], { cwd: denied });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('AccessDeniedException');
    expect((await runCli(['scan', '--strict'], { cwd: denied })).exitCode).toBe(3);
  });

  test('reads a commit without the work tree, also in a bare repository', async () => {
    const repository = shop();
    writeFileSync(
      join(repository, 'templates/shop.yaml'),
      TEMPLATE.replace('VisibilityTimeout: 60', 'VisibilityTimeout: 61'),
    );
    const dirty = await scanJson(repository);
    expect(dirty.report.scan.dirty).toBe(true);
    expect(dirty.stderr).toContain('templates/shop.yaml');
    expect(dirty.report.findings).toMatchObject([
      { verdict: 'undeployed', path: '/VisibilityTimeout', desired: 61, deployed: 60, live: 60 },
    ]);
    expect(dirty.exitCode).toBe(0);
    const committed = await scanJson(repository, '--ref', 'HEAD');
    expect(committed.report.scan).toMatchObject({
      dirty: false,
      ref: 'HEAD',
      commit: git(repository, 'rev-parse', 'HEAD'),
    });
    expect(committed.exitCode).toBe(0);
    const bare = join(temporaryDirectory(), 'shop.git');
    git(repository, 'clone', '--quiet', '--bare', '.', bare);
    const result = await runCli(['scan', bare, '--ref', 'main', '-o', 'json']);
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('suppresses with a reason, reports expired and unused rules, and keeps the count', async () => {
    const rule = (text: string) => `${CONFIG}ignore:\n${text}`;
    const live = snapshot({ ...QUEUE, VisibilityTimeout: 90 });
    const ignored = shop({
      'live.json': live,
      'gitops-drift.yaml': rule(
        '  - { path: /VisibilityTimeout, reason: tuned }\n  - { type: "AWS::EC2::*", reason: old }\n',
      ),
    });
    const { exitCode, report, stderr } = await scanJson(ignored);
    expect(exitCode).toBe(0);
    expect(report.summary.suppressed).toBe(1);
    const place = { by: 'configuration', file: 'gitops-drift.yaml', line: 10 };
    expect(report.findings[0]?.suppressed).toEqual({ reason: 'tuned', ...place });
    expect(stderr).toMatch(/gitops-drift\.yaml:11.*matches nothing \(old\)/);
    const expired = shop({
      'live.json': live,
      'gitops-drift.yaml': rule('  - { path: /VisibilityTimeout, reason: tuned, until: 2020-01-31 }\n'),
    });
    const late = await scanJson(expired);
    expect(late.exitCode).toBe(1);
    expect(late.stderr).toMatch(/expired on 2020-01-31/);
  });

  test('writes several formats at once, files whole', async () => {
    const cwd = shop();
    const { stdout } = await runCli(['scan', '-o', 'table', '-o', 'json=drift.json'], { cwd });
    expect(stdout).toContain('In sync');
    expect((JSON.parse(readFileSync(join(cwd, 'drift.json'), 'utf8')) as Report).schemaVersion).toBe(1);
    const failed = await runCli(['scan', '-o', 'json=missing/drift.json'], { cwd });
    expect(failed.exitCode).toBe(2);
    expect(existsSync(join(cwd, 'missing'))).toBe(false);
  });

  test('writes through a symbolic link, such as /dev/stdout, instead of replacing it', async () => {
    const cwd = shop();
    symlinkSync('actual.json', join(cwd, 'link.json'));
    await runCli(['scan', '-o', 'json=link.json'], { cwd });
    expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
    expect((JSON.parse(readFileSync(join(cwd, 'actual.json'), 'utf8')) as Report).schemaVersion).toBe(1);
  });

  test('is not silent with --quiet about drift that --fail-on lets pass', async () => {
    const cwd = shop({ 'live.json': snapshot({ ...QUEUE, VisibilityTimeout: 90 }) });
    const { exitCode, stdout } = await runCli(['scan', '--quiet', '--fail-on', 'never'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('/VisibilityTimeout');
  });

  test('explains why unlike values are equal', async () => {
    const queue = { ...QUEUE, VisibilityTimeout: '60' };
    const { stdout } = await runCli(['scan', '--explain'], { cwd: shop({ 'live.json': snapshot(queue) }) });
    expect(stdout).toContain('text-form');
    expect(stdout).toContain('list-order');
  });

  test('matches templates to stacks by name without a configuration', async () => {
    const cwd = makeRepository({ 'templates/shop.yaml': TEMPLATE, 'live.json': snapshot() });
    const { exitCode, report } = await scanJson(cwd, '--snapshot', 'live.json', '--region', 'eu-west-1');
    expect(report.stacks).toMatchObject([{ name: 'shop-prod', template: 'templates/shop.yaml', status: 'scanned' }]);
    expect(exitCode).toBe(0);
  });

  test('looks in every region of a snapshot', async () => {
    const state = JSON.parse(snapshot()) as { regions: Record<string, { stacks: { name: string }[] }> };
    const [stack] = state.regions['eu-west-1']?.stacks ?? [];
    state.regions['us-east-1'] = { stacks: stack ? [{ ...stack, name: 'shop-dev' }] : [] };
    const cwd = makeRepository({ 'templates/shop.yaml': TEMPLATE, 'live.json': JSON.stringify(state) });
    const { report } = await scanJson(cwd, '--snapshot', 'live.json');
    expect(report.stacks.map(({ name, region }) => `${name} ${region}`)).toEqual([
      'shop-prod eu-west-1',
      'shop-dev us-east-1',
    ]);
  });
});

describe('bad input', () => {
  const cases: [string, () => { cwd: string; args?: string[] }, RegExp][] = [
    [
      'malformed YAML',
      () => ({ cwd: shop({ 'templates/shop.yaml': 'Resources:\n  A: [1\n  B: }' }) }),
      /templates\/shop\.yaml:\d+/,
    ],
    [
      'malformed JSON',
      () => ({
        cwd: shop({
          'templates/shop.yaml': '',
          't.json': '{"Resources": {,}}',
          'gitops-drift.yaml': CONFIG.replace('templates/shop.yaml', 't.json'),
        }),
      }),
      /t\.json:1:/,
    ],
    [
      'an unknown intrinsic',
      () => ({ cwd: shop({ 'templates/shop.yaml': TEMPLATE.replace('!Sub', '!Subb') }) }),
      /shop\.yaml:7.*unknown tag !Subb[\s\S]*did you mean !Sub/,
    ],
    [
      'a cycle',
      () => ({
        cwd: shop({
          'templates/shop.yaml':
            'Parameters: { Env: { Type: String } }\nResources:\n  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref B } }\n  B: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref A } }\n',
        }),
      }),
      /Circular dependency/,
    ],
    [
      'a parameter without a value',
      () => ({
        cwd: shop({
          'templates/shop.yaml': `${TEMPLATE}`.replace('Resources:', '  Size: { Type: String }\nResources:'),
        }),
      }),
      /shop\.yaml:3.*\[Size\] must have values/,
    ],
    ['a YAML bomb', () => ({ cwd: shop({ 'templates/shop.yaml': bomb() }) }), /shop\.yaml:\d+/],
    [
      'a file that is no template',
      () => ({ cwd: shop({ 'templates/shop.yaml': 'hello: world\n' }) }),
      /At least one Resources\s+member/,
    ],
    [
      'a missing template',
      () => ({ cwd: shop({ 'gitops-drift.yaml': CONFIG.replace('shop.yaml', 'shopp.yaml') }) }),
      /templates\/shopp\.yaml/,
    ],
    [
      'a path out of the repository',
      () => ({ cwd: shop({ 'gitops-drift.yaml': CONFIG.replace('templates/shop.yaml', '../../etc/passwd') }) }),
      /passwd/,
    ],
    ['a symbolic link out of the repository', withLinkOut, /outside|out of the repository|leads/],
    [
      'an unknown stack',
      () => ({ cwd: shop({ 'gitops-drift.yaml': CONFIG.replace('shop-prod', 'shop-test') }) }),
      /shop-test/,
    ],
    [
      'a stack that no glob matches',
      () => ({ cwd: shop(), args: ['--stack', 'x*'] }),
      /--stack x\* matches no stack[\s\S]*shop-prod/,
    ],
    [
      'mistakes in the configuration, all at once',
      () => ({ cwd: shop({ 'gitops-drift.yaml': `${CONFIG}failOnn: low\nignore:\n  - { path: nope }\n` }) }),
      /gitops-drift\.yaml:9.*failOnn[\s\S]*gitops-drift\.yaml:11/,
    ],
    ['no Git repository', () => ({ cwd: temporaryDirectory() }), /Git repository/i],
    ['an empty repository', () => ({ cwd: makeEmptyRepository(), args: ['--snapshot', 'x.json'] }), /x\.json/],
    ['an unknown ref', () => ({ cwd: shop(), args: ['--ref', 'nope'] }), /nope/],
    ['an unknown format', () => ({ cwd: shop(), args: ['-o', 'xml'] }), /no format "xml"[\s\S]*table, json/],
    ['an unknown option', () => ({ cwd: shop(), args: ['--frobnicate'] }), /--frobnicate/],
    ['no credentials', () => ({ cwd: shop(), args: ['--provider', 'aws'] }), /credentials/i],
    ['a broken snapshot', () => ({ cwd: shop({ 'live.json': '{"snapshotVersion": 9}' }) }), /live\.json/],
  ];

  test.each(cases)('%s: a clear message, no stack trace, exit code 2', async (_, prepare, message) => {
    const { cwd, args = [] } = prepare();
    const { exitCode, stdout, stderr } = await runCli(['scan', ...args], { cwd });
    expect(`${stdout}${stderr}`).toMatch(message);
    expect(`${stdout}${stderr}`).not.toMatch(/^ +at .*:\d+:\d+|defect of gitops-drift/m);
    expect(exitCode).toBe(2);
  });

  test('a template of 10 MB is refused in a moment, with its size', async () => {
    const description = `Description: ${'x'.repeat(10 * 1024 * 1024)}\n`;
    const { exitCode, stdout } = await runCli(['scan'], {
      cwd: shop({ 'templates/shop.yaml': description + TEMPLATE }),
    });
    expect(stdout).toMatch(/templates\/shop\.yaml:1: the file has 10\.5 million characters/);
    expect(exitCode).toBe(2);
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level += 1) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  }
  return `Metadata:\n  ${lines.join('\n  ')}\n${TEMPLATE}`;
}

function withLinkOut(): { cwd: string } {
  const cwd = shop();
  const outside = temporaryDirectory();
  mkdirSync(join(outside, 'secret'));
  writeFileSync(join(outside, 'secret', 'shop.yaml'), TEMPLATE);
  symlinkSync(join(outside, 'secret', 'shop.yaml'), join(cwd, 'templates', 'link.yaml'));
  writeFileSync(join(cwd, 'gitops-drift.yaml'), CONFIG.replace('shop.yaml', 'link.yaml'));
  return { cwd };
}
