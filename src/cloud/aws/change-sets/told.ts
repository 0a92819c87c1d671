import type { DescribeChangeSetOutput, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { isObject, type JsonObject } from '../../../base/json.js';
import { objectOf } from '../../../base/json-members.js';
import type { ChangeSet, ResourceEffect, ValueEffect } from '../../change-sets.js';

/** AWS has no code for it: "The submitted information didn't contain changes. …", with transforms "No updates are …". */
const NOTHING = /didn't contain changes|no updates are to be performed/i;

/** Drift statuses of resources whose live state was not looked at. */
const UNCOMPARED = new Set(['UNSUPPORTED', 'NOT_CHECKED', 'UNKNOWN']);

const ACTIONS: Readonly<Record<string, ResourceEffect['action']>> = {
  Add: 'add',
  Modify: 'modify',
  Remove: 'remove',
  Import: 'import',
  SyncWithActual: 'sync',
};

const CHANGES: Readonly<Record<string, ValueEffect['change']>> = {
  Add: 'add',
  Remove: 'remove',
  SyncWithActual: 'sync',
};

/** A change set as `DescribeChangeSet` tells of it, with the changes of all pages. */
export function changeSetOf(answer: DescribeChangeSetOutput, changes: readonly ResourceChange[]): ChangeSet {
  const { ChangeSetId: id = '', ChangeSetName: name = '', StackId: stackId = '', StackName: stackName = '' } = answer;
  const reason = answer.StatusReason;
  return {
    ...{ id, name, stackId, stackName },
    revertsDrift: answer.DeploymentMode === 'REVERT_DRIFT',
    state: stateOf(answer),
    ...(reason === undefined ? {} : { reason }),
    effects: changes.map(effectOf),
  };
}

/** Whether it is still being made. */
export function isUnderWay({ Status: status }: DescribeChangeSetOutput): boolean {
  return status === 'CREATE_PENDING' || status === 'CREATE_IN_PROGRESS';
}

function stateOf(answer: DescribeChangeSetOutput): ChangeSet['state'] {
  const { Status: status, ExecutionStatus: execution, StatusReason: reason = '' } = answer;
  if (status === 'FAILED') return NOTHING.test(reason) ? 'empty' : 'failed';
  if (execution === 'OBSOLETE') return 'obsolete';
  if (execution?.startsWith('EXECUTE_')) return 'executed';
  return status === 'CREATE_COMPLETE' && execution === 'AVAILABLE' ? 'ready' : 'failed';
}

function effectOf(change: ResourceChange): ResourceEffect {
  const { Action: action = '', Replacement: replacement, PolicyAction: policy = '', Details: details = [] } = change;
  return {
    logicalId: change.LogicalResourceId ?? '',
    type: change.ResourceType ?? '',
    physicalId: change.PhysicalResourceId ?? null,
    action: ACTIONS[action] ?? 'dynamic',
    replacement: replacementOf(replacement, policy),
    deletes: policy === '' ? action === 'Remove' : !policy.endsWith('Retain'),
    isGone: change.ResourceDriftStatus === 'DELETED',
    isUncompared: UNCOMPARED.has(change.ResourceDriftStatus ?? ''),
    values: details.flatMap(valueEffect),
    ignored: (change.ResourceDriftIgnoredAttributes ?? []).map(({ Path: path = '', Reason: reason = '' }) => ({
      path: pointerOf(path),
      reason: reason.toLowerCase().replaceAll('_', ' '),
    })),
    properties: [change.BeforeContext, change.AfterContext].flatMap(propertiesOf),
  };
}

function replacementOf(replacement: string | undefined, policy: string): ResourceEffect['replacement'] {
  if (replacement === 'True' || policy.startsWith('ReplaceAnd')) return 'always';
  return replacement === 'Conditional' ? 'maybe' : 'never';
}

/** What of a change is for a value. Where several causes are told of it, it is there several times. */
function valueEffect({ Target: target }: ResourceChangeDetail): ValueEffect[] {
  if (target === undefined) return [];
  const { Attribute: attribute = '', Name: name, Path: path, BeforeValue: before, AfterValue: after } = target;
  const isNamed = attribute === 'Properties' && name !== undefined;
  return [
    {
      path: path === undefined ? (isNamed ? `/${name}` : attribute) : pointerOf(path),
      change: CHANGES[target.AttributeChangeType ?? ''] ?? 'modify',
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      replaces: (target.RequiresRecreation ?? 'Never') !== 'Never',
    },
  ];
}

/** A pointer into a resource as one into its properties; `/Metadata/…` has no place in them, and stays a name. */
function pointerOf(path: string): string {
  if (path === '/Properties') return '';
  return path.startsWith('/Properties/') ? path.slice('/Properties'.length) : path.slice(1);
}

/** Of a context that is cut off, since it is long, there are none. */
function propertiesOf(context = ''): JsonObject[] {
  const { Properties: properties } = objectOf(context) ?? {};
  return isObject(properties) ? [properties] : [];
}
