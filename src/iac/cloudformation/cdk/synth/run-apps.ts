import { join } from 'node:path';
import { DriftError, type Problem } from '../../../../base/errors.js';
import { someOf } from '../../../../base/some-of.js';
import { overlaid } from '../../../../git/overlay.js';
import type { MakingProgram, Synthesised, ToSynthesise } from '../../../synthesis.js';
import { makerOf, type Ran } from './maker.js';
import { nameOf, synthesise } from './synthesise.js';

/** An app is given as long, in seconds, where the configuration does not say how long it may take. */
const USUAL_TIMEOUT = 300;

/**
 * Runs the apps that may be run, and lays what they make over the files of the repository, at the places at which the
 * configuration says that their assemblies stand. Throws a `DriftError` where one fails.
 */
export async function runApps(given: ToSynthesise): Promise<Synthesised> {
  const { programs, allowed, checkout, root } = given;
  const warnings = allowed === undefined ? notRun(programs) : [];
  const wanted = programs.filter(({ run }) => allowed === 'all' || (allowed === 'configured' && run));
  if (allowed === 'all') mustHaveApps(given);
  if (wanted.length === 0) return { checkout, warnings };
  if (root === undefined || checkout.ref !== null) return { checkout, warnings: wanted.map(noWorkTree) };
  const ran: Ran[] = [];
  for (const { folder, out, words, timeout = USUAL_TIMEOUT } of wanted) {
    if (words === undefined) continue;
    const app = { words, directory: join(root, folder), folder, timeout };
    ran.push({ app, out, files: await synthesise(app, given) });
  }
  const over = ran.reduce((files, each) => overlaid(files, each.out, each.files), checkout);
  return {
    checkout: over,
    maker: makerOf(ran, { ...given, root, checkout }),
    warnings: [...warnings, ...(await changedFiles(ran, given))],
  };
}

function notRun(programs: readonly MakingProgram[]): Problem[] {
  return programs.flatMap(({ file, folder, run, words }) => {
    if (!run || words === undefined) return [];
    const message = `${nameOf({ folder })} was not run, since the environment does not allow it: its assembly is read as it is`;
    const hint = 'scan with --synth, or set GITOPS_DRIFT_RUN=1 where every version of the configuration is trusted';
    return [{ code: 'cdk-app-not-run', file, message, hint }];
  });
}

function noWorkTree({ file, folder }: MakingProgram): Problem {
  const message = `${nameOf({ folder })} was not run, since a commit is scanned: its assembly is read as it is there`;
  return { code: 'cdk-app-not-run', file, message, hint: 'check the commit out, and scan without --ref' };
}

/** Throws a `DriftError` where what was asked for can't be done. */
function mustHaveApps({ programs, checkout, root }: ToSynthesise): void {
  const fail = (message: string, hint: string) => {
    throw new DriftError('usage', [{ code: 'cdk-app-missing', message, hint }]);
  };
  if (root === undefined) fail('--synth needs a work tree to run the app in', 'clone the repository with its files');
  if (checkout.ref !== null)
    fail(
      '--synth runs the app as it is in the work tree, not at a commit',
      `check ${checkout.ref} out, and leave out --ref`,
    );
  if (programs.some(({ words }) => words !== undefined)) return;
  fail(
    '--synth: nothing says how the CDK app is run',
    'add to gitops-drift.yaml: cdk: { app: [npx, ts-node, bin/app.ts] }',
  );
}

/** More files than these are counted. */
const NAMED = 3;

/** The files that apps have changed which are not theirs to change. */
async function changedFiles(ran: readonly Ran[], { checkout, dirtyFiles }: ToSynthesise): Promise<Problem[]> {
  const before = new Set(checkout.dirtyFiles);
  const changed = (await dirtyFiles()).filter((path) => !before.has(path));
  const [first] = ran;
  if (changed.length === 0 || first === undefined) return [];
  const message = `${nameOf(first.app)} has changed files of the repository: ${someOf(changed, NAMED)}`;
  const hint = 'have it write into the folder that CDK_OUTDIR names, or ignore these files in Git';
  return [{ code: 'cdk-app-changed-files', message, hint }];
}
