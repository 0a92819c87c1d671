import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simpleGit } from 'simple-git';
import { DriftError } from '../base/errors.js';
import { packageFile } from '../base/package-file.js';
import { systemReason } from '../base/system-reason.js';
import { cannotStart } from '../git/process.js';

/** The demos that there are, each with what its one commit is called. */
const COMMITS = {
  demo: 'Describe the shop: network, data and application',
  'demo-sam': 'Describe the shop: API, functions, table and queues',
  'demo-cdk': 'Describe the shop: table, queues, bucket and function',
};

/** Makes a demo's Git repository from its folder of `fixtures` in a new temporary folder; gives that. */
export async function createDemo(name: keyof typeof COMMITS = 'demo'): Promise<string> {
  const folder = await temporaryFolder();
  await cp(fileURLToPath(packageFile(`fixtures/${name}`)), folder, { recursive: true });
  const git = simpleGit({
    baseDir: folder,
    config: ['commit.gpgSign=false', 'core.autocrlf=false'],
  });
  await git.init(['--quiet', '--initial-branch=main']).catch((cause: Error) => {
    throw /\bENOENT\b/.test(cause.message) ? cannotStart({ code: 'ENOENT', message: cause.message }) : cause;
  });
  // For the commits of whoever tries the demo, too.
  await git.addConfig('user.name', 'Shop Platform Team');
  await git.addConfig('user.email', 'platform@shop.example');
  await git.add('.');
  await git.commit(COMMITS[name]);
  return folder;
}

async function temporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'gitops-drift-demo-'));
  } catch (cause) {
    const message = `can't make the demo's folder in ${tmpdir()}: ${systemReason(cause as NodeJS.ErrnoException)}`;
    const hint = 'name a folder for temporary files that can be written: TMPDIR=/path';
    throw new DriftError('usage', [{ code: 'usage-not-writable', message, hint }], { cause });
  }
}
