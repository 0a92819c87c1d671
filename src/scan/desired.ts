import { DriftError } from '../base/errors.js';
import { parseParameterFile } from '../config/parameter-file.js';
import { openRepository } from '../git/repository.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../iac/cloudformation/template/parse.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import { createSource } from '../syntax/source.js';
import { stackContext } from './context.js';
import { THROWN } from './defects.js';
import { makePlan } from './plan.js';
import type { ScanRequest } from './request.js';
import { readStackState } from './stack-state.js';

/** A template to evaluate by itself, without a deployed stack. */
export interface TemplateRequest {
  repository: string;
  ref?: string | undefined;
  template: string;
  region: string;
  /** A parameter file in the repository. */
  parametersFile?: string | undefined;
  /** `Key=Value`, over those of the file. */
  parameters: readonly string[];
}

/** The evaluated desired state of a deployed stack, with its physical IDs and live attributes. */
export async function desiredOfStack(request: ScanRequest): Promise<EvaluatedTemplate> {
  const plan = await makePlan(request);
  try {
    const [target, ...others] = plan.targets;
    if (target === undefined || others.length > 0) {
      const names = plan.targets.map((one) => `${one.name} (${one.region})`).join(', ');
      throw new DriftError('usage', [
        { code: 'usage-conflict', message: 'one stack can be rendered at a time', hint: `--stack matches ${names}` },
      ]);
    }
    return (
      await readStackState(
        target,
        stackContext(plan, () => {}, THROWN),
      )
    ).evaluated;
  } finally {
    plan.provider.close?.();
  }
}

/** The evaluated desired state of a template alone; what only a deployed stack knows stays unresolved. */
export async function desiredOfTemplate(request: TemplateRequest): Promise<EvaluatedTemplate> {
  const repository = await openRepository(request.repository);
  const checkout = await repository.checkout(request.ref);
  const template = parseTemplate(await checkout.read(request.template));
  const configured = request.parametersFile
    ? parseParameterFile(await checkout.read(request.parametersFile))
    : new Map<string, ConfiguredParameter>();
  for (const assignment of request.parameters) {
    const at = assignment.indexOf('=');
    if (at < 1)
      throw new DriftError('usage', [
        { code: 'usage-bad-value', message: `--parameter ${assignment}: Key=Value is wanted` },
      ]);
    const source = createSource('--parameter', assignment);
    const range = { start: at + 1, end: assignment.length };
    configured.set(assignment.slice(0, at), { value: assignment.slice(at + 1), source, range });
  }
  return evaluateTemplate(template, {
    parameters: resolveParameters(template, { configured, deployed: {} }),
    environment: { region: request.region, stackName: request.template.replace(/^.*\/|\.[^.]*$/g, '') },
    resources: { physicalId: () => undefined, attribute: () => undefined },
  });
}
