import { contentText } from '../base/content.js';
import { isObject, type Json, type JsonObject } from '../base/json.js';
import { isPlainMap, type Plain } from '../value/value.js';
import type { Sibling } from './comparing.js';
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

/** Whether a place is the principal of a statement. */
export function isPrincipal({ document, within = [] }: Place): boolean {
  return document === 'policy' && within.length === 2 && /^(?:Not)?Principal$/.test(within[1] ?? '');
}

/** Why two principals of a statement are the same, or can't be told apart; undefined where neither holds. */
export function samePrincipal(
  desired: Plain,
  live: Json,
  siblings: readonly Sibling[],
): { equivalence: string } | { unverifiable: string } | undefined {
  if (contentText(desired) === contentText(live)) return undefined;
  if (isAnyone(desired) && isAnyone(live)) return { equivalence: 'anyone-principal' };
  const canonical = canonicalUser(desired);
  const user = canonicalUser(live) ?? onlyAws(live);
  if (canonical === undefined || user === undefined || canonical === user) return undefined;
  const identity = siblings.find((sibling) => sibling.live['S3CanonicalUserId'] === canonical);
  if (identity !== undefined) {
    const isSame = user.endsWith(`/CloudFront Origin Access Identity ${String(identity.live['Id'])}`);
    return isSame ? { equivalence: 'origin-access-identity' } : undefined;
  }
  return { unverifiable: 'S3 keeps a canonical user as an ARN, and it is not known whose that is' };
}

function canonicalUser(principal: Plain): string | undefined {
  return only(principal, 'CanonicalUser');
}

function onlyAws(principal: Plain): string | undefined {
  return only(principal, 'AWS');
}

/** The one principal of a kind, where there is no other. */
function only(principal: Plain, kind: string): string | undefined {
  if (!isPlainMap(principal) || Object.keys(principal).length !== 1) return undefined;
  const values = [principal[kind] ?? []].flat();
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}

/** `"*"` and `{"AWS": "*"}` (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous). */
function isAnyone(principal: Plain): boolean {
  return principal === '*' || only(principal, 'AWS') === '*';
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
      only(principal, 'Service') === service &&
      sid.test(String(statement['Sid'])) &&
      [statement['Action'] ?? []].flat().every((action) => actions.test(String(action))),
  );
}
