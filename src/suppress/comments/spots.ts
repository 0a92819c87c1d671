import { isLoop, loopBody, writtenOut } from '../../iac/cloudformation/template/declared-resources.js';
import { intrinsicName } from '../../iac/cloudformation/template/dialect.js';
import type { Template } from '../../iac/cloudformation/template/parse.js';
import { effectiveEntries, get, type MapEntry, type Node, section } from '../../syntax/node.js';

/**
 * A place in a template that a comment can stand at. What it is in a stack shows when the template is evaluated: a
 * branch may not be taken, a loop makes many of it.
 */
export interface Spot {
  /** Where it begins. */
  offset: number;
  /** A whole resource, a property by its key, or a value: a list item, or what an intrinsic gives. */
  kind: 'resource' | 'key' | 'value';
  /** Where the keys of the resources begin that it belongs to. */
  owners: number[];
  /** Where the keys or the value begin that it stands for: those in its body for a loop. */
  starts: number[];
  /** A list item, which a comment above its dash is for. */
  isItem?: boolean;
}

/** The attributes of a resource at which a comment is for the whole of it. */
const OF_THE_WHOLE = ['Type', 'Properties'];

/** All places that a comment can stand at, in the order of the template; aliases are followed. */
export function spotsOf({ root }: Pick<Template, 'root'>): Spot[] {
  return effectiveEntries(section(root, 'Resources')).flatMap(ofEntry);
}

function ofEntry(each: MapEntry): Spot[] {
  if (!isLoop(each)) return ofResource(each);
  const owners = writtenOut(each).map(({ keyRange }) => keyRange.start);
  return [{ offset: each.keyRange.start, kind: 'resource', owners, starts: [] }, ...loopBody(each).flatMap(ofEntry)];
}

function ofResource({ keyRange, value }: MapEntry): Spot[] {
  const owner = keyRange.start;
  const attributes = value.kind === 'map' ? effectiveEntries(value) : [];
  const places = attributes.filter(({ key }) => OF_THE_WHOLE.includes(key)).map((each) => each.keyRange.start);
  const properties = get(value, 'Properties');
  return [
    ...[owner, ...places].map((offset): Spot => ({ offset, kind: 'resource', owners: [owner], starts: [] })),
    ...(properties ? inValue(properties, owner) : []),
  ];
}

function inValue(node: Node, owner: number): Spot[] {
  if (node.kind === 'scalar') return [];
  const owners = [owner];
  if (node.kind === 'list') {
    return node.items.flatMap((item): Spot[] => {
      const { start } = item.alias?.range ?? item.range;
      return [{ offset: start, kind: 'value', owners, starts: [start], isItem: true }, ...inValue(item, owner)];
    });
  }
  const isCall = intrinsicName(node) !== undefined;
  return effectiveEntries(node).flatMap((each): Spot[] => {
    const offset = each.keyRange.start;
    const spot: Spot = isCall
      ? { offset, kind: 'value', owners, starts: [node.range.start] }
      : { offset, kind: 'key', owners, starts: writtenOut(each).map(({ keyRange }) => keyRange.start) };
    return [spot, ...inValue(each.value, owner)];
  });
}
