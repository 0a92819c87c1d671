import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createDemo } from '../../src/cli/demo-repository.js';
import { renderReport } from '../../src/report/formats.js';
import { scan } from '../../src/scan/scan.js';
import { HOME } from '../support/pipeline.js';

const README = readFileSync(join(HOME, 'README.md'), 'utf8');

test('the README is short enough to be read', () => {
  expect(README.split(/\s+/).length).toBeLessThanOrEqual(900);
});

test('the lines that it shows are what the demo prints', async () => {
  const folder = await createDemo();
  const { report } = await scan({ repository: folder, patch: {} });
  rmSync(folder, { recursive: true });
  const printed = await renderReport(report, 'table', { color: false, width: 100 });
  const [, shown = ''] = /^```text\n(.*?)^```$/ms.exec(README) ?? [];
  const lines = shown.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(printed.split('\n')).toContain(line);
});

test('its picture is of what the demo prints', () => {
  expect(execFileSync(process.execPath, [join(HOME, 'scripts/picture.js'), '--check'], { encoding: 'utf8' })).toBe('');
});
