import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const SCRIPT = join(import.meta.dirname, '../../scripts/fuzz.js');

test('2,000 mutated templates, configurations, snapshots, models and reports: none crashes', () => {
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, '--runs', '2000', '--seed', '1'], {
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^seed 1: 2000 inputs, 0 kinds of crashes/);
  expect(status).toBe(0);
}, 120_000);
