import { isObject, type Json, type JsonObject } from '../../../src/base/json.js';
import { child } from '../../../src/base/json-pointer.js';
import type { SnapshotResource, SnapshotStack } from '../../../src/cloud/snapshot/snapshot.js';
import { AwsError, type Call, type Cloud, pageOf, stackId, stackOf, throwRecorded } from './state.js';

interface Detection {
  stack: string;
  polls: number;
  startedAt: string;
}

/** What CloudFormation keeps of detections: by ID, and when each stack was checked. */
interface Detections {
  byId: Map<string, Detection>;
  checkedAt: Map<string, string>;
  busy: Map<string, number>;
  clock: number;
}

const states = new WeakMap<Cloud, Detections>();

function stateOf(cloud: Cloud): Detections {
  const known = states.get(cloud);
  if (known) return known;
  const busy = new Map(Object.entries(cloud.drift?.busy ?? {}));
  const state = { byId: new Map(), checkedAt: new Map(), busy, clock: Date.parse('2026-01-01T00:00:00Z') };
  states.set(cloud, state);
  return state;
}

function now(state: Detections): string {
  state.clock += 1000;
  return new Date(state.clock).toISOString();
}

export function detectStackDrift(cloud: Cloud, call: Call): Record<string, unknown> {
  const state = stateOf(cloud);
  const stack = stackOf(cloud, call);
  const id = stackId(call, stack);
  const status = stack.status ?? 'CREATE_COMPLETE';
  if (/_IN_PROGRESS$|^ROLLBACK|^CREATE_FAILED/.test(status)) {
    throw new AwsError('ValidationError', `Stack:${id} is in ${status} state and can not be used for drift detection.`);
  }
  if ((state.busy.get(stack.name) ?? 0) > 0) {
    throw new AwsError('ValidationError', `Drift detection is already in progress for stack [${id}]`);
  }
  const detectionId = `detection-${state.byId.size}`;
  const startedAt = now(state);
  state.byId.set(detectionId, { stack: stack.name, polls: cloud.drift?.polls ?? 1, startedAt });
  state.checkedAt.set(id, now(state));
  return { StackDriftDetectionId: detectionId };
}

export function detectionStatus(cloud: Cloud, call: Call): Record<string, unknown> {
  const id = String(call.input['StackDriftDetectionId']);
  const detection = stateOf(cloud).byId.get(id);
  if (!detection) throw new AwsError('ValidationError', `Drift detection ${id} does not exist`);
  detection.polls -= 1;
  const failure = cloud.drift?.failing?.[detection.stack];
  const ended = failure === undefined ? 'DETECTION_COMPLETE' : 'DETECTION_FAILED';
  return {
    StackId: 'stack',
    StackDriftDetectionId: id,
    DetectionStatus: detection.polls > 0 ? 'DETECTION_IN_PROGRESS' : ended,
    DetectionStatusReason: failure,
    Timestamp: detection.startedAt,
  };
}

/** What DescribeStacks tells of a stack's drift; being asked brings somebody else's detection nearer to its end. */
export function driftInformation(cloud: Cloud, call: Call, stack: SnapshotStack): Record<string, unknown> {
  const state = stateOf(cloud);
  const left = state.busy.get(stack.name);
  if (left !== undefined) {
    if (left === 1) state.checkedAt.set(stackId(call, stack), now(state));
    state.busy.set(stack.name, left - 1);
  }
  return { StackDriftStatus: 'DRIFTED', LastCheckTimestamp: state.checkedAt.get(stackId(call, stack)) };
}

export function resourceDrifts(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  const stack = stackOf(cloud, call);
  const isFailing = cloud.drift?.failing?.[stack.name] !== undefined;
  // Types that it does not check are left out; where it failed, so is the last resource.
  const checked = stack.resources.filter(({ unsupported }) => unsupported === undefined);
  const told = isFailing ? checked.slice(0, -1) : checked;
  const { items, next } = pageOf(told, call.input['NextToken'], pageSize);
  return { StackResourceDrifts: items.map((resource) => resourceDrift(cloud, call, stack, resource)), NextToken: next };
}

/** What detection says of one resource. */
export function resourceDrift(cloud: Cloud, call: Call, stack: SnapshotStack, resource: SnapshotResource) {
  if (resource.error !== undefined && call.operation === 'DetectStackResourceDrift') throwRecorded(resource.error);
  const { properties, unsupported, error } = resource;
  const expected = cloud.drift?.expected?.[`${stack.name}/${resource.logicalId}`] ?? properties ?? {};
  const actual = properties == null ? {} : declaredOnly(properties, expected);
  const PropertyDifferences = differences(expected, actual, '');
  const modified = PropertyDifferences.length > 0 ? 'MODIFIED' : 'IN_SYNC';
  const present = properties === undefined || error !== undefined ? 'UNKNOWN' : modified;
  const status = unsupported !== undefined ? 'NOT_CHECKED' : properties === null ? 'DELETED' : present;
  const isTold = status === 'IN_SYNC' || status === 'MODIFIED';
  return {
    StackId: stackId(call, stack),
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId ?? undefined,
    ResourceType: resource.type,
    ExpectedProperties: isTold ? JSON.stringify(expected) : undefined,
    ActualProperties: isTold ? JSON.stringify(actual) : undefined,
    PropertyDifferences: isTold ? PropertyDifferences : undefined,
    StackResourceDriftStatus: status,
    Timestamp: stateOf(cloud).checkedAt.get(stackId(call, stack)) ?? '2026-01-01T00:00:00Z',
  };
}

function declaredOnly(properties: JsonObject, expected: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => Object.hasOwn(expected, key)));
}

/** AWS compares declared keys of objects, and lists by content, added elements counted as they stand in the cloud. */
export function differences(expected: Json, actual: Json | undefined, path: string): Record<string, string>[] {
  if (actual === undefined) return [difference(path, 'REMOVE', expected, actual)];
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], child(path, key)));
  }
  if (!Array.isArray(expected) || !Array.isArray(actual)) {
    return expected === actual ? [] : [difference(path, 'NOT_EQUAL', expected, actual)];
  }
  const left = expected.map((item, index) => ({ item, index }));
  const added = actual.map((item, index) => ({ item, index })).filter(({ item }) => !isOwnTag(item));
  const removed = left.filter(({ item }) => {
    const same = added.findIndex((other) => differences(item, other.item, '').length === 0);
    if (same !== -1) added.splice(same, 1);
    return same === -1;
  });
  const [lost, gained] = [removed[0]?.item, added[0]?.item];
  if (removed.length === 1 && added.length === 1 && isObject(lost) && isObject(gained)) {
    return differences(lost, gained, child(path, removed[0]?.index ?? 0));
  }
  return [
    ...removed.map(({ item, index }) => difference(child(path, index), 'REMOVE', item, undefined)),
    ...added.map(({ item, index }) => difference(child(path, index), 'ADD', undefined, item)),
  ];
}

function isOwnTag(item: Json): boolean {
  return isObject(item) && String(item['Key']).startsWith('aws:');
}

function difference(path: string, kind: string, expected: Json | undefined, actual: Json | undefined) {
  return {
    PropertyPath: path,
    ExpectedValue: asText(expected),
    ActualValue: asText(actual),
    DifferenceType: kind,
  };
}

function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
