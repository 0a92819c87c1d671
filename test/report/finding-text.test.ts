import { expect, test } from '@jest/globals';
import { renderReport } from '../../src/report/formats.js';
import { finding, reportOf, resource, stack } from './sample.js';

const role = { ...resource('shop', 'ShipRole', 'AWS::IAM::Role', { status: 'modified' as const }), sourceId: 'Ship' };
const report = reportOf({
  stacks: [stack('shop')],
  resources: [role],
  findings: [{ ...finding(role, '/Path', 7, { desired: '/', live: '/x/' }), sourceId: 'Ship' }],
});

test.each(['table', 'markdown', 'junit'] as const)(
  'what a transform made is told with what it was made of, as %s',
  async (format) => {
    expect(await renderReport(report, format, { color: false, width: 100 })).toContain('ShipRole (of Ship)');
  },
);

test('with --verbose too', async () => {
  const text = await renderReport(report, 'table', { color: false, width: 100, verbose: true });
  expect(text).toContain('ShipRole (of Ship)');
});
