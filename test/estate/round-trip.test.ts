import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type SimulatorOptions, startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { type Files, makeRepository } from '../support/repository.js';
import { ACCOUNTS, HOME, PROD, STACKS, TEMPLATES, wholeEstate } from '../support/whole-estate.js';

/** What a scan finds in the simulated cloud, and what it finds in the snapshot that was recorded from it. */
async function both(
  files: Files,
  cloud: SimulatorOptions,
  ...only: string[]
): Promise<{ online: Report; offline: Report }> {
  const cwd = makeRepository(files);
  const aws = await startAwsSimulator(cloud);
  const live = join(cwd, '../live.json');
  const scan = ['scan', '--unmanaged', '-o', 'json', ...only];
  try {
    const recorded = await runCli(['snapshot', '--unmanaged', '-o', live, ...only], { cwd, env: aws.env });
    expect(recorded).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    const [online, offline] = await Promise.all([
      runCli(scan, { cwd, env: aws.env }),
      runCli([...scan, '--snapshot', live], { cwd }),
    ]);
    expect([online.stderr, offline.stderr]).toEqual(['', '']);
    return { online: JSON.parse(online.stdout), offline: JSON.parse(offline.stdout) };
  } finally {
    await aws.close();
  }
}

/** But for the commands, which name the snapshot, and for what tells that a stack has changed since. */
function alike({ findings, stacks }: Pick<Report, 'findings' | 'stacks'>) {
  return {
    findings: findings.map(({ remedies, ...finding }) => ({ ...finding, ways: remedies?.map(({ way }) => way) })),
    stacks: stacks.map(({ version: _, ...stack }) => stack),
  };
}

describe('a scan of a snapshot finds what the scan of the cloud finds that it was recorded from', () => {
  test.each<[string, Files]>([
    ['with configured stacks', { ...TEMPLATES, 'gitops-drift.yaml': ACCOUNTS + STACKS }],
    [
      'in whatever order they are recorded',
      {
        ...TEMPLATES,
        'gitops-drift.yaml': ACCOUNTS + ['stacks:', ...STACKS.split('\n').slice(1, -1).reverse(), ''].join('\n'),
      },
    ],
    ['with stacks that are looked for', { ...TEMPLATES, 'gitops-drift.yaml': ACCOUNTS }],
  ])('%s, nested ones and several accounts', async (_, files) => {
    const { online, offline } = await both(files, wholeEstate());
    expect(online.stacks).toHaveLength(files['gitops-drift.yaml'] === ACCOUNTS ? 12 : 11);
    expect(new Set(online.findings.map(({ verdict }) => verdict))).toEqual(
      new Set(['drift', 'undeployed', 'adopted', 'conflict']),
    );
    const { scan, ...found } = offline;
    expect(scan.provider).toBe('snapshot');
    const { scan: _scan, ...expected } = online;
    expect({ ...found, ...alike(found) }).toEqual({ ...expected, ...alike(expected) });
  });

  test('also where accounts export another value under the same name, from stacks that are not recorded', async () => {
    const files = { ...TEMPLATES, 'gitops-drift.yaml': ACCOUNTS + STACKS };
    const { online, offline } = await both(files, wholeEstate(), '--stack', 'edge');
    expect(offline.resources).toEqual(online.resources);
    const sites = offline.resources.filter(({ logicalId }) => logicalId === 'Site');
    expect(sites.map(({ account, status, unverifiable }) => [account, status, unverifiable])).toEqual([
      [HOME, 'inSync', []],
      [PROD, 'inSync', []],
    ]);
  });
});
