import { expect, test } from '@jest/globals';
import { readAssembly } from '../../../../src/iac/cloudformation/cdk/assembly.js';
import { ownFrames } from '../../../../src/iac/cloudformation/cdk/frames.js';
import { learnRoot } from '../../../../src/iac/cloudformation/cdk/reroot.js';
import { uncompiler } from '../../../../src/iac/cloudformation/cdk/source-maps.js';
import { openStack } from '../../../../src/iac/cloudformation/cdk/stack.js';
import { parseTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import { assemblyFiles } from '../../../support/cdk-worlds.js';
import { memoryRepository, scanFiles } from '../../../support/memory.js';

const stackOf = (more: object = {}, properties: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile: 'A.template.json', ...properties },
  ...more,
});
const stage = (directoryName: string) => ({ type: 'cdk:cloud-assembly', properties: { directoryName } });
const manifest = (artifacts: object, more: object = {}) => JSON.stringify({ version: '55.0.0', artifacts, ...more });

async function problemsOf(files: Record<string, string>) {
  return readAssembly(assemblyFiles(files), 'cdk.out').then(
    () => [],
    (error: { problems: { code: string; file?: string; message: string; hint?: string }[] }) =>
      error.problems.map(({ code, file, message, hint }) => `${code} ${file ?? ''} ${message} (${hint})`),
  );
}

test('a manifest tells stacks, their names, environments and tags, of stages too', async () => {
  const files = {
    'cdk.out/manifest.json': manifest(
      {
        A: stackOf(
          { environment: 'aws://111111111111/eu-west-1', displayName: 'Shop/A' },
          { stackName: 'shop', tags: { a: 'b', c: 1 } },
        ),
        Stage: stage('assembly-Stage'),
        Tree: { type: 'cdk:tree' },
        New: { type: 'something:of:later', properties: [] },
      },
      { missing: [{ key: 'vpc-provider:x' }, 1] },
    ),
    'cdk.out/assembly-Stage/manifest.json': manifest({
      B: stackOf({ environment: 'aws://unknown-account/us-east-1' }),
    }),
  };
  const { stacks, notices } = await readAssembly(assemblyFiles(files), 'cdk.out');
  expect(notices).toEqual([]);
  expect(stacks).toEqual([
    expect.objectContaining({
      ...{ id: 'A', displayName: 'Shop/A', name: 'shop', template: 'cdk.out/A.template.json' },
      ...{
        account: '111111111111',
        region: 'eu-west-1',
        tags: new Map([['a', 'b']]),
        missing: ['vpc-provider:x'],
      },
    }),
    expect.objectContaining({
      name: 'B',
      template: 'cdk.out/assembly-Stage/A.template.json',
      region: 'us-east-1',
      missing: [],
    }),
  ]);
  expect(stacks[1]).not.toHaveProperty('account');
});

test.each([
  ['55.9.0', 0],
  ['56.0.0', 1],
  ['1.10.0', 0],
])('an assembly of version %s is read, with so many notices', async (version, told) => {
  const files = { 'cdk.out/manifest.json': manifest({ A: stackOf() }, { version }) };
  const { stacks, notices } = await readAssembly(assemblyFiles(files), 'cdk.out');
  expect(stacks).toHaveLength(1);
  expect(notices.map(({ code }) => code)).toEqual(Array.from({ length: told }, () => 'cdk-newer-assembly'));
});

test.each([
  ['nothing there', {}, /^cdk-no-assembly .*no cloud assembly in cdk\.out.*npx cdk synth/],
  [
    'broken JSON',
    { 'cdk.out/manifest.json': '{' },
    /^cdk-bad-assembly cdk\.out\/manifest\.json not well-formed JSON.*cdk synth/,
  ],
  ['no object', { 'cdk.out/manifest.json': '[]' }, /not a JSON object/],
  [
    'no template',
    { 'cdk.out/manifest.json': manifest({ A: { type: 'aws:cloudformation:stack' } }) },
    /A has no templateFile/,
  ],
  [
    'a template elsewhere',
    { 'cdk.out/manifest.json': manifest({ A: stackOf({}, { templateFile: '../../secret.json' }) }) },
    /leads out of the cloud assembly/,
  ],
  [
    'an absolute template',
    { 'cdk.out/manifest.json': manifest({ A: stackOf({}, { templateFile: '/etc/passwd' }) }) },
    /leads out/,
  ],
  [
    'metadata elsewhere',
    { 'cdk.out/manifest.json': manifest({ A: stackOf({ additionalMetadataFile: '../package.json' }) }) },
    /leads out/,
  ],
  ['a stage elsewhere', { 'cdk.out/manifest.json': manifest({ S: stage('../other') }) }, /leads out/],
  [
    'a stage without a manifest',
    { 'cdk.out/manifest.json': manifest({ S: stage('s') }) },
    /s\/manifest\.json a stage has no manifest/,
  ],
  [
    'a stage that is its own',
    { 'cdk.out/manifest.json': manifest({ S: stage('.') }) },
    /without end: cdk\.out > cdk\.out/,
  ],
  [
    'stages in a circle',
    { 'cdk.out/manifest.json': manifest({ S: stage('s') }), 'cdk.out/s/manifest.json': manifest({ S: stage('../') }) },
    /without end: cdk\.out > cdk\.out\/s > cdk\.out/,
  ],
])('bad input is told: %s', async (_, files, expected) => {
  expect(await problemsOf(files as Record<string, string>)).toEqual([expect.stringMatching(expected)]);
});

test('stages nest to a bounded depth', async () => {
  const nest = (depth: number) =>
    Object.fromEntries(
      Array.from({ length: depth }, (_, index) => [
        `cdk.out${'/s'.repeat(index)}/manifest.json`,
        manifest(index + 1 === depth ? { A: stackOf() } : { S: stage('s') }),
      ]),
    );
  expect((await readAssembly(assemblyFiles(nest(20)), 'cdk.out')).stacks).toHaveLength(1);
  expect(await problemsOf(nest(22))).toEqual([expect.stringContaining('without end')]);
});

test('a manifest that is too big, and metadata that is, end in a clear message', async () => {
  const big = ' '.repeat(33 * 1024 * 1024);
  const config = 'version: 1\nregion: eu-west-1\nprovider: snapshot\nsnapshot: live.json\ncdk: {}\n';
  const live = JSON.stringify({
    ...{ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111' },
    regions: {
      'eu-west-1': {
        stacks: [
          {
            name: 'A',
            template: '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}',
            resources: [{ logicalId: 'Q', type: 'AWS::SQS::Queue', physicalId: 'q', properties: {} }],
          },
        ],
      },
    },
  });
  const files = {
    'gitops-drift.yaml': config,
    'live.json': live,
    'cdk.out/A.template.json': '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}',
  };
  await expect(scanFiles({ ...files, 'cdk.out/manifest.json': big }, {})).rejects.toThrow(
    /cdk\.out\/manifest\.json: the file is bigger than 32 MB/,
  );
  const withMetadata = {
    'cdk.out/manifest.json': manifest({ A: stackOf({ additionalMetadataFile: 'A.metadata.json' }) }),
    'cdk.out/A.metadata.json': big,
  };
  const { report, warnings } = await scanFiles({ ...files, ...withMetadata }, {});
  expect(report.summary.exitCode).toBe(0);
  expect(warnings).toEqual([expect.objectContaining({ code: 'file-too-big', file: 'cdk.out/A.metadata.json' })]);
});

test.each([
  ['new DataStack (/builds/shop/lib/data.ts:63:5)', '/builds/shop/lib/data.ts:63:5'],
  ['/builds/shop/bin/app.ts:3:1', '/builds/shop/bin/app.ts:3:1'],
  ['at new A (file:///builds/shop/app.mjs:7:9)', '/builds/shop/app.mjs:7:9'],
  ['Object.<anonymous> (C:\\shop\\lib\\a.ts:1:2)', 'C:/shop/lib/a.ts:1:2'],
  ['new A (file:///C:/shop/a.ts:1:2)', 'C:/shop/a.ts:1:2'],
  ['File "/builds/shop/stack.py", line 12, in __init__', '/builds/shop/stack.py:12:1'],
  ['stack.<init> (/builds/shop/Stack.java:12)', '/builds/shop/Stack.java:12:1'],
])('a frame of an app: %s', (text, expected) => {
  expect(ownFrames([text]).map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([expected]);
});

test.each([
  '...new Table2 in aws-cdk-lib...',
  '(no user code in 10 frames, use --stack-trace-limit to capture more)',
  'new Table (/builds/shop/node_modules/aws-cdk-lib/aws-dynamodb/lib/table.js:1:2)',
  'Module._compile (node:internal/modules/cjs/loader:1521:14)',
  'f (/home/u/.yarn/cache/x.js:1:1)',
  'Kernel._create (/tmp/jsii-runtime.12/lib/program.js:1:1)',
  'File "/usr/lib/python3/site-packages/aws_cdk/x.py", line 1',
  'relative/path.ts:1:1',
  `(${'a'.repeat(5000)}/x.ts:1:1)`,
])('no frame of an app: %.60s', (text) => {
  expect(ownFrames([text])).toEqual([]);
});

test.each([
  [['/builds/shop/lib/a.ts', '/builds/shop/bin/app.ts'], '', ['lib/a.ts', 'bin/app.ts'], ['lib/a.ts', 'bin/app.ts']],
  [['/app/lib/a.ts'], 'infra', ['infra/lib/a.ts', 'lib/a.ts'], ['infra/lib/a.ts']],
  [['/ci/repo/infra/lib/a.ts'], 'infra', ['infra/lib/a.ts', 'lib/a.ts'], ['infra/lib/a.ts']],
  // What stands elsewhere there is no file that is called alike here.
  [
    ['/b/shop/lib/a.ts', '/b/shop/lib/b.ts', '/b/other/index.ts'],
    '',
    ['lib/a.ts', 'lib/b.ts', 'index.ts'],
    ['lib/a.ts', 'lib/b.ts', undefined],
  ],
  [['/b/shop/lib/a.ts'], '', ['other.ts'], [undefined]],
])('%j of another machine, in the app folder "%s"', async (files, folder, there, expected) => {
  const reroot = await learnRoot(files, folder, async (path) => there.includes(path));
  expect(files.map(reroot)).toEqual(expected);
  expect(reroot('/b/shop/../../etc/passwd')).toBeUndefined();
});

const MAP = { version: 3, names: [], mappings: 'AAAA;AACA', sources: ['../src/a.ts'] };
const frame = { file: '/x', line: 2, column: 1 };

test.each([
  ['a file', 'x\ny\n//# sourceMappingURL=a.js.map', MAP, 'src/a.ts:2'],
  [
    'inline',
    `x\ny\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify({ ...MAP, sources: ['../src/a.ts'] })).toString('base64')}`,
    MAP,
    'src/a.ts:2',
  ],
  [
    'by an absolute path',
    'x\ny\n//# sourceMappingURL=a.js.map',
    { ...MAP, sources: ['/builds/shop/src/a.ts'] },
    'src/a.ts:2',
  ],
  ['none', 'x\ny\n', MAP, 'dist/a.js:2'],
  ['missing', 'x\ny\n//# sourceMappingURL=b.js.map', MAP, 'dist/a.js:2'],
  ['elsewhere', 'x\ny\n//# sourceMappingURL=../../../a.js.map', MAP, 'dist/a.js:2'],
  [
    'of a file elsewhere',
    'x\ny\n//# sourceMappingURL=a.js.map',
    { ...MAP, sources: ['../../../etc/passwd'] },
    'dist/a.js:2',
  ],
  [
    'of an address',
    'x\ny\n//# sourceMappingURL=a.js.map',
    { ...MAP, sources: ['https://example.com/a.ts'] },
    'dist/a.js:2',
  ],
  ['broken', 'x\ny\n//# sourceMappingURL=a.js.map', 'no map', 'dist/a.js:2'],
  ['of a newer kind', 'x\ny\n//# sourceMappingURL=a.js.map', { version: 9 }, 'dist/a.js:2'],
  ...[
    { mappings: true },
    { sections: [], mappings: undefined },
    { mappings: [[], [[0, 5, 0, 0]]] },
    { mappings: [7, [[0, {}, null]]] },
    { mappings: 'AAAA;AKAA' },
    { mappings: 'AAAA;AAFA' },
    { mappings: 'AAAA;AAAF' },
    { sources: {} },
    { sources: [7] },
    { sourceRoot: {} },
    { names: 1 },
  ].map((wrong) => [
    `with ${JSON.stringify(wrong)}`,
    'x\ny\n//# sourceMappingURL=a.js.map',
    { ...MAP, ...wrong },
    'dist/a.js:2',
  ]),
] as [string, string, object | string, string][])('a source map: %s', async (_, code, map, expected) => {
  const files = {
    'dist/a.js': code,
    'dist/a.js.map': typeof map === 'string' ? map : JSON.stringify(map),
    'src/a.ts': '1\n2\n',
  };
  const checkout = await memoryRepository(files).checkout();
  const read = async (path: string) => ((await checkout.exists(path)) ? (await checkout.read(path)).text : undefined);
  const reroot = (file: string) => (file.startsWith('/builds/shop/') ? file.slice('/builds/shop/'.length) : undefined);
  const { path, line } = await uncompiler({ read }, reroot)('dist/a.js', frame);
  expect(`${path}:${line}`).toBe(expected);
});

test('an assembly that is older than its sources is told once, whatever stages it has', async () => {
  const { shopWith, deployedAssembly } = await import('../../../support/cdk-worlds.js');
  const { scanIn } = await import('../../../../src/scan/scan.js');
  const shop = shopWith('2.276.0');
  const files = {
    ...shop,
    'gitops-drift.yaml': 'version: 1\nprovider: snapshot\nsnapshot: live.json\ncdk: {}\n',
    'live.json': JSON.stringify(await deployedAssembly(shop)),
    'lib/a.test.ts': '',
    'README.md': '',
  };
  const times = new Map([
    ['cdk.out/manifest.json', 10],
    ['lib/data-stack.ts', 10],
    ['lib/a.test.ts', 99],
    ['README.md', 99],
  ]);
  const scanWith = async (changed: [string, number][], dirty = ['cdk.out/manifest.json']) => {
    const all = new Map([...times, ...changed]);
    const base = memoryRepository(files, dirty);
    const plain = await base.checkout();
    const checkout = async () => ({ ...plain, modified: async (path: string) => all.get(path) ?? 1 });
    const { warnings } = await scanIn(async () => ({ ...base, checkout }), { repository: '.' });
    return warnings.flatMap(({ code, message }) => (code === 'cdk-stale' ? [`${code} ${message}`] : []));
  };
  expect(await scanWith([])).toEqual([]);
  const told = 'cdk-stale the cloud assembly in cdk.out is older than';
  expect(await scanWith([['lib/data-stack.ts', 11]])).toEqual([`${told} lib/data-stack.ts`]);
  expect(
    await scanWith([
      ['cdk.context.json', 11],
      ['lib/checkout.ts', 12],
    ]),
  ).toEqual([`${told} cdk.context.json and 1 more`]);
  // Of a committed assembly the times say nothing.
  expect(await scanWith([['lib/data-stack.ts', 11]], [])).toEqual([]);
});

test('a frame in what is no text, or too big, is no reason not to scan', async () => {
  const files = {
    'cdk.json': '{}',
    'cdk.out/manifest.json': manifest({
      A: stackOf({
        metadata: {
          '/A/Q': [{ type: 'aws:cdk:logicalId', data: 'Q', trace: ['f (/b/lib/logo.ts:1:1)', 'g (/b/lib/a.ts:1:1)'] }],
          '/A/R': [{ type: 'aws:cdk:logicalId', data: 'R', trace: ['g (/b/lib/a.ts:1:1)'] }],
        },
      }),
    }),
    'cdk.out/A.template.json': '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"},"R":{"Type":"AWS::SQS::Queue"}}}',
    'lib/logo.ts': Buffer.from([0xff, 0x41]),
    'lib/a.ts': 'g()',
  };
  const checkout = await memoryRepository(files).checkout();
  const { code } = (await openStack(checkout, 'cdk.out/A.template.json')) ?? {};
  const template = parseTemplate(await checkout.read('cdk.out/A.template.json'));
  const { constructs } = (await code?.(template, [], false)) ?? {};
  expect([...(constructs ?? [])].map(([id, { location }]) => [id, location?.file])).toEqual([
    ['Q', undefined],
    ['R', 'lib/a.ts'],
  ]);
});
