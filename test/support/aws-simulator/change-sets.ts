import type { Json, JsonObject } from '../../../src/base/json.js';
import type { SnapshotResource, SnapshotStack } from '../../../src/cloud/snapshot/snapshot.js';
import { differences } from './drift-detection.js';
import { AwsError, type Call, type Cloud, pageOf, stackId, stackOf } from './state.js';

/** A change set as it is kept. */
export interface SimulatedChangeSet {
  id: string;
  name: string;
  stack: string;
  description: string;
  input: Record<string, unknown>;
  status: string;
  execution: string;
  reason: string | undefined;
  polls: number;
  changes: Record<string, unknown>[];
  /** The stack's version when it was made. */
  version: string;
}

interface State {
  all: SimulatedChangeSet[];
  made: number;
  events: Record<string, unknown>[];
  underWay: Map<string, { set: SimulatedChangeSet; token: unknown; polls: number }>;
  clock: number;
}

const states = new WeakMap<Cloud, State>();

function stateOf(cloud: Cloud): State {
  const known = states.get(cloud);
  if (known) return known;
  const clock = Date.parse('2026-03-01T00:00:00Z');
  const state: State = { all: [], made: 0, events: [], underWay: new Map(), clock };
  states.set(cloud, state);
  return state;
}

/** The change sets that there are. */
export function changeSetsIn(cloud: Cloud): readonly SimulatedChangeSet[] {
  return stateOf(cloud).all;
}

/** Changes a stack, as a deployment of somebody else does: its change sets are obsolete then. */
export function deployMeanwhile(cloud: Cloud, stack: SnapshotStack): void {
  stack.status = 'UPDATE_COMPLETE';
  cloud.facts = { ...cloud.facts, [stack.name]: { ...cloud.facts?.[stack.name], updatedAt: now(stateOf(cloud)) } };
}

export function changeSetOperation(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> | undefined {
  switch (call.operation) {
    case 'CreateChangeSet':
      return create(cloud, call);
    case 'DescribeChangeSet':
      return describe(cloud, call, pageSize);
    case 'ListChangeSets':
      return list(cloud, call, pageSize);
    case 'DeleteChangeSet':
      return remove(cloud, call);
    case 'ExecuteChangeSet':
      return execute(cloud, call);
    case 'DescribeStackEvents':
      return stackEvents(cloud, call, pageSize);
    default:
      return undefined;
  }
}

/** Being asked for brings a stack nearer to the end of an execution. */
export function advance(cloud: Cloud, call: Call, stack: SnapshotStack): void {
  const state = stateOf(cloud);
  const current = state.underWay.get(stackId(call, stack));
  if (current === undefined) return;
  current.polls -= 1;
  if (current.polls <= 0) finish(cloud, call, stack, current);
}

function create(cloud: Cloud, call: Call): Record<string, unknown> {
  const state = stateOf(cloud);
  const stack = stackOf(cloud, call);
  const { input } = call;
  const name = String(input['ChangeSetName']);
  if (!/^[A-Za-z][-A-Za-z0-9]{0,127}$/.test(name)) throw new AwsError('ValidationError', `bad name ${name}`);
  if (state.all.some((each) => each.name === name && each.stack === stack.name))
    throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`);
  const status = stack.status ?? 'CREATE_COMPLETE';
  if (!/^(?:CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status))
    throw new AwsError(
      'ValidationError',
      `Stack:${stackId(call, stack)} is in ${status} state and can not be updated.`,
    );
  mustKeepParameters(stack, input);
  state.made += 1;
  const id = `arn:aws:cloudformation:${call.region}:${call.account}:changeSet/${name}/${state.made}`;
  const failure = cloud.changeSets?.failing?.[stack.name];
  const changes = failure === undefined ? changesOf(cloud, stack) : [];
  const nothing =
    "The submitted information didn't contain changes. Submit different information to create a change set.";
  const isFailed = changes.length === 0;
  state.all.push({
    ...{ id, name, stack: stack.name, input, changes },
    description: String(input['Description'] ?? ''),
    status: isFailed ? 'FAILED' : 'CREATE_COMPLETE',
    execution: isFailed ? 'UNAVAILABLE' : 'AVAILABLE',
    reason: isFailed ? (failure ?? nothing) : undefined,
    polls: cloud.changeSets?.polls ?? 1,
    version: versionOf(cloud, stack),
  });
  return { Id: id, StackId: stackId(call, stack) };
}

/** AWS gives a parameter that is not named the template's default, or refuses. */
function mustKeepParameters(stack: SnapshotStack, input: Record<string, unknown>): void {
  const named = new Set(
    Object.entries(input).flatMap(([key, value]) =>
      /^Parameters\.member\.\d+\.ParameterKey$/.test(key) &&
      input[key.replace('ParameterKey', 'UsePreviousValue')] === 'true'
        ? [String(value)]
        : [],
    ),
  );
  const missing = Object.keys(stack.parameters ?? {}).filter((name) => !named.has(name));
  if (missing.length > 0) throw new AwsError('ValidationError', `Parameters: [${missing.join(', ')}] must have values`);
}

/** What brings the live state back to what was deployed. */
function changesOf(cloud: Cloud, stack: SnapshotStack): Record<string, unknown>[] {
  const own = stack.resources.flatMap((resource) => {
    const key = `${stack.name}/${resource.logicalId}`;
    const told = cloud.changeSets?.told?.[key];
    const change = told === null ? undefined : changeOf(cloud, key, resource);
    return change === undefined ? [] : [{ ...change, ...told }];
  });
  return [...own, ...(cloud.changeSets?.more?.[stack.name] ?? [])];
}

function changeOf(cloud: Cloud, key: string, resource: SnapshotResource): Record<string, unknown> | undefined {
  const expected = cloud.drift?.expected?.[key];
  const about = { LogicalResourceId: resource.logicalId, ResourceType: resource.type, Scope: ['Properties'] };
  if (expected === undefined) return undefined;
  const AfterContext = JSON.stringify({ Properties: expected });
  if (resource.properties === null) {
    return { ...about, Action: 'Add', Scope: [], ResourceDriftStatus: 'DELETED', Details: [], AfterContext };
  }
  const actual = Object.fromEntries(
    Object.entries(resource.properties ?? {}).filter(([name]) => Object.hasOwn(expected, name)),
  ) as JsonObject;
  const found = differences(expected, actual, '');
  if (found.length === 0) return undefined;
  return {
    ...about,
    Action: 'Modify',
    PhysicalResourceId: resource.physicalId ?? undefined,
    Replacement: 'False',
    ResourceDriftStatus: 'MODIFIED',
    BeforeContext: JSON.stringify({ Properties: actual }),
    AfterContext,
    Details: found.map(
      ({ PropertyPath: path = '', ExpectedValue: after, ActualValue: before, DifferenceType: kind }) => ({
        Target: {
          Attribute: 'Properties',
          Name: path.split('/')[1],
          RequiresRecreation: 'Never',
          Path: `/Properties${path}`,
          BeforeValue: kind === 'REMOVE' ? undefined : before,
          AfterValue: kind === 'ADD' ? undefined : after,
          BeforeValueFrom: 'ACTUAL_STATE',
          AfterValueFrom: 'TEMPLATE',
          Drift: { PreviousValue: after, ActualValue: before, DriftDetectionTimestamp: '2026-01-01T00:00:00Z' },
          AttributeChangeType: kind === 'REMOVE' ? 'Add' : kind === 'ADD' ? 'Remove' : 'Modify',
        },
        Evaluation: 'Static',
        ChangeSource: 'NoModification',
      }),
    ),
  };
}

function describe(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  const set = found(cloud, call);
  set.polls -= 1;
  const isMade = set.polls <= 0;
  const { items, next } = pageOf(isMade ? set.changes : [], call.input['NextToken'], pageSize);
  const isWhole = call.input['IncludePropertyValues'] === 'true';
  return {
    ...summaryOf(cloud, call, set),
    StackDriftStatus: 'DRIFTED',
    DeploymentMode: set.input['DeploymentMode'],
    Changes: items.map((change) => ({ Type: 'Resource', ResourceChange: isWhole ? change : withoutValues(change) })),
    NextToken: next,
  };
}

function withoutValues(change: Record<string, unknown>): Record<string, unknown> {
  const { BeforeContext: _, AfterContext: __, Details: details, ...rest } = change;
  const bare = (details as { Target: Record<string, unknown> }[]).map(({ Target, ...detail }) => {
    const { BeforeValue: _, AfterValue: __, Path: ___, Drift: ____, AttributeChangeType: _____, ...target } = Target;
    return { ...detail, Target: target };
  });
  return { ...rest, Details: bare };
}

function summaryOf(cloud: Cloud, call: Call, set: SimulatedChangeSet): Record<string, unknown> {
  const stack = stackNamed(cloud, call, set.stack);
  const isMade = set.polls <= 0;
  const isObsolete = set.execution === 'AVAILABLE' && set.version !== versionOf(cloud, stack);
  return {
    ChangeSetName: set.name,
    ChangeSetId: set.id,
    StackId: stackId(call, stack),
    StackName: set.stack,
    Description: set.description,
    CreationTime: '2026-02-01T00:00:00Z',
    Status: isMade ? set.status : 'CREATE_IN_PROGRESS',
    ExecutionStatus: isMade ? (isObsolete ? 'OBSOLETE' : set.execution) : 'UNAVAILABLE',
    StatusReason: isMade ? set.reason : undefined,
  };
}

function list(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  const stack = stackOf(cloud, call);
  const own = stateOf(cloud).all.filter((each) => each.stack === stack.name);
  const { items, next } = pageOf(own, call.input['NextToken'], pageSize);
  return { Summaries: items.map((set) => summaryOf(cloud, call, set)), NextToken: next };
}

/** One that is there no more is as good, by its ARN or where its stack is there. */
function remove(cloud: Cloud, call: Call): Record<string, unknown> {
  const state = stateOf(cloud);
  const set = state.all.find((each) => isMeant(each, call));
  if (set === undefined) return {};
  if (set.execution === 'EXECUTE_IN_PROGRESS') throw invalid(set);
  // One that is being made can't be deleted yet.
  set.polls -= 1;
  if (set.polls > 0) throw invalid(set);
  state.all = state.all.filter((each) => each !== set);
  return {};
}

function execute(cloud: Cloud, call: Call): Record<string, unknown> {
  const state = stateOf(cloud);
  const set = found(cloud, call);
  const stack = stackNamed(cloud, call, set.stack);
  if (set.polls > 0 || set.execution !== 'AVAILABLE' || set.version !== versionOf(cloud, stack)) throw invalid(set);
  set.execution = 'EXECUTE_IN_PROGRESS';
  stack.status = 'UPDATE_IN_PROGRESS';
  const current = { set, token: call.input['ClientRequestToken'], polls: cloud.changeSets?.deployPolls ?? 0 };
  state.underWay.set(stackId(call, stack), current);
  tellEvent(cloud, call, stack, current.token, { ResourceStatus: 'UPDATE_IN_PROGRESS' });
  for (const change of set.changes) {
    const { LogicalResourceId, ResourceType } = change;
    tellEvent(cloud, call, stack, current.token, {
      LogicalResourceId,
      ResourceType,
      ResourceStatus: 'UPDATE_IN_PROGRESS',
    });
  }
  if (current.polls === 0) finish(cloud, call, stack, current);
  return {};
}

function finish(
  cloud: Cloud,
  call: Call,
  stack: SnapshotStack,
  { set, token }: { set: SimulatedChangeSet; token: unknown },
): void {
  const state = stateOf(cloud);
  state.underWay.delete(stackId(call, stack));
  const failure = cloud.changeSets?.breaking?.[stack.name];
  for (const resource of stack.resources) {
    const { LogicalResourceId, ResourceType } =
      set.changes.find((change) => change['LogicalResourceId'] === resource.logicalId) ?? {};
    if (LogicalResourceId === undefined) continue;
    const about = { LogicalResourceId, ResourceType };
    if (failure !== undefined) {
      tellEvent(cloud, call, stack, token, {
        ...about,
        ResourceStatus: 'UPDATE_FAILED',
        ResourceStatusReason: failure,
      });
      continue;
    }
    const key = `${stack.name}/${resource.logicalId}`;
    const expected = cloud.drift?.expected?.[key];
    if (expected !== undefined && !cloud.changeSets?.stubborn?.includes(key)) {
      resource.properties = { ...resource.properties, ...(structuredClone(expected) as Record<string, Json>) };
    }
    tellEvent(cloud, call, stack, token, { ...about, ResourceStatus: 'UPDATE_COMPLETE' });
  }
  deployMeanwhile(cloud, stack);
  stack.status = failure === undefined ? 'UPDATE_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
  set.execution = failure === undefined ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  // Other change sets were of the stack as it was.
  if (failure === undefined) state.all = state.all.filter((each) => each === set || each.stack !== set.stack);
  tellEvent(cloud, call, stack, token, { ResourceStatus: stack.status });
}

function tellEvent(
  cloud: Cloud,
  call: Call,
  stack: SnapshotStack,
  token: unknown,
  about: Record<string, unknown>,
): void {
  const state = stateOf(cloud);
  const id = stackId(call, stack);
  state.events.unshift({
    StackId: id,
    EventId: `event-${state.events.length}`,
    StackName: stack.name,
    LogicalResourceId: stack.name,
    PhysicalResourceId: about['LogicalResourceId'] === undefined ? id : 'id',
    ResourceType: 'AWS::CloudFormation::Stack',
    Timestamp: now(state),
    ClientRequestToken: token,
    ...about,
  });
}

function stackEvents(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  const stack = stackOf(cloud, call);
  const own = stateOf(cloud).events.filter(({ StackName }) => StackName === stack.name);
  const { items, next } = pageOf(own, call.input['NextToken'], pageSize);
  return { StackEvents: items, NextToken: next };
}

function found(cloud: Cloud, call: Call): SimulatedChangeSet {
  const set = stateOf(cloud).all.find((each) => isMeant(each, call));
  if (set) return set;
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${call.input['ChangeSetName']}] does not exist`, 404);
}

function isMeant({ id, name, stack }: SimulatedChangeSet, { input }: Call): boolean {
  const asked = String(input['ChangeSetName']);
  const of = String(input['StackName']);
  return asked === id || (asked === name && (of === stack || of.includes(`:stack/${stack}/`)));
}

function stackNamed(cloud: Cloud, call: Call, name: string): SnapshotStack {
  return stackOf(cloud, { ...call, input: { StackName: name } });
}

function invalid({ id, execution }: SimulatedChangeSet): AwsError {
  return new AwsError('InvalidChangeSetStatus', `ChangeSet [${id}] can't be used while it is ${execution}`);
}

function versionOf(cloud: Cloud, { name, status }: SnapshotStack): string {
  return `${status} ${cloud.facts?.[name]?.updatedAt}`;
}

function now(state: State): string {
  state.clock += 1000;
  return new Date(state.clock).toISOString();
}
