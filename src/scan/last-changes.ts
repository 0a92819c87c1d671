import pLimit from 'p-limit';
import { DriftError, type Problem } from '../base/errors.js';
import { type Blame, blameFile, type LineRange } from '../git/blame.js';
import { startLauncher } from '../git/launcher.js';
import type { Checkout, Repository } from '../git/repository.js';
import { isShallowClone } from '../git/shallow.js';
import type { Finding } from '../model/report.js';
import type { LastChange, Location } from '../syntax/location.js';

/** Git reads the history of a file with one processor. */
const FILES_AT_A_TIME = 4;
/** For more, a small process is started that starts the others. */
const FEW_FILES = 10;

/**
 * The last commit that touched the desired value of each finding, at the commit that was scanned or in the work tree.
 * Git is asked once a file; when it can't tell, a warning says so.
 */
export async function lastChangesOf(
  findings: readonly Finding[],
  { repository, checkout }: { repository: Repository; checkout: Checkout },
): Promise<{ lastChanges: Map<Finding, LastChange>; warnings: Problem[] }> {
  const lastChanges = new Map<Finding, LastChange>();
  // Without a commit there is no history.
  if (checkout.commit === null) return { lastChanges, warnings: [] };
  const commit = checkout.ref === null ? undefined : checkout.commit;
  const ranges = new Map<string, LineRange[]>();
  for (const { location } of findings) {
    if (location === undefined) continue;
    const ofFile = ranges.get(location.file) ?? [];
    ofFile.push(linesOf(location));
    ranges.set(location.file, ofFile);
  }
  const blames = new Map<string, Blame>();
  const failures = new Map<string, string[]>();
  let shallow: Promise<boolean> | undefined;
  function isShallow(): Promise<boolean> {
    shallow ??= isShallowClone(repository.root);
    return shallow;
  }
  const limit = pLimit(FILES_AT_A_TIME);
  const launcher = ranges.size > FEW_FILES ? startLauncher() : undefined;
  const run = launcher === undefined ? {} : { run: launcher.run };
  try {
    await Promise.all(
      [...ranges].map(([file, lines]) =>
        limit(async () => {
          try {
            blames.set(file, await blameFile(repository.root, file, { commit, ranges: lines, isShallow, ...run }));
          } catch (error) {
            if (!(error instanceof DriftError)) throw error;
            failures.set(error.message, [...(failures.get(error.message) ?? []), file]);
          }
        }),
      ),
    );
  } finally {
    launcher?.close();
  }
  for (const finding of findings) {
    const { location } = finding;
    const lastChange = location && blames.get(location.file)?.lastChange(linesOf(location));
    if (lastChange !== undefined) lastChanges.set(finding, lastChange);
  }
  return {
    lastChanges,
    warnings: [...failures].map(([message, files]) => ({
      code: 'blame-unknown',
      message: `who last changed ${files.sort().slice(0, 3).join(', ')}${files.length > 3 ? ' …' : ''} is not known: ${message}`,
    })),
  };
}

/** The end of a location is exclusive: a block scalar's is the start of the next line. */
function linesOf({ line, endLine, endColumn }: Location): LineRange {
  return { first: line, last: Math.max(line, endColumn === 1 ? endLine - 1 : endLine) };
}
