import { isObject, type Json, type JsonObject } from '../../json.js';
import type { PlainObject } from '../../template/value.js';
import type { CompareInput } from './compare.js';

/** Another resource of the same stack. */
export interface Sibling {
  logicalId: string;
  type: string;
  physicalId: string;
  desired: PlainObject;
  live: JsonObject;
}

/** Types whose resources show up as elements of a list in another resource's live model. */
const ELEMENTS_OF: readonly { type: string; parent: string; parentId: string; list: string }[] = [
  {
    type: 'AWS::EC2::SecurityGroupIngress',
    parent: 'AWS::EC2::SecurityGroup',
    parentId: 'GroupId',
    list: 'SecurityGroupIngress',
  },
  {
    type: 'AWS::EC2::SecurityGroupEgress',
    parent: 'AWS::EC2::SecurityGroup',
    parentId: 'GroupId',
    list: 'SecurityGroupEgress',
  },
  { type: 'AWS::IAM::Policy', parent: 'AWS::IAM::Role', parentId: 'Roles', list: 'Policies' },
  { type: 'AWS::IAM::RolePolicy', parent: 'AWS::IAM::Role', parentId: 'RoleName', list: 'Policies' },
];

/** The two models to compare: the live one without what the resource's own template part does not make. */
export function comparableModels({ type, desired, live, context }: CompareInput): {
  desired: PlainObject;
  live: JsonObject;
} {
  const rules = ELEMENTS_OF.filter(({ parent, list }) => parent === type && Array.isArray(live[list]));
  if (rules.length === 0) return { desired, live };
  const own = { ...live };
  for (const { type: elementType, parentId, list } of rules) {
    const elements = (context.siblings ?? []).filter((sibling) => {
      const parents = [sibling.desired[parentId] ?? null].flat();
      return sibling.type === elementType && parents.some((parent) => Object.values(live).includes(parent as Json));
    });
    own[list] = without(
      own[list],
      elements.map((sibling) => sibling.live),
      desired[list],
    );
  }
  return { desired, live: own };
}

/** The list without one element for each sibling that is like it, keeping those that are declared inline as well. */
function without(list: Json | undefined, siblings: readonly JsonObject[], declared: unknown): Json {
  const items = Array.isArray(list) ? [...list] : [];
  const surplus = items.length - (Array.isArray(declared) ? declared.length : 0);
  for (const sibling of siblings.slice(0, Math.max(surplus, 0))) {
    const at = items.findIndex((item) => isObject(item) && isLike(item, sibling));
    if (at !== -1) items.splice(at, 1);
  }
  return items;
}

/** Whether every property that both have is the same, and there is one. */
function isLike(item: JsonObject, sibling: JsonObject): boolean {
  const shared = Object.keys(item).filter((key) => Object.hasOwn(sibling, key));
  return shared.length > 1 && shared.every((key) => JSON.stringify(item[key]) === JSON.stringify(sibling[key]));
}
