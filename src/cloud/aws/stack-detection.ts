import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import pLimit, { type LimitFunction } from 'p-limit';
import { DriftError } from '../../base/errors.js';
import type { StackTarget } from '../cloud.js';
import { reasonOf, requestError } from './errors.js';
import { allPages } from './pages.js';
import type { AwsSession } from './session.js';

/** What AWS's drift detection of a stack came to. */
export interface StackDetection {
  /** By logical ID; types that it does not check are left out. */
  drifts: ReadonlyMap<string, StackResourceDrift>;
  /** Why not all resources could be checked, if so. */
  failure?: string;
}

/** Detects a stack's drift once, however often it is asked for. Throws a `DriftError` (code `provider`, `credentials`). */
export type DetectStack = (target: StackTarget) => Promise<StackDetection>;

/** AWS publishes no limit for an account and region; each detection makes it read all resources of a stack. */
const STACKS_AT_A_TIME = 10;
/** AWS takes some seconds for a small stack, minutes for a large one. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
const PATIENCE_MS = 30 * 60_000;

/**
 * Where AWS detects drift
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html; for imports
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html).
 */
const DETECTABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/**
 * CloudFormation's drift detection by the stack: starts it, polls it with growing waits, and reads all pages of results.
 * A detection that somebody else has under way is joined: CloudFormation runs one a stack at a time.
 */
export function createStackDetection(session: AwsSession): DetectStack {
  const detections = new Map<string, Promise<StackDetection>>();
  const limits = new Map<string, LimitFunction>();

  async function detect(target: StackTarget): Promise<StackDetection> {
    const wait = patience(session, target);
    let baseline: number | undefined;
    for (;;) {
      const id = await start(session, target);
      if (id !== undefined) return follow(session, target, id, wait);
      baseline ??= await lastCheck(session, target);
      await wait();
      // It has moved on since the detection was known to run, so that one has ended; if not, it can be our turn.
      if ((await lastCheck(session, target)) <= baseline) continue;
      const drifts = await readDrifts(session, target);
      if ([...drifts.values()].every((drift) => timeOf(drift.Timestamp) > (baseline ?? 0))) return { drifts };
    }
  }

  return (target) => {
    const place = `${target.region} ${target.roleArn ?? ''}`;
    const key = `${place} ${target.name}`;
    const limit = limits.get(place) ?? pLimit(STACKS_AT_A_TIME);
    limits.set(place, limit);
    const known = detections.get(key) ?? limit(() => explained(target, () => detect(target)));
    detections.set(key, known);
    return known;
  };
}

/** Starts a detection and tells its ID; undefined when there is one under way. */
async function start(session: AwsSession, target: StackTarget): Promise<string | undefined> {
  try {
    const answer = await session.cloudFormation(target, (client) =>
      client.detectStackDrift({ StackName: target.name }),
    );
    return answer.StackDriftDetectionId ?? '';
  } catch (error) {
    // It has no error code of its own: "Drift detection is already in progress for stack …".
    if (error instanceof Error && /already in progress/i.test(error.message)) return undefined;
    throw (await wrongStatus(session, target, error)) ?? error;
  }
}

async function follow(
  session: AwsSession,
  target: StackTarget,
  id: string,
  wait: () => Promise<void>,
): Promise<StackDetection> {
  for (;;) {
    const status = await session.cloudFormation(target, (client) =>
      client.describeStackDriftDetectionStatus({ StackDriftDetectionId: id }),
    );
    if (status.DetectionStatus === 'DETECTION_IN_PROGRESS') {
      await wait();
      continue;
    }
    const drifts = await readDrifts(session, target);
    if (status.DetectionStatus === 'DETECTION_COMPLETE') return { drifts };
    // What it could not check may still be told as an earlier detection found it.
    const since = timeOf(status.Timestamp);
    const fresh = [...drifts].filter(([, drift]) => timeOf(drift.Timestamp) >= since);
    return { drifts: new Map(fresh), failure: status.DetectionStatusReason ?? 'no reason was given' };
  }
}

async function readDrifts(session: AwsSession, target: StackTarget): Promise<Map<string, StackResourceDrift>> {
  const drifts = await allPages(async (token) => {
    const page = await session.cloudFormation(target, (client) =>
      client.describeStackResourceDrifts({ StackName: target.name, MaxResults: 100, NextToken: token }),
    );
    return { items: page.StackResourceDrifts, next: page.NextToken };
  });
  return new Map(drifts.map((drift) => [drift.LogicalResourceId ?? '', drift]));
}

/** When the stack was last checked, in ms; 0 for never. */
async function lastCheck(session: AwsSession, target: StackTarget): Promise<number> {
  const answer = await session.cloudFormation(target, (client) => client.describeStacks({ StackName: target.name }));
  return timeOf(answer.Stacks?.[0]?.DriftInformation?.LastCheckTimestamp);
}

function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}

/** AWS refuses stacks that are being changed, or never were whole, in words that don't say what to do. */
async function wrongStatus(session: AwsSession, target: StackTarget, cause: unknown): Promise<DriftError | undefined> {
  if (!(cause instanceof Error) || cause.name !== 'ValidationError') return undefined;
  const answer = await session
    .cloudFormation(target, (client) => client.describeStacks({ StackName: target.name }))
    .catch(() => undefined);
  const status = answer?.Stacks?.[0]?.StackStatus;
  if (status === undefined || DETECTABLE.has(status)) return undefined;
  const message = `AWS detects no drift of stack ${target.name} in ${target.region} while it is ${status}`;
  const hint = status.endsWith('IN_PROGRESS')
    ? 'scan again when the deployment has ended'
    : 'deploy it, or scan it with --provider aws';
  return new DriftError('provider', [{ code: 'stack-unsettled', message, hint }], { cause });
}

/** Waits longer each time; throws when it has been long enough. */
function patience(session: AwsSession, { name, region }: StackTarget): () => Promise<void> {
  let next = FIRST_WAIT_MS;
  let waited = 0;
  return async () => {
    if (waited >= PATIENCE_MS) {
      const message = `AWS's drift detection of stack ${name} in ${region} has not ended in ${PATIENCE_MS / 60_000} minutes`;
      throw new DriftError('provider', [
        { code: 'cloud-too-slow', message, hint: 'scan again later, or with --provider aws' },
      ]);
    }
    await session.wait(next);
    waited += next;
    next = Math.min(LONGEST_WAIT_MS, next * 2);
  };
}

async function explained<T>(target: StackTarget, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof DriftError) throw error;
    if (error instanceof Error && error.name === 'AbortError')
      throw new DriftError('provider', [{ code: 'cloud-request-failed', message: reasonOf(error) }]);
    throw requestError(error, `detect the drift of stack ${target.name} in ${target.region}`, target);
  }
}
