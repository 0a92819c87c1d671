import type { CommentPlaces, MetadataPlace, Spot } from '../../../suppress/comments/ports.js';
import {
  effectiveEntries,
  get,
  type MapEntry,
  type MapNode,
  type Node,
  section,
  stringOf,
} from '../../../syntax/node.js';
import { serverlessKind } from '../processed/owners.js';
import { isLoop, loopBody, resourceEntries, writtenOut } from '../template/declared-resources.js';
import { intrinsicName } from '../template/dialect.js';

/** Where CloudFormation's templates have room for comments and metadata of ours. */
export const commentPlaces: CommentPlaces = { spotsOf, metadataOf };

/** The attributes of a resource at which a comment is for the whole of it. */
const OF_THE_WHOLE = ['Type', 'Properties'];

/** In the order of the template; aliases are followed. */
function spotsOf(root: MapNode): Spot[] {
  return [...effectiveEntries(section(root, 'Resources')).flatMap(ofEntry), ...ofGlobals(root)];
}

/** What is written once for all resources of a kind is of each. */
function ofGlobals(root: MapNode): Spot[] {
  const globals = effectiveEntries(section(root, 'Globals'));
  if (globals.length === 0) return [];
  const resources = resourceEntries({ root });
  return globals.flatMap(({ key: kind, value }) => {
    const own = resources.filter((each) => serverlessKind(stringOf(get(each.value, 'Type'))) === kind);
    return inValue(
      value,
      own.map(({ keyRange }) => keyRange.start),
    );
  });
}

function metadataOf(root: MapNode): MetadataPlace[] {
  const ofTemplate = get(root, 'Metadata');
  const ofResources = resourceEntries({ root }).flatMap(({ keyRange, value }): MetadataPlace[] => {
    const node = get(value, 'Metadata');
    return node === undefined ? [] : [{ node, owner: keyRange.start }];
  });
  return [...(ofTemplate ? [{ node: ofTemplate }] : []), ...ofResources];
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
    ...(properties ? inValue(properties, [owner]) : []),
  ];
}

function inValue(node: Node, owners: number[]): Spot[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') {
    return node.items.flatMap((item): Spot[] => {
      const { start } = item.alias?.range ?? item.range;
      return [{ offset: start, kind: 'value', owners, starts: [start], isItem: true }, ...inValue(item, owners)];
    });
  }
  const isCall = intrinsicName(node) !== undefined;
  return effectiveEntries(node).flatMap((each): Spot[] => {
    const offset = each.keyRange.start;
    const spot: Spot = isCall
      ? { offset, kind: 'value', owners, starts: [node.range.start] }
      : { offset, kind: 'key', owners, starts: writtenOut(each).map(({ keyRange }) => keyRange.start) };
    return [spot, ...inValue(each.value, owners)];
  });
}
