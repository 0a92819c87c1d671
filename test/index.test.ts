import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { applyFiles, baselineDifferences, baselineText, readBaseline, scan, unifiedDiff } from '../src/index.js';
import { linesOf, makeScenario } from './support/patching.js';

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      DelaySeconds: 5
`;

test('a program can scan, choose findings, and have the files with their edits', async () => {
  const { repository, snapshot } = makeScenario({
    name: 'library',
    template: TEMPLATE,
    drift: [
      ['set', 'Orders/VisibilityTimeout', 90],
      ['set', 'Orders/DelaySeconds', 9],
    ],
  });
  const wants = ({ path }: { path: string }) => path === '/DelaySeconds';
  const { report, patched } = await scan({ repository, snapshot, patch: { wants } });
  expect(report.findings.map(({ patch }) => patch.edits?.map(({ line, text }) => [line, text]))).toEqual([
    undefined,
    [[6, '9']],
  ]);
  expect(linesOf(await unifiedDiff(patched))).toEqual(['-      DelaySeconds: 5', '+      DelaySeconds: 9']);
  await applyFiles(repository, patched);
  expect(readFileSync(join(repository, 'templates/shop.yaml'), 'utf8')).toBe(TEMPLATE.replace('5\n', '9\n'));
  expect((await scan({ repository, snapshot, patch: { wants } })).patched).toEqual([]);
});

test('a program can accept what no template declares, and write the baseline', async () => {
  const { repository, snapshot } = makeScenario({
    name: 'accepting',
    template: TEMPLATE,
    drift: [['set', 'Orders/MaximumMessageSize', 1000]],
  });
  const { baseline, report } = await scan({ repository, snapshot, recordBaseline: true });
  if (baseline === undefined) throw new Error('there is no baseline');
  expect(report.findings).toEqual([]);
  expect(baselineDifferences(baseline.before, baseline.now).map(({ change, added }) => [change, added])).toEqual([
    ['added', ['/MaximumMessageSize']],
  ]);
  const text = baselineText(baseline.now);
  const again = await readBaseline({ path: baseline.path, text });
  expect(baselineDifferences(again, baseline.now)).toEqual([]);
});
