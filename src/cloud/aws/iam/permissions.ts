import type { Problem } from '../../../base/errors.js';
import { partitionOf } from '../../../base/partition.js';
import type { ReadableTypes } from '../../types.js';
import { type Policy, policyOf, type Statement } from './policy.js';
import { sortActions } from './read-actions.js';
import { type Purpose, requiredActions } from './required-actions.js';
import { revertStatements } from './revert-actions.js';

/** A stack that is to be read; what is not known of it may be anything. */
export interface StackPattern {
  name: string;
  region?: string | undefined;
  account?: string | undefined;
}

/** What a scan is going to do, as far as permissions go. */
export interface Needs extends Omit<Purpose, 'readsStacks' | 'findsStacks' | 'unknownTypes' | 'owners'> {
  /** The stacks to read; `all`: those of the account are listed, and any may be read. */
  stacks: readonly StackPattern[] | 'all';
  /** The resource types to read. */
  types: readonly string[];
  roles: readonly AssumedRole[];
  /** Whether drift is undone, too. */
  reverts?: boolean | undefined;
}

/** A role to assume. */
export interface AssumedRole {
  arn: string;
  /** Told when it is assumed, since its trust policy asks for it. */
  externalId?: string | undefined;
}

/**
 * The least that IAM has to allow for a scan, and what could not be settled. `sts:GetCallerIdentity` is not in it: AWS
 * lets everyone ask who they are.
 */
export function leastPolicy(needs: Needs, index: ReadableTypes): { policy: Policy; warnings: Problem[] } {
  const { stacks, roles, unmanaged } = needs;
  const readsStacks = stacks === 'all' || stacks.length > 0;
  const isRead = (type: string) => (index.withoutState(type) ?? index.transformOf(type)) === undefined;
  const types = readsStacks ? needs.types.filter(isRead) : [];
  const unknown = types.filter((type) => index.get(type) === undefined);
  const known = types.flatMap((type) => index.get(type) ?? []);
  const { reads, contents, changes } = sortActions(known.flatMap(({ readPermissions }) => readPermissions));
  const findsStacks = stacks === 'all';
  const owners = types.some((type) => index.childKindsOf(type).length > 0);
  const actions = requiredActions({ ...needs, readsStacks, findsStacks, owners, unknownTypes: unknown.length > 0 });
  const isNew = (action: string) => !actions.ofRegions.includes(action);
  const named = stacks === 'all' ? '*' : [...new Set(stacks.map(stackArn))].sort();
  const policy = policyOf([
    {
      Sid: 'ReadStacks',
      Effect: 'Allow',
      Action: actions.ofStacks,
      Resource: named,
    },
    ...(needs.reverts ? revertStatements(named) : []),
    { Sid: 'ReadRegions', Effect: 'Allow', Action: actions.ofRegions, Resource: '*' },
    { Sid: 'ReadResources', Effect: 'Allow', Action: reads.filter(isNew), Resource: '*' },
    { Sid: 'ReadContents', Effect: 'Allow', Action: contents, Resource: '*' },
    ...assuming(roles),
  ]);
  const silent = known.filter(({ readPermissions }) => readPermissions.length === 0).map(({ name }) => name);
  const warnings = [...unsettled(unknown, silent), ...noteworthy(contents, changes)];
  if (unmanaged) warnings.push(ofAnyType());
  if (needs.reverts) warnings.push(ofDeploying());
  return { policy, warnings };
}

/** One statement for the roles that are assumed as they are, and one for each external ID. */
function assuming(roles: readonly AssumedRole[]): Statement[] {
  const externalIds = [...new Set(roles.map(({ externalId = '' }) => externalId))].sort();
  return externalIds.map((id, index) => ({
    Sid: `Assume${index === 0 ? '' : index}Roles`,
    Effect: 'Allow',
    Action: ['sts:AssumeRole'],
    Resource: [...new Set(roles.filter(({ externalId = '' }) => externalId === id).map(({ arn }) => arn))].sort(),
    ...(id === '' ? {} : { Condition: { StringEquals: { 'sts:ExternalId': id } } }),
  }));
}

function ofAnyType(): Problem {
  const message = 'what --unmanaged finds may be of any type; reading is allowed here for the types in the templates';
  const hint = "other resources are reported all the same, as not verified; AWS's ReadOnlyAccess has them verified";
  return { code: 'permissions-incomplete', message, hint };
}

function ofDeploying(): Problem {
  const message =
    'executing a change set changes resources, for which CloudFormation asks the permissions of the caller';
  const hint =
    'add what deploying these stacks takes; stacks that are deployed by a service role need no more than this';
  return { code: 'permissions-incomplete', message, hint };
}

function unsettled(unknown: readonly string[], silent: readonly string[]): Problem[] {
  const hint = "add what their service needs for describing them, or attach AWS's ReadOnlyAccess";
  return [
    { types: unknown, message: 'what reading these types takes is not known here' },
    { types: silent, message: "AWS's schemas don't say what reading these types takes" },
  ].flatMap(({ types, message }): Problem[] =>
    types.length === 0 ? [] : [{ code: 'permissions-incomplete', message: `${message}: ${types.join(', ')}`, hint }],
  );
}

function noteworthy(contents: readonly string[], changes: readonly string[]): Problem[] {
  const warnings: Problem[] = [];
  if (contents.length > 0) {
    const message = `AWS's schemas also ask for what shows contents: ${contents.join(', ')}`;
    const hint = 'it is the statement ReadContents; without it, resources that insist on it are reported as unreadable';
    warnings.push({ code: 'permissions-more-than-reading', message, hint });
  }
  if (changes.length > 0) {
    const message = `AWS's schemas also list actions that may change something: ${changes.join(', ')}`;
    warnings.push({
      code: 'permissions-more-than-reading',
      message,
      hint: 'they are left out, since a scan only reads',
    });
  }
  return warnings;
}

/** Behind the name comes an ID that every creation makes anew. */
function stackArn({ name, region = '*', account = '*' }: StackPattern): string {
  return `arn:${partitionOf({ region })}:cloudformation:${region}:${account}:stack/${name}/*`;
}
