import type { Problem } from '../../../base/errors.js';
import { isBelow } from '../../../git/file-tree.js';
import type { Checkout } from '../../../git/repository.js';
import { stale } from './noted.js';

/** What an app is written in, and what it is told: tests of it say nothing of its stacks. */
const SOURCE = /\.(?:[cm]?[jt]sx?|py|java|kt|cs|fs|go)$|(?:^|\/)cdk(?:\.context)?\.json$/;
const NO_SOURCE = /(?:^|\/)(?:node_modules|tests?|__tests__)\/|\.(?:test|spec)\.[^/]+$|\.d\.[cm]?ts$/;
/** More files than these are not looked at. */
const MOST_FILES = 5000;

/** Says that an assembly in a work tree is older than its app's files. */
export async function newerSources(
  checkout: Checkout,
  manifest: string,
  appFolder: string,
  out: string,
): Promise<Problem[]> {
  const made = await checkout.modified?.(manifest);
  if (made === undefined) return [];
  const paths = (await checkout.list()).filter(
    (path) => isBelow(appFolder, path) && !isBelow(out, path) && SOURCE.test(path) && !NO_SOURCE.test(path),
  );
  const times = await Promise.all(
    paths.slice(0, MOST_FILES).map(async (path) => ({ path, time: await checkout.modified?.(path) })),
  );
  const newer = times.filter(({ time }) => time !== undefined && time > made);
  return newer.length === 0
    ? []
    : [
        stale(
          out,
          newer.map(({ path }) => path),
        ),
      ];
}
