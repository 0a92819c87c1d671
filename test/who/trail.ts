import { setImmediate } from 'node:timers/promises';
import type { Json } from '../../src/base/json.js';
import type { Provider } from '../../src/cloud/cloud.js';
import type { Snapshot } from '../../src/cloud/snapshot/snapshot.js';
import type { Who } from '../../src/model/report.js';
import { attribute } from '../../src/who/attribute.js';
import type { Deed } from '../../src/who/event.js';
import { withAws } from '../support/aws.js';
import type { AwsSimulator, startAwsSimulator } from '../support/aws-simulator/server.js';
import type { TrailRecord } from '../support/aws-simulator/state.js';

export const ACCOUNT = '111111111111';
/** When all of it happens, in ms and as texts. */
export const NOW = Date.parse('2026-11-21T00:00:00Z');
export const DEPLOYED = '2026-11-10T00:00:00.000Z';

const EMPTY: Snapshot = { snapshotVersion: 1, capturedAt: DEPLOYED, account: ACCOUNT, regions: {} };

let counted = 0;

/** A call as CloudTrail records it; `call` is over what is usual. */
export function recorded(
  source: string,
  name: string,
  time: string,
  requestParameters: Json,
  {
    by = 'arn:aws:iam::111111111111:user/alice',
    names = [],
    ...call
  }: { by?: string | undefined; names?: string[]; [key: string]: unknown } = {},
): TrailRecord {
  counted += 1;
  const EventId = `00000000-0000-0000-0000-${String(counted).padStart(12, '0')}`;
  const said = {
    userIdentity: { type: 'IAMUser', arn: by },
    eventTime: time,
    eventSource: source,
    eventName: name,
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.31 exec-env/x',
    requestParameters,
    responseElements: null,
    eventID: EventId,
    readOnly: false,
    ...call,
  };
  const Resources = names.map((ResourceName) => ({ ResourceName }));
  return { EventId, EventName: name, EventTime: time, EventSource: source, Resources, CloudTrailEvent: said };
}

/** A change whose author is asked for. */
export interface Asked {
  type: string;
  physicalId: string;
  path: string;
  live?: Json;
  texts?: Record<string, string>;
  properties?: string[];
  deed?: Deed;
  since?: string | undefined;
}

export type Ask = (asked: Asked) => Promise<Who>;

/**
 * Runs a test against a trail, by the real SDK and a clock of its own, which goes on only when the tool waits; CloudTrail
 * takes two requests a second of that clock.
 */
export async function withTrail(
  events: Record<string, TrailRecord[]>,
  run: (ask: Ask, aws: AwsSimulator) => Promise<void>,
  {
    budget = 10_000,
    region = 'eu-west-1',
    ...options
  }: Partial<Parameters<typeof startAwsSimulator>[0]> & { budget?: number; region?: string } = {},
): Promise<void> {
  let ms = NOW;
  const now = () => ms;
  let waits = 0;
  let arrived: () => number = () => 0;
  async function wait(more: number): Promise<void> {
    waits += 1;
    while (arrived() < waits) await setImmediate();
    ms += more;
  }
  await withAws(
    { accounts: { [ACCOUNT]: EMPTY }, trail: { events, now }, now, ...options },
    async (provider, aws) => {
      arrived = () => aws.calls['LookupEvents'] ?? 0;
      await run((asked) => whoOf(provider, region, asked), aws);
    },
    { whoBudget: budget, now, wait },
  );
}

async function whoOf(provider: Provider, region: string, asked: Asked): Promise<Who> {
  const { type, physicalId, path, live, texts = {}, properties = [], deed = 'update' } = asked;
  const since = 'since' in asked ? asked.since : DEPLOYED;
  const writes = await provider.writesTo?.({ region, type, physicalId, texts, deed, paths: [path], since });
  const change = { deed, path, properties, ...(live === undefined ? {} : { live }) };
  return attribute(change, writes?.events ?? [], { reason: writes?.reason ?? '' });
}
