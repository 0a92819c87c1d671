import type { TemplateInputs } from '../../iac.js';
import { type EvaluatedTemplate, evaluateTemplate } from './evaluate.js';
import { resolveParameters } from './parameters.js';
import type { Template } from './parse.js';

/** Evaluates a template by itself; what only a deployed stack knows stays unresolved. */
export function evaluateAlone(template: Template, { configured, ...environment }: TemplateInputs): EvaluatedTemplate {
  return evaluateTemplate(template, {
    parameters: resolveParameters(template, { configured, deployed: {} }),
    environment,
    resources: { physicalId: () => undefined, attribute: () => undefined },
  });
}
