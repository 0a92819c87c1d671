import type { DeployedParameter } from '../../../model/deployed.js';
import { effectiveEntries, get, section } from '../../../syntax/node.js';
import type { TemplateInputs } from '../../iac.js';
import { type EvaluatedTemplate, evaluateTemplate } from './evaluate.js';
import { MASKED, resolveParameters } from './parameters.js';
import type { Template } from './parse.js';

/** Evaluates a template by itself; what only a deployed stack knows stays unresolved. */
export function evaluateAlone(
  template: Template,
  { configured, mayLack = false, ...environment }: TemplateInputs,
): EvaluatedTemplate {
  return evaluateTemplate(template, {
    parameters: resolveParameters(template, { configured, deployed: mayLack ? unknownParameters(template) : {} }),
    environment,
    resources: { physicalId: () => undefined, attribute: () => undefined },
  });
}

/** Parameters that only a stack knows, as CloudFormation tells those that it keeps to itself. */
function unknownParameters({ root }: Template): Record<string, DeployedParameter> {
  const open = effectiveEntries(section(root, 'Parameters')).filter(({ value }) => get(value, 'Default') === undefined);
  return Object.fromEntries(open.map(({ key }) => [key, { value: MASKED }]));
}
