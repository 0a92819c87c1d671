import { DriftError } from '../errors.js';
import { cyclesIn } from './cycles.js';
import { dynamicReferencesUnresolved } from './dynamic-references.js';
import { evaluateNode } from './evaluate-node.js';
import { type ExpandedEntry, expandEntries, section, substituteLoopVariables } from './expand.js';
import { namedCondition } from './intrinsics/conditions.js';
import { get, type MapNode, type Node } from './node.js';
import type { Template } from './parse.js';
import { problemAt } from './problem.js';
import { type Evaluation, type EvaluationInputs, mistake, originOf, type Scope, type Truth } from './scope.js';
import type { Source } from './source.js';
import type { MapValue, Range, Value } from './value.js';

/** A resource as the template declares it, evaluated. */
export interface EvaluatedResource {
  logicalId: string;
  type: string;
  /** Whether its condition makes it part of the stack; `reason` says why that is not known. */
  presence: 'present' | 'absent' | 'unknown';
  reason?: string;
  /** Empty where absent. */
  properties: MapValue;
  source: Source;
  /** The whole resource, without its key. */
  range: Range;
  /** The logical ID in source. */
  keyRange: Range;
}

export interface EvaluatedOutput {
  value: Value;
  exportName?: Value;
}

/** What a template evaluates to. */
export interface EvaluatedTemplate {
  source: Source;
  conditions: Map<string, Truth>;
  resources: Map<string, EvaluatedResource>;
  outputs: Map<string, EvaluatedOutput>;
  /** Macros of the template as a whole. */
  transforms: string[];
}

/**
 * Evaluates a template. What can't be known becomes an unresolved value with its reason.
 * Throws a `DriftError` (code `template`) with all mistakes that CloudFormation would reject as well.
 */
export function evaluateTemplate(template: Template, inputs: EvaluationInputs): EvaluatedTemplate {
  const evaluation: Evaluation = {
    template,
    inputs,
    resources: new Map(),
    conditions: new Map(),
    truths: new Map(),
    problems: new Map(),
    dependencies: new Map(),
    openAttributes: new Set(),
  };
  const scope: Scope = { evaluation, loop: new Map(), block: 'Conditions' };
  for (const each of expandEntries(section(template.root, 'Conditions'), scope)) {
    evaluation.conditions.set(each.key, { node: each.value, scope: each.scope });
  }
  for (const [name, { node }] of evaluation.conditions) namedCondition(name, node, scope, 'Conditions');

  const declared = expandEntries(section(template.root, 'Resources'), { ...scope, block: 'Resources' });
  const presences = new Map(declared.map((each) => [each.key, presenceOf(each)]));
  for (const each of declared) {
    if (each.value.kind !== 'map' || presences.get(each.key)?.presence === 'absent') continue;
    evaluation.resources.set(each.key, { node: each.value, scope: each.scope });
  }
  const resources = new Map(declared.map((each) => [each.key, evaluateResource(each, presences.get(each.key))]));
  const outputs = evaluateOutputs(template.root, { ...scope, block: 'Outputs' });
  failOnProblems(evaluation);
  return {
    source: template.source,
    conditions: evaluation.truths,
    resources,
    outputs,
    transforms: template.transforms,
  };
}

type Presence = Pick<EvaluatedResource, 'presence' | 'reason'>;

function presenceOf({ value, scope }: ExpandedEntry): Presence {
  const condition = get(value, 'Condition');
  if (condition?.kind !== 'scalar') return { presence: 'present' };
  const name = substituteLoopVariables(String(condition.value), scope);
  const truth = namedCondition(name, condition, scope, 'Resources block of the template');
  if (typeof truth === 'boolean') return { presence: truth ? 'present' : 'absent' };
  return { presence: 'unknown', reason: `condition ${name} is not known: ${truth.message}` };
}

function evaluateResource(each: ExpandedEntry, presence: Presence = { presence: 'present' }): EvaluatedResource {
  const { source } = each.scope.evaluation.template;
  const type = get(each.value, 'Type');
  const head = {
    logicalId: each.key,
    type: type?.kind === 'scalar' ? String(type.value) : '',
    ...presence,
    source,
    range: each.value.range,
    keyRange: each.keyRange,
  };
  const empty: MapValue = { kind: 'map', entries: new Map(), origin: originOf(source, each.value) };
  if (presence.presence === 'absent') return { ...head, properties: empty };
  const scope = { ...each.scope, resource: each.key };
  checkDependsOn(get(each.value, 'DependsOn'), scope);
  const node = get(each.value, 'Properties');
  const value = node && evaluateNode(node, scope);
  if (value?.kind === 'map') return { ...head, properties: dynamicReferencesUnresolved(value) as MapValue };
  if (value?.kind !== 'unresolved') return { ...head, properties: empty };
  return { ...head, presence: 'unknown', reason: value.message, properties: empty };
}

function checkDependsOn(node: Node | undefined, scope: Scope): void {
  const items = node?.kind === 'list' ? node.items : node ? [node] : [];
  for (const item of items) {
    if (item.kind !== 'scalar') continue;
    const name = substituteLoopVariables(String(item.value), scope);
    const declared =
      get(get(scope.evaluation.template.root, 'Resources'), name) ?? scope.evaluation.resources.get(name);
    if (declared) continue;
    mistake(
      scope,
      item,
      `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
    );
  }
}

function evaluateOutputs(root: MapNode, scope: Scope): Map<string, EvaluatedOutput> {
  const outputs = new Map<string, EvaluatedOutput>();
  for (const each of expandEntries(section(root, 'Outputs'), scope)) {
    if (presenceOf(each).presence === 'absent') continue;
    const node = get(each.value, 'Value');
    const value = node && evaluateNode(node, each.scope);
    if (value === undefined) continue;
    const name = get(get(each.value, 'Export'), 'Name');
    const exportName = name && evaluateNode(name, each.scope);
    outputs.set(each.key, { value: dynamicReferencesUnresolved(value), ...(exportName ? { exportName } : {}) });
  }
  return outputs;
}

function failOnProblems({ template, problems, dependencies }: Evaluation): void {
  const list = [...problems.values()].map(({ node, message, hint }) =>
    problemAt(template.source, node.range.start, message, hint),
  );
  for (const cycle of cyclesIn(dependencies)) {
    const message = `Circular dependency between resources: [${cycle.join(', ')}]`;
    list.push({ message, file: template.source.path });
  }
  if (list.length > 0) throw new DriftError('template', list);
}
