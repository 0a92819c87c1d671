import { effectiveEntries, type MapEntry, type MapNode, type Node, textOf } from '../../../syntax/node.js';
import { type OriginStep, scalarText, type Value } from '../../../value/value.js';
import { MAX_LOOP_ENTRIES } from './limits.js';
import { evaluateNode, mistake, type Scope } from './scope.js';
import { step } from './step.js';

/** A map's entry with loops expanded: its own scope knows the loop variables. */
export interface ExpandedEntry extends MapEntry {
  scope: Scope;
}

/**
 * The entries of a map, `Fn::ForEach::Name: [Variable, Collection, {Key${Variable}: …}]` replaced by what they make
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html).
 */
export function expandEntries(map: MapNode, scope: Scope): ExpandedEntry[] {
  return entriesOf(map, scope) ?? [];
}

/** Undefined where a loop makes too many, so that the loops around it end as well instead of trying it again. */
function entriesOf(map: MapNode, scope: Scope): ExpandedEntry[] | undefined {
  const entries: ExpandedEntry[] = [];
  for (const each of effectiveEntries(map)) {
    if (!each.key.startsWith('Fn::ForEach::')) {
      entries.push({ ...each, key: substituteLoopVariables(each.key, scope), scope });
      continue;
    }
    const expanded = expandLoop(each, scope);
    if (expanded === undefined) return undefined;
    for (const entry of expanded) entries.push(entry);
  }
  return entries;
}

function expandLoop({ key, value: loop }: MapEntry, scope: Scope): ExpandedEntry[] | undefined {
  const { template } = scope.evaluation;
  const [variableNode, collection, body, ...rest] = loop.kind === 'list' ? loop.items : [];
  const variable = textOf(variableNode);
  if (!template.transforms.includes('AWS::LanguageExtensions')) {
    mistake(scope, loop, `${key} needs the transform AWS::LanguageExtensions`);
    return [];
  }
  if (variable === undefined || collection === undefined || body?.kind !== 'map' || rest.length > 0) {
    mistake(scope, loop, `${key} requires a list of an identifier, a collection and an object`);
    return [];
  }
  const own: OriginStep = { ...step('ForEach', variable), source: template.source, range: loop.range };
  const entries: ExpandedEntry[] = [];
  for (const item of collectionItems(key, collection, scope)) {
    const value = { ...item, origin: { ...item.origin, via: [own, ...item.origin.via] } };
    const inner = { ...scope, loop: new Map([...scope.loop, [variable, value]]), via: [...scope.via, own] };
    const made = entriesOf(body, inner);
    if (made === undefined) return undefined;
    for (const entry of made) entries.push(entry);
    if (entries.length <= MAX_LOOP_ENTRIES) continue;
    mistake(scope, loop, `${key} makes more than ${MAX_LOOP_ENTRIES} entries`);
    return undefined;
  }
  return entries;
}

function collectionItems(key: string, node: Node, scope: Scope): Value[] {
  const collection = evaluateNode(node, scope);
  const items =
    collection?.kind === 'list' ? collection.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) : [];
  const unknown = collection?.kind === 'unresolved' ? collection : items.find((item) => item.kind === 'unresolved');
  if (collection?.kind === 'list' && !unknown) return items;
  const reason = unknown?.kind === 'unresolved' ? unknown.message : 'its collection is no list';
  mistake(scope, node, `${key} could not be resolved: ${reason}`);
  return [];
}

/**
 * Replaces `${Variable}` in a plain text of a loop's body. (`&{Variable}` stays there, as reported in
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2150.)
 */
export function substitutePlain(text: string, scope: Scope): string {
  return text.replace(/\$\{([A-Za-z0-9]+)\}/g, (whole, name: string) => {
    const value = scope.loop.get(name);
    return (value && scalarText(value)) ?? whole;
  });
}

/** Replaces `${Variable}`, and `&{Variable}` by its alphanumeric characters, for the loop variables in scope. */
export function substituteLoopVariables(text: string, scope: Scope): string {
  if (scope.loop.size === 0) return text;
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, sign: string, name: string) => {
    const value = scope.loop.get(name);
    const replacement = value && scalarText(value);
    if (replacement === undefined) return whole;
    return sign === '&' ? replacement.replace(/[^A-Za-z0-9]/g, '') : replacement;
  });
}
