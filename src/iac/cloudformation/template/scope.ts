import { DriftError } from '../../../base/errors.js';
import type { Json } from '../../../base/json.js';
import type { ZonesAnswer } from '../../../model/deployed.js';
import type { MapNode, Node } from '../../../syntax/node.js';
import { problemAt } from '../../../syntax/problem.js';
import type { OriginStep, UnresolvedCode, UnresolvedValue, Value } from '../../../value/value.js';
import { MAX_MADE_CHARACTERS, MAX_VALUES } from './limits.js';
import type { ParameterValues } from './parameters.js';
import type { Template } from './parse.js';

/** Where a stack is deployed; what is not known stays unresolved where it is used. */
export interface Environment {
  region: string;
  stackName: string;
  accountId?: string;
  /** Derived from the region where absent. */
  partition?: string;
  urlSuffix?: string;
  stackId?: string;
  notificationArns?: string[];
}

/** What the deployed stack tells of resources. */
export interface ResourceFacts {
  /** What `Ref` gives: the physical ID in the stack's resource list. */
  physicalId(logicalId: string): string | undefined;
  /**
   * What `Fn::GetAtt` gives. `isDeclared`: the template itself has a known value for the property of that name, which is
   * used where this gives undefined.
   */
  attribute(logicalId: string, name: string, isDeclared: boolean): Json | undefined;
  /** Whether there is no live state that could tell attributes, as of a custom resource; undefined where not known. */
  hasNoState?(logicalId: string): boolean | undefined;
}

export interface EvaluationInputs {
  parameters: ParameterValues;
  environment: Environment;
  resources: ResourceFacts;
  exports?: Record<string, string>;
  /** Truths of conditions that can't be evaluated, where something else tells them. */
  conditions?: ReadonlyMap<string, boolean>;
  /** What `Fn::GetAZs` gives for a region; undefined where nobody has asked yet. */
  availabilityZones?: (region: string) => ZonesAnswer | undefined;
}

/** A condition's truth, or why it is not known. */
export type Truth = boolean | Doubt;
export interface Doubt {
  code: UnresolvedCode;
  message: string;
  secret?: boolean;
}

/** What `Fn::Equals` asks where a side is not known. */
export interface Question {
  /** The same for all that ask the same. */
  key: string;
  /** The side that is not known, and the one that is; absent where neither is, or both are. */
  unknown?: string;
  known?: string;
}

/** Answers to what is not known, to be tried out. */
export interface Hypothesis {
  answers: ReadonlyMap<string, boolean>;
  /** Noted here: what was asked. */
  asked: Map<string, Question>;
}

/** What evaluating any node of one template shares. */
export interface Evaluation {
  template: Template;
  inputs: EvaluationInputs;
  /** Logical IDs that the template declares, loops expanded; none while conditions are evaluated. */
  declared: ReadonlySet<string>;
  /** Nodes of the resources that may be part of the stack, by logical ID. */
  resources: Map<string, { node: MapNode; scope: Scope }>;
  conditions: Map<string, { node: Node; scope: Scope }>;
  truths: Map<string, Truth>;
  /** Mistakes by place, so that each is told once however often it is evaluated. */
  problems: Map<string, { node: Node; message: string; hint?: string }>;
  /** References between resources, to find cycles. */
  dependencies: Map<string, Set<string>>;
  /** Conditions being evaluated, in order, to find cycles. */
  openConditions: string[];
  /** Declared properties that attributes were taken from; `open` while being evaluated, to stop at cycles. */
  attributes: Map<string, { value: Value | undefined } | 'open'>;
  hypothesis?: Hypothesis;
  /** How many values were made, and how many characters by functions. */
  made: number;
  characters: number;
  /** Evaluates a node in a scope; what `evaluateNode` asks, so that intrinsics need not know who evaluates their arguments. */
  evaluate(node: Node, scope: Scope): Value | undefined;
}

/** Where a node is evaluated. */
export interface Scope {
  evaluation: Evaluation;
  /** Loop variables of the enclosing `Fn::ForEach`. */
  loop: ReadonlyMap<string, Value>;
  /** What literals here have come through: loops, branches and aliases around them. */
  via: OriginStep[];
  /** `Resources` or `Outputs`, for messages. */
  block: string;
  /** How many attributes of other resources this value is taken through. */
  chain: number;
  /** The resource being evaluated. */
  resource?: string;
}

/**
 * Evaluates any node of a template; undefined is `AWS::NoValue`, which removes the property or element.
 * What can't be known is an unresolved value; mistakes of the template are noted in the evaluation.
 */
export function evaluateNode(node: Node, scope: Scope): Value | undefined {
  return scope.evaluation.evaluate(node, scope);
}

/** Counts a value that is made at a node, against templates whose references multiply without end. Throws a `DriftError`. */
export function spend(scope: Scope, node: Node): void {
  const { evaluation } = scope;
  evaluation.made += 1;
  if (evaluation.made > MAX_VALUES) tooMuch(scope, node, `${MAX_VALUES} values`);
}

/** Counts characters that a function is about to make at a node. Throws a `DriftError`. */
export function spendCharacters(scope: Scope, node: Node, characters: number): void {
  const { evaluation } = scope;
  evaluation.characters += characters;
  if (evaluation.characters > MAX_MADE_CHARACTERS) tooMuch(scope, node, `${MAX_MADE_CHARACTERS} characters`);
}

function tooMuch({ evaluation }: Scope, node: Node, limit: string): never {
  const { start } = node.alias?.range ?? node.range;
  const message = `the template evaluates to more than ${limit}`;
  throw new DriftError('template', [problemAt('template-too-large', evaluation.template.source, start, message)]);
}

/**
 * Notes a mistake in the template and gives the unresolved value that stands in for what could not be evaluated. Where a
 * macro rewrites the template first, what looks like a mistake may be none.
 */
export function mistake(scope: Scope, node: Node, message: string, hint?: string): UnresolvedValue {
  const { problems, template } = scope.evaluation;
  const range = node.alias?.range ?? node.range;
  const origin = { use: { source: template.source, range }, via: [] };
  // What was deployed is no mistake, however it reads here.
  if (template.source.isMade) return { kind: 'unresolved', code: 'unsupported', message, origin };
  const [macro] = template.macros;
  if (macro !== undefined) {
    const plain = message.replace(/^Template (?:format )?error: /, '');
    return { kind: 'unresolved', code: 'macro', message: `${plain}; the macro ${macro} may change that`, origin };
  }
  problems.set(`${range.start} ${message}`, { node, message, ...(hint === undefined ? {} : { hint }) });
  return { kind: 'unresolved', code: 'unsupported', message, origin };
}
