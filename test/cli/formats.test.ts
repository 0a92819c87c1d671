import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Log } from 'sarif';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { gitlabProblems, junitProblems, sarifProblems } from '../support/validate.js';

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
      VisibilityTimeout: 60
  Events:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Events }
`;
const stack = {
  name: 'shop',
  resources: [
    {
      logicalId: 'Orders',
      type: 'AWS::SQS::Queue',
      physicalId: 'https://sqs/orders',
      properties: { QueueName: 'orders', DelaySeconds: 5, VisibilityTimeout: 90 },
    },
    {
      logicalId: 'Events',
      type: 'AWS::SNS::Topic',
      physicalId: 'arn:aws:sns:eu-west-1:111111111111:events',
      properties: { DisplayName: 'Events' },
    },
  ],
};
const FILES = {
  sarif: 'a.sarif',
  junit: 'b.xml',
  markdown: 'c.md',
  github: 'd.txt',
  gitlab: 'e.json',
  json: 'all.json',
};
const outputs = (folder: string) =>
  Object.entries(FILES).flatMap(([format, file]) => ['-o', `${format}=${folder}${file}`]);

let cwd: string;
let scanned: CliResult;
const read = (file: string) => readFileSync(join(cwd, file), 'utf8');

beforeAll(async () => {
  cwd = makeRepository({
    'shop.yaml': TEMPLATE,
    'gitops-drift.yaml':
      'version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n',
    'live.json': JSON.stringify({
      snapshotVersion: 1,
      account: '111111111111',
      regions: { 'eu-west-1': { stacks: [stack] } },
    }),
    'again/.keep': '',
  });
  scanned = await runCli(['scan', ...outputs(''), '-o', 'table'], { cwd });
});

test('one scan writes every format, each sound, and the table for people', async () => {
  expect(scanned).toMatchObject({ exitCode: 1, stderr: '' });
  expect(scanned.stdout).toContain('Drift: 1 difference in 1 of 2 resources');
  expect(sarifProblems(read('a.sarif'))).toEqual([]);
  expect(await junitProblems(read('b.xml'))).toEqual([]);
  expect(gitlabProblems(read('e.json'))).toEqual([]);
  expect(read('c.md')).toContain(
    '| `Orders /VisibilityTimeout` | `60 → 90` | `shop [eu-west-1 111111111111]` | `shop.yaml:6` |',
  );
  expect(read('d.txt')).toMatch(/^::\w+ file=shop\.yaml,line=6,endLine=6,col=26,endColumn=28,/);
});

test('the result stands at the value, and its fix puts the live one there', () => {
  const result = (JSON.parse(read('a.sarif')) as Log).runs[0]?.results?.[0];
  const region = { startLine: 6, startColumn: 26, endLine: 6, endColumn: 28 };
  expect(result?.locations?.[0]?.physicalLocation).toMatchObject({ artifactLocation: { uri: 'shop.yaml' }, region });
  const replacement = result?.fixes?.[0]?.artifactChanges[0]?.replacements[0];
  expect(replacement).toEqual({ deletedRegion: region, insertedContent: { text: '90' } });
});

test('the saved report renders them all again, identically', async () => {
  const again = await runCli(['report', 'all.json', ...outputs('again/'), '-o', 'table'], { cwd });
  expect(again).toEqual(scanned);
  for (const file of Object.values(FILES)) expect(read(`again/${file}`)).toBe(read(file));
});

test('the help of scan and report names every format', async () => {
  for (const command of ['scan', 'report']) {
    const { stdout } = await runCli([command, '--help'], { cwd });
    const text = stdout.replace(/\s+/g, ' ');
    for (const format of [...Object.keys(FILES), 'table'])
      expect(text).toMatch(new RegExp(`-o, --output[^-]*${format}`));
  }
});

test('outputs that can not all be had are refused before anything is scanned', async () => {
  const twice = await runCli(['scan', '-o', 'json=a', '-o', 'sarif=./a', '--patch', 'nowhere/drift.patch'], { cwd });
  expect(twice).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('two formats go to ') });
  const nowhere = await runCli(['scan', '--patch', 'nowhere/drift.patch'], { cwd });
  expect(nowhere).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('there is no such folder'),
  });
});

test('a dash is stdout', async () => {
  const { stdout } = await runCli(['scan', '-o', 'json=-', '-o', 'table=t.txt'], { cwd });
  expect(JSON.parse(stdout)).toHaveProperty('schemaVersion', 1);
});
