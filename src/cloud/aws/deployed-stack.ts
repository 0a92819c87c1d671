import type { Parameter, Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { DeployedParameter } from '../../model/deployed.js';
import type { DeployedStack, StackResource, StackTarget } from '../cloud.js';
import type { Place } from './place.js';

/** A stack's structure from what `DescribeStacks` and `ListStackResources` tell of it. */
export function deployedStack(target: StackTarget, stack: Stack, resources: StackResourceSummary[]): DeployedStack {
  const account = stack.StackId?.split(':')[4];
  const outputs = stack.Outputs ?? [];
  const deployedAt = stack.LastUpdatedTime ?? stack.CreationTime;
  return {
    ...targetOf(target.name, target),
    ...(stack.StackId === undefined ? {} : { id: stack.StackId }),
    ...(account === undefined ? {} : { account }),
    ...(stack.StackStatus === undefined ? {} : { status: stack.StackStatus }),
    version: versionOf(stack),
    ...(deployedAt === undefined ? {} : { deployedAt: deployedAt.toISOString() }),
    parameters: record(stack.Parameters ?? [], (one) => [one.ParameterKey, parameterOf(one)]),
    outputs: record(outputs, (one) => [one.OutputKey, one.OutputValue]),
    exports: record(outputs, (one) => [one.ExportName, one.OutputValue]),
    tags: record(stack.Tags ?? [], (one) => [one.Key, one.Value]),
    resources: resources.flatMap(resourceOf),
  };
}

/** What changes with every change of a stack: its status, and when its last update began. */
export function versionOf(stack: Pick<Stack, 'StackStatus' | 'LastUpdatedTime' | 'CreationTime'>): string {
  const { StackStatus: status, LastUpdatedTime: updated, CreationTime: created } = stack;
  return `${status} ${(updated ?? created)?.toISOString()}`;
}

function parameterOf(one: Parameter): DeployedParameter {
  const value = one.ParameterValue ?? '';
  return one.ResolvedValue === undefined ? { value } : { value, resolvedValue: one.ResolvedValue };
}

/** A resource as a stack lists it; none where it has no name or type. */
export function resourceOf(summary: StackResourceSummary): StackResource[] {
  const { LogicalResourceId: logicalId, ResourceType: type, PhysicalResourceId: physicalId } = summary;
  // Emulators list what they can't make without a name.
  if (!logicalId || !type) return [];
  const known = physicalId === undefined || physicalId === '' ? {} : { physicalId };
  return [{ logicalId, type, ...known, ...(summary.ResourceStatus ? { status: summary.ResourceStatus } : {}) }];
}

/** What names the stack, as the place's role. */
export function targetOf(name: string, { region, roleArn }: Place): StackTarget {
  return roleArn === undefined ? { name, region } : { name, region, roleArn };
}

/** A record without entries whose name or value AWS did not tell; names come from outside, `__proto__` is one too. */
export function record<Item, Value>(
  items: Item[],
  entryOf: (item: Item) => [string | undefined, Value | undefined],
): Record<string, Value> {
  const entries: [string, Value][] = [];
  for (const item of items) {
    const [name, value] = entryOf(item);
    if (name !== undefined && value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}
