import { expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.js';
import { readConfig } from '../../src/scan/sources.js';
import { createSource } from '../../src/syntax/source.js';
import { memoryRepository } from '../support/memory.js';
import type { Files } from '../support/repository.js';

const HEAD = 'version: 1\nregion: eu-central-1\n';
const stack = (templateFile: string, environment: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment,
  properties: { templateFile, ...more },
});
const assembly = (artifacts: object) => JSON.stringify({ version: '55.0.0', artifacts });
const SHOP = {
  'cdk.out/manifest.json': assembly({
    A: stack('A.template.json', 'aws://111111111111/eu-west-1', { stackName: 'shop' }),
    B: stack('B.template.json', 'aws://unknown-account/unknown-region'),
  }),
  'cdk.out/A.template.json': '{"Resources":{}}',
  'cdk.out/B.template.json': '{"Resources":{}}',
};

async function stacksOf(config: string, files: Files = SHOP, path = 'gitops-drift.yaml') {
  const checkout = await memoryRepository(
    { ...files, [path]: HEAD + config },
    [],
    path.includes('/') ? 'infra' : '',
  ).checkout();
  const read = await readConfig(checkout, undefined);
  return read?.stacks.map(({ name, template, region, account, roleArn }) =>
    [name, template, region, account, roleArn].join(' ').trim(),
  );
}

function problemsOf(work: Promise<unknown>): Promise<string[]> {
  return work.then(
    () => [],
    (error: { problems: { line?: number; message: string }[] }) =>
      error.problems.map(({ line, message }) => `${line ?? ''} ${message}`),
  );
}

test('the stacks of an assembly are configured, with their accounts and regions', async () => {
  expect(await stacksOf('cdk: {}\n')).toEqual([
    'shop cdk.out/A.template.json eu-west-1 111111111111',
    'B cdk.out/B.template.json eu-central-1',
  ]);
});

test('what the app leaves open the configuration says; a role is for the stacks of its account', async () => {
  const role = 'arn:aws:iam::111111111111:role/reader';
  expect(
    await stacksOf(`cdk: { out: cdk.out, region: us-east-1, account: "222222222222", roleArn: "${role}" }\n`),
  ).toEqual([
    `shop cdk.out/A.template.json eu-west-1 111111111111 ${role}`,
    'B cdk.out/B.template.json us-east-1 222222222222',
  ]);
  const accounts = `accounts: [{ id: "111111111111", name: prod, roleArn: "${role}", regions: [eu-west-1] }]\n`;
  expect(await stacksOf(`${accounts}cdk: { account: prod }\n`)).toEqual([
    `shop cdk.out/A.template.json eu-west-1 111111111111 ${role}`,
    `B cdk.out/B.template.json eu-central-1 111111111111 ${role}`,
  ]);
});

test('paths are relative to the configuration; several folders and apps are', async () => {
  const files = Object.fromEntries(
    ['one', 'two', 'three'].flatMap((name) => [
      [
        `infra/${name}/manifest.json`,
        assembly({ [name]: stack('x.template.json', 'aws://unknown-account/unknown-region') }),
      ],
      [`infra/${name}/x.template.json`, '{"Resources":{}}'],
    ]),
  );
  const config = 'cdk:\n  - out: [one, two]\n  - out: three\n    region: us-east-1\n';
  expect(await stacksOf(config, files, 'infra/gitops-drift.yaml')).toEqual([
    'one infra/one/x.template.json eu-central-1',
    'two infra/two/x.template.json eu-central-1',
    'three infra/three/x.template.json us-east-1',
  ]);
});

test('an entry of stacks: overrides what the assembly says', async () => {
  const config =
    'cdk: {}\nstacks:\n  - { name: B, account: "333333333333", region: us-west-2, parameters: { P: x } }\n';
  expect(await stacksOf(config)).toEqual([
    'B cdk.out/B.template.json us-west-2 333333333333',
    'shop cdk.out/A.template.json eu-west-1 111111111111',
  ]);
  const own = 'cdk: {}\nstacks:\n  - { name: B, template: b.yaml }\n  - { name: other, template: b.yaml }\n';
  expect(await stacksOf(own, { ...SHOP, 'b.yaml': 'Resources: {}' })).toEqual([
    'B b.yaml',
    'other b.yaml',
    'shop cdk.out/A.template.json eu-west-1 111111111111',
  ]);
});

test('what is wrong is told with its line', async () => {
  expect(await problemsOf(stacksOf('cdk: {}\nstacks:\n  - name: Bee\n'))).toEqual(['5 stack Bee has no template']);
  expect(await problemsOf(stacksOf('cdk: { out: built }\n'))).toEqual([
    '3 there is no cloud assembly in built (no manifest.json)',
  ]);
  expect(await problemsOf(stacksOf('cdk: [{ out: cdk.out }, { out: cdk.out }]\n'))).toEqual([
    '3 stack shop is listed in line 3 already',
    '3 stack B is listed in line 3 already',
  ]);
});

test.each([
  ['cdk: { outt: x }', 'cdk: unknown key "outt"'],
  ['cdk: []', 'cdk: must be a list of apps, not an empty list'],
  ['cdk: cdk.out', 'cdk: must be an app: where its cloud assembly is, not "cdk.out"'],
  ['cdk: { out: [] }', 'cdk.out: must be a list of folders, not an empty list'],
  ['cdk: { app: npx cdk }', 'cdk.app: must be a command as a list: the program, then its arguments, not "npx cdk"'],
  ['cdk: { run: 1 }', 'cdk.run: must be true or false, not 1'],
  ['cdk: { out: ../x }', '"../x" leads out of the repository'],
  ['cdk: { out: /x }', '"/x" is an absolute path'],
  ['cdk: [{ out: [a, /x] }]', '"/x" is an absolute path'],
  ['stacks: [{ name: a }]', 'stacks[0]: the key "template" is missing'],
])('%s is refused', async (text, message) => {
  expect(await problemsOf(loadConfig(createSource('gitops-drift.yaml', `version: 1\n${text}\n`)))).toEqual([
    `2 ${message}`,
  ]);
});

test('what synthesises an app is read', async () => {
  const text = 'version: 1\ncdk: { app: [npx, tsx, bin/app.ts], run: true }\n';
  const { apps } = await loadConfig(createSource('infra/gitops-drift.yaml', text));
  expect(apps).toMatchObject([
    { out: ['infra/cdk.out'], app: ['npx', 'tsx', 'bin/app.ts'], run: true, folder: 'infra' },
  ]);
});

test('at a commit without the assembly, it is said what to do', async () => {
  const repository = memoryRepository({ 'gitops-drift.yaml': `${HEAD}cdk: {}\n` });
  const checkout = { ...(await repository.checkout()), ref: 'v1' };
  await expect(readConfig(checkout, undefined)).rejects.toThrow(
    /no cloud assembly in cdk\.out at v1\n.*commit the assembly, or scan the work tree/s,
  );
});
