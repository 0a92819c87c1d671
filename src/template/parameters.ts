import { DriftError, type Problem } from '../errors.js';
import type { DeployedParameter } from '../provider/provider.js';
import { effectiveEntries, get, type MapEntry, type Node, stringOf } from './node.js';
import type { Template } from './parse.js';
import { problemAt } from './problem.js';
import type { Source } from './source.js';
import type { Origin, Range, Value } from './value.js';

/** A value given in the configuration or a parameter file, and where it stands there. */
export interface ConfiguredParameter {
  value: string;
  source: Source;
  range: Range;
}

/** Evaluated parameters by name. */
export type ParameterValues = Map<string, Value>;

/** What NoEcho values look like when CloudFormation tells them. */
const MASKED = '****';

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
  const parameters = get(template.root, 'Parameters');
  const declared = parameters?.kind === 'map' ? effectiveEntries(parameters) : [];
  for (const each of declared) {
    if (each.key.startsWith('Fn::')) continue;
    const deployed = Object.hasOwn(inputs.deployed, each.key) ? inputs.deployed[each.key] : undefined;
    const found = given(template.source, each, inputs.configured.get(each.key), deployed);
    if (found === undefined) {
      const hint = 'give it a value in gitops-drift.yaml (parameters or parametersFile), or a Default';
      const message = `Parameters: [${each.key}] must have values`;
      problems.push(problemAt(template.source, each.keyRange.start, message, hint));
      continue;
    }
    const wrong = mistakeIn(each, found);
    if (wrong)
      problems.push(
        wrong.at ? problemAt(wrong.at.source, wrong.at.range.start, wrong.message) : { message: wrong.message },
      );
    values.set(each.key, typed(each, found));
  }
  const names = new Set(declared.map(({ key }) => key));
  for (const [name, { source, range }] of inputs.configured) {
    if (names.has(name)) continue;
    const hint = `${template.source.path} declares ${[...names].join(', ') || 'none'}`;
    problems.push(problemAt(source, range.start, `the template has no parameter ${name}`, hint));
  }
  if (problems.length > 0) throw new DriftError('parameters', problems);
  return values;
}

interface Given {
  text: string | undefined;
  secret: boolean;
  origin: Origin;
  /** True when it is the name of an SSM parameter that nothing has resolved. */
  unresolvedName?: boolean;
}

function given(
  source: Source,
  declaration: MapEntry,
  configured: ConfiguredParameter | undefined,
  deployed: DeployedParameter | undefined,
): Given | undefined {
  const { key: name, value: node, keyRange } = declaration;
  const secret = isTrue(get(node, 'NoEcho'));
  const use = { source, range: keyRange };
  const isName = isSsm(node);
  if (configured) {
    const origin: Origin = {
      source: configured.source,
      range: configured.range,
      use,
      via: [{ kind: 'Parameter', name, source: configured.source, range: configured.range }],
    };
    const resolved = isName && deployed?.value === configured.value ? deployed.resolvedValue : undefined;
    return { text: resolved ?? configured.value, secret, origin, unresolvedName: isName && resolved === undefined };
  }
  if (deployed) {
    const text = isName ? deployed.resolvedValue : deployed.value;
    const origin: Origin = { use, via: [{ kind: 'Parameter', name }] };
    const known = !(secret && text === MASKED);
    return { text: known ? text : undefined, secret, origin, unresolvedName: isName && text === undefined };
  }
  const fallback = get(node, 'Default');
  if (fallback === undefined) return undefined;
  const via = [{ kind: 'Parameter' as const, name, source, range: fallback.range }];
  return {
    text: textOf(fallback),
    secret,
    origin: { source, range: fallback.range, use, via },
    unresolvedName: isName,
  };
}

function typed(declaration: MapEntry, found: Given): Value {
  const { text, secret, origin } = found;
  const { key: name, value: node } = declaration;
  if (found.unresolvedName) {
    const message = `parameter ${name} is the name of an SSM parameter whose value is not known here`;
    return { kind: 'unresolved', code: 'parameter', message, secret, origin };
  }
  if (text === undefined) {
    const message = `parameter ${name} is NoEcho: CloudFormation does not tell its value`;
    return { kind: 'unresolved', code: 'no-echo', message, secret, origin };
  }
  function scalar(value: string): Value {
    return { kind: 'scalar', value, ...(secret ? { secret } : {}), origin };
  }
  if (!isList(node)) return scalar(text);
  const items = text === '' ? [] : text.split(',').map((item) => scalar(item.trim()));
  return { kind: 'list', items, origin };
}

function mistakeIn(
  declaration: MapEntry,
  found: Given,
): { message: string; at?: { source: Source; range: Range } } | undefined {
  const { key: name, value: node } = declaration;
  const { text, origin } = found;
  if (text === undefined || found.unresolvedName) return undefined;
  const at = origin.source && origin.range ? { at: { source: origin.source, range: origin.range } } : {};
  const texts = isList(node) ? text.split(',').map((item) => item.trim()) : [text];
  if (
    /Number/.test(stringOf(get(node, 'Type')) ?? '') &&
    texts.some((item) => item === '' || Number.isNaN(Number(item)))
  ) {
    return { message: `Parameter '${name}' must be a number.`, ...at };
  }
  const allowed = get(node, 'AllowedValues');
  if (allowed?.kind !== 'list' || origin.source === undefined) return undefined;
  const values = allowed.items.map(textOf);
  if (texts.every((item) => values.includes(item))) return undefined;
  return { message: `Parameter '${name}' must be one of AllowedValues [${values.join(', ')}]`, ...at };
}

function textOf(node: Node): string | undefined {
  if (node.kind === 'list') return node.items.map(textOf).join(',');
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return node.text ?? String(node.value);
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && String(node.value).toLowerCase() === 'true';
}

function isList(node: Node): boolean {
  return /List/.test(stringOf(get(node, 'Type')) ?? '');
}

function isSsm(node: Node): boolean {
  return /^AWS::SSM::Parameter::Value</.test(stringOf(get(node, 'Type')) ?? '');
}
