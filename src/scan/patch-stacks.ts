import { partOf } from '../model/defects.js';
import type { Finding, Patch } from '../model/report.js';
import type { PatchStack } from '../patch/model.js';
import { isSuppressed } from '../suppress/suppressions.js';
import type { TargetGroup } from './groups.js';
import type { GroupChanges } from './merge-changes.js';
import { findingsOf, type GroupPatches, patchGroup } from './patching.js';
import type { PatchRequest } from './request.js';
import { type Run, suppressionsOf } from './run.js';

/** What came of patching a group of stacks, and its findings; the stacks themselves would fill the memory. */
export interface PatchedGroup extends GroupChanges, GroupPatches {
  findings: readonly Finding[];
}

/** Looks for edits for a group of stacks. An unexpected failure is that of the group, and the rest goes on. */
export async function patchStacks(
  group: TargetGroup,
  stacks: readonly PatchStack[],
  request: PatchRequest,
  run: Run,
): Promise<PatchedGroup> {
  const suppressions = suppressionsOf(run);
  const suppressed = (finding: Finding) => isSuppressed(finding, suppressions, run.today);
  const findings = findingsOf(stacks);
  const { targets } = group;
  try {
    return { targets, findings, ...(await patchGroup(group, stacks, suppressed, request, run.plan.iac.editor)) };
  } catch (error) {
    const [first] = targets;
    if (first === undefined) throw error;
    const reason = run.defects.note(error, { ...partOf(first), doing: 'patching it' });
    const refused: Patch = { status: 'refused', reason };
    return { targets, findings, files: [], patches: new Map(findings.map((finding) => [finding, refused])) };
  }
}
