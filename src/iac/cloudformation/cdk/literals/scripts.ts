import { parse } from '@babel/parser';
import type { CallExpression, Expression, File, NewExpression, Node } from '@babel/types';
import { positionAt, type Source } from '../../../../syntax/source.js';

/** A call, or the making of an object. */
export type Call = CallExpression | NewExpression;

/** A file of TypeScript or JavaScript, read. */
export interface Script {
  source: Source;
  calls: readonly Call[];
  /** What the constants of the file are, by name; of names that are given twice, nothing is known. */
  constants: ReadonlyMap<string, Expression | undefined>;
}

/** Reads scripts; the same text is read once. */
export type ReadScript = (source: Source) => Script | undefined;

/** A reader of scripts. It takes a parser that nothing else needs: this is imported where an edit is looked for. */
export function scriptReader(): ReadScript {
  const known = new WeakMap<Source, { script: Script | undefined }>();
  return (source) => {
    const before = known.get(source);
    if (before !== undefined) return before.script;
    const script = readScript(source);
    known.set(source, { script });
    return script;
  };
}

/** Undefined for what is no script, or not valid. */
function readScript(source: Source): Script | undefined {
  let file: File;
  try {
    file = parse(source.text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      plugins: ['typescript', 'decorators', ...(/\.[jt]sx$/.test(source.path) ? (['jsx'] as const) : [])],
    });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
  const calls: Call[] = [];
  const constants = new Map<string, Expression | undefined>();
  for (const node of nodesIn(file.program)) {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push(node);
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier') continue;
      const isSure = node.kind === 'const' && init != null && !constants.has(id.name);
      constants.set(id.name, isSure ? init : undefined);
    }
  }
  return { source, calls, constants };
}

/** All nodes, from the outside to the inside. Without recursion: an expression can be nested as deep as a file is long. */
function* nodesIn(root: Node): Generator<Node> {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    pending.push(...membersOf(node).reverse());
  }
}

function membersOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    'start' in value &&
    typeof value.type === 'string' &&
    !value.type.startsWith('Comment')
  );
}

/**
 * The position in `calls` of the call that a frame of a stack trace is in: engines name the `new`, or the name that is
 * called. Lines and columns count from 1.
 */
export function callAt({ source, calls }: Script, line: number, column: number): number | undefined {
  const exact = calls.findIndex((call) => {
    const at = positionAt(source, anchorOf(call));
    return at.line === line && at.column === column;
  });
  return exact === -1 ? undefined : exact;
}

function anchorOf(call: Call): number {
  const { callee } = call;
  if (call.type === 'CallExpression' && callee.type === 'MemberExpression') return callee.property.start ?? 0;
  return (call.type === 'CallExpression' ? callee.start : call.start) ?? 0;
}

/** What is called, by its last name: `seconds` of `Duration.seconds(5)`. */
export function calleeName({ callee }: Call): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression') return undefined;
  return callee.property.type === 'Identifier' ? callee.property.name : undefined;
}
