import type { Problem } from '../../errors.js';
import type { ResourceTypes } from '../../resource-type/index-file.js';
import { partitionOf } from '../../template/intrinsics/pseudo-parameters.js';
import { hasLiveState } from './live.js';
import { type Policy, policyOf } from './policy.js';
import { sortActions } from './read-actions.js';

/** A stack that is to be read; what is not known of it may be anything. */
export interface StackPattern {
  name: string;
  region?: string | undefined;
  account?: string | undefined;
}

/** What a scan is going to do, as far as permissions go. */
export interface Needs {
  /** The stacks to read; `all`: those of the account are listed, and any may be read. */
  stacks: readonly StackPattern[] | 'all';
  /** The resource types to read. */
  types: readonly string[];
  /** Whether templates import what other stacks export. */
  imports: boolean;
  /** The roles to assume. */
  roles: readonly string[];
}

/** What is asked of a stack, and can be allowed for single stacks. */
const OF_STACKS = ['DescribeStacks', 'DetectStackResourceDrift', 'GetTemplate', 'ListStackResources'];
/**
 * Cloud Control's reading, which can't be limited to resources, and what drift detection takes besides
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html).
 */
const OF_REGIONS = ['BatchDescribeTypeConfigurations', 'GetResource'];

/** The actions that are asked of single stacks, and those that are asked of a region; `unknown` are types outside the index. */
export function requiredActions(needs: Pick<Needs, 'stacks' | 'imports'>, unknown: readonly string[]) {
  const ofRegions = [
    ...OF_REGIONS,
    ...(unknown.length > 0 ? ['DescribeType'] : []),
    ...(needs.imports ? ['ListExports'] : []),
    ...(needs.stacks === 'all' ? ['ListStacks'] : []),
  ];
  return { ofStacks: cloudFormation(OF_STACKS), ofRegions: cloudFormation(ofRegions) };
}

/**
 * The least that IAM has to allow for a scan, and what could not be settled. `sts:GetCallerIdentity` is not in it: AWS
 * lets everyone ask who they are.
 */
export function leastPolicy(needs: Needs, index: ResourceTypes): { policy: Policy; warnings: Problem[] } {
  const { stacks, roles } = needs;
  const readsStacks = stacks === 'all' || stacks.length > 0;
  const types = readsStacks ? needs.types.filter((type) => hasLiveState(type) && !isMadeByTransform(type)) : [];
  const unknown = types.filter((type) => index.get(type) === undefined);
  const known = types.flatMap((type) => index.get(type) ?? []);
  const { reads, contents, changes } = sortActions(known.flatMap(({ readPermissions }) => readPermissions));
  const { ofStacks, ofRegions } = requiredActions(needs, unknown);
  const policy = policyOf([
    {
      Sid: 'ReadStacks',
      Effect: 'Allow',
      Action: ofStacks,
      Resource: stacks === 'all' ? '*' : [...new Set(stacks.map(stackArn))].sort(),
    },
    { Sid: 'ReadRegions', Effect: 'Allow', Action: readsStacks ? ofRegions : [], Resource: '*' },
    { Sid: 'ReadResources', Effect: 'Allow', Action: reads, Resource: '*' },
    { Sid: 'ReadContents', Effect: 'Allow', Action: contents, Resource: '*' },
    { Sid: 'AssumeRoles', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [...new Set(roles)].sort() },
  ]);
  const silent = known.filter(({ readPermissions }) => readPermissions.length === 0).map(({ name }) => name);
  return { policy, warnings: [...unsettled(unknown, silent), ...noteworthy(contents, changes)] };
}

function unsettled(unknown: readonly string[], silent: readonly string[]): Problem[] {
  const hint = "add what their service needs for describing them, or attach AWS's ReadOnlyAccess";
  return [
    { types: unknown, message: 'what reading these types takes is not known here' },
    { types: silent, message: "AWS's schemas don't say what reading these types takes" },
  ].flatMap(({ types, message }) => (types.length === 0 ? [] : [{ message: `${message}: ${types.join(', ')}`, hint }]));
}

function noteworthy(contents: readonly string[], changes: readonly string[]): Problem[] {
  const warnings: Problem[] = [];
  if (contents.length > 0) {
    const message = `AWS's schemas also ask for what shows contents: ${contents.join(', ')}`;
    const hint = 'it is the statement ReadContents; without it, resources that insist on it are reported as unreadable';
    warnings.push({ message, hint });
  }
  if (changes.length > 0) {
    const message = `AWS's schemas also list actions that may change something: ${changes.join(', ')}`;
    warnings.push({ message, hint: 'they are left out, since a scan only reads' });
  }
  return warnings;
}

/** `AWS::Serverless` makes other resources; they are deployed under types that the template does not name. */
function isMadeByTransform(type: string): boolean {
  return type.startsWith('AWS::Serverless::');
}

function cloudFormation(operations: readonly string[]): string[] {
  return [...operations].sort().map((operation) => `cloudformation:${operation}`);
}

/** Behind the name comes an ID that every creation makes anew. */
function stackArn({ name, region = '*', account = '*' }: StackPattern): string {
  return `arn:${partitionOf({ region })}:cloudformation:${region}:${account}:stack/${name}/*`;
}
