import { type DriftError, describeProblem } from '../base/errors.js';
import type { Iac } from '../iac/iac.js';
import type { Template } from '../iac/state.js';
import type { ResourceReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import { type StackScan, stackPlace } from './stack-scan.js';

/** What tells of the template of a stack that could not be read. */
interface Templates {
  iac: Pick<Iac, 'name'>;
  templateOf(path: string): Promise<Template>;
}

/** The scan of a stack that could not be scanned. */
export async function failedScan(target: Target, templates: Templates, error: DriftError): Promise<StackScan> {
  return {
    stack: {
      ...stackPlace(target, target.account ?? null),
      iac: templates.iac.name,
      ...(target.template === null ? {} : { source: 'git' as const }),
      status: 'error',
      error: error.problems.map(describeProblem).join('\n'),
    },
    resources: await declaredResources(target, templates),
    findings: [],
    compared: 0,
  };
}

/** What a stack that can't be read declares, so that no resource goes missing from the report; the stack tells why. */
async function declaredResources(target: Target, templates: Templates): Promise<ResourceReport[]> {
  if (target.template === null) return [];
  try {
    const { resourceTypes } = await templates.templateOf(target.template);
    return [...resourceTypes].map(([logicalId, type]) => ({
      stack: target.path ?? target.name,
      region: target.region,
      account: target.account ?? null,
      logicalId,
      type,
      physicalId: null,
      status: 'unreadable',
      reason: 'its stack could not be scanned',
      class: 'notRead',
      unverifiable: [],
    }));
  } catch {
    return [];
  }
}
