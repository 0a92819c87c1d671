import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simpleGit } from 'simple-git';
import { packageFile } from '../base/package-file.js';

/** Makes the demo's Git repository from `fixtures/demo` in a new temporary folder; gives the folder. */
export async function createDemo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gitops-drift-demo-'));
  await cp(fileURLToPath(packageFile('fixtures/demo')), folder, { recursive: true });
  const git = simpleGit({
    baseDir: folder,
    config: ['commit.gpgSign=false', 'core.autocrlf=false'],
  });
  await git.init(['--quiet', '--initial-branch=main']);
  // For the commits of whoever tries the demo, too.
  await git.addConfig('user.name', 'Shop Platform Team');
  await git.addConfig('user.email', 'platform@shop.example');
  await git.add('.');
  await git.commit('Describe the shop: network, data and application');
  return folder;
}
