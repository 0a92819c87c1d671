import { AwsError, type Call, type Cloud, type TrailRecord } from './state.js';

const PAGE = 50;
const KEYS = ['EventId', 'EventName', 'ReadOnly', 'Username', 'EventSource', 'AccessKeyId'] as const;
/** How long events are kept. */
const KEPT_S = 90 * 24 * 60 * 60;

/** CloudTrail's history of a region: newest first, by one attribute, in pages whose token is good for the same question only. */
export function cloudTrail(cloud: Cloud, { account, region, operation, input }: Call): Record<string, unknown> {
  if (operation !== 'LookupEvents') throw new AwsError('UnknownOperationException', '');
  const { LookupAttributes: attributes = [], StartTime, EndTime, MaxResults = PAGE, NextToken, ...rest } = input;
  if (!Array.isArray(attributes) || attributes.length > 1)
    throw refusal('InvalidLookupAttributes', 'one attribute at most');
  if (rest['EventCategory'] !== undefined) throw refusal('InvalidEventCategory', 'insight alone');
  if (typeof MaxResults !== 'number' || MaxResults < 1 || MaxResults > PAGE)
    throw refusal('InvalidMaxResults', '1 to 50');
  const [from, to] = [Number(StartTime ?? 0), Number(EndTime ?? Number.POSITIVE_INFINITY)];
  if (from > to) throw refusal('InvalidTimeRange', 'the start is after the end');
  const asked = Buffer.from(JSON.stringify([attributes, StartTime, EndTime])).toString('base64url');
  const [ofQuestion, start = '0'] = typeof NextToken === 'string' ? NextToken.split('.') : [asked];
  if (ofQuestion !== asked) throw refusal('InvalidNextToken', 'it is of another question');
  const oldest = (cloud.trail?.now?.() ?? Date.now()) / 1000 - KEPT_S;
  const found = (cloud.trail?.events[`${account} ${region}`] ?? [])
    .filter((event) => secondsOf(event) >= Math.max(from, oldest) && secondsOf(event) <= to)
    .filter((event) => attributes.every((attribute) => hasAttribute(event, attribute)))
    .sort((one, other) => secondsOf(other) - secondsOf(one));
  const end = Number(start) + MaxResults;
  return {
    Events: found.slice(Number(start), end).map(told),
    ...(end < found.length ? { NextToken: `${asked}.${end}` } : {}),
  };
}

function hasAttribute(event: TrailRecord, attribute: { AttributeKey?: string; AttributeValue?: string }): boolean {
  const { AttributeKey: key = '', AttributeValue: value } = attribute;
  if (key === 'ResourceName' || key === 'ResourceType')
    return (event.Resources ?? []).some((one) => one[key] === value);
  const known = KEYS.find((each) => each === key);
  if (known === undefined) throw refusal('InvalidLookupAttributes', key);
  return event[known] === value;
}

function told({ EventTime, CloudTrailEvent, ...event }: TrailRecord): object {
  const text = typeof CloudTrailEvent === 'string' ? CloudTrailEvent : JSON.stringify(CloudTrailEvent);
  return { ReadOnly: 'false', Resources: [], ...event, EventTime: Date.parse(EventTime) / 1000, CloudTrailEvent: text };
}

function secondsOf({ EventTime }: TrailRecord): number {
  return Date.parse(EventTime) / 1000;
}

function refusal(name: string, message: string): AwsError {
  return new AwsError(`${name}Exception`, message);
}
