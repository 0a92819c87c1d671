import { evaluateNode } from '../evaluate-node.js';
import { substituteLoopVariables } from '../expand.js';
import { effectiveEntries, type Node, stringOf } from '../node.js';
import { mistake, type Scope } from '../scope.js';
import type { Value } from '../value.js';
import { computed } from '../values.js';
import { compose, type Piece } from './compose.js';
import { attributeValue } from './get-att.js';
import type { Call } from './intrinsic.js';
import { reference } from './ref.js';

/** `Fn::Sub`: `"text ${Name} ${Resource.Attribute} ${!Literal}"`, or a list of that and a map of variables. */
export function sub({ node, argument, scope }: Call): Value {
  const [textNode, variables] = argument.kind === 'list' ? argument.items : [argument];
  const text = textNode?.kind === 'scalar' ? String(textNode.value) : stringOf(textNode);
  if (text === undefined || textNode === undefined || (variables && variables.kind !== 'map')) {
    return mistake(
      scope,
      node,
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments.",
    );
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}|&\{([A-Za-z0-9]+)\}/g)) {
    const [whole, name, loopName] = match;
    if (loopName !== undefined && !scope.loop.has(loopName)) continue;
    pieces.push(literal(text.slice(at, match.index), textNode, scope));
    at = match.index + whole.length;
    const filled =
      name === undefined
        ? computed(scope, textNode, substituteLoopVariables(whole, scope))
        : fill(name, textNode, variables, scope);
    if (filled === undefined) continue;
    const isLiteral = name?.startsWith('!') ?? false;
    if (filled.kind === 'list' || filled.kind === 'map') {
      return mistake(scope, node, `Template error: Fn::Sub can't put ${name ?? whole} into a string: it is no string`);
    }
    pieces.push({ value: filled, literal: isLiteral });
  }
  pieces.push(literal(text.slice(at), textNode, scope));
  return compose(
    pieces.filter(({ value }) => value.kind !== 'scalar' || value.value !== ''),
    node,
    textNode,
    scope,
  );
}

function fill(name: string, textNode: Node, variables: Node | undefined, scope: Scope): Value | undefined {
  if (name.startsWith('!')) return computed(scope, textNode, `\${${name.slice(1)}}`);
  const key = substituteLoopVariables(name.trim(), scope);
  const own = variables?.kind === 'map' ? effectiveEntries(variables).find((each) => each.key === key) : undefined;
  if (own) return evaluateNode(own.value, scope);
  const dot = key.indexOf('.');
  if (dot === -1) return reference(key, textNode, scope);
  return attributeValue(key.slice(0, dot), key.slice(dot + 1), textNode, scope);
}

function literal(text: string, node: Node, scope: Scope): Piece {
  return { value: computed(scope, node, text), literal: true };
}
