import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import type { CompareInput } from '../../src/compare/comparing.js';
import type { ResourceType } from '../../src/compare/resource-type.js';
import type { Comparison, Difference } from '../../src/model/comparison.js';
import { compareWithEarlier } from '../../src/model/earlier-report.js';
import { modifiedFinding, type ShownDifference } from '../../src/model/finding.js';
import { ID_VERSION } from '../../src/model/fingerprint.js';
import type { Finding } from '../../src/model/report.js';
import type { Plain } from '../../src/value/value.js';
import { reportOf, stack } from '../report/sample.js';
import { describeShared, sharedLines } from '../support/shared.js';
import { mutationsOf } from './mutations.js';
import { compareCase, inputOf, type RecordedCase } from './recorded-cases.js';

const FILE = 'recorded/cases.jsonl.gz';
/** The `dist` folder of another version, whose findings are looked for in ours. */
const BEFORE = process.env['BEFORE'];

interface OtherVersion {
  compareResource(input: CompareInput): Promise<Comparison>;
  loadResourceTypes(): { get(name: string): ResourceType | undefined };
  unresolved(message: string): Plain;
}

async function load(dist: string): Promise<OtherVersion> {
  const [types = ''] = ['iac/cloudformation/types', 'resource-type'].filter((folder) =>
    existsSync(`${dist}/${folder}`),
  );
  const files = ['compare/compare.js', `${types}/index-file.js`, 'value/value.js'];
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(`${dist}/${file}`).href)));
  return Object.assign({}, ...modules) as OtherVersion;
}

function findingsOf(one: RecordedCase, differences: readonly Difference[]): Finding[] {
  const { logicalId, type, physicalId } = one;
  const subject = { stack: 'shop', region: 'eu-west-1', account: null, logicalId, type, physicalId };
  const rated = { severity: 'medium', rule: 'configuration' } as const;
  return differences.map((each) => modifiedFinding(subject, shown(each), {}, 'drift', rated));
}

/** A difference as a report has it. */
function shown({ path, stablePath, desired, live }: Difference): ShownDifference {
  return {
    ...{ path, stablePath },
    ...(desired === undefined ? {} : { desired: JSON.parse(JSON.stringify(desired)) as Json }),
    ...(live === undefined ? {} : { live }),
  };
}

describeShared(FILE, 'findings of the version before', () => {
  if (BEFORE === undefined) {
    console.warn('skipped: BEFORE=<dist of the version before> is not set');
    test.skip('are known', () => {});
    return;
  }

  test('are known to this one', async () => {
    const before = await load(BEFORE);
    const types = before.loadResourceTypes();
    const tally = { findings: 0, sameId: 0, otherId: 0, known: 0, onlyNow: 0 };
    const told: string[] = [];
    for (const one of sharedLines<RecordedCase>(FILE)) {
      const { unverifiable } = await compareCase(one);
      const open = unverifiable.map(({ path }) => path);
      for (const { kind, live } of mutationsOf(one, open)) {
        const now = findingsOf(one, (await compareCase(one, live)).differences);
        const old = await before.compareResource(inputOf(one, live, types, before.unresolved));
        const earlier = findingsOf(one, old.differences);
        const ids = new Set(earlier.map(({ id }) => id));
        const report = reportOf({ stacks: [stack('shop')], resources: [], findings: earlier, compared: 1 });
        const looked = { findings: now, stacks: [], resources: [], unmanaged: false, ids: ID_VERSION };
        const marked = compareWithEarlier(looked, report).findings;
        for (const finding of marked) {
          tally.findings += 1;
          if (ids.has(finding.id)) tally.sameId += 1;
          else if (earlier.length === 0) tally.onlyNow += 1;
          else tally.otherId += 1;
          if (finding.baseline === 'known') tally.known += 1;
          else if (earlier.length > 0)
            told.push(`${kind} ${one.type} ${finding.path}; before ${earlier.map(({ path }) => path).join(' ')}`);
        }
      }
    }
    const { findings, sameId, otherId, known, onlyNow } = tally;
    process.stderr.write(
      `ids: of ${findings} findings ${sameId} have the id of before, ${otherId} another one, ${onlyNow} were not found; ${known} are known\n`,
    );
    expect(told.sort()).toEqual([]);
    expect(known + onlyNow).toBe(findings);
  }, 600_000);
});
