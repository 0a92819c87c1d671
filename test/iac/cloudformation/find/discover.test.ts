import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DriftError, describeProblem } from '../../../../src/base/errors.js';
import type { Provider } from '../../../../src/cloud/cloud.js';
import { createSnapshotProvider } from '../../../../src/cloud/snapshot/provider.js';
import { openRepository } from '../../../../src/git/repository.js';
import { discoverTargets } from '../../../../src/iac/cloudformation/find/discover.js';
import { cloudFormationTypes } from '../../../../src/iac/cloudformation/types/types.js';
import type { TargetFilter } from '../../../../src/iac/wanted.js';
import { bucket, snapshotOf, stackOf } from '../../../cloud/cloud.js';
import { withAws } from '../../../support/aws.js';
import { type Files, git, makeRepository } from '../../../support/repository.js';

/** A template of buckets with these logical IDs. */
function buckets(...ids: string[]): string {
  return `Resources:\n${ids.map((id) => `  ${id}: {Type: AWS::S3::Bucket}\n`).join('')}`;
}

/** A cloud with stacks of buckets, given by region and name. */
function cloud(regions: Record<string, Record<string, string[]>>): Promise<Provider> {
  const recorded = Object.entries(regions).map(([region, stacks]) => [
    region,
    {
      stacks: Object.entries(stacks).map(([name, ids]) => ({
        name,
        resources: ids.map((logicalId) => ({ logicalId, type: 'AWS::S3::Bucket', physicalId: logicalId })),
      })),
    },
  ]);
  const snapshot = {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: '111111111111',
    regions: Object.fromEntries(recorded),
  };
  return createSnapshotProvider({
    resourceTypes: cloudFormationTypes,
    snapshot: { path: 'live.json', text: JSON.stringify(snapshot) },
  });
}

interface Discovered {
  /** `name region template` of each. */
  targets: string[];
  warnings: string[];
}

async function discover(root: string, provider: Provider, filter: Partial<TargetFilter> = {}): Promise<Discovered> {
  const checkout = await (await openRepository(root)).checkout();
  const wanted = { stackGlobs: [], regions: [], defaultRegion: 'eu-west-1', ...filter };
  const { targets, warnings } = await discoverTargets(checkout, provider, wanted);
  return {
    targets: targets.map(({ name, region, template }) => `${name} ${region} ${template}`),
    warnings: warnings.flatMap((problem) => describeProblem(problem).split('\n')),
  };
}

async function failure(...args: Parameters<typeof discover>): Promise<string[]> {
  const error = await discover(...args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DriftError);
  return (error as DriftError).message.split('\n');
}

const NAME_IT = '  say which stack belongs to which template in gitops-drift.yaml';

test('templates are found among other files, and matched to stacks', async () => {
  const root = makeRepository({
    'templates/shop.yaml': buckets('A', 'B'),
    'cfn/network.template': buckets('N'),
    'api/template.json': '{"Resources": {"X": {"Type": "AWS::S3::Bucket"}}}',
    'package.json': '{"name": "shop"}',
    '.github/workflows/shop.yaml': buckets('A', 'B'),
    'node_modules/shop/shop.yaml': buckets('A', 'B'),
    'compose.yml': 'services:\n  shop: {}\n',
    'latin1.yaml': Buffer.from('# caf\xe9\n', 'latin1'),
    'README.md': buckets('A', 'B'),
  });
  symlinkSync('templates/shop.yaml', join(root, 'shop.yaml'));
  const provider = await cloud({
    'eu-west-1': { 'shop-dev': ['A', 'B'], 'shop-prod': ['A', 'B'], 'my-network': ['N'], api: ['X'] },
  });
  expect(await discover(root, provider)).toEqual({
    targets: [
      'shop-dev eu-west-1 templates/shop.yaml',
      'shop-prod eu-west-1 templates/shop.yaml',
      'my-network eu-west-1 cfn/network.template',
      'api eu-west-1 api/template.json',
    ],
    warnings: [
      'latin1.yaml: not looked at: the file is not UTF-8 text',
      '.github/: not looked at: 1 file there looks like a template, but folders of tools and packages are not searched',
      'node_modules/: not looked at: 1 file there looks like a template, but folders of tools and packages are not searched',
    ],
  });
});

test('what is not sure, or has no counterpart, is told', async () => {
  const root = makeRepository({
    'a/shop.yaml': buckets('A', 'B'),
    'b/shop.yaml': buckets('A', 'B'),
    'data.yaml': buckets('D'),
    'network.yaml': buckets('N'),
  });
  const provider = await cloud({
    'eu-west-1': { 'shop-prod': ['A', 'B'], data: ['D'], 'network-prod': ['X'], one: ['O'], two: ['T'] },
  });
  expect(await discover(root, provider)).toEqual({
    targets: ['data eu-west-1 data.yaml'],
    warnings: [
      'stack shop-prod could belong to any of a/shop.yaml, b/shop.yaml',
      NAME_IT,
      'stack network-prod is named like network.yaml, but has other resources',
      NAME_IT,
      '2 deployed stacks have no template here: one, two',
      ...['a/shop.yaml', 'b/shop.yaml', 'network.yaml'].flatMap((path) => [
        `${path}: no deployed stack was found for this template`,
        NAME_IT,
      ]),
    ],
  });
});

test('a template at the root without a telling name is matched by its resources', async () => {
  const root = makeRepository({ 'template.yaml': buckets('Orders', 'Invoices', 'Audit') });
  const provider = await cloud({ 'eu-west-1': { billing: ['Orders', 'Invoices', 'Audit'], other: ['Orders'] } });
  expect(await discover(root, provider)).toEqual({
    targets: ['billing eu-west-1 template.yaml'],
    warnings: ['1 deployed stack has no template here: other'],
  });
});

test('globs and regions choose among the deployed stacks', async () => {
  const root = makeRepository({ 'shop.yaml': buckets('A') });
  const provider = await cloud({
    'eu-west-1': { 'shop-dev': ['A'], 'shop-prod': ['A'] },
    'us-east-1': { 'shop-prod': ['A'] },
  });
  const filter = { stackGlobs: ['*-prod'], regions: ['eu-west-1', 'us-east-1'] };
  expect((await discover(root, provider, filter)).targets).toEqual([
    'shop-prod eu-west-1 shop.yaml',
    'shop-prod us-east-1 shop.yaml',
  ]);
  expect(await failure(root, provider, { stackGlobs: ['shop'] })).toEqual([
    '--stack shop matches no stack',
    '  deployed stacks: shop-dev, shop-prod',
  ]);
});

test('a stack that was asked for and has no template is an error', async () => {
  const root = makeRepository({ 'shop.yaml': buckets('A') });
  const provider = await cloud({ 'eu-west-1': { shop: ['A'], orders: ['O'] } });
  expect(await failure(root, provider, { stackGlobs: ['shop', 'orders'] })).toEqual([
    '--stack orders: no template could be matched to such a stack',
    NAME_IT,
    '1 deployed stack has no template here: orders',
  ]);
});

test('a broken template is the one of the stack it is named after, and else only told', async () => {
  const broken = 'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A: {Type: AWS::S3::Bucket\n';
  const root = makeRepository({ 'shop.yaml': broken, 'unrelated.yaml': broken });
  const { targets, warnings } = await discover(root, await cloud({ 'eu-west-1': { 'shop-prod': ['A'] } }));
  expect(targets).toEqual(['shop-prod eu-west-1 shop.yaml']);
  expect(warnings[0]).toMatch(/^unrelated\.yaml:\d+:\d+: YAML not well-formed/);
});

test.each<[string, Files, Partial<TargetFilter>, string]>([
  ['no template', { 'README.md': '' }, {}, 'no CloudFormation template was found in the repository'],
  ['no stack at all', { 'shop.yaml': buckets('A') }, { regions: ['eu-north-1'] }, 'no stack is deployed in eu-north-1'],
  ['no match', { 'orders.yaml': buckets('O') }, {}, 'no template could be matched to a deployed stack'],
])('%s is an error', async (_, files, filter, message) => {
  const provider = await cloud({ 'eu-west-1': { shop: ['A'] } });
  expect((await failure(makeRepository(files), provider, filter))[0]).toBe(message);
});

test('no region is an error', async () => {
  const repository = makeRepository({ 'shop.yaml': buckets('A') });
  const problems = await failure(repository, await cloud({}), { defaultRegion: undefined });
  expect(problems[0]).toBe('no region is known to look for stacks in');
});

test('a stack that another one has made is no target of its own, also where the list of stacks does not say so', async () => {
  const nested = 'Resources:\n  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}\n';
  const root = makeRepository({ 'outer.yaml': nested, 'inner.yaml': buckets('A', 'B') });
  const id = 'arn:aws:cloudformation:eu-west-1:111111111111:stack/outer-Inner-1ABC/1';
  const made = { logicalId: 'Inner', type: 'AWS::CloudFormation::Stack', physicalId: id, properties: {} };
  const stacks = [
    stackOf('outer', [made]),
    stackOf('outer-Inner-1ABC', [bucket('A'), bucket('B')], { id }),
    stackOf('inner', [bucket('A'), bucket('B')]),
  ];
  for (const isUnmarked of [false, true]) {
    const facts = { 'outer-Inner-1ABC': { isUnmarked } };
    await withAws({ accounts: { '111111111111': snapshotOf(stacks) }, facts }, async (provider) => {
      expect((await provider.listStacks('eu-west-1')).some(({ nested }) => nested)).toBe(!isUnmarked);
      expect(await discover(root, provider)).toEqual({
        targets: ['outer eu-west-1 outer.yaml', 'inner eu-west-1 inner.yaml'],
        warnings: [],
      });
    });
  }
});

/** A cloud with stacks, given by name as the template's text that each was deployed from; resources are not told. */
function deployedFrom(stacks: Record<string, string>): Promise<Provider> {
  const recorded = Object.entries(stacks).map(([name, template]) => ({ name, template, resources: [] }));
  const regions = { 'eu-west-1': { stacks: recorded } };
  const snapshot = { snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111', regions };
  return createSnapshotProvider({
    resourceTypes: cloudFormationTypes,
    snapshot: { path: 'live.json', text: JSON.stringify(snapshot) },
  });
}

test('a stack whose text is a template belongs to it, whatever their names, also when it is asked for', async () => {
  const [dev, prod] = ['small', 'large'].map((size) => `${buckets('A', 'B')}# café: ${size}\n`);
  const root = makeRepository({ 'dev/shop.yaml': dev ?? '', 'prod/shop.yaml': prod ?? '' });
  const masked = (text = '') => `${text.replace('é', '??').replaceAll('\n', '\r\n')}\r\n`;
  const provider = await deployedFrom({ 'x-17': masked(prod), 'prod-shop': masked(dev) });
  const targets = ['x-17 eu-west-1 prod/shop.yaml', 'prod-shop eu-west-1 dev/shop.yaml'];
  expect(await discover(root, provider)).toEqual({ targets, warnings: [] });
  const asked = await discover(root, provider, { stackGlobs: ['x-*'] });
  expect(asked.targets).toEqual([targets[0]]);
});

test('of copies the one that the name says most of is taken, and what is unsure is told', async () => {
  const root = makeRepository({ 'dev/shop.yaml': buckets('A'), 'prod/shop.yaml': buckets('A') });
  const provider = await deployedFrom({ 'prod-shop': buckets('A'), other: buckets('A') });
  const { targets, warnings } = await discover(root, provider);
  expect(targets).toEqual(['prod-shop eu-west-1 prod/shop.yaml']);
  expect(warnings).toContain('stack other could belong to any of dev/shop.yaml, prod/shop.yaml');
});

test.each<[string, string, string]>([
  ['with an indented top level', 'a.yaml', '---\n# ours\n  Resources:\n    A: {Type: AWS::S3::Bucket}\n'],
  ['with types of others alone', 'a.yaml', 'Resources:\n  A: {Type: "Org::Service::Thing"}\n'],
  ['with modules alone', 'a.json', '{"Resources": {"A": {"Type": "Org::Own::Store::MODULE"}}}'],
  ['in a folder with a dot', '.infra/a.yml', buckets('A')],
  ['in one line', 'a.template', '{Resources: {A: {Type: AWS::S3::Bucket}}}'],
  ['with another spelling of the ending', 'a.YAML', buckets('A')],
])('a template is found %s', async (_, path, text) => {
  const provider = await deployedFrom({ whatever: text });
  const { targets } = await discover(makeRepository({ [path]: text }), provider);
  expect(targets).toEqual([`whatever eu-west-1 ${path}`]);
});

test.each<[string, string]>([
  ['of another tool with resources below', 'resources:\n  Resources:\n    A: {Type: AWS::S3::Bucket}\n'],
  ['without types', 'Resources:\n  A: {limits: 5}\n'],
])('a file is no template %s', async (_, text) => {
  const provider = await deployedFrom({ shop: buckets('A') });
  const { warnings } = await discover(makeRepository({ 'shop.yaml': buckets('A'), 'b.yaml': text }), provider);
  expect(warnings).toEqual([]);
});

test('what is skipped is named with the reason', async () => {
  const root = makeRepository({
    'shop.yaml': buckets('A'),
    'old.yaml': buckets('Q', 'R', 'S'),
    'broken.yaml': 'Resources: {A: {Type: AWS::S3::Bucket\n',
    'made.yaml.j2': buckets('A'),
    'utf16.yaml': Buffer.from(`\uFEFF${buckets('A')}`, 'utf16le'),
    'a/.aws-sam/build/template.yaml': buckets('A'),
    'a/node_modules/x/package.json': '{}',
  });
  const checkout = await (await openRepository(root)).checkout();
  const filter = { stackGlobs: [], regions: [], defaultRegion: 'eu-west-1' };
  const { templates } = await discoverTargets(checkout, await deployedFrom({ shop: buckets('A') }), filter);
  expect(templates).toMatchObject({ found: 6, matched: 1 });
  expect(Object.fromEntries(templates.skipped.map(({ file, reason }) => [file, reason]))).toEqual({
    'old.yaml': 'no deployed stack was found for this template',
    'broken.yaml': expect.stringContaining('YAML not well-formed'),
    'made.yaml.j2': 'another program makes a template of it',
    'utf16.yaml': 'the file is UTF-16 text',
    'a/.aws-sam/': expect.stringContaining('1 file there looks like a template'),
  });
});

test('submodules are named, in the work tree and at a commit', async () => {
  const root = makeRepository({ 'shop.yaml': buckets('A') });
  const commit = git(root, 'rev-parse', 'HEAD').trim();
  git(root, 'update-index', '--add', '--cacheinfo', `160000,${commit},infra/shared`);
  git(root, 'commit', '-qm', 'a submodule');
  const provider = await deployedFrom({ shop: buckets('A') });
  for (const ref of [undefined, 'HEAD']) {
    const checkout = await (await openRepository(root)).checkout(ref);
    const filter = { stackGlobs: [], regions: [], defaultRegion: 'eu-west-1' };
    const { templates } = await discoverTargets(checkout, provider, filter);
    expect(templates.skipped).toEqual([
      { file: 'infra/shared', reason: expect.stringContaining('gitops-drift scan infra/shared') },
    ]);
  }
});
