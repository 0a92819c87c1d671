import { isObject, type Json, type JsonObject } from '../base/json.js';
import { asText } from '../base/text.js';
import type { Plain, PlainObject } from '../value/value.js';
import type { CompareInput, Sibling } from './comparing.js';

/** A type whose resources show up as elements of a list in another resource's live model. */
interface Membership {
  type: string;
  parent: string;
  /** The property that names the parent, or several. */
  parentId: string;
  list: string;
  /** What the element has in common with the resource. */
  sameAs: (element: Plain, sibling: Sibling) => boolean;
}

const MEMBERSHIPS: readonly Membership[] = [
  ...['Ingress', 'Egress'].map((direction) => ({
    type: `AWS::EC2::SecurityGroup${direction}`,
    parent: 'AWS::EC2::SecurityGroup',
    parentId: 'GroupId',
    list: `SecurityGroup${direction}`,
    sameAs: isSameRule,
  })),
  ...['Role', 'User', 'Group'].flatMap((principal) =>
    [
      { type: 'AWS::IAM::Policy', parentId: `${principal}s`, list: 'Policies', sameAs: hasSamePolicyName },
      {
        type: `AWS::IAM::${principal}Policy`,
        parentId: `${principal}Name`,
        list: 'Policies',
        sameAs: hasSamePolicyName,
      },
      { type: 'AWS::IAM::ManagedPolicy', parentId: `${principal}s`, list: 'ManagedPolicyArns', sameAs: isPhysicalId },
    ].map((membership) => ({ ...membership, parent: `AWS::IAM::${principal}` })),
  ),
  {
    type: 'AWS::IAM::UserToGroupAddition',
    parent: 'AWS::IAM::User',
    parentId: 'Users',
    list: 'Groups',
    sameAs: (element, { desired }) => element === desired['GroupName'],
  },
];

/** The two models to compare: the live one without what other resources of the stack put into its lists. */
export function comparableModels({ type, desired, live, context }: CompareInput): {
  desired: PlainObject;
  live: JsonObject;
} {
  const memberships = MEMBERSHIPS.filter(({ parent, list }) => parent === type && Array.isArray(live[list]));
  if (memberships.length === 0 || context.siblings === undefined) return { desired, live };
  const own = { ...live };
  for (const membership of memberships) {
    const siblings = context.siblings.filter((sibling) => belongsTo(sibling, membership, live));
    if (siblings.length > 0) own[membership.list] = without(own, desired, siblings, membership);
  }
  return { desired, live: own };
}

function belongsTo(sibling: Sibling, { type, parentId }: Membership, parent: JsonObject): boolean {
  if (sibling.type !== type) return false;
  const ids = [sibling.desired[parentId] ?? []].flat();
  return ids.some((id) => typeof id === 'string' && Object.values(parent).includes(id));
}

/** The list without one element for each sibling, but for those that the resource declares itself. */
function without(
  live: JsonObject,
  desired: PlainObject,
  siblings: readonly Sibling[],
  { list, sameAs }: Membership,
): Json {
  const items = [live[list] ?? []].flat();
  const declared = desired[list];
  for (const sibling of siblings) {
    if (Array.isArray(declared) && declared.some((element) => sameAs(element, sibling))) continue;
    const at = items.findIndex((item) => sameAs(item, sibling));
    if (at !== -1) items.splice(at, 1);
  }
  return items;
}

/** Whether every property of a rule that both have is the same, and they have some in common. */
function isSameRule(element: Plain, { desired, live }: Sibling): boolean {
  if (!isObject(element)) return false;
  const rule: Record<string, unknown> = { ...desired, ...live };
  const shared = Object.keys(element).filter((key) => Object.hasOwn(rule, key));
  return shared.length > 1 && shared.every((key) => asText(element[key]) === asText(rule[key]));
}

function hasSamePolicyName(element: Plain, { desired, live }: Sibling): boolean {
  return isObject(element) && element['PolicyName'] === (live['PolicyName'] ?? desired['PolicyName']);
}

function isPhysicalId(element: Plain, { physicalId }: Sibling): boolean {
  return element === physicalId;
}
