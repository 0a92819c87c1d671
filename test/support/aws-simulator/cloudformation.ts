import type { SnapshotStack } from '../../../src/cloud/snapshot/snapshot.js';
import { advance, changeSetOperation } from './change-sets.js';
import {
  detectionStatus,
  detectStackDrift,
  driftInformation,
  resourceDrift,
  resourceDrifts,
} from './drift-detection.js';
import { AwsError, type Call, type Cloud, pageOf, regionOf, stackId, stackOf } from './state.js';

/** CloudFormation's operations: what each answers, as objects that become XML. */
export function cloudFormation(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  const { input } = call;
  switch (call.operation) {
    case 'ListStacks': {
      const { items, next } = pageOf(regionOf(cloud, call).stacks, input['NextToken'], pageSize);
      return { StackSummaries: items.map((stack) => summary(cloud, call, stack)), NextToken: next };
    }
    case 'DescribeStacks': {
      if (input['StackName'] !== undefined) {
        const stack = stackOf(cloud, call);
        const told = description(cloud, call, stack);
        advance(cloud, call, stack);
        return { Stacks: [told] };
      }
      const { items, next } = pageOf(regionOf(cloud, call).stacks, input['NextToken'], pageSize);
      return { Stacks: items.map((stack) => description(cloud, call, stack)), NextToken: next };
    }
    case 'ListStackResources': {
      const { items, next } = pageOf(stackOf(cloud, call).resources, input['NextToken'], pageSize);
      const StackResourceSummaries = items.map((resource) => ({
        LogicalResourceId: resource.logicalId,
        PhysicalResourceId: resource.physicalId ?? undefined,
        ResourceType: resource.type,
        LastUpdatedTimestamp: '2026-01-01T00:00:00Z',
        ResourceStatus: resource.status ?? 'CREATE_COMPLETE',
      }));
      return { StackResourceSummaries, NextToken: next };
    }
    case 'GetTemplate':
      // CloudFormation does not keep what is not ASCII.
      return {
        TemplateBody: templateText(cloud, stackOf(cloud, call), input['TemplateStage']).replace(/\P{ASCII}/gu, '?'),
      };
    case 'ListExports': {
      const { items, next } = pageOf(exportsOf(cloud, call), input['NextToken'], pageSize);
      return { Exports: items, NextToken: next };
    }
    case 'DescribeType':
      return describeType(cloud, String(input['TypeName']));
    case 'BatchDescribeTypeConfigurations':
      return { TypeConfigurations: [], Errors: [] };
    case 'DetectStackResourceDrift': {
      const stack = stackOf(cloud, call);
      const id = input['LogicalResourceId'];
      const resource = stack.resources.find((one) => one.logicalId === id);
      if (!resource) throw new AwsError('ValidationError', `Resource ${id} does not exist for stack ${stack.name}`);
      return { StackResourceDrift: resourceDrift(cloud, call, stack, resource) };
    }
    case 'DetectStackDrift':
      return detectStackDrift(cloud, call);
    case 'DescribeStackDriftDetectionStatus':
      return detectionStatus(cloud, call);
    case 'DescribeStackResourceDrifts':
      return resourceDrifts(cloud, call, pageSize);
    default: {
      const answer = changeSetOperation(cloud, call, pageSize);
      if (answer) return answer;
      throw new AwsError('InvalidAction', `The action ${call.operation} is not valid for this endpoint.`);
    }
  }
}

function summary(cloud: Cloud, call: Call, stack: SnapshotStack) {
  const id = stackId(call, stack);
  // A nested stack is a resource of its parent.
  const parent = regionOf(cloud, call).stacks.find(({ resources }) => resources.some((one) => one.physicalId === id));
  const facts = cloud.facts?.[stack.name] ?? {};
  return {
    StackId: id,
    StackName: stack.name,
    ParentId: facts.isUnmarked ? undefined : parent && stackId(call, parent),
    RootId: facts.isUnmarked ? undefined : parent && stackId(call, parent),
    StackStatus: stack.status ?? 'CREATE_COMPLETE',
    CreationTime: '2026-01-01T00:00:00Z',
    // AWS leaves it out of a stack that was never updated.
    LastUpdatedTime: facts.updatedAt ?? (stack.status?.startsWith('UPDATE_') ? '2026-01-02T00:00:00Z' : undefined),
  };
}

function description(cloud: Cloud, call: Call, stack: SnapshotStack) {
  const exportNames = new Map(Object.entries(stack.exports ?? {}).map(([name, value]) => [value, name]));
  return {
    ...summary(cloud, call, stack),
    DriftInformation: driftInformation(cloud, call, stack),
    Parameters: Object.entries(stack.parameters ?? {}).map(([ParameterKey, parameter]) => {
      const told = typeof parameter === 'object' ? parameter : { value: String(parameter) };
      return { ParameterKey, ParameterValue: told.value, ResolvedValue: told.resolvedValue };
    }),
    Outputs: Object.entries(stack.outputs ?? {}).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
      ExportName: exportNames.get(OutputValue),
    })),
    Capabilities: cloud.facts?.[stack.name]?.capabilities ?? [],
    Tags: Object.entries(stack.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** The template as it was written, or after its transforms: without them, and in the form that they make. */
function templateText(
  cloud: Cloud,
  { name, template, processedTemplate: made }: SnapshotStack,
  stage: unknown,
): string {
  const original = typeof template === 'string' ? template : JSON.stringify(template ?? {});
  if (stage !== 'Processed') return original;
  const recorded = typeof made === 'string' || made == null ? (made ?? undefined) : JSON.stringify(made);
  return cloud.facts?.[name]?.processed ?? recorded ?? original.replace(/^Transform:.*\n(?:[ -].*\n)*/m, '');
}

function exportsOf(cloud: Cloud, call: Call) {
  const { stacks, exports = {} } = regionOf(cloud, call);
  const owned = stacks.flatMap((stack) =>
    Object.entries(stack.exports ?? {}).map(([Name, Value]) => ({
      ExportingStackId: stackId(call, stack),
      Name,
      Value,
    })),
  );
  return [...owned, ...Object.entries(exports).map(([Name, Value]) => ({ Name, Value }))];
}

function describeType(cloud: Cloud, name: string) {
  const schema = cloud.schemas?.[name];
  if (schema === undefined) throw new AwsError('TypeNotFoundException', `The type ${name} cannot be found`, 404);
  return { TypeName: name, Type: 'RESOURCE', Schema: JSON.stringify(schema) };
}
