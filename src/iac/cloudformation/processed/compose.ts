import type { Json } from '../../../base/json.js';
import { effectiveEntries, get, jsonOf, type Node } from '../../../syntax/node.js';
import type { EvaluatedResource } from '../../../value/evaluated.js';
import { type MapValue, memberOf, type Value } from '../../../value/value.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import type { Template } from '../template/parse.js';
import { rewritingMacro } from '../template/transforms.js';
import { eventOf, expectedOf, wholeOf } from './expected.js';
import { allValues, overlay } from './overlay.js';
import { nodesOf, type Owners, serverlessKind } from './owners.js';
import { HASHED, NAMED_BY_EVENTS, PARTS, PASSED, PASSED_BY_EVENTS, PERMITTED, PUBLISHED } from './places.js';
import { remainderOf, startsOf } from './remainder.js';

/** A source, what it evaluates to, and what CloudFormation's version of it evaluates to with the same parameters. */
export interface Version {
  template: Template;
  said: EvaluatedTemplate;
  made: EvaluatedTemplate;
}

/** What a source comes to when what was made of it is laid under it. */
export interface Composed extends EvaluatedTemplate {
  /** What each of its resources says that is not passed on as it is, by logical ID. */
  remainders: ReadonlyMap<string, Json>;
  /** Values of `Globals` and of resources that stand in what is made, by where they begin. */
  starts: ReadonlySet<number>;
}

/**
 * Composes what a version of a source comes to from what was made of the deployed one, `base`: each made resource, with
 * the values of the source in it wherever those are passed on as they are, and the resources of which nothing was made yet.
 * A resource whose owner is gone is left out.
 */
export function compose(base: Version, now: Version, owners: Owners): Composed {
  const taken = new Set<Value>();
  const twice = new Set<Value>();
  const resources = new Map<string, EvaluatedResource>();
  for (const made of now.made.resources.values()) {
    const owner = owners.get(made.logicalId);
    const source = now.said.resources.get(owner ?? '');
    if (owner !== undefined && source === undefined) continue;
    resources.set(made.logicalId, composed(made, source, base, now, taken));
    if (source?.logicalId === made.logicalId) for (const each of usedTwice(now.said, source)) twice.add(each);
  }
  const owned = new Set(owners.values());
  for (const [logicalId, resource] of now.said.resources) {
    const isMade = owned.has(logicalId) || base.said.resources.get(logicalId)?.presence === 'present';
    if (!isMade || resource.presence === 'absent') resources.set(logicalId, resource);
  }
  const passed = new Set([...taken].filter((each) => !twice.has(each)));
  const starts = startsOf(passed, now.template.source);
  const remainders = new Map(
    [...nodesOf(now.template, now.said)].map(([key, node]): [string, Json] => [key, remainderOf(node, starts)]),
  );
  return { ...now.said, resources, remainders, starts, others: othersOf(now, remainders) };
}

function composed(
  made: EvaluatedResource,
  source: EvaluatedResource | undefined,
  base: Version,
  now: Version,
  taken: Set<Value>,
): EvaluatedResource {
  if (source === undefined) return made;
  const { logicalId: owner, range, keyRange } = source;
  const partRange = eventOf(source.properties, owner, made)?.keyRange;
  const head = {
    ...made,
    source: now.template.source,
    range,
    keyRange,
    ...(owner === made.logicalId ? {} : { sourceId: owner }),
    ...(partRange === undefined ? {} : { partRange }),
  };
  const [was, is] = [expectedOf(base.said, owner, made), expectedOf(now.said, owner, made)];
  const deployed = base.made.resources.get(made.logicalId)?.properties;
  if (was === undefined || is === undefined || deployed === undefined) return head;
  const whole = isWhole(base, source);
  if (whole && base.template !== now.template) return head;
  const own = whole ? new Set<Value>() : taken;
  const at = { base: { made: deployed, said: was }, said: is, taken: own, mayGain: gainsOf(now.said, source, made) };
  return { ...head, properties: overlay(made.properties, at) as MapValue };
}

/** Whether every change of a resource's source changes more of what is made than one value. */
function isWhole({ said }: Version, source: EvaluatedResource): boolean {
  if (rewritingMacro(said.transforms) !== undefined || HASHED.has(source.type)) return true;
  const everything = wholeOf(said, source).entries.get('AutoPublishAliasAllProperties');
  return everything?.kind === 'scalar' && everything.value === true;
}

/** Values that are passed on, and of which something else is made, too: a hash or a name in a logical ID, what a role may do, or who may call it. */
function usedTwice(said: EvaluatedTemplate, source: EvaluatedResource): Value[] {
  const own = source.properties.entries;
  const whole = wholeOf(said, source).entries;
  const kind = serverlessKind(source.type);
  const url = whole.get('FunctionUrlConfig');
  return [
    ...(whole.has('AutoPublishAlias') ? PUBLISHED.flatMap((key) => allValues(own.get(key))) : []),
    ...(kind === 'Function' && url !== undefined ? allValues(memberOf(url, 'AuthType')) : []),
    ...(kind?.endsWith('Api') ? allValues(whole.get('StageName')) : []),
    ...(kind === 'Function' && !whole.has('Role') ? PERMITTED.flatMap((key) => allValues(whole.get(key))) : []),
    // What is in it makes no difference to the role; that it is there does.
    ...(kind === 'Function' && !whole.has('Role') ? [whole.get('VpcConfig') ?? []].flat() : []),
    ...eventsOf(whole).flatMap((event) => NAMED_BY_EVENTS.flatMap((key) => allValues(memberOf(event, key)))),
  ];
}

/** The properties of each event. */
function eventsOf(whole: ReadonlyMap<string, Value>): Value[] {
  const events = whole.get('Events');
  return [...(events?.kind === 'map' ? events.entries.values() : [])].flatMap(
    (each) => memberOf(each, 'Properties') ?? [],
  );
}

/** The properties that a source may gain so that the made resource has them, too. */
function gainsOf(
  said: EvaluatedTemplate,
  source: EvaluatedResource,
  made: EvaluatedResource,
): (key: string) => boolean {
  const kind = serverlessKind(source.type);
  if (kind === undefined) return () => source.type === made.type;
  if (source.logicalId !== made.logicalId) {
    const ofEvent =
      eventOf(wholeOf(said, source), source.logicalId, made)?.properties && PASSED_BY_EVENTS.get(made.type);
    return (key) => (ofEvent ? ofEvent.has(key) : PARTS.has(made.type));
  }
  const passed = PASSED.get(kind);
  return (key) => passed?.has(key) ?? false;
}

/** What an edit has to leave alone: conditions, and all that goes into what is made without being passed on as it is. */
function othersOf({ template, said }: Version, remainders: ReadonlyMap<string, Json>): EvaluatedTemplate['others'] {
  const sections = effectiveEntries(template.root).filter(({ key }) => !FREE.has(key));
  return new Map<string, ReadonlyMap<string, unknown>>([
    ...said.others,
    ['what else is made of the template', new Map(sections.map(({ key, value }) => [key, jsonOf(value)]))],
    ['what else is made of a resource', remainders],
  ]);
}

/** Sections that are looked at by themselves, or that nothing is made of. */
const FREE = new Set(['Resources', 'Outputs', 'Parameters', 'Description', 'Metadata', 'Rules']);

/** The node of a section's entry. */
export function sectionNode({ root }: Pick<Template, 'root'>, ...keys: string[]): Node | undefined {
  return keys.reduce<Node | undefined>((node, key) => get(node, key), root);
}
