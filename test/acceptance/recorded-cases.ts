import type { Json, JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import type { CompareContext, Sibling } from '../../src/compare/comparing.js';
import type { Comparison } from '../../src/model/comparison.js';
import { loadResourceTypes } from '../../src/resource-type/index-file.js';
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
  const { accountId, region, kmsAliasTargets, stackTags } = one.context;
  const context: CompareContext = {
    accountId,
    region,
    siblings: siblingsOf(one),
    ...(kmsAliasTargets ? { kmsAliasTargets } : {}),
    ...(stackTags ? { stackTags } : {}),
  };
  const desired = withUnresolved(one.declared) as PlainObject;
  return compareResource({
    type: one.type,
    resourceType: loadResourceTypes().get(one.type),
    desired,
    live,
    partial: false,
    context,
  });
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

function withUnresolved(value: Json): Plain {
  if (Array.isArray(value)) return value.map(withUnresolved);
  if (typeof value !== 'object' || value === null) return value;
  if (value['$unresolved'] === true) return unresolved('it could not be evaluated');
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withUnresolved(each)]));
}
