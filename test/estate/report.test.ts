import { beforeAll, describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import type { Report } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { expectGolden } from '../report/golden.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import { scanEstate } from '../support/estate.js';
import { ACCOUNTS, LOST, ROLE, STACKS, TEMPLATES, wholeEstate } from '../support/whole-estate.js';

const CONFIG = `${ACCOUNTS}  - { id: "${LOST}", roleArn: "${ROLE.lost}", regions: [eu-west-1] }
${STACKS}  - { name: gone, template: infra/edge.yaml, account: home }
ignore:
  - { stack: shop, path: /VisibilityTimeout, reason: tuned by hand }
`;
const DENIED: Fault[] = [
  { operation: 'DetectStackDrift', region: 'us-east-1', kind: 'deny' },
  { type: 'AWS::S3::Bucket', region: 'us-east-1', kind: 'deny' },
];

/** A scan of the whole estate with all that a report can hold, as JSON that its schema takes. */
async function scanAll(): Promise<Report> {
  const files = { ...TEMPLATES, 'gitops-drift.yaml': CONFIG };
  const cloud = wholeEstate({ faults: DENIED });
  // To AWS, the alerts are as deployed at home.
  Object.assign(cloud.drift?.expected?.['shop/Alerts'] ?? {}, { DisplayName: 'Alarms' });
  const run = await scanEstate(files, cloud, ['--unmanaged', '--cross-check', '--explain']);
  expect([run.exitCode, run.stderr]).toEqual([2, '']);
  return run.report;
}

describe('the report of an estate', () => {
  let report: Report;
  beforeAll(async () => {
    const { scan, ...rest } = await scanAll();
    report = { ...rest, scan: { ...scan, repository: 'shop', durationMs: 1200, commit: 'c0ffee' } };
  });

  test('holds everything at once', () => {
    const { stacks, findings, errors, crossCheck, resources } = report;
    expect(stacks.filter(({ deployedAs }) => deployedAs !== undefined)).toHaveLength(6);
    expect(stacks.filter(({ status }) => status === 'error').map(({ name }) => name)).toEqual(['gone']);
    const kinds = new Set(findings.map(({ kind, verdict }) => `${kind} ${verdict}`));
    expect([...kinds].sort()).toEqual([
      'deleted drift',
      'modified adopted',
      'modified conflict',
      'modified drift',
      'modified undeployed',
      'unmanaged drift',
    ]);
    for (const { kind, location } of findings) {
      if (kind !== 'unmanaged') expect(location?.lastChange).toMatchObject({ author: 'Ada', subject: 'Change files' });
    }
    expect(findings.filter(({ suppressed }) => suppressed)).toHaveLength(1);
    expect(errors).toMatchObject([{ region: 'eu-west-1', account: LOST }]);
    expect(crossCheck?.stacks).toBe(7);
    expect(crossCheck?.disagreements.length).toBeGreaterThan(0);
    expect(crossCheck?.errors.map(({ stack }) => stack)).toEqual([
      'shop',
      'shop/Messaging',
      'shop/Messaging/Dead',
      'edge',
    ]);
    expect(new Set(resources.map(({ status }) => status))).toEqual(
      new Set(['inSync', 'modified', 'deleted', 'undeployed', 'unreadable']),
    );
  });

  test.each([80, 140])('as a table of %d columns', async (width) => {
    const text = await renderReport(report, 'table', { color: false, width });
    expectGolden(`estate-${width}.txt`, text);
    const lines = text.split('\n').filter((line) => !/^ {4}(?:adopt gitops-drift|aws) /.test(line));
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
  });
});
