import { DriftError, type Problem } from '../../../base/errors.js';
import type { DeployedParameter } from '../../../model/deployed.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import { MAX_PROBLEMS } from '../../../syntax/limits.js';
import { effectiveEntries, get, type MapEntry, section, textOf } from '../../../syntax/node.js';
import { problemAt } from '../../../syntax/problem.js';
import type { Source } from '../../../syntax/source.js';
import type { OriginStep, Value } from '../../../value/value.js';
import { type GivenParameter, parameterMistake, parameterType, parameterValue } from './parameter-value.js';
import type { Template } from './parse.js';
import { step } from './step.js';

/** Evaluated parameters by name. */
export type ParameterValues = Map<string, Value>;

/** What NoEcho values look like when CloudFormation tells them. */
export const MASKED = '****';

/**
 * Settles each parameter's value: configured, else the deployed stack's current one, else the template's default.
 * NoEcho values that only the stack knows are unresolved and secret; so are SSM names that nothing has resolved.
 * Throws a `DriftError` (code `parameters`) with all parameters that have no value or a wrong one.
 */
export function resolveParameters(
  template: Template,
  inputs: { configured: Map<string, ConfiguredParameter>; deployed: Record<string, DeployedParameter> },
): ParameterValues {
  const problems: Problem[] = [];
  const values: ParameterValues = new Map();
  const declared = effectiveEntries(section(template.root, 'Parameters')).filter(({ key }) => !key.startsWith('Fn::'));
  for (const each of declared) {
    const deployed = Object.hasOwn(inputs.deployed, each.key) ? inputs.deployed[each.key] : undefined;
    const given = givenParameter(template.source, each, inputs.configured.get(each.key), deployed);
    if (given === undefined) {
      const hint = 'give it a value in gitops-drift.yaml (parameters or parametersFile), or a Default';
      problems.push(
        problemAt(
          'parameters-missing',
          template.source,
          each.keyRange.start,
          `Parameters: [${each.key}] must have values`,
          hint,
        ),
      );
      continue;
    }
    const mistake = given.place && given.text !== undefined ? parameterMistake(each, given.text) : undefined;
    if (given.place && mistake)
      problems.push(problemAt('parameters-bad-value', given.place.source, given.place.range.start, mistake));
    values.set(each.key, parameterValue(each, given));
  }
  problems.push(...undeclared(template, new Set(declared.map(({ key }) => key)), inputs.configured));
  if (problems.length > 0) throw new DriftError('parameters', problems.slice(0, MAX_PROBLEMS));
  return values;
}

/** Configured values that the template has no parameter for; a macro may declare more. */
function undeclared(
  template: Template,
  names: ReadonlySet<string>,
  configured: Map<string, ConfiguredParameter>,
): Problem[] {
  if (template.macros.length > 0) return [];
  const hint = `${template.source.path} declares ${[...names].join(', ') || 'none'}`;
  return [...configured]
    .filter(([name]) => !names.has(name))
    .map(([name, { source, range }]) =>
      problemAt('parameters-unknown', source, range.start, `the template has no parameter ${name}`, hint),
    );
}

function givenParameter(
  source: Source,
  declaration: MapEntry,
  configured: ConfiguredParameter | undefined,
  deployed: DeployedParameter | undefined,
): GivenParameter | undefined {
  const { key: name, value: node, keyRange } = declaration;
  const use = { source, range: keyRange };
  const { isName } = parameterType(node);
  const fallback = get(node, 'Default');
  const place = configured ?? (deployed ? undefined : fallback && { source, range: fallback.range });
  const via: OriginStep[] = [
    { ...step('Parameter', name), ...(place ? { source: place.source, range: place.range } : {}) },
  ];
  const written = configured?.value ?? (deployed ? deployed.value : textOf(fallback));
  if (!deployed && place === undefined) return undefined;
  if (isName) {
    // What stands in the repository is the name in Parameter Store, not the value.
    const resolved = deployed?.value === written ? deployed?.resolvedValue : undefined;
    const ssmName = written === undefined ? {} : { ssmName: written };
    return { origin: { use, via }, ...ssmName, ...(resolved === undefined ? {} : { text: resolved }) };
  }
  if (place === undefined)
    return { origin: { use, via }, ...(written === MASKED || written === undefined ? {} : { text: written }) };
  const origin = { source: place.source, range: place.range, use, via };
  return { place: { source: place.source, range: place.range }, origin, text: written ?? '' };
}
