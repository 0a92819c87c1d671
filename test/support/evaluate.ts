import type { Json } from '../../src/base/json.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../../src/iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import type { EvaluationInputs } from '../../src/iac/cloudformation/template/scope.js';
import type { DeployedParameter } from '../../src/model/deployed.js';
import type { ConfiguredParameter } from '../../src/model/parameter.js';
import { createSource, type Range, type Source } from '../../src/syntax/source.js';
import type { Value } from '../../src/value/value.js';

/** What a template is evaluated with, each part optional. */
export interface Surroundings extends Partial<Omit<EvaluationInputs, 'parameters' | 'resources'>> {
  path?: string;
  configured?: Map<string, ConfiguredParameter>;
  deployed?: Record<string, DeployedParameter>;
  physicalIds?: Record<string, string>;
  attributes?: Record<string, Json>;
}

/** Parses and evaluates a template in eu-west-1 of account 111111111111. */
export function evaluateText(text: string, given: Surroundings = {}): EvaluatedTemplate {
  const template = parseTemplate(createSource(given.path ?? 'template.yaml', text));
  const {
    physicalIds = {},
    attributes = {},
    configured = new Map(),
    deployed = {},
    exports,
    availabilityZones,
  } = given;
  return evaluateTemplate(template, {
    parameters: resolveParameters(template, { configured, deployed }),
    environment: given.environment ?? { region: 'eu-west-1', accountId: '111111111111', stackName: 'shop' },
    resources: {
      physicalId: (id) => physicalIds[id],
      attribute: (id, name, isDeclared) => (isDeclared ? undefined : attributes[`${id}.${name}`]),
    },
    ...(exports ? { exports } : {}),
    ...(availabilityZones ? { availabilityZones } : {}),
  });
}

/** The property of a resource, or a failure that names what there is. */
export function property(evaluated: EvaluatedTemplate, logicalId: string, ...keys: (string | number)[]): Value {
  let value: Value | undefined = evaluated.resources.get(logicalId)?.properties;
  for (const key of keys) {
    if (value?.kind === 'map') value = value.entries.get(String(key));
    else value = value?.kind === 'list' ? value.items[Number(key)] : undefined;
  }
  if (value === undefined)
    throw new Error(`no ${logicalId}/${keys.join('/')} in ${[...evaluated.resources.keys()].join(', ')}`);
  return value;
}

/** A value without origins; what is unresolved is `<code: message>`. */
export function shown(value: Value): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(shown);
  if (value.kind === 'map') return Object.fromEntries([...value.entries].map(([key, each]) => [key, shown(each)]));
  return `<${value.code}: ${value.message}>`;
}

/** The text of a range. */
export function textAt(source: Source | undefined, range: Range | undefined): string | undefined {
  return source && range ? source.text.slice(range.start, range.end) : undefined;
}
