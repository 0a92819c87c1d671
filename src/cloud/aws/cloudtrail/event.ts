import type { Event } from '@aws-sdk/client-cloudtrail';
import type { Json, JsonObject } from '../../../base/json.js';
import { objectIn, objectOf, textIn } from '../../../base/json-members.js';

/** A call as CloudTrail tells it. */
export interface TrailEvent {
  id: string;
  name: string;
  time: string;
  /** The first label of `eventSource`. */
  service: string;
  principal?: string;
  byService: boolean;
  via?: string;
  sourceIp?: string;
  /** A deployment of a stack made it. */
  isDeployment: boolean;
  parameters: Json;
  answer: Json;
}

/** Ends the names of AWS's services. */
const SERVICE = /\.amazonaws\.com(?:\.cn)?$/;
const DEPLOYMENT = /^(?:cloudformation|cloudcontrolapi)\.amazonaws\.com/;

/** A successful call that may have written something; undefined for what failed, only reads, or can't be understood. */
export function trailEvent({
  CloudTrailEvent: text = '',
  EventId,
  EventName,
  EventTime,
}: Event): TrailEvent | undefined {
  const said = objectOf(text);
  if (said === undefined) return undefined;
  const name = textIn(said, 'eventName') ?? EventName;
  const time = textIn(said, 'eventTime') ?? EventTime?.toISOString();
  const id = textIn(said, 'eventID') ?? EventId;
  if (name === undefined || id === undefined || time === undefined || Number.isNaN(Date.parse(time))) return undefined;
  if (textIn(said, 'errorCode') !== undefined || said['readOnly'] === true) return undefined;
  const identity = objectIn(said, 'userIdentity');
  const sourceIp = textIn(said, 'sourceIPAddress');
  const invoker = [textIn(identity, 'invokedBy'), sourceIp].find((each) => each !== undefined && SERVICE.test(each));
  const principal = invoker ?? textIn(identity, 'arn');
  const via = viaOf(said);
  return {
    id,
    name,
    time: new Date(time).toISOString(),
    service: (textIn(said, 'eventSource') ?? '').replace(SERVICE, ''),
    ...(principal === undefined ? {} : { principal }),
    byService: invoker !== undefined,
    ...(via === undefined ? {} : { via }),
    ...(sourceIp === undefined || SERVICE.test(sourceIp) ? {} : { sourceIp }),
    isDeployment: invoker !== undefined && DEPLOYMENT.test(invoker),
    parameters: said['requestParameters'] ?? null,
    answer: said['responseElements'] ?? null,
  };
}

/** `console`, or the first product that the user agent names: `aws-cli/2.31`. */
function viaOf(said: JsonObject): string | undefined {
  const agent = textIn(said, 'userAgent') ?? '';
  if (String(said['sessionCredentialFromConsole']) === 'true' || /^(?:console|signin)\.amazonaws\.com/.test(agent))
    return 'console';
  return /^\[?([\w.-]+\/[\w.-]+)/.exec(agent)?.[1];
}
