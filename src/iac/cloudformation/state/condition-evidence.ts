import { DriftError } from '../../../base/errors.js';
import type { DeployedStack, StackResource } from '../../../cloud/cloud.js';
import type { EvaluatedResource } from '../../../value/evaluated.js';
import { evaluateTemplate } from '../template/evaluate.js';
import { isModule } from '../template/made-elsewhere.js';
import type { Evidence, Version } from '../template/settle-conditions.js';

/** States in which a stack has all resources of its template; one that was not recorded is taken for such. */
const COMPLETE = /^(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE(?:_CLEANUP_IN_PROGRESS)?$/;

const SERVERLESS = /^AWS::Serverless(?:::|-)/;

/**
 * What a stack's list of resources tells of the conditions of its deployed template, worked out when it is first asked for;
 * nothing where that template is not known or can't be evaluated.
 */
export function conditionEvidence(
  stack: Pick<DeployedStack, 'status'>,
  deployed: ReadonlyMap<string, StackResource>,
  read: () => Version | undefined,
): () => Evidence | undefined {
  let known: { evidence: Evidence | undefined } | undefined;
  return () => {
    known ??= { evidence: evidenceOf(stack, deployed, read) };
    return known.evidence;
  };
}

function evidenceOf(
  stack: Pick<DeployedStack, 'status'>,
  deployed: ReadonlyMap<string, StackResource>,
  read: () => Version | undefined,
): Evidence | undefined {
  try {
    const version = read();
    return version && { ...version, truths: truthsByResources(version, stack, deployed) };
  } catch (error) {
    if (error instanceof DriftError) return undefined;
    throw error;
  }
}

/**
 * A resource in the list says that its condition holds, one that is missing from a complete list that it does not.
 * Conditions with evidence for both are left out.
 */
function truthsByResources(
  { template, inputs }: Version,
  { status }: Pick<DeployedStack, 'status'>,
  deployed: ReadonlyMap<string, StackResource>,
): Map<string, boolean> {
  const told = new Map<string, boolean | undefined>();
  // What macros make of a template may have other resources.
  if (template.macros.some((name) => !SERVERLESS.test(name))) return new Map();
  const isComplete = status === undefined || COMPLETE.test(status);
  const evaluated = evaluateTemplate(template, inputs);
  for (const resource of evaluated.resources.values()) {
    const { condition } = resource;
    if (condition === undefined || typeof evaluated.conditions.get(condition) === 'boolean') continue;
    const isThere = isInList(resource, deployed.get(resource.logicalId), isComplete);
    if (isThere === undefined) continue;
    told.set(condition, told.has(condition) && told.get(condition) !== isThere ? undefined : isThere);
  }
  return new Map([...told].flatMap(([name, truth]) => (truth === undefined ? [] : [[name, truth]])));
}

/** Whether a stack has a resource; undefined where the list does not tell, as of one that is being deleted. */
function isInList(
  { type }: EvaluatedResource,
  counterpart: StackResource | undefined,
  isComplete: boolean,
): boolean | undefined {
  if (SERVERLESS.test(type) || isModule(type)) return undefined;
  if (counterpart === undefined) return isComplete ? false : undefined;
  return counterpart.type === type && !counterpart.status?.startsWith('DELETE_') ? true : undefined;
}
