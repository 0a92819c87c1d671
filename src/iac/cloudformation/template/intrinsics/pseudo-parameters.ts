import { partitionOf } from '../../../../base/partition.js';
import type { Node } from '../../../../syntax/node.js';
import type { Value } from '../../../../value/value.js';
import type { Environment, Scope } from '../scope.js';
import { step } from '../step.js';
import { fromJson, outsideOrigin, through, unknown } from '../values.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const PSEUDO_PARAMETERS: ReadonlyMap<string, (environment: Environment) => string | string[] | undefined> = new Map<
  string,
  (environment: Environment) => string | string[] | undefined
>([
  ['AWS::AccountId', (environment) => environment.accountId],
  ['AWS::NotificationARNs', (environment) => environment.notificationArns],
  ['AWS::Partition', partitionOf],
  ['AWS::Region', (environment) => environment.region],
  ['AWS::StackId', (environment) => environment.stackId],
  ['AWS::StackName', (environment) => environment.stackName],
  [
    'AWS::URLSuffix',
    (environment) => environment.urlSuffix ?? URL_SUFFIXES[partitionOf(environment)] ?? 'amazonaws.com',
  ],
]);

/** Partitions whose endpoints do not end in `amazonaws.com`. */
const URL_SUFFIXES: Record<string, string> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
  'aws-eusc': 'amazonaws.eu',
};

export function isPseudoParameter(name: string): boolean {
  return name === 'AWS::NoValue' || PSEUDO_PARAMETERS.has(name);
}

/** The value of a pseudo parameter; undefined for `AWS::NoValue`. */
export function pseudoParameter(name: string, node: Node, scope: Scope): Value | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const told = PSEUDO_PARAMETERS.get(name)?.(scope.evaluation.inputs.environment);
  const value = told === undefined ? undefined : fromJson(told, outsideOrigin(scope, node));
  if (value === undefined) return unknown(scope, node, 'environment', `${name} is not known here`);
  return through(scope, node, step('Ref', name), value);
}
