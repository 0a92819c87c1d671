import type { Json } from '../json.js';
import type { MapNode, Node } from './node.js';
import type { ParameterValues } from './parameters.js';
import type { Template } from './parse.js';
import type { Value } from './value.js';

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
   * What `Fn::GetAtt` gives. `declared` is the template's own value for the property of that name, if it has one; it is
   * used where this gives undefined.
   */
  attribute(logicalId: string, name: string, declared: Json | undefined): Json | undefined;
}

export interface EvaluationInputs {
  parameters: ParameterValues;
  environment: Environment;
  resources: ResourceFacts;
  exports?: Record<string, string>;
  /** The region's zones in AWS's order, for `Fn::GetAZs`. */
  availabilityZones?: string[];
}

/** A condition's truth, or why it is not known. */
export type Truth = boolean | { message: string };

/** What evaluating any node of one template shares. */
export interface Evaluation {
  template: Template;
  inputs: EvaluationInputs;
  /** Nodes of the declared resources, by logical ID, loops expanded. */
  resources: Map<string, { node: MapNode; scope: Scope }>;
  conditions: Map<string, { node: Node; scope: Scope }>;
  truths: Map<string, Truth>;
  /** Mistakes by place, so that each is told once however often it is evaluated. */
  problems: Map<string, { node: Node; message: string; hint?: string }>;
  /** References between resources, to find cycles. */
  dependencies: Map<string, Set<string>>;
  /** Attributes being evaluated, to stop at cycles. */
  openAttributes: Set<string>;
}

/** Where a node is evaluated. */
export interface Scope {
  evaluation: Evaluation;
  /** Loop variables of the enclosing `Fn::ForEach`. */
  loop: ReadonlyMap<string, Value>;
  /** `Resources` or `Outputs`, for messages. */
  block: string;
  /** The resource being evaluated. */
  resource?: string;
}

/** Notes a mistake in the template and gives the unresolved value that stands in for what could not be evaluated. */
export function mistake(scope: Scope, node: Node, message: string, hint?: string): Value {
  const { problems, template } = scope.evaluation;
  problems.set(`${node.range.start} ${message}`, { node, message, ...(hint === undefined ? {} : { hint }) });
  return { kind: 'unresolved', code: 'unsupported', message, origin: originOf(template.source, node) };
}

/** The origin of a literal. */
export function originOf(source: Template['source'], node: Node) {
  return { source, range: node.range, use: { source, range: node.range }, via: [] };
}
