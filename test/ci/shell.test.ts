import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWith } from '../support/installed.js';
import { HOME } from '../support/pipeline.js';

const scripts = readdirSync(join(HOME, 'ci'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.sh'),
);

test.each(scripts)('bash can read ci/%s', (file) => {
  const { status, stderr } = spawnSync('bash', ['-n', join(HOME, 'ci', file)], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

describeWith('shellcheck', 'the scripts, by shellcheck,', () => {
  test('are without a finding', () => {
    const args = ['--external-sources', ...scripts.map((file) => join(HOME, 'ci', file))];
    expect(spawnSync('shellcheck', args, { encoding: 'utf8' }).stdout).toBe('');
  });
});
