import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { HOME } from '../support/pipeline.js';

const scripts = readdirSync(join(HOME, 'ci'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.sh'),
);
const hasShellCheck = spawnSync('shellcheck', ['--version']).status === 0;
if (!hasShellCheck) process.stderr.write('shell scripts are not linted: shellcheck is not installed\n');

test.each(scripts)('bash can read ci/%s', (file) => {
  const { status, stderr } = spawnSync('bash', ['-n', join(HOME, 'ci', file)], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

(hasShellCheck ? test : test.skip)('shellcheck finds nothing in the scripts', () => {
  const args = ['--external-sources', ...scripts.map((file) => join(HOME, 'ci', file))];
  expect(spawnSync('shellcheck', args, { encoding: 'utf8' }).stdout).toBe('');
});
