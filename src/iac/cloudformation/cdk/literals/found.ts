import type { ArrayExpression, Expression, Node } from '@babel/types';
import type { Source } from '../../../../syntax/source.js';
import type { Named } from './names.js';
import { keyOf, literalOf, unwrapped } from './nodes.js';
import { type Call, callAt, calleeName, type ReadScript, type Script } from './scripts.js';
import { isUnit } from './units.js';

/** A place of a script at which something of the app was called. Lines and columns count from 1. */
export interface CallPlace {
  file: string;
  line: number;
  column: number;
}

/** A literal that goes into a call. */
export interface Literal extends Named {
  kind: 'literal';
  source: Source;
  node: Expression;
  value: string | number | boolean;
  /** Of a duration: its unit, and where that is named. */
  unit?: { name: string; start: number; end: number };
}

/** A list of literals that goes into a call. */
export interface LiteralList extends Named {
  kind: 'list';
  source: Source;
  node: ArrayExpression;
  items: readonly Literal[];
}

export type Found = Literal | LiteralList;

/** How files are read, as they were when the app ran, and as they are by now. */
export interface Scripts {
  read: ReadScript;
  /** As it was when the app ran; undefined where it is no file of the repository. */
  scanned(file: string): Source | undefined;
  current(source: Source): Source;
}

/** Deeper than this nobody passes values on. */
const DEEPEST = 40;

/**
 * The literals that go into the call of the first frame, directly, by a constant, or by what the calls of the frames
 * behind it were given.
 */
export function literalsIn(frames: readonly CallPlace[], scripts: Scripts): Found[] {
  const [place] = callsOf(frames.slice(0, 1), scripts);
  return place === undefined ? [] : argumentsOf(place, { frames, scripts, depth: 0 }, { names: [], indices: [] });
}

interface Place {
  script: Script;
  call: Call;
}

interface Walk {
  /** The frame that is walked in, and those that called it. */
  frames: readonly CallPlace[];
  scripts: Scripts;
  depth: number;
}

/** Edits change no calls: the same one is at the same position of the file as it is by now. */
function callsOf(frames: readonly CallPlace[], { read, scanned, current }: Scripts): Place[] {
  return frames.flatMap(({ file, line, column }) => {
    const source = scanned(file);
    const was = source && read(source);
    const index = was && callAt(was, line, column);
    const script = source && read(current(source));
    const call = index === undefined ? undefined : script?.calls[index];
    return script && call ? [{ script, call }] : [];
  });
}

function argumentsOf({ script, call }: Place, walk: Walk, at: Named): Found[] {
  return call.arguments.flatMap((each) => found(each, script, walk, at));
}

function found(wrapped: Node, script: Script, walk: Walk, at: Named): Found[] {
  if (walk.depth > DEEPEST) return [];
  const node = unwrapped(wrapped);
  const deeper = { ...walk, depth: walk.depth + 1 };
  switch (node.type) {
    case 'ObjectExpression':
      return node.properties.flatMap((property) => {
        if (property.type === 'SpreadElement') return found(property.argument, script, deeper, at);
        const name = property.type === 'ObjectProperty' ? keyOf(property.key, property.computed) : undefined;
        if (name === undefined || property.type !== 'ObjectProperty') return [];
        return found(property.value, script, deeper, { ...at, names: [...at.names, name] });
      });
    case 'ArrayExpression':
      return inList(node, script, deeper, at);
    case 'NewExpression':
    case 'CallExpression':
      return inCall(node, script, deeper, at);
    case 'Identifier': {
      const constant = script.constants.get(node.name);
      return constant === undefined ? [] : found(constant, script, deeper, at);
    }
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return given(node, script, deeper, at);
    default: {
      const value = literalOf(node);
      return value === undefined
        ? []
        : [{ kind: 'literal', source: script.source, node: node as Expression, value, ...at }];
    }
  }
}

function inList(node: ArrayExpression, script: Script, walk: Walk, at: Named): Found[] {
  const each = node.elements.map((element, index) =>
    element === null ? [] : found(element, script, walk, { ...at, indices: [...at.indices, index] }),
  );
  const items = each.flatMap((one) => (one.length === 1 && one[0]?.kind === 'literal' ? [one[0]] : []));
  const isOwn =
    node.elements.length > 0 && node.elements.every((element) => element !== null && literalOf(element) !== undefined);
  const list: LiteralList[] = isOwn ? [{ kind: 'list', source: script.source, node, items, ...at }] : [];
  return [...list, ...each.flat()];
}

function inCall(node: Call, script: Script, walk: Walk, at: Named): Found[] {
  const name = calleeName(node);
  const [first] = node.arguments;
  const value = first && literalOf(first);
  const { callee } = node;
  if (name !== undefined && isUnit(name) && typeof value === 'number' && callee.type === 'MemberExpression') {
    const { start, end } = callee.property;
    const unit = { name, start: start ?? 0, end: end ?? 0 };
    return [{ kind: 'literal', source: script.source, node: first as Expression, value, unit, ...at }];
  }
  return node.arguments.flatMap((each) => {
    // A bare argument goes by the name of what it is given to, or else by that of the property that this is.
    const own =
      name === undefined || literalOf(each) === undefined
        ? []
        : found(each, script, walk, { ...at, names: [...at.names, name] });
    return at.names.length === 0 && own.length > 0 ? own : [...own, ...found(each, script, walk, at)];
  });
}

/** `SIZES.memory`: a member of a constant; `props.memory`: what the call of the next frame was given by this name. */
function given(node: Node, script: Script, walk: Walk, at: Named): Found[] {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return [];
  const { frames, scripts, depth } = walk;
  const { object, property, computed } = node;
  const name = keyOf(property, computed);
  if (object.type !== 'Identifier' || name === undefined) return [];
  const own = memberOf(object, name, script);
  if (own !== undefined) return found(own, script, walk, at);
  const callers = frames.slice(1);
  const [place] = callsOf(callers.slice(0, 1), scripts);
  if (place === undefined) return [];
  const above = { frames: callers, scripts, depth };
  return place.call.arguments.flatMap((argument) => {
    const member = memberOf(argument, name, place.script);
    return member === undefined ? [] : found(member, place.script, above, at);
  });
}

function memberOf(node: Node, name: string, script: Script): Node | undefined {
  const known = node.type === 'Identifier' ? script.constants.get(node.name) : node;
  const object = known && unwrapped(known);
  if (object?.type !== 'ObjectExpression') return undefined;
  const property = object.properties.find(
    (each) => each.type === 'ObjectProperty' && keyOf(each.key, each.computed) === name,
  );
  return property?.type === 'ObjectProperty' ? property.value : undefined;
}
