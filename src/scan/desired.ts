import { DriftError } from '../base/errors.js';
import { openRepository } from '../git/repository.js';
import { DEFAULT_IAC } from '../iac/registry.js';
import { THROWN } from '../model/defects.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import { createSource } from '../syntax/source.js';
import type { Evaluated } from '../value/evaluated.js';
import { makePlan } from './plan.js';
import type { ScanRequest } from './request.js';

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
export async function desiredOfStack(request: ScanRequest): Promise<Evaluated> {
  const plan = await makePlan(request);
  try {
    const [target, ...others] = plan.targets;
    if (target === undefined || others.length > 0) {
      const names = plan.targets.map((one) => `${one.name} (${one.region})`).join(', ');
      throw new DriftError('usage', [
        { code: 'usage-conflict', message: 'one stack can be rendered at a time', hint: `--stack matches ${names}` },
      ]);
    }
    const { iac, checkout, provider } = plan;
    const reader = iac.reader({ checkout, provider, onResource: () => {}, defects: THROWN });
    return (await reader.state(target)).evaluated;
  } finally {
    plan.provider.close?.();
  }
}

/** The evaluated desired state of a template alone; what only a deployed stack knows stays unresolved. */
export async function desiredOfTemplate(request: TemplateRequest): Promise<Evaluated> {
  const repository = await openRepository(request.repository);
  const checkout = await repository.checkout(request.ref);
  const iac = DEFAULT_IAC;
  const template = iac.parse(await checkout.read(request.template));
  const configured = request.parametersFile
    ? iac.parameters(await checkout.read(request.parametersFile))
    : new Map<string, ConfiguredParameter>();
  for (const assignment of request.parameters) {
    const at = assignment.indexOf('=');
    if (at < 1)
      throw new DriftError('usage', [
        { code: 'usage-bad-value', message: `--parameter ${assignment}: Key=Value is wanted` },
      ]);
    const given = createSource('--parameter', assignment);
    const range = { start: at + 1, end: assignment.length };
    configured.set(assignment.slice(0, at), { value: assignment.slice(at + 1), source: given, range });
  }
  const stackName = request.template.replace(/^.*\/|\.[^.]*$/g, '');
  return iac.evaluate(template, { configured, region: request.region, stackName });
}
