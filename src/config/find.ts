import { isAbsolute } from 'node:path';
import { closest } from '../base/closest.js';
import { DriftError } from '../base/errors.js';
import { folderOf, normalisePath } from '../git/file-tree.js';
import type { Checkout } from '../git/repository.js';

/** What a configuration is called; the first is what messages call it, and what `init` writes. */
export const CONFIG_FILE = 'gitops-drift.yaml';
const CONFIG_NAMES = [CONFIG_FILE, 'gitops-drift.yml'];

/** Finds the configuration of a checkout: the one that is asked for, else the nearest. */
export async function findConfig(checkout: Checkout, asked: string | undefined): Promise<string | undefined> {
  return asked === undefined ? nearestConfig(checkout, checkout.folder) : askedConfig(checkout, asked);
}

/** The configuration in a folder. Throws a `DriftError` where there are two. */
export async function configIn(checkout: Pick<Checkout, 'exists'>, folder: string): Promise<string | undefined> {
  const paths = CONFIG_NAMES.map((name) => (folder === '' ? name : `${folder}/${name}`));
  const found: string[] = [];
  for (const path of paths) if (await checkout.exists(path)) found.push(path);
  const [first, second] = found;
  if (second === undefined) return first;
  throw new DriftError('config', [
    { code: 'config-two-files', message: `there are both ${first} and ${second}`, hint: 'remove one of them' },
  ]);
}

/** Whether a path is that of a configuration by its name. */
export function isConfigPath(path: string): boolean {
  return CONFIG_NAMES.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** The configuration in the folder, or in the nearest one above it; undefined where none of them has one. */
async function nearestConfig(checkout: Checkout, folder: string): Promise<string | undefined> {
  const found = await configIn(checkout, folder);
  return found !== undefined || folder === '' ? found : nearestConfig(checkout, folderOf(folder));
}

/** Throws a `DriftError` for a file that is not there, or elsewhere. */
async function askedConfig(checkout: Checkout, asked: string): Promise<string> {
  const path = await checkout.locate(asked);
  if (path === undefined) {
    const message = `the configuration "${asked}" is not in the repository that is scanned`;
    const isInside = await checkout.exists(asked).catch(() => false);
    const from = isAbsolute(asked) ? 'it has to be one of its files' : 'its path is relative to the current directory';
    const hint = `${from}${isInside ? `; the repository has a file ${asked}` : ''}`;
    throw new DriftError('config', [{ code: 'config-not-found', message, hint }]);
  }
  if (await checkout.exists(path)) return normalisePath(path);
  const near = closest(
    path,
    (await checkout.list()).filter((each) => /\.ya?ml$/.test(each)),
  );
  const hint =
    near === undefined
      ? 'name a file; without --config the nearest gitops-drift.yaml is taken, from the folder that is scanned upwards'
      : `the repository has ${near}; the path is relative to the current directory`;
  const where = checkout.ref === null ? '' : ` at ${checkout.ref}`;
  const message = `there is no configuration "${asked}"${where}${path === asked ? '' : ` (${path} in the repository)`}`;
  throw new DriftError('config', [{ code: 'config-not-found', message, hint }]);
}
