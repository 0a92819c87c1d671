import type { Problem } from '../base/errors.js';
import { someOf } from '../base/some-of.js';
import type { StackReport } from '../model/report.js';
import type { Plan } from './plan.js';

/** More are not named. */
const NAMED = 3;

/** Tells which of the files that a scan goes by are not as they are in the commit. */
export function uncommitted(plan: Plan, stacks: readonly Pick<StackReport, 'template'>[]): Problem[] {
  const read = filesOf(plan, stacks);
  const files = plan.checkout.dirtyFiles.filter((file) => read.has(file));
  if (files.length === 0) return [];
  const message = `the work tree has uncommitted changes: ${someOf(files, NAMED)}`;
  const hint = 'they are part of this scan; commit them, or scan a commit with --ref HEAD';
  return [{ code: 'git-not-committed', message, hint }];
}

/** Configurations, baselines, the snapshot, templates and parameter files. */
function filesOf(
  { scopes, baselines, targets, snapshot }: Plan,
  stacks: readonly Pick<StackReport, 'template'>[],
): Set<string> {
  const named = [
    ...scopes.all.map(({ source }) => source.path),
    ...baselines.paths,
    snapshot,
    ...targets.flatMap(({ template, parameterSources }) => [template, parameterSources?.file?.path]),
    ...stacks.map(({ template }) => template),
  ];
  return new Set(named.filter((path) => typeof path === 'string'));
}
