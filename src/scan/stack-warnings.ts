import type { Problem } from '../base/errors.js';
import type { State } from '../iac/state.js';
import type { ResourceReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { Judgement } from './judgement.js';

/** What a person should know of a stack's judgement. */
export function warningsOf(
  { name, path = name }: Target,
  { deployedTemplate, code }: State,
  judgements: readonly Judgement[],
): Problem[] {
  const made = code === undefined ? [] : [...code.notices, ...(judgements.some(isNowhere) ? [code.noLine] : [])];
  const stale = [...made, ...judgements.flatMap(({ resource, isStale }) => (isStale ? [staleEntry(resource)] : []))];
  if (deployedTemplate.kind !== 'unknown' || deployedTemplate.reason === undefined) return stale;
  const hasFindings = judgements.some(({ findings }) => findings.length > 0);
  return hasFindings ? [...stale, unknownDeployment(path, deployedTemplate.reason)] : stale;
}

/** Whether something was found of which it is not known where it was written. */
function isNowhere({ findings }: Judgement): boolean {
  return findings.some(({ location, logicalId }) => location === undefined && logicalId !== '');
}

function staleEntry({ stack, logicalId }: ResourceReport): Problem {
  const message = `the baseline's entry of ${logicalId} in stack ${stack} is of another resource, so it does not count`;
  return { code: 'baseline-stale', message, hint: 'write the baseline anew with: gitops-drift baseline' };
}

function unknownDeployment(stack: string, reason: string): Problem {
  const message = `the deployed template of stack ${stack} is not known: ${reason}`;
  return {
    code: 'stack-template-unknown',
    message,
    hint: 'changes in Git that are not deployed yet may show as drift there',
  };
}
