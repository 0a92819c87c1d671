import { isObject, type Json, type JsonObject } from '../base/json.js';
import { asText } from '../base/text.js';
import { isPlainMap, type Plain } from '../value/value.js';
import type { Meaning, Relation } from './meanings/meaning.js';
import { meaning } from './meanings/registry.js';
import type { Place } from './place.js';

/**
 * What API Gateway makes of a resource in a policy: it writes out which API is meant
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html).
 */
const expandedResource: Relation = {
  name: 'execute-api-resource',
  holds(desired, live) {
    const rest = /^(?:arn:[\w*-]+:execute-api:[\w*-]*:[\d*]*:|execute-api:\/?)(.*)$/.exec(desired)?.[1];
    const whole = /^arn:[\w-]+:execute-api:[\w-]*:\d*:([a-z0-9]+)\/(.*)$/.exec(live);
    if (rest === undefined || whole === null) return false;
    const [, api, path] = whole;
    return rest === path || rest === `${api}/${path}` || rest === `*/${path}` || (rest === '*' && path === '*');
  },
};

const RESOURCE: Meaning = { name: 'text', forms: [], stands: [expandedResource] };

/** What stands at a place inside an IAM policy; undefined: a text as it is written. */
export function policyMeaning({ within = [] }: Place): Meaning | undefined {
  const [first, key] = within;
  if (first !== 'Statement') return undefined;
  if (key === 'Principal' || key === 'NotPrincipal') return meaning('principal');
  return key === 'Resource' || key === 'NotResource' ? RESOURCE : undefined;
}

/** Labels as services number or generate them; a person writes words. */
const GENERATED_SID = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Whether a live-only key of a policy says nothing: the version that holds without one, a label that AWS gave. */
export function isPolicyDefault(key: string, value: Json, { within = [] }: Place): boolean {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  if (within.length === 0) return key === 'Version' && value === '2008-10-17';
  return key === 'Sid' && within.length === 1 && typeof value === 'string' && GENERATED_SID.test(value);
}

/**
 * Statements that AWS adds to policies of buckets and log groups when logs are delivered there, by the service that they
 * admit and how their labels begin
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html).
 */
const SERVICE_STATEMENTS: readonly { service: string; sid: RegExp; actions: RegExp }[] = [
  {
    service: 'delivery.logs.amazonaws.com',
    sid: /^AWSLogDelivery/,
    actions: /^(?:s3:PutObject|s3:GetBucketAcl|s3:ListBucket|logs:CreateLogStream|logs:PutLogEvents)$/,
  },
];

/** Whether a live-only statement is one that AWS adds itself. */
export function isServiceStatement(statement: Json): boolean {
  if (!isObject(statement) || statement['Effect'] !== 'Allow') return false;
  const principal: JsonObject = isObject(statement['Principal']) ? statement['Principal'] : {};
  return SERVICE_STATEMENTS.some(
    ({ service, sid, actions }) =>
      onlyService(principal) === service &&
      sid.test(asText(statement['Sid'])) &&
      [statement['Action'] ?? []].flat().every((action) => actions.test(asText(action))),
  );
}

/** The one service that a statement admits, where it admits nobody else. */
function onlyService(principal: Plain): string | undefined {
  if (!isPlainMap(principal) || Object.keys(principal).length !== 1) return undefined;
  const values = [principal['Service'] ?? []].flat();
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}
