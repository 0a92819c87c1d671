import { readFileSync } from 'node:fs';
import { lazily } from '../../../base/lazily.js';
import { packageFile } from '../../../base/package-file.js';
import { pathPatterns } from '../../../base/path-pattern.js';
import { type Finding, isDrift } from '../../../model/report.js';
import type { NotReverted } from '../../root-stack.js';
import { cloudFormationTypes } from '../types/types.js';
import { undoingOf } from './undo.js';

/** Types of which a change set compares the templates alone, in small letters: AWS's page spells some otherwise. */
const twoWayTypes = lazily(() => {
  const { types } = JSON.parse(readFileSync(packageFile('data/two-way-types.json'), 'utf8')) as { types: string[] };
  return new Set(types.map((type) => type.toLowerCase()));
});

/**
 * Why no change set undoes a finding, and the other way; undefined where one may
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html).
 */
export function notReverted(finding: Finding): NotReverted | undefined {
  const { type, kind, verdict, path } = finding;
  if (kind === 'unmanaged') {
    return { code: 'unmanaged', reason: 'no stack owns it', instead: 'import it into a stack, or delete it' };
  }
  if (!isDrift(verdict)) {
    return { code: 'notDrift', reason: 'nothing drifted: Git is ahead of the stack', instead: 'deploy the template' };
  }
  if (finding.undeclared) {
    const back = 'undo it by the service itself';
    return { code: 'undeclared', reason: 'no template declares it', instead: undoingOf(finding)?.command ?? back };
  }
  if (twoWayTypes().has(type.toLowerCase())) {
    const reason = `change sets don't look at the live state of ${type}`;
    return { code: 'twoWay', reason, instead: 'undo it by the service itself, or adopt it with: gitops-drift patch' };
  }
  if (kind === 'modified' && pathPatterns(cloudFormationTypes.get(type)?.createOnly ?? []).covers(path)) {
    const reason = 'it can only be set when the resource is created, and change sets leave such drift alone';
    return { code: 'createOnly', reason, instead: 'adopt it, or have the resource replaced by a deployment' };
  }
  return undefined;
}
