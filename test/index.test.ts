import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { applyFiles, scan, unifiedDiff } from '../src/index.js';
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
