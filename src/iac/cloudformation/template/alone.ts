import type { Source } from '../../../syntax/source.js';
import type { TemplateInputs } from '../../iac.js';
import { type EvaluatedTemplate, evaluateTemplate } from './evaluate.js';
import { resolveParameters } from './parameters.js';
import { parseTemplate } from './parse.js';

/** Evaluates a template by itself; what only a deployed stack knows stays unresolved. */
export function evaluateAlone(source: Source, { configured, ...environment }: TemplateInputs): EvaluatedTemplate {
  const template = parseTemplate(source);
  return evaluateTemplate(template, {
    parameters: resolveParameters(template, { configured, deployed: {} }),
    environment,
    resources: { physicalId: () => undefined, attribute: () => undefined },
  });
}
