import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { baselineText, readBaseline, scan } from '../../src/index.js';
import { makeScenario } from '../support/patching.js';
import { commitFiles } from '../support/repository.js';

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60 # gitops-drift:ignore: scaled by hand
      DelaySeconds: 5
`;

const DRIFT = {
  name: 'windows',
  template: TEMPLATE,
  drift: [
    ['set', 'Orders/VisibilityTimeout', 90],
    ['set', 'Orders/DelaySeconds', 9],
    ['set', 'Orders/MaximumMessageSize', 1000],
  ],
} satisfies Parameters<typeof makeScenario>[0];

const withCarriageReturns = (text: string) => text.replaceAll('\n', '\r\n');

test('a checkout with line ends of Windows is judged alike, and patches keep them', async () => {
  const { repository, snapshot } = makeScenario(DRIFT);
  const recorded = await scan({ repository, snapshot, recordBaseline: true });
  if (recorded.baseline === undefined) throw new Error('there is no baseline');
  const before = await scan({ repository, snapshot });
  const paths = ['gitops-drift.yaml', 'templates/shop.yaml'];
  const texts = paths.map((path) => [path, withCarriageReturns(readFileSync(join(repository, path), 'utf8'))]);
  commitFiles(repository, Object.fromEntries(texts));
  const { report, patched } = await scan({ repository, snapshot, patch: {} });
  const said = ({ findings }: typeof report) =>
    findings.map(({ id, suppressed, location }) => [id, suppressed, location?.line]);
  expect(said(report)).toEqual(said(before.report));
  expect(report.findings.map(({ path, suppressed }) => [path, suppressed?.reason])).toEqual([
    ['/VisibilityTimeout', 'scaled by hand'],
    ['/DelaySeconds', undefined],
  ]);
  expect(patched.map(({ after }) => after)).toEqual([withCarriageReturns(TEMPLATE.replace('5\n', '9\n'))]);
});

test('a baseline that was checked out with line ends of Windows is the same', async () => {
  const { repository, snapshot } = makeScenario(DRIFT);
  const { baseline } = await scan({ repository, snapshot, recordBaseline: true });
  if (baseline === undefined) throw new Error('there is no baseline');
  const text = baselineText(baseline.now);
  expect(text).toContain('MaximumMessageSize');
  expect(await readBaseline({ path: 'a', text: withCarriageReturns(text) })).toEqual(
    await readBaseline({ path: 'a', text }),
  );
});

test.each([
  ['a template', String.raw`templates\shop.yaml`, /has a backslash/],
  ['an absolute path', String.raw`C:\infra\shop.yaml`, /is an absolute path/],
])('%s with backslashes is told how to write it', async (_, path, message) => {
  const { repository, snapshot } = makeScenario(DRIFT);
  const config = readFileSync(join(repository, 'gitops-drift.yaml'), 'utf8');
  expect(config).toContain('templates/shop.yaml');
  commitFiles(repository, { 'gitops-drift.yaml': config.replace('templates/shop.yaml', path) });
  await expect(scan({ repository, snapshot })).rejects.toMatchObject({
    message: expect.stringMatching(message),
    problems: [{ code: 'config-bad-path', file: 'gitops-drift.yaml' }],
  });
});
