import type { Json } from '../../../base/json.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt } from '../../../patch/ports.js';
import { effectiveEntries, get, type MapNode, type Node, section } from '../../../syntax/node.js';
import type { Range } from '../../../syntax/source.js';
import type { Origin, Value } from '../../../value/value.js';
import { SWITCH } from '../processed/places.js';
import { attempt, type Editing, set } from './attempt.js';

const MADE: Attempt = {
  refused: 'it is made by a transform of what Git has, and stands nowhere in Git: change its source by hand',
};

const SHARED: Attempt = {
  refused: 'it stands in Globals for all resources of its kind, where a resource can only add to it: change it by hand',
};

/**
 * The edits for what a transform has a hand in, where there are none but these: a value that only the made template has
 * can be changed in a parameter file that gives it, one of `Globals` by a value of the resource's own. Undefined where
 * what is to be changed stands in the resource itself.
 */
export function editsOfMade(change: Change, live: Json | undefined, editing: Editing): Iterable<Attempt> | undefined {
  const { origin } = subjectOf(change);
  if (origin.use.source.isMade || origin.source?.isMade) return ofMade(change, live, origin, editing);
  const { template } = editing;
  if (isSwitch(change, editing)) return switched(live, origin, editing);
  const globals = get(template.root, 'Globals');
  if (globals === undefined || origin.use.source.path !== template.source.path) return undefined;
  if (!isWithin(origin.use.range, globals.range)) return undefined;
  return [change.kind === 'set' && live !== undefined ? ownValue(globals, origin.use.range, live, editing) : SHARED];
}

/** Whether a word of the made resource is a boolean in the source. */
function isSwitch(change: Change, { template }: Editing): boolean {
  const { origin } = subjectOf(change);
  if (change.kind !== 'set' || change.keys.at(-1) !== SWITCH.to || origin.source?.path !== template.source.path)
    return false;
  const { start, end } = origin.range ?? origin.use.range;
  return /^(?:true|false)$/i.test(origin.source.text.slice(start, end));
}

function switched(live: Json | undefined, { source, range }: Origin, editing: Editing): Attempt[] {
  const isWord = live === SWITCH.on || live === SWITCH.off;
  return isWord && source && range ? [set(source, range, live === SWITCH.on, editing)] : [MADE];
}

/** The value that is changed, or that something is added to. */
function subjectOf(change: Change): Value {
  if (change.kind === 'add-item') return change.list;
  return change.kind === 'add-entry' ? change.map : change.value;
}

function ofMade(
  { kind }: Change,
  live: Json | undefined,
  { source, range, parts }: Origin,
  editing: Editing,
): Attempt[] {
  if (kind !== 'set' || live === undefined || !source || !range || source.isMade || parts) return [MADE];
  return [set(source, range, live, editing), MADE];
}

/** Writes a value that is the same for all resources of a kind at the resource itself, where it wins. */
function ownValue(globals: Node, range: Range, live: Json, editing: Editing): Attempt {
  const keys = keysTo(globals, range)?.slice(1);
  const resource = resourceNode(editing);
  if (keys === undefined || keys.length === 0 || resource === undefined) return SHARED;
  let holder: MapNode = resource;
  const rest = ['Properties', ...keys];
  for (;;) {
    const next = get(holder, rest[0] ?? '');
    if (next === undefined) break;
    if (next.kind !== 'map' || rest.length === 1) return SHARED;
    holder = next;
    rest.shift();
  }
  const [key = '', ...inner] = rest;
  const content = inner.reduceRight<Json>((value, name) => ({ [name]: value }), live);
  const { source } = editing.template;
  const note = 'it gets a value of its own, which goes before that of Globals';
  return attempt(source, editing.documentOf(source).insertEntry(holder.range, key, content), note);
}

function resourceNode({ template, stack, logicalId }: Editing): MapNode | undefined {
  const id = stack.evaluated.resources.get(logicalId)?.sourceId ?? logicalId;
  const node = get(section(template.root, 'Resources'), id);
  return node?.kind === 'map' ? node : undefined;
}

/** The keys of maps that lead to a range; undefined where it is in a list, or not there. */
function keysTo(node: Node, range: Range): string[] | undefined {
  if (node.range.start === range.start && node.range.end === range.end) return [];
  if (node.kind !== 'map') return undefined;
  for (const { key, value } of effectiveEntries(node)) {
    const inner = isWithin(range, value.range) ? keysTo(value, range) : undefined;
    if (inner !== undefined) return [key, ...inner];
  }
  return undefined;
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
