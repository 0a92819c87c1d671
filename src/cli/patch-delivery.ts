import { dirname, join } from 'node:path';
import { cleanLines } from '../base/clean.js';
import { DriftError } from '../base/errors.js';
import { writeStdout } from '../base/streams.js';
import { removeLeftovers } from '../base/temporary.js';
import type { FileChange } from '../git/file-change.js';
import type { Repository } from '../git/repository.js';
import type { Finding } from '../model/report.js';
import { writeWhole } from './output.js';
import { countFindings } from './patch-text.js';

/** Where edits go: into the work tree, on a branch, or as a diff to a file or stdout. */
interface Destination {
  apply?: boolean;
  branch?: string;
  output?: string;
}

/** What is to be delivered: the edited files, and the findings that they settle. */
interface Delivery {
  /** The scanned one; null in a repository without commits. */
  commit: string | null;
  /** When that was, ISO 8601. */
  seen: string;
  patched: readonly Finding[];
  files: readonly FileChange[];
}

/** Throws a `DriftError` where it is known without a scan that the edits can't go where they are to. */
export async function mustBeDeliverable(repository: string, { apply, branch }: Destination): Promise<void> {
  if (!apply && branch === undefined) return;
  const { openRepository } = await import('../git/repository.js');
  const opened = await openRepository(repository);
  if (branch !== undefined) return opened.checkBranch(branch);
  if (!opened.bare) return removeLeftoversOf(opened);
  throw new DriftError('usage', [
    { code: 'usage-no-work-tree', message: 'a bare repository has no files to write', hint: 'use --branch <name>' },
  ]);
}

/** A run that was killed while it wrote has left temporary files beside those that it was to replace. */
async function removeLeftoversOf(repository: Repository): Promise<void> {
  const files = await (await repository.checkout()).list();
  for (const folder of new Set(files.map((file) => dirname(file)))) removeLeftovers(join(repository.root, folder));
}

/** Writes the edits to their destination, and tells on stderr what was done. */
export async function deliver(repository: string, destination: Destination, delivery: Delivery): Promise<void> {
  const { apply, branch } = destination;
  if (delivery.patched.length === 0) tell('nothing to patch');
  if (!apply && branch === undefined) return writeDiff(destination, delivery);
  if (delivery.patched.length === 0) return;
  if (branch === undefined) await applyTo(repository, delivery);
  else await commitOn(repository, branch, delivery);
}

async function writeDiff({ output }: Destination, { patched, files }: Delivery): Promise<void> {
  const { unifiedDiff } = await import('../patch/unified-diff.js');
  const diff = await unifiedDiff(files);
  if (output === undefined || output === '-') return writeStdout(diff);
  await writeWhole(output, diff);
  if (patched.length > 0) tell(`${output}: ${countFindings(patched.length)} in ${pathsOf(files)}`);
}

async function applyTo(repository: string, { patched, files }: Delivery): Promise<void> {
  const { openRepository } = await import('../git/repository.js');
  const { applyFiles } = await import('../patch/write/apply-files.js');
  const { root } = await openRepository(repository);
  await applyFiles(root, files);
  tell(`patched ${countFindings(patched.length)} in ${pathsOf(files)}`);
  tell('Next: review it with git diff, commit it, deploy the stacks, which then changes nothing live, and scan again');
}

async function commitOn(repository: string, branch: string, { commit: parent, seen, patched, files }: Delivery) {
  const { openRepository } = await import('../git/repository.js');
  const { commitMessage } = await import('../report/commit-message.js');
  const { auditTrailers } = await import('../report/trailers.js');
  if (parent === null) {
    const hint = 'commit the templates first';
    throw new DriftError('usage', [
      { code: 'git-no-commits', message: 'the repository has no commit to start a branch from', hint },
    ]);
  }
  const opened = await openRepository(repository);
  const message = `${commitMessage(patched)}\n${auditTrailers(patched, seen).join('\n')}\n`;
  const commit = await opened.commitOnBranch({ branch, parent, message, files });
  const what = `${countFindings(patched.length)} in ${pathsOf(files)}`;
  tell(`committed ${what} on the branch ${branch} (${commit.slice(0, 10)})`);
}

function pathsOf(files: readonly FileChange[]): string {
  return files.map(({ path }) => path).join(', ');
}

function tell(text: string): void {
  process.stderr.write(`${cleanLines(text)}\n`);
}
