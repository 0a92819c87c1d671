import { expect, test } from '@jest/globals';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import type { SnapshotResource, SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Finding, Report } from '../../src/model/report.js';
import type { ScanRequest } from '../../src/scan/request.js';
import { nodeUnder } from '../../src/syntax/node.js';
import { createSource, positionAt } from '../../src/syntax/source.js';
import { withAws } from '../support/aws.js';
import { accountOf } from '../support/estate.js';
import { scanFiles } from '../support/memory.js';
import { ACCOUNT, deployedPair, filesOf, REGION, type SamPair, type SamWorld } from '../support/sam-worlds.js';
import { describeShared, sharedLines } from '../support/shared.js';

interface TracedLeaf {
  src: (string | number)[];
  kind: string;
  out?: (string | number)[][];
}

const PAIRS = sharedLines<SamPair>('sam/pairs.jsonl.gz');
const TRACES = new Map(
  sharedLines<{ id: string; map: TracedLeaf[] }>('sam/trace.jsonl.gz').map(({ id, map }) => [id, map]),
);
/** Leaves of one resource are changed one after another, each in a scan of its own; more turns take long. */
const TURNS = Number(process.env['SAM_TURNS'] ?? 1);
/** As much of what is found as has to be at its line. */
const AT_LINE = 0.95;

function worlds(): SamWorld[] {
  return PAIRS.filter(({ kind, output }) => kind === 'ok' && output)
    .map(deployedPair)
    .filter(({ stack }) => stack.resources.length > 0);
}

async function scanRecorded(
  all: readonly SamWorld[],
  stacks: readonly SnapshotStack[],
  request: Partial<ScanRequest> = {},
): Promise<Report> {
  const children = all.flatMap((world) => world.children);
  const snapshot = accountOf(ACCOUNT, { [REGION]: [...stacks, ...children] });
  const files = { ...filesOf(all, 'snapshot'), 'live.json': JSON.stringify(snapshot) };
  return (await scanFiles(files, request)).report;
}

/** A value of a stack's live state that is changed, and the line of the source that says what it was. */
interface Changed {
  logicalId: string;
  line: number;
  isSame(finding: Finding): boolean;
}

/** Changes the leaf of each resource that is next in turn, where the source has it word for word. */
function changed({ pair, stack }: SamWorld, turn: number): { stack: SnapshotStack; changes: Changed[] } {
  const copy = structuredClone(stack);
  const source = createSource('t.yaml', pair.input);
  const { root } = parseTemplate(source);
  const seen = new Map<string, number>();
  const changes = (TRACES.get(pair.id) ?? []).flatMap(({ kind, src, out: [out = []] = [] }): Changed[] => {
    const [section, id, part, ...keys] = out.map(String);
    if (kind !== 'exact' || section !== 'Resources' || id === undefined || part !== 'Properties') return [];
    const count = (seen.get(id) ?? -1) + 1;
    const properties = copy.resources.find(({ logicalId }) => logicalId === id)?.properties;
    const node = nodeUnder(root, src.map(String));
    if (!isObject(properties) || node === undefined || !canChange(properties, keys)) return [];
    seen.set(id, count);
    if (count !== turn) return [];
    change(properties, keys);
    const { line } = positionAt(source, node.range.start);
    return [{ logicalId: id, line, isSame: ({ logicalId }) => logicalId === id }];
  });
  return { stack: copy, changes };
}

function canChange(properties: JsonObject, keys: readonly string[]): boolean {
  const value = keys.reduce<Json | undefined>((holder, key) => memberOf(holder, key), properties);
  return value !== undefined && value !== null && typeof value !== 'object';
}

function memberOf(holder: Json | undefined, key: string): Json | undefined {
  return typeof holder === 'object' && holder !== null ? (holder as JsonObject)[key] : undefined;
}

function change(properties: JsonObject, keys: readonly string[]): void {
  const holder = keys.slice(0, -1).reduce<Json | undefined>(memberOf, properties) as JsonObject;
  const key = keys.at(-1) ?? '';
  const value = holder[key];
  if (typeof value === 'number') holder[key] = value + 1;
  else if (typeof value === 'boolean') holder[key] = !value;
  else holder[key] = /^\d+$/.test(String(value)) ? String(Number(value) + 1) : `${value}x`;
}

describeShared('sam/pairs.jsonl.gz', 'SAM templates beside what the transform makes of them', () => {
  const all = worlds();
  const untouched = all.map(({ stack }) => stack);

  test('untouched, nothing is reported, and at least 97 % of what is deployed is judged', async () => {
    const report = await scanRecorded(all, untouched);
    expect(report.stacks.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(report.findings.map(({ stack, logicalId, path }) => [stack, logicalId, path])).toEqual([]);
    const { total, inSync } = report.summary.resources;
    expect(inSync / total).toBeGreaterThan(0.97);
    console.log(`SAM: ${inSync} of ${total} deployed resources judged`);
  });

  test('over the wire the same is judged, since CloudFormation tells what it made', async () => {
    const some = all.filter((_, at) => at % 16 === 0);
    const stacks = some.flatMap(({ stack, children }) => [stack, ...children]);
    const accounts = { [ACCOUNT]: accountOf(ACCOUNT, { [REGION]: stacks }) };
    await withAws({ accounts, identifierOf }, async () => {
      const { report } = await scanFiles(filesOf(some, 'aws'), {});
      expect(report.findings).toEqual([]);
      const { total, inSync } = report.summary.resources;
      expect(inSync / total).toBeGreaterThan(0.9);
    });
  });

  test('one changed value is found at its line, nothing else is reported, and edits are proven', async () => {
    const found = { line: 0, owner: 0, other: 0, patched: 0 };
    for (let turn = 0; turn < TURNS; turn += 1) {
      const worlds = all.map((world) => changed(world, turn));
      const report = await scanRecorded(
        all,
        worlds.map(({ stack }) => stack),
        { patch: {} },
      );
      for (const { stack, changes } of worlds) {
        const findings = report.findings.filter((each) => each.stack === stack.name);
        expect(findings.map(({ logicalId }) => logicalId).sort()).toEqual(
          changes.map(({ logicalId }) => logicalId).sort(),
        );
        for (const each of changes) {
          const finding = findings.find(each.isSame);
          const { line, origin } = finding?.location ?? {};
          found[line === each.line ? 'line' : origin === 'owner' ? 'owner' : 'other'] += 1;
          if (finding?.patch.proof === 'rules') found.patched += 1;
        }
      }
    }
    console.log(`SAM: changed values by where they were found: ${JSON.stringify(found)}`);
    const { line, owner, other, patched } = found;
    expect(line / (line + owner + other)).toBeGreaterThan(AT_LINE);
    expect(patched / (line + owner + other)).toBeGreaterThan(0.8);
  });

  test('what the transform refuses makes no crash', async () => {
    const refused = PAIRS.filter(({ kind }) => kind === 'error').map((pair) => ({
      pair,
      children: [],
      stack: {
        ...{ name: pair.id.replace(/[^A-Za-z0-9]/g, '-'), status: 'CREATE_COMPLETE', template: pair.input },
        resources: [{ logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'queue', properties: {} }],
      },
    }));
    const { stacks, resources, warnings } = await scanRecorded(
      refused,
      refused.map(({ stack }) => stack),
    );
    expect(stacks).toHaveLength(refused.length);
    expect(resources.filter(({ failure }) => failure !== undefined)).toEqual([]);
    expect(JSON.stringify([stacks, warnings ?? []])).not.toContain('internal-error');
  });
});

/** As Cloud Control has it: the parts of the identifier in the model, else the physical ID. */
function identifierOf({ type, physicalId, properties }: SnapshotResource): string | undefined {
  const parts = cloudFormationTypes.get(type)?.primaryIdentifier ?? [];
  const values = parts.map((pointer) => memberOf(properties ?? undefined, pointer.slice(1)));
  if (parts.length < 2 || values.some((value) => typeof value !== 'string')) return physicalId ?? undefined;
  return values.join('|');
}
