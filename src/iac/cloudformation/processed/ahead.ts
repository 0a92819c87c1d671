import { sameContent } from '../../../base/content.js';
import type { Json } from '../../../base/json.js';
import { effectiveEntries, get, type MapNode, type Node, section } from '../../../syntax/node.js';
import { positionAt, type Range, type Source } from '../../../syntax/source.js';
import { maskedText } from '../template/deployed-text.js';
import { intrinsicName } from '../template/dialect.js';
import type { Template } from '../template/parse.js';
import { referencesIn } from '../template/undeclared.js';
import { isArtifact } from './artifacts.js';
import { type Composed, sectionNode, type Version } from './compose.js';
import { nodesOf, serverlessKind } from './owners.js';
import { rest } from './remainder.js';
import { saidBy } from './said.js';

/** Why a resource of a source is not deployed as Git has it, and where that stands. */
export interface Ahead {
  reason: string;
  source: Source;
  range: Range;
}

/**
 * The resources of a source, by logical ID, of which something else would be made now than was: what they say, or what
 * they use of the rest of the template, is other than deployed, in more than values that are passed on as they are
 * (those are told apart one by one).
 */
export function aheadOf(base: Version, now: Version, before: Composed, after: Composed): Map<string, Ahead> {
  const found = new Map<string, Ahead>();
  if (base.template === now.template) return found;
  const was = nodesOf(base.template, base.said);
  for (const [logicalId, node] of nodesOf(now.template, now.said)) {
    const own = was.get(logicalId);
    if (own === undefined) continue;
    const type = now.said.resources.get(logicalId)?.type;
    const ranges = [
      ...(isSameRest(before.remainders.get(logicalId), after.remainders.get(logicalId)) ? [] : changes(own, node)),
      ...globalChanges(base.template, now.template, serverlessKind(type), before, after),
      ...usedChanges(base.template, now.template, node, serverlessKind(type)),
    ];
    const [first] = ranges;
    const { source } = now.template;
    if (first !== undefined) found.set(logicalId, { reason: `${reasonOf(source, ranges)}`, source, range: first });
  }
  return found;
}

function reasonOf(source: Source, ranges: readonly Range[]): string {
  const lines = [...new Set(ranges.map(({ start }) => positionAt(source, start).line))].sort((a, b) => a - b);
  const shown = lines.slice(0, MOST_LINES).join(', ');
  const more = lines.length > MOST_LINES ? ` and ${lines.length - MOST_LINES} more` : '';
  const places = `${lines.length === 1 ? 'line' : 'lines'} ${shown}${more}`;
  return `its source differs from the deployed one (${source.path}, ${places})`;
}

const MOST_LINES = 5;

function isSameRest(one: Json | undefined, other: Json | undefined): boolean {
  return sameContent(masked(one), masked(other));
}

/** As CloudFormation keeps it: what is not ASCII comes back as a question mark. */
function masked(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return maskedText(value);
  if (Array.isArray(value)) return value.map((item) => masked(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item) ?? null]));
}

/** What the resources of a kind have by default, as far as it is not passed on as it is. */
function globalChanges(
  was: Template,
  is: Template,
  kind: string | undefined,
  before: Composed,
  after: Composed,
): Range[] {
  if (kind === undefined) return [];
  const [old, own] = [sectionNode(was, 'Globals', kind), sectionNode(is, 'Globals', kind)];
  if (isSameRest(old && rest(old, before.starts), own && rest(own, after.starts))) return [];
  const place = own ?? sectionNode(is, 'Globals');
  return place === undefined ? [] : old === undefined ? [place.range] : changes(old, place);
}

/** What a resource uses, to any depth, of parameters, conditions and mappings. */
function usedChanges(was: Template, is: Template, resource: Node, kind: string | undefined): Range[] {
  const globals = kind === undefined ? undefined : sectionNode(is, 'Globals', kind);
  return [...usedEntries(is.root, [resource, ...(globals ? [globals] : [])])].flatMap(([name, key]) => {
    const [old, own] = [sectionNode(was, name, key), sectionNode(is, name, key)];
    if (own === undefined || (old !== undefined && isSameRest(saidBy(old), saidBy(own)))) return [];
    // What only Git has makes no difference where nothing of the resource itself does.
    return old === undefined ? [] : changes(old, own);
  });
}

const USED = ['Parameters', 'Conditions', 'Mappings'];

function usedEntries(root: MapNode, nodes: readonly Node[]): [section: string, key: string][] {
  const found = new Map<string, [string, string]>();
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const name of namesIn(node)) {
      for (const part of USED) {
        const value = get(section(root, part), name);
        if (value === undefined || found.has(`${part}/${name}`)) continue;
        found.set(`${part}/${name}`, [part, name]);
        open.push(value);
      }
    }
    open.push(
      ...(node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : []),
    );
  }
  return [...found.values()];
}

/** The names that a node itself uses. */
function namesIn(node: Node): string[] {
  const call = intrinsicName(node);
  if (node.kind !== 'map') return [];
  const argument = call === undefined ? get(node, 'Condition') : get(node, call);
  const first = argument?.kind === 'list' ? argument.items[0] : argument;
  const own = first?.kind === 'scalar' && typeof first.value === 'string' ? [first.value] : [];
  return [...referencesIn(node), ...own];
}

/** The places of a node that are other than in another: those that came, were changed, or of which something went. */
function changes(was: Node, is: Node): Range[] {
  if (isSameRest(saidBy(was), saidBy(is))) return [];
  if (was.kind === 'map' && is.kind === 'map') {
    const entries = effectiveEntries(is).filter(({ key }) => key !== 'Metadata');
    const own = entries.flatMap(({ key, keyRange, value }) => {
      const old = get(was, key);
      if (old === undefined) return [keyRange];
      return isArtifact(key, saidBy(value)) ? [] : changes(old, value);
    });
    const isGone = effectiveEntries(was).some(
      ({ key, value }) => key !== 'Metadata' && get(is, key) === undefined && !isArtifact(key, saidBy(value)),
    );
    return isGone ? [...own, is.range] : own;
  }
  if (was.kind === 'list' && is.kind === 'list' && was.items.length === is.items.length)
    return is.items.flatMap((item, at) => changes(was.items[at] as Node, item));
  return [is.range];
}
