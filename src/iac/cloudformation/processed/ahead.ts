import { sameContent } from '../../../base/content.js';
import { isObject, type Json, valueUnder } from '../../../base/json.js';
import { someOf } from '../../../base/some-of.js';
import { effectiveEntries, get, type MapNode, type Node, section } from '../../../syntax/node.js';
import { positionAt, type Range, type Source } from '../../../syntax/source.js';
import { maskedText } from '../template/deployed-text.js';
import { intrinsicName } from '../template/dialect.js';
import type { Template } from '../template/parse.js';
import { mayMakeResources } from '../template/transforms.js';
import { referencesIn } from '../template/undeclared.js';
import { isPackaged } from './artifacts.js';
import { type Composed, sectionNode, type Version } from './compose.js';
import { nodesOf, type Owners, serverlessKind } from './owners.js';
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
export function aheadOf(
  base: Version,
  now: Version,
  [before, after]: readonly [Composed, Composed],
  owners: Owners,
): Map<string, Ahead> {
  const found = new Map<string, Ahead>();
  if (base.template === now.template) return found;
  const was = nodesOf(base.template, base.said);
  const transformed = transformChanges(base.template, now.template);
  for (const [logicalId, node] of nodesOf(now.template, now.said)) {
    const own = was.get(logicalId);
    if (own === undefined) continue;
    const kind = serverlessKind(now.said.resources.get(logicalId)?.type);
    const implicit = IMPLICIT_APIS.flatMap(([id, api]) =>
      owners.get(id) === logicalId && id !== logicalId ? api : [],
    );
    const ranges = [
      ...transformed,
      ...(isSameRest(before.remainders.get(logicalId), after.remainders.get(logicalId)) ? [] : changes(own, node)),
      ...globalChanges(base.template, now.template, kind, [before.starts, after.starts]),
      ...implicit.flatMap((api) => globalChanges(base.template, now.template, api)),
      ...[kind, ...implicit].flatMap((each) => usedChanges(base.template, now.template, node, each)),
    ];
    const [first] = ranges;
    const { source } = now.template;
    if (first !== undefined) found.set(logicalId, { reason: `${reasonOf(source, ranges)}`, source, range: first });
  }
  return found;
}

function reasonOf(source: Source, ranges: readonly Range[]): string {
  const lines = [...new Set(ranges.map(({ start }) => positionAt(source, start).line))].sort((a, b) => a - b);
  const places = `${lines.length === 1 ? 'line' : 'lines'} ${someOf(lines, MOST_LINES)}`;
  return `its source differs from the deployed one (${source.path}, ${places})`;
}

const MOST_LINES = 5;

/** Whether what is deployed says what Git does: as it was packaged, and as CloudFormation keeps it. */
function isSameRest(was: Json | undefined, is: Json | undefined): boolean {
  return isSameSaid(masked(was), masked(is));
}

function isSameSaid(was: Json | undefined, is: Json | undefined, key = ''): boolean {
  if (isPackaged(key, was, is)) return true;
  if (Array.isArray(was) && Array.isArray(is))
    return was.length === is.length && was.every((item, at) => isSameSaid(item, is[at]));
  if (!isObject(was) || !isObject(is)) return sameContent(was, is);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].every((each) =>
    isSameSaid(valueUnder(was, [each]), valueUnder(is, [each]), each),
  );
}

/** What is not ASCII comes back as a question mark. */
function masked(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return maskedText(value);
  if (Array.isArray(value)) return value.map((item) => masked(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [maskedText(key), masked(item) ?? null]));
}

/** What goes through other transforms and macros, or is given to them in other words, may become anything. */
function transformChanges({ root: was }: Template, { root: is }: Template): Range[] {
  const own = get(is, 'Transform');
  return isSameRest(transformsSaid(get(was, 'Transform')), transformsSaid(own)) ? [] : [(own ?? is).range];
}

function transformsSaid(node: Node | undefined): Json[] {
  const said = node === undefined ? [] : [saidBy(node)].flat();
  return said.filter((each) => typeof each !== 'string' || mayMakeResources(each));
}

/** The APIs that SAM makes for events which name none, and by which section of `Globals`. */
const IMPLICIT_APIS = [
  ['ServerlessRestApi', 'Api'],
  ['ServerlessHttpApi', 'HttpApi'],
] as const;

/** What the resources of a kind have by default, as far as it is not passed on as it is. */
function globalChanges(
  was: Template,
  is: Template,
  kind: string | undefined,
  [before, after]: readonly [ReadonlySet<number>, ReadonlySet<number>] = [new Set(), new Set()],
): Range[] {
  if (kind === undefined) return [];
  const [old, own] = [sectionNode(was, 'Globals', kind), sectionNode(is, 'Globals', kind)];
  if (isSameRest(old && rest(old, before), own && rest(own, after))) return [];
  const place = own ?? sectionNode(is, 'Globals') ?? is.root;
  return own === undefined || old === undefined ? [place.range] : changes(old, own);
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
      return isPackaged(key, saidBy(old), saidBy(value)) ? [] : changes(old, value);
    });
    const isGone = effectiveEntries(was).some(
      ({ key, value }) =>
        key !== 'Metadata' && get(is, key) === undefined && !isPackaged(key, saidBy(value), undefined),
    );
    return isGone ? [...own, is.range] : own;
  }
  if (was.kind === 'list' && is.kind === 'list' && was.items.length === is.items.length)
    return is.items.flatMap((item, at) => changes(was.items[at] as Node, item));
  return [is.range];
}
