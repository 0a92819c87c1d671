import { DriftError } from '../../../base/errors.js';
import { MAX_PROBLEMS } from '../../../syntax/limits.js';
import { entry, get, type MapNode, type Node, nameOf, section, textOf } from '../../../syntax/node.js';
import { problemAt } from '../../../syntax/problem.js';
import type { Evaluated, EvaluatedOutput, EvaluatedResource } from '../../../value/evaluated.js';
import type { MapValue, Value } from '../../../value/value.js';
import { cyclesIn } from './cycles.js';
import { dynamicReferencesUnresolved } from './dynamic-references.js';
import { beginEvaluation } from './evaluation.js';
import { type ExpandedEntry, expandEntries, substituteLoopVariables } from './expand.js';
import { namedCondition } from './intrinsics/conditions.js';
import { MAX_RESOURCES } from './limits.js';
import { holdsMacro, moduleOf } from './made-elsewhere.js';
import type { Template } from './parse.js';
import { type Evaluation, type EvaluationInputs, evaluateNode, mistake, type Scope, type Truth } from './scope.js';
import { SERVERLESS } from './transforms.js';
import { literalOrigin, nameText, unknown } from './values.js';

/** What a template evaluates to. */
export interface EvaluatedTemplate extends Evaluated {
  conditions: Map<string, Truth>;
  /** Macros of the template as a whole. */
  transforms: string[];
  /** What SAM's resources have by default, by their kind (`Function`), as far as they are written out. */
  globals?: MapValue;
}

/**
 * Evaluates a template. What can't be known becomes an unresolved value with its reason.
 * Throws a `DriftError` (code `template`) with all mistakes that CloudFormation would reject as well.
 */
export function evaluateTemplate(template: Template, inputs: EvaluationInputs): EvaluatedTemplate {
  const scope = beginEvaluation(template, inputs);
  const { evaluation } = scope;
  for (const [name, { node }] of evaluation.conditions) namedCondition(name, node, scope, 'Conditions');

  const declared = declaredResources(template.root, { ...scope, block: 'Resources' });
  evaluation.declared = new Set(declared.map(({ key }) => key));
  const presences = new Map(declared.map((each) => [each.key, presenceOf(each)]));
  for (const each of declared) {
    if (each.value.kind !== 'map' || presences.get(each.key)?.presence === 'absent') continue;
    evaluation.resources.set(each.key, { node: each.value, scope: each.scope });
  }
  const resources = new Map(declared.map((each) => [each.key, evaluateResource(each, presences.get(each.key))]));
  const outputs = evaluateOutputs(template.root, { ...scope, block: 'Outputs' });
  const written = template.transforms.includes(SERVERLESS) ? get(template.root, 'Globals') : undefined;
  const globals = written && evaluateNode(written, { ...scope, block: 'Globals' });
  failOnProblems(evaluation);
  return {
    source: template.source,
    conditions: evaluation.truths,
    resources,
    outputs,
    others: new Map([['a condition', evaluation.truths]]),
    transforms: template.transforms,
    ...(globals?.kind === 'map' ? { globals } : {}),
  };
}

function declaredResources(root: MapNode, scope: Scope): ExpandedEntry[] {
  const entries = expandEntries(section(root, 'Resources'), scope).filter(({ key }) => !key.startsWith('Fn::'));
  const surplus = entries[MAX_RESOURCES];
  if (surplus) mistake(scope, surplus.value, `the loops make more than ${MAX_RESOURCES} resources`);
  for (const { key, value } of entries) {
    if (/^[A-Za-z0-9]+$/.test(key)) continue;
    mistake(scope, value, `Template format error: Resource name ${key} is non alphanumeric.`);
  }
  return entries;
}

type Presence = Pick<EvaluatedResource, 'presence' | 'reason' | 'condition'>;

function presenceOf({ value, scope }: ExpandedEntry): Presence {
  const condition = get(value, 'Condition');
  if (condition === undefined) return { presence: 'present' };
  const evaluated = evaluateNode(condition, scope);
  const name = nameText(evaluated);
  if (name === undefined) {
    const reason = evaluated?.kind === 'unresolved' ? evaluated.message : 'its condition is no name';
    return { presence: 'unknown', reason };
  }
  const truth = namedCondition(name, condition, scope, `the ${scope.block} block of the template`);
  if (typeof truth === 'boolean') return { presence: truth ? 'present' : 'absent', condition: name };
  return { presence: 'unknown', condition: name, reason: `condition ${name} is not known: ${truth.message}` };
}

function evaluateResource(each: ExpandedEntry, presence: Presence = { presence: 'present' }): EvaluatedResource {
  const scope = { ...each.scope, resource: each.key };
  const head = {
    logicalId: each.key,
    type: textOf(get(each.value, 'Type')) ?? '',
    ...presence,
    dependsOn: [],
    source: scope.evaluation.template.source,
    range: each.value.range,
    keyRange: each.keyRange,
  };
  const empty: MapValue = { kind: 'map', entries: new Map(), origin: literalOrigin(scope, each.value) };
  if (presence.presence === 'absent') return { ...head, properties: empty };
  const dependsOn = dependenciesOf(get(each.value, 'DependsOn'), scope);
  const node = get(each.value, 'Properties');
  const isEmpty = node === undefined || (node.kind === 'scalar' && node.value === null);
  const macro = get(each.value, 'Fn::Transform') && '(Fn::Transform) of this resource';
  // `AWS::NoValue` in place of the properties leaves them out.
  const value = (isEmpty ? undefined : evaluateProperties(node, scope, macro)) ?? empty;
  if (value.kind === 'map') {
    return { ...head, dependsOn, properties: dynamicReferencesUnresolved(value) as MapValue };
  }
  const reason = value.kind === 'unresolved' ? value.message : 'its properties are no object';
  return { ...head, dependsOn, presence: 'unknown', reason, properties: empty };
}

/** A macro of the whole template, or `own` of this resource, may change any property: what it leaves can't be told. */
function evaluateProperties(node: Node, scope: Scope, own: string | undefined): Value | undefined {
  const value = evaluateNode(node, scope);
  const macro = own ?? scope.evaluation.template.macros.find((name) => name !== SERVERLESS);
  if (macro === undefined || value?.kind !== 'map') return value;
  const entries = [...value.entries.keys()].map((key): [string, Value] => {
    const property = entry(node, key)?.value ?? node;
    return [key, unknown(scope, property, 'macro', `the macro ${macro} may change it`)];
  });
  return { ...value, entries: new Map(entries) };
}

/** The resources named in `DependsOn` that are part of the stack; AWS ignores those that a condition leaves out. */
function dependenciesOf(node: Node | undefined, scope: Scope): string[] {
  const { declared, resources, dependencies } = scope.evaluation;
  const items = node?.kind === 'list' ? node.items : node ? [node] : [];
  return items.flatMap((item) => {
    if (holdsMacro(item)) return [];
    const written = nameOf(item);
    if (written === undefined) {
      mistake(scope, item, 'Template format error: DependsOn must be a string or list of strings.');
      return [];
    }
    const name = substituteLoopVariables(written, scope);
    if (moduleOf(name, scope) !== undefined) return [];
    if (!declared.has(name)) {
      const message = `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`;
      mistake(scope, item, message);
    }
    if (!resources.has(name) || scope.resource === undefined) return [];
    dependencies.set(scope.resource, new Set(dependencies.get(scope.resource)).add(name));
    return [name];
  });
}

function evaluateOutputs(root: MapNode, scope: Scope): Map<string, EvaluatedOutput> {
  const outputs = new Map<string, EvaluatedOutput>();
  for (const each of expandEntries(section(root, 'Outputs'), scope)) {
    if (each.key.startsWith('Fn::') || presenceOf(each).presence === 'absent') continue;
    const node = get(each.value, 'Value');
    const value = node && evaluateNode(node, each.scope);
    if (value === undefined) continue;
    const name = get(get(each.value, 'Export'), 'Name');
    const exportName = name && evaluateNode(name, each.scope);
    outputs.set(each.key, { value: dynamicReferencesUnresolved(value), ...(exportName ? { exportName } : {}) });
  }
  return outputs;
}

function failOnProblems({ template, problems, dependencies, resources }: Evaluation): void {
  const list = [...problems.values()].map(({ node, message, hint }) => {
    return problemAt('template-bad-function', template.source, (node.alias?.range ?? node.range).start, message, hint);
  });
  for (const cycle of template.macros.length > 0 ? [] : cyclesIn(dependencies)) {
    const message = `Circular dependency between resources: [${cycle.join(', ')}]`;
    const start = resources.get(cycle[0] ?? '')?.node.range.start ?? 0;
    list.push(problemAt('template-circular', template.source, start, message, `${[...cycle, cycle[0]].join(' -> ')}`));
  }
  if (list.length > 0) throw new DriftError('template', list.slice(0, MAX_PROBLEMS));
}
