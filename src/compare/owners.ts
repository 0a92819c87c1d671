import type { Json, JsonObject } from '../base/json.js';
import { segments } from '../base/json-pointer.js';
import { asText } from '../base/text.js';
import { isKnown, isPlainMap, type Plain, type PlainObject, valueAt } from '../value/value.js';
import type { Sibling } from './comparing.js';
import { protocol } from './meanings/network.js';
import type { ChildKind, Models, Naming, TypeSystem } from './types.js';

/** A resource with what other resources may have put into its lists. */
export interface Parent extends Models {
  types: TypeSystem;
  type: string;
  /** What CloudFormation calls it; a partial model lacks it. */
  physicalId?: string | undefined;
}

/** An element of a live list that another resource declares. */
export interface Owned {
  /** The list that it stands in. */
  path: string;
  owner: Sibling;
}

/** The live model without what the other resources put into its lists, and what that was. */
export function withoutChildren(parent: Parent, others: readonly Sibling[]): { live: JsonObject; owned: Owned[] } {
  const owned: Owned[] = [];
  let { live } = parent;
  const identifiers = identifiersOf(parent);
  for (const kind of parent.types.childKindsOf(parent.type)) {
    const list = valueAt(live, kind.list);
    if (!Array.isArray(list)) continue;
    const children = others.filter((other) => other.type === kind.child && isChildOf(other, kind, identifiers));
    const left = withoutThose(list as Json[], valueAt(parent.desired, kind.list), children, kind, owned);
    if (left.length < list.length) live = withList(live, segments(kind.list), left);
  }
  return { live, owned };
}

/** What another resource may call this one. */
export function identifiersOf({ live, physicalId }: Pick<Parent, 'live' | 'physicalId'>): string[] {
  return [physicalId, ...Object.values(live)].filter((value) => typeof value === 'string');
}

function isChildOf(child: Sibling, { parentId }: ChildKind, identifiers: readonly string[]): boolean {
  return namedBy(child, parentId).some((id) => typeof id === 'string' && identifiers.includes(id));
}

/** What a resource has at a property: what is declared, and what is live. */
export function namedBy({ desired, live }: Models, property: string): Plain[] {
  return [desired[property], live[property]].flatMap((value) => value ?? []);
}

/**
 * The list without one element for each child, or all that the child lists, but for those that the parent declares
 * itself.
 */
function withoutThose(
  live: readonly Json[],
  declared: Plain | undefined,
  children: readonly Sibling[],
  { list, naming }: ChildKind,
  owned: Owned[],
): Json[] {
  const left = [...live];
  const own = Array.isArray(declared) ? declared : [];
  for (const owner of children) {
    const isMade = (element: Plain) => isNamed(element, owner, naming);
    const made = left.filter((element) => isMade(element) && !own.some((one) => isMade(one) && sameName(one, element)));
    const taken = naming.by === 'members' ? made : own.some(isMade) ? [] : made.slice(0, 1);
    for (const element of taken) {
      left.splice(left.indexOf(element), 1);
      owned.push({ path: list, owner });
    }
  }
  return left;

  function sameName(one: Plain, element: Json): boolean {
    return naming.by !== 'members' || isSameMember(one, element, naming.key);
  }
}

function isNamed(element: Plain, child: Sibling, naming: Naming): boolean {
  switch (naming.by) {
    case 'id':
      return element === child.physicalId && child.physicalId !== '';
    case 'keys':
      return Object.entries(naming.keys).every(([member, property]) => {
        const value = memberOrSelf(element, member);
        return value !== undefined && namedBy(child, property).includes(value);
      });
    case 'members':
      return namedBy(child, naming.property).some((one) => isSameMember(one, element, naming.key));
    case 'shared':
      return isSameRule(element, child);
  }
}

/** A list of names holds what a list of objects has under the key. */
function memberOrSelf(element: Plain, member: string): Plain | undefined {
  return isPlainMap(element) ? valueAt(element, member) : element;
}

function isSameMember(one: Plain, other: Plain, key: string | undefined): boolean {
  const [left, right] = [one, other].map((each) => (key === undefined ? each : valueAt(each, `/${key}`)));
  return left !== undefined && isKnown(left) && left === right;
}

/** Whether every property of an element that the child has, too, is the same, and they have more than one in common. */
function isSameRule(element: Plain, { desired, live }: Sibling): boolean {
  if (!isPlainMap(element)) return false;
  const rule: PlainObject = { ...desired, ...live };
  const shared = Object.keys(element).filter((key) => Object.hasOwn(rule, key));
  return shared.length > 1 && shared.every((key) => ruleText(element[key], key) === ruleText(rule[key], key));
}

function ruleText(value: Plain | undefined, key: string): string {
  return key === 'IpProtocol' ? protocol.of(asText(value)) : asText(value);
}

/** A model with another list at a place. */
export function withList(model: JsonObject, [key = '', ...rest]: readonly string[], list: Json[]): JsonObject {
  const inner = rest.length === 0 ? list : withList((model[key] ?? {}) as JsonObject, rest, list);
  return { ...model, [key]: inner };
}
