import { evaluateNode } from '../evaluate-node.js';
import { substituteLoopVariables } from '../expand.js';
import { get, type Node } from '../node.js';
import { mistake, type Scope, type Truth } from '../scope.js';
import type { Value } from '../value.js';
import { computed, firstUnresolved, scalarText, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** The truth of a named condition; `user` is what asks, for the message when there is no such condition. */
export function namedCondition(name: string, node: Node, scope: Scope, user: string): Truth {
  const { conditions, truths } = scope.evaluation;
  const known = truths.get(name);
  if (known !== undefined) return known;
  const condition = conditions.get(name);
  if (condition === undefined) {
    const message = `Template error: unresolved condition dependency ${name} in ${user}`;
    mistake(scope, node, message);
    return { message };
  }
  const cycle = { message: `condition ${name} depends on itself` };
  truths.set(name, cycle);
  const truth = truthOf(condition.node, condition.scope);
  if (truth === cycle) mistake(scope, condition.node, `Template format error: ${cycle.message}`);
  truths.set(name, truth);
  return truth;
}

/** The truth of a condition's node: `Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals`, `Condition`, or a literal. */
export function truthOf(node: Node, scope: Scope): Truth {
  const reference = node.kind === 'map' && node.entries.length === 1 ? get(node, 'Condition') : undefined;
  if (reference?.kind === 'scalar') {
    return namedCondition(substituteLoopVariables(String(reference.value), scope), node, scope, 'Condition');
  }
  const value = evaluateNode(node, scope);
  if (value === undefined) return { message: 'a condition has no value' };
  const missing = firstUnresolved(value);
  if (missing) return { message: missing.message };
  const text = scalarText(value);
  if (text === 'true' || text === 'false') return text === 'true';
  const message = 'Template format error: Every Condition must evaluate to true or false';
  mistake(scope, node, message);
  return { message };
}

/** `Fn::Equals`: compares as text, since CloudFormation's values are text. */
export function equals({ node, argument, scope }: Call): Value {
  const sides = argument.kind === 'list' ? argument.items.map((item) => evaluateNode(item, scope)) : [];
  if (sides.length !== 2) {
    return mistake(scope, node, 'Template error: every Fn::Equals object requires a list of 2 string parameters.');
  }
  for (const side of sides) {
    const missing = side && firstUnresolved(side);
    if (missing) return missing;
  }
  const [left, right] = sides.map((side) => JSON.stringify(side ? comparable(side) : null));
  return computed(scope, node, left === right);
}

function comparable(value: Value): unknown {
  if (value.kind === 'list') return value.items.map(comparable);
  if (value.kind === 'map') return [...value.entries].sort().map(([key, each]) => [key, comparable(each)]);
  return scalarText(value);
}

/** `Fn::And` and `Fn::Or`: one known side may decide, even where another is unknown. */
export function allOrAny(call: Call): Value {
  const decisive = call.name === 'Fn::Or';
  const { node, argument, scope } = call;
  if (argument.kind !== 'list' || argument.items.length < 2 || argument.items.length > 10) {
    const rule = 'requires a list of at least 2 and at most 10 boolean parameters.';
    return mistake(scope, node, `Template error: every ${call.name} object ${rule}`);
  }
  const truths = argument.items.map((item) => truthOf(item, scope));
  if (truths.includes(decisive)) return computed(scope, node, decisive);
  const open = truths.find((truth) => typeof truth !== 'boolean');
  if (typeof open === 'object') return unknown(scope, node, 'environment', open.message);
  return computed(scope, node, !decisive);
}

/** `Fn::Not`. */
export function not({ node, argument, scope }: Call): Value {
  const [item] = argument.kind === 'list' && argument.items.length === 1 ? argument.items : [];
  if (item === undefined) {
    return mistake(scope, node, 'Template error: every Fn::Not object requires a list of 1 boolean parameter.');
  }
  const truth = truthOf(item, scope);
  return typeof truth === 'boolean'
    ? computed(scope, node, !truth)
    : unknown(scope, node, 'environment', truth.message);
}
