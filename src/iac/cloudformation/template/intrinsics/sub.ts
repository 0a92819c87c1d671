import { effectiveEntries, type Node, textOf } from '../../../../syntax/node.js';
import type { Origin, Value } from '../../../../value/value.js';
import { substituteLoopVariables } from '../expand.js';
import { holdsMacro } from '../made-elsewhere.js';
import { failure } from '../outside.js';
import { evaluateNode, mistake } from '../scope.js';
import { literalOrigin, unknown } from '../values.js';
import { compose, type Piece } from './compose.js';
import { attributeValue } from './get-att.js';
import type { Call } from './intrinsic.js';
import { reference } from './ref.js';
import { templateText } from './template-text.js';

/** `Fn::Sub`: `"text ${Name} ${Resource.Attribute} ${!Literal}"`, or a list of that and a map of variables. */
export function sub(call: Call): Value {
  const { node, argument, scope } = call;
  const [textNode, variables, ...rest] = argument.kind === 'list' ? argument.items : [argument];
  if (holdsMacro(textNode) || holdsMacro(variables)) {
    return unknown(scope, node, 'macro', 'a macro (Fn::Transform) makes an argument of Fn::Sub');
  }
  const text = textOf(textNode);
  const isWrong = rest.length > 0 || (variables !== undefined && variables.kind !== 'map');
  if (text === undefined || textNode === undefined || isWrong) {
    const rule = "One or more Fn::Sub intrinsic functions don't specify expected arguments.";
    return mistake(scope, node, `Template error: ${rule}`);
  }
  const written = literalOrigin(scope, textNode);
  const pieces: Piece[] = [];
  for (const part of templateText(text, written)) {
    if (part.name === undefined) {
      if (part.text !== '') pieces.push(literal(part.text, part.origin));
      continue;
    }
    const value = part.sign === '&' ? loopValue(part.name, call) : fill(part.name, call, textNode, variables);
    if (value === undefined) {
      if (part.sign === '&') pieces.push(literal(part.text, part.origin));
      continue;
    }
    if (value.kind === 'list' || value.kind === 'map') {
      const message = `Template error: variable ${part.name} in Fn::Sub expression does not resolve to a string`;
      return failure(call, message, [value]);
    }
    pieces.push({ value, literal: false });
  }
  return compose(call, pieces, written);
}

function literal(value: string, origin: Origin): Piece {
  return { value: { kind: 'scalar', value, origin }, literal: true };
}

/** `&{Variable}`: a loop variable's alphanumeric characters. */
function loopValue(name: string, { scope }: Call): Value | undefined {
  const value = scope.loop.get(name);
  return value?.kind === 'scalar' ? { ...value, value: substituteLoopVariables(`&{${name}}`, scope) } : undefined;
}

function fill(name: string, { scope, node }: Call, textNode: Node, variables: Node | undefined): Value | undefined {
  const own = variables?.kind === 'map' ? effectiveEntries(variables).find(({ key }) => key === name) : undefined;
  if (own) return evaluateNode(own.value, scope);
  if (!/^[A-Za-z0-9_.:]+$/.test(name)) {
    const rule =
      'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons';
    return mistake(scope, node, `Template error: ${rule}`, `write \${!${name}} to keep \${${name}} as it is`);
  }
  const dot = name.indexOf('.');
  if (dot === -1) return reference(name, textNode, scope);
  return attributeValue(name.slice(0, dot), name.slice(dot + 1), textNode, scope);
}
