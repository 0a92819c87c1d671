import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DriftError, type Problem } from '../../src/base/errors.js';
import type { Target } from '../../src/model/target.js';
import { makePlan, type Plan, scannedByThemselves, templatesTold } from '../../src/scan/plan.js';
import { openProvider } from '../../src/scan/provider.js';
import type { ScanRequest } from '../../src/scan/request.js';
import { readConfig } from '../../src/scan/sources.js';
import { uncommitted } from '../../src/scan/uncommitted.js';
import { memoryRepository } from '../support/memory.js';
import { type Files, temporaryDirectory, writeFiles } from '../support/repository.js';

const REGION = 'eu-west-1';
const STACKS = ['shop', 'data'].map((name) => ({ name, resources: [] }));
const SNAPSHOT = JSON.stringify({
  snapshotVersion: 1,
  capturedAt: '2026-01-01T00:00:00Z',
  account: '111111111111',
  regions: { [REGION]: { stacks: STACKS } },
});
const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - {name: shop, template: shop.yaml, region: ${REGION}}
  - {name: data, template: shop.yaml, region: ${REGION}}
`;
const FILES: Files = {
  'gitops-drift.yaml': CONFIG,
  'shop.yaml': 'Resources: {Queue: {Type: AWS::SQS::Queue}}\n',
  'live.json': SNAPSHOT,
};

function plan(request: Partial<ScanRequest> = {}, dirtyFiles: string[] = []): Promise<Plan> {
  return makePlan({ repository: '.', ...request }, async () => memoryRepository(FILES, dirtyFiles));
}

async function providerOf(request: Partial<ScanRequest>, files: Files = FILES) {
  const checkout = await memoryRepository(files).checkout();
  const config = await readConfig(checkout, request.config);
  return openProvider({ repository: '.', ...request }, checkout, config);
}

async function refusal(work: Promise<unknown>): Promise<DriftError> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DriftError);
  return error as DriftError;
}

/** A snapshot in the file system. */
function savedSnapshot(): string {
  const folder = temporaryDirectory();
  writeFiles(folder, { 'saved.json': SNAPSHOT });
  return join(folder, 'saved.json');
}

describe('of uncommitted files, those that the scan goes by are named', () => {
  const told = async (dirty: string[]) =>
    uncommitted(await plan({}, dirty), [{ template: 'net.yaml' }, { template: null }]);
  const ALL = ['gitops-drift.yaml', 'live.json', 'net.yaml', 'readme.md', 'shop.yaml'];

  test.each([
    [['gitops-drift.yaml'], 'gitops-drift.yaml'],
    [['readme.md', 'shop.yaml'], 'shop.yaml'],
    [ALL.slice(0, 3), 'gitops-drift.yaml, live.json, net.yaml'],
    [ALL, 'gitops-drift.yaml, live.json, net.yaml and 1 more'],
  ])('%j', async (dirty, named) => {
    const hint = 'they are part of this scan; commit them, or scan a commit with --ref HEAD';
    expect(await told(dirty)).toEqual([
      { code: 'git-not-committed', message: `the work tree has uncommitted changes: ${named}`, hint },
    ]);
  });

  test.each([[[]], [['readme.md', 'other.yaml']]])('none: %j', async (dirty) => {
    expect(await told(dirty)).toEqual([]);
  });
});

describe('what is scanned', () => {
  test('is all that is configured', async () => {
    const { targets, unscanned, templates } = await plan();
    expect(targets.map(({ name, region, template }) => [name, region, template])).toEqual([
      ['shop', REGION, 'shop.yaml'],
      ['data', REGION, 'shop.yaml'],
    ]);
    expect(unscanned).toEqual([]);
    expect(templates).toEqual({ found: 1, matched: 1, skipped: [] });
  });

  test('is what was asked for of it', async () => {
    expect((await plan({ stacks: ['da*'] })).targets.map(({ name }) => name)).toEqual(['data']);
  });

  test('comes with all its places', async () => {
    const places = (await plan({ stacks: ['shop'] })).places.map(({ region }) => region);
    expect([...new Set(places)]).toEqual([REGION]);
  });
});

describe('the configuration', () => {
  const other = { ...FILES, 'other.yaml': CONFIG.replace('shop,', 'other,') };
  const read = async (files: Files, path?: string) => {
    const config = await readConfig(await memoryRepository(files).checkout(), path);
    return config?.stacks.map(({ name }) => name);
  };

  test('is the one that is asked for, else the one at the root, if any', async () => {
    expect(await read(other, 'other.yaml')).toEqual(['other', 'data']);
    expect(await read(other)).toEqual(['shop', 'data']);
    expect(await read({ 'shop.yaml': '' })).toBeUndefined();
  });

  test('has to be there where it is asked for', async () => {
    const { problems } = await refusal(read(FILES, 'gone.yaml'));
    expect(JSON.stringify(problems)).toContain('gone.yaml');
  });
});

describe('the provider', () => {
  const noProvider = { ...FILES, 'gitops-drift.yaml': 'version: 1\n' };
  const cloudFormation = { ...FILES, 'gitops-drift.yaml': 'version: 1\nprovider: cloudformation\n' };

  test.each<[string, Partial<ScanRequest>, Files, string]>([
    ['is aws', {}, noProvider, 'aws'],
    ['is the configured one', {}, cloudFormation, 'cloudformation'],
    ['is the one asked for, before the configured one', { provider: 'aws' }, cloudFormation, 'aws'],
    ['is the snapshot where one is given, before the configured one', { snapshot: '*' }, cloudFormation, 'snapshot'],
    ['is the one asked for, before a snapshot', { provider: 'aws', snapshot: '*' }, cloudFormation, 'aws'],
  ])('%s', async (_, request, files, expected) => {
    const snapshot = request.snapshot && savedSnapshot();
    const provider = await providerOf({ ...request, snapshot }, files);
    expect(provider.name).toBe(expected);
    provider.close?.();
  });

  test('reads a snapshot that is given, before the configured one', async () => {
    const files = { ...FILES, 'live.json': '{' };
    const provider = await providerOf({ snapshot: savedSnapshot() }, files);
    expect((await provider.listStacks(REGION)).map(({ name }) => name).sort()).toEqual(['data', 'shop']);
    expect((await refusal(providerOf({}, files))).message).toContain('live.json');
  });

  test('says where a snapshot comes from that is not there', async () => {
    const { code, problems } = await refusal(providerOf({ snapshot: '/nonexistent/live.json' }));
    const hint = 'record one with: gitops-drift snapshot -o live.json';
    expect(code).toBe('snapshot');
    expect(problems).toEqual([
      {
        code: 'file-unreadable',
        message: "can't read the snapshot: there is no such file or folder",
        file: '/nonexistent/live.json',
        hint,
      },
    ]);
  });

  test('asks for a snapshot where none is named', async () => {
    const { code, problems } = await refusal(providerOf({ provider: 'snapshot' }, noProvider));
    const hint = 'name it with --snapshot <file>, or as "snapshot:" in the configuration';
    expect(code).toBe('usage');
    expect(problems).toEqual([
      { code: 'usage-missing', message: 'the provider "snapshot" needs a snapshot file', hint },
    ]);
  });
});

describe('a template that no stack was found for', () => {
  const skipped = ['net.yaml', 'old.yaml'].map((file) => ({ file, reason: 'no stack' }));
  const general: Problem = { code: 'git-not-committed', message: 'the work tree has uncommitted changes: a.yaml' };
  const warnings = [
    general,
    ...skipped.map(({ file }) => ({ code: 'discovery-no-match' as const, message: 'no stack', file })),
  ];
  const found = { warnings, templates: { found: 5, matched: 3, skipped } } as unknown as Plan;

  test('is told, and counted', () => {
    expect(templatesTold(found, new Set(['shop.yaml', null]))).toEqual({
      warnings,
      templates: { found: 5, matched: 3, skipped },
    });
  });

  test.each([
    [3, 3],
    [4, 1],
  ])('%d of them with the same to say make %d warnings', (number, told) => {
    const files = Array.from({ length: number }, (_, index) => `t${index}.yaml`);
    const same = files.map(
      (file): Problem => ({ code: 'discovery-no-match', message: 'no stack', file, hint: 'name it' }),
    );
    const plan = { ...found, warnings: [general, ...same] };
    const { warnings: shown } = templatesTold(plan, new Set());
    expect(shown).toHaveLength(1 + told);
    if (told === 1) {
      const message = 'no stack (4 files): t0.yaml, t1.yaml, t2.yaml, …';
      expect(shown).toContainEqual({ code: 'discovery-no-match', message, hint: 'name it' });
    }
  });

  test('is no longer one where a nested stack is deployed from it', () => {
    expect(templatesTold(found, new Set(['shop.yaml', 'net.yaml', null]))).toEqual({
      warnings: [general, { code: 'discovery-no-match', message: 'no stack', file: 'old.yaml' }],
      templates: { found: 5, matched: 4, skipped: [skipped[1]] },
    });
  });
});

test('a stack is scanned on its own where it is configured, found, or left to another scan', () => {
  const named = (name: string) => ({ name }) as Target;
  const isScanned = scannedByThemselves({
    targets: [named('shop')],
    unscanned: [{ name: 'data', template: 'data.yaml' }],
    config: { stacks: [{ name: 'edge' }] },
  } as unknown as Plan);
  expect(['shop', 'data', 'edge', 'shop-Net-1A'].map((name) => isScanned(named(name)))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
