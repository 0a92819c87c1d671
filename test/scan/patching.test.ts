import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/report.js';
import type { PatchRequest } from '../../src/scan/request.js';
import { scanFiles } from '../support/memory.js';
import { ACCOUNT, REGION } from './stack.js';

const CONFIG = `version: 1
provider: snapshot
snapshot: live.json
stacks: [{name: shop, template: shop.yaml, region: ${REGION}}]
`;

const SETTINGS = { DelaySeconds: 5, VisibilityTimeout: 60, ReceiveMessageWaitTimeSeconds: 7 };

function templateOf(settings: Partial<typeof SETTINGS>): string {
  const all = { QueueName: 'orders', ...SETTINGS, ...settings };
  const lines = Object.entries(all).map(([name, value]) => `      ${name}: ${value}\n`);
  return `${REST}  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n${lines.join('')}`;
}

/** What no test changes. */
const REST = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

interface Given {
  /** The template that the stack was deployed from, where it is not Git's. */
  deployed?: Partial<typeof SETTINGS>;
  /** Null: the queue is gone. */
  live: Partial<typeof SETTINGS> | null;
  config?: string;
}

/** Scans a queue that is written in Git with `SETTINGS`. */
function scanQueue({ deployed = {}, live, config = '' }: Given, patch: PatchRequest = {}) {
  const properties = live && { QueueName: 'orders', ...SETTINGS, ...live };
  const resources = [
    { logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'orders', properties },
    { logicalId: 'Topic', type: 'AWS::SNS::Topic', physicalId: 'topic', properties: {} },
  ];
  const stacks = [{ name: 'shop', template: templateOf(deployed), resources }];
  const snapshot = {
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: ACCOUNT,
    regions: { [REGION]: { stacks } },
  };
  const files = {
    'gitops-drift.yaml': CONFIG + config,
    'shop.yaml': templateOf({}),
    'live.json': JSON.stringify(snapshot),
  };
  return scanFiles(files, { patch });
}

/** What is offered for each finding, by its path. */
function offered(findings: readonly Finding[]) {
  return Object.fromEntries(
    findings.map(({ path, patch }) => [path, [patch.status, ...('reason' in patch ? [patch.reason] : [])]]),
  );
}

describe('an edit is offered', () => {
  test('for drift, and makes of the file what is live', async () => {
    const { report, patched } = await scanQueue({ live: { DelaySeconds: 9 } });
    expect(offered(report.findings)).toEqual({ '/DelaySeconds': ['patchable'] });
    expect(patched).toEqual([{ path: 'shop.yaml', before: templateOf({}), after: templateOf({ DelaySeconds: 9 }) }]);
  });

  test('only for the findings that are wanted', async () => {
    const live = { DelaySeconds: 9, VisibilityTimeout: 90 };
    const { report, patched } = await scanQueue({ live }, { wants: ({ path }) => path === '/VisibilityTimeout' });
    expect(report.findings.find(({ path }) => path === '/VisibilityTimeout')?.patch.status).toBe('patchable');
    expect(report.findings.find(({ path }) => path === '/DelaySeconds')?.patch.status).not.toBe('patchable');
    expect(patched.map(({ after }) => after)).toEqual([templateOf({ VisibilityTimeout: 90 })]);
  });

  test('beside findings for which there is none', async () => {
    const config = 'ignore: [{path: /DelaySeconds, reason: tuned by hand}]\n';
    const deployed = { ReceiveMessageWaitTimeSeconds: 1 };
    const live = { DelaySeconds: 9, VisibilityTimeout: 90, ReceiveMessageWaitTimeSeconds: 1 };
    const { report, patched } = await scanQueue({ config, deployed, live });
    expect(offered(report.findings)).toEqual({
      '/DelaySeconds': ['none', 'the finding is suppressed'],
      '/ReceiveMessageWaitTimeSeconds': ['none', 'Git is ahead of the stack: deploy it'],
      '/VisibilityTimeout': ['patchable'],
    });
    expect(patched.map(({ after }) => after)).toEqual([templateOf({ VisibilityTimeout: 90 })]);
  });
});

describe('no edit is offered', () => {
  test.each<[string, Given, string, string]>([
    [
      'of what is suppressed',
      { live: { DelaySeconds: 9 }, config: 'ignore: [{path: /DelaySeconds, reason: tuned by hand}]\n' },
      'drift',
      'the finding is suppressed',
    ],
    [
      'of what is not deployed yet',
      { deployed: { DelaySeconds: 1 }, live: { DelaySeconds: 1 } },
      'undeployed',
      'Git is ahead of the stack: deploy it',
    ],
    [
      'of what Git has adopted already',
      { deployed: { DelaySeconds: 1 }, live: {} },
      'adopted',
      'Git says already what is live',
    ],
  ])('%s', async (_, given, verdict, reason) => {
    const { report, patched } = await scanQueue(given);
    expect(report.findings).toMatchObject([{ verdict, patch: { status: 'none', reason } }]);
    expect(patched).toEqual([]);
  });

  test('of a conflict, where live is neither what Git says nor what was deployed', async () => {
    const { report, patched } = await scanQueue({ deployed: { DelaySeconds: 1 }, live: { DelaySeconds: 9 } });
    const reason = 'Git has a change of its own that is not deployed yet: decide which of the two holds';
    expect(report.findings).toMatchObject([{ verdict: 'conflict', patch: { status: 'refused', reason } }]);
    expect(patched).toEqual([]);
  });

  test('of a resource that is gone, unless taking it out is asked for', async () => {
    const kept = await scanQueue({ live: null });
    expect(kept.report.findings).toMatchObject([{ kind: 'deleted' }]);
    expect(kept.report.findings[0]?.patch.status).not.toBe('patchable');
    expect(kept.patched).toEqual([]);
    const { report, patched } = await scanQueue({ live: null }, { includeDeletions: true });
    expect(report.findings).toMatchObject([{ kind: 'deleted', patch: { status: 'patchable' } }]);
    expect(patched.map(({ after }) => after)).toEqual([REST]);
  });

  test('where nothing differs', async () => {
    const { report, patched } = await scanQueue({ live: {} });
    expect([report.findings, patched]).toEqual([[], []]);
  });
});
