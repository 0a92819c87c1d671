import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { removeLeftovers, temporaryIn } from '../../src/base/temporary.js';
import { temporaryDirectory } from '../support/repository.js';

test('what a process has left that is gone is removed, and nothing else', () => {
  const folder = temporaryDirectory();
  const { pid: gone } = spawnSync(process.execPath, ['-e', '0']);
  const own = basename(temporaryIn(folder));
  const kept = [
    own,
    '.gitops-drift-1-0123456789abcdef.tmp',
    `.gitops-drift-${gone}-0123.tmp`,
    `gitops-drift-${gone}-0123456789abcdef.tmp`,
    'shop.yaml',
  ];
  for (const name of [...kept, `.gitops-drift-${gone}-0123456789abcdef.tmp`]) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, `.gitops-drift-${gone}-fedcba9876543210.tmp`));
  removeLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual([...kept, `.gitops-drift-${gone}-fedcba9876543210.tmp`].sort());
  removeLeftovers(join(folder, 'nowhere'));
});
