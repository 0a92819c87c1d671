import type { Json, JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import type { CompareContext, CompareInput, Sibling } from '../../src/compare/comparing.js';
import type { ResourceType } from '../../src/compare/resource-type.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Comparison } from '../../src/model/comparison.js';
import { type Plain, type PlainObject, unresolved } from '../../src/value/value.js';

/** A line of ../shared/recorded/cases.jsonl.gz; its README says what the fields are. */
export interface RecordedCase {
  id: string;
  type: string;
  logicalId: string;
  physicalId: string;
  declared: JsonObject;
  live: JsonObject;
  drift: string[];
  unreadable: string[];
  context: {
    accountId: string;
    region: string;
    kmsAliasTargets?: Record<string, string>;
    stackTags?: Record<string, string>;
    siblingSgRules?: Record<string, { ingress: JsonObject[]; egress: JsonObject[] }>;
  };
}

export function compareCase(one: RecordedCase, live: JsonObject = one.live): Promise<Comparison> {
  return compareResource(inputOf(one, live));
}

/** What comparing a recorded resource takes; another version of the comparison has types and unresolved values of its own. */
export function inputOf(
  one: RecordedCase,
  live: JsonObject = one.live,
  schemas: { get(name: string): ResourceType | undefined } = cloudFormationTypes,
  open: (message: string) => Plain = unresolved,
): CompareInput {
  const { accountId, region, kmsAliasTargets, stackTags } = one.context;
  const context: CompareContext = {
    accountId,
    region,
    siblings: siblingsOf(one),
    ...(kmsAliasTargets ? { kmsAliasTargets } : {}),
    ...(stackTags ? { stackTags } : {}),
  };
  const desired = withUnresolved(one.declared, open) as PlainObject;
  const typed = { types: cloudFormationTypes, type: one.type, resourceType: schemas.get(one.type) };
  return { ...typed, desired, live, partial: false, context };
}

/** The rules that other resources of the stack make, as the resources that a scan would have found. */
function siblingsOf({ context }: RecordedCase): Sibling[] {
  return Object.entries(context.siblingSgRules ?? {}).flatMap(([groupId, { ingress, egress }]) => [
    ...ingress.map((live) => sibling('AWS::EC2::SecurityGroupIngress', groupId, live)),
    ...egress.map((live) => sibling('AWS::EC2::SecurityGroupEgress', groupId, live)),
  ]);
}

function sibling(type: string, groupId: string, live: JsonObject): Sibling {
  return { type, logicalId: 'Rule', physicalId: '', desired: { ...live, GroupId: groupId }, live };
}

function withUnresolved(value: Json, open: (message: string) => Plain): Plain {
  if (Array.isArray(value)) return value.map((item) => withUnresolved(item, open));
  if (typeof value !== 'object' || value === null) return value;
  if (value['$unresolved'] === true) return open('it could not be evaluated');
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withUnresolved(each, open)]));
}
