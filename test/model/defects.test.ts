import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Provider, ResourceRequest } from '../../src/cloud/cloud.js';
import { createSnapshotProvider } from '../../src/cloud/snapshot/provider.js';
import type { Checkout } from '../../src/git/repository.js';
import { cloudFormation } from '../../src/iac/cloudformation/index.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { ReadingTools } from '../../src/iac/state.js';
import { noteDefects } from '../../src/model/defects.js';
import type { ScanContext } from '../../src/scan/scan-stack.js';
import { scanTree } from '../../src/scan/scan-tree.js';
import { severityRules } from '../../src/severity/rules.js';
import { collectInlineSuppressions } from '../../src/suppress/comments/suppressions.js';
import { createSource } from '../../src/syntax/source.js';
import { ACCOUNT, judged, REGION, recorded, TARGET } from '../scan/stack.js';

const QUEUE = 'AWS::SQS::Queue';
const TOPIC = 'AWS::SNS::Topic';
const TEMPLATE = `Resources:
  Q: { Type: ${QUEUE}, Properties: { VisibilityTimeout: 30 } }
  T: { Type: ${TOPIC}, Properties: { DisplayName: a } }
`;
const GIVEN = {
  template: TEMPLATE,
  resources: [recorded('Q', QUEUE, { VisibilityTimeout: 31 }), recorded('T', TOPIC, { DisplayName: 'b' })],
};

function fails(): never {
  return JSON.parse('hunter2') as never;
}

describe('an unexpected failure', () => {
  test('while comparing is that of one resource', async () => {
    const defects = noteDefects();
    const resourceType = async (type: string) => (type === TOPIC ? fails() : cloudFormationTypes.get(type));
    const [queue, topic] = await judged(GIVEN, { resourceType, defects });
    expect(queue?.resource.status).toBe('modified');
    expect(topic?.resource).toMatchObject({ status: 'unreadable', reason: expect.stringContaining('internal error') });
    expect(topic?.resource.failure).toBe('internal');
    expect(defects.errors()).toEqual([]);
  });

  test('while reading is that of one resource', async () => {
    const { readResource } = await snapshotProvider();
    const provider = {
      readResource: async (request: ResourceRequest) => (request.logicalId === 'T' ? fails() : readResource(request)),
    };
    const [queue, topic] = await judged({ ...GIVEN, provider });
    expect(queue?.resource.status).toBe('modified');
    expect(topic?.resource).toMatchObject({ status: 'unreadable', reason: expect.stringContaining('internal error') });
  });

  test.each<[string, unknown]>([
    ['an error of the stack', new TypeError('x is not a function')],
    ['thrown text', 'x'],
  ])('while scanning a stack is an error of that stack: %s', async (_, error) => {
    const defects = noteDefects();
    const tree = await scanTree(TARGET, await tools(error, defects), {});
    expect(tree.scans).toHaveLength(1);
    expect(tree.scans[0]?.stack).toMatchObject({ status: 'error', error: expect.stringContaining('internal error') });
    expect(defects.problems()).toHaveLength(1);
  });

  test('is reported once, without what the message quotes and without paths of this machine', () => {
    const defects = noteDefects();
    const part = { stack: 'shop', region: REGION, doing: 'comparing it' };
    for (const logicalId of ['A', 'B', 'C']) {
      try {
        fails();
      } catch (error) {
        defects.note(error, { ...part, logicalId });
      }
    }
    const [problem, ...others] = defects.problems();
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(/^internal error: SyntaxError: .* \(defects\.test\.ts:\d+:\d+\).*; 2 more/s);
    expect(problem?.message).not.toMatch(/hunter2|\/scan\/|\/node_modules\//);
    expect(problem?.hint).toContain('please report it');
  });

  test('is none where a person has to mend something, or where the scan was stopped', () => {
    const part = { stack: 'shop', region: REGION, doing: 'comparing it' };
    const stop = new AbortController();
    const defects = noteDefects(stop.signal);
    expect(() => defects.note(new DriftError('usage', [{ code: 'usage-missing', message: 'no' }]), part)).toThrow('no');
    stop.abort(new Error('stopped'));
    expect(() => defects.note(new Error('stopped'), part)).toThrow('stopped');
    expect(defects.problems()).toEqual([]);
  });
});

async function tools(error: unknown, defects: ReturnType<typeof noteDefects>): Promise<ScanContext> {
  const provider: Provider = {
    ...(await snapshotProvider()),
    readStack: async () => {
      throw error;
    },
  };
  const checkout: Pick<Checkout, 'read'> = { read: async (path) => createSource(path, TEMPLATE) };
  const reading = { checkout, provider, onResource: () => {}, defects } as unknown as ReadingTools;
  return {
    iac: cloudFormation,
    provider,
    reader: cloudFormation.reader(reading),
    warn: () => {},
    severity: severityRules(cloudFormationTypes),
    inline: collectInlineSuppressions(cloudFormation.comments),
    defects,
    owners: { of: () => async () => ({ siblings: [] }), learned: () => [] },
    isScanned: () => false,
  };
}

function snapshotProvider() {
  const stacks = [{ name: 'shop', resources: GIVEN.resources }];
  const recording = { snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: ACCOUNT };
  const text = JSON.stringify({ ...recording, regions: { [REGION]: { stacks } } });
  return createSnapshotProvider({
    resourceTypes: cloudFormationTypes,
    snapshot: { path: 'live.json', text },
  });
}
