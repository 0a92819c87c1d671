import { otherReadings } from '../../../../syntax/literal.js';
import { get, type Node, nameOf, section } from '../../../../syntax/node.js';
import { scalarText, type UnresolvedValue, type Value } from '../../../../value/value.js';
import { substituteLoopVariables } from '../expand.js';
import { holdsMacro } from '../made-elsewhere.js';
import { failure } from '../outside.js';
import { comparable, questionOf } from '../question.js';
import { type Doubt, evaluateNode, mistake, type Scope, type Truth } from '../scope.js';
import { computed, firstUnresolved, unknown } from '../values.js';
import type { Call } from './intrinsic.js';

/** The truth of a named condition; `user` is what asks, for the message when there is no such condition. */
export function namedCondition(name: string, node: Node, scope: Scope, user: string): Truth {
  const { template, inputs, conditions, truths, openConditions } = scope.evaluation;
  const known = truths.get(name);
  if (known !== undefined) return known;
  const condition = conditions.get(name);
  if (condition === undefined && holdsMacro(section(template.root, 'Conditions'))) {
    return { code: 'macro', message: `a macro (Fn::Transform) may make the condition ${name}` };
  }
  if (condition === undefined) {
    return doubt(mistake(scope, node, `Template error: unresolved condition dependency ${name} in ${user}`));
  }
  if (openConditions.includes(name)) {
    const cycle = openConditions.slice(openConditions.indexOf(name)).join(', ');
    return doubt(
      mistake(scope, condition.node, `Template format error: Circular dependency between conditions: [${cycle}]`),
    );
  }
  openConditions.push(name);
  const evaluated = truthOf(condition.node, condition.scope);
  openConditions.pop();
  const truth = typeof evaluated === 'boolean' ? evaluated : (inputs.conditions?.get(name) ?? evaluated);
  truths.set(name, truth);
  return truth;
}

/** The truth of a condition's node: `Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals`, `Condition`, or a literal. */
export function truthOf(node: Node, scope: Scope): Truth {
  const reference = node.kind === 'map' && node.entries.length === 1 ? nameOf(get(node, 'Condition')) : undefined;
  if (reference !== undefined) {
    return namedCondition(
      substituteLoopVariables(reference, scope),
      node,
      scope,
      'the Conditions block of the template',
    );
  }
  const value = evaluateNode(node, scope);
  const missing = value && firstUnresolved(value);
  if (missing) return doubt(missing);
  const text = value && scalarText(value);
  if (text === 'true' || text === 'false') return text === 'true';
  const message = 'Template format error: Every Condition must evaluate to true or false';
  return doubt(failure({ name: 'the condition', node, scope }, message, [value]));
}

/** `Fn::Equals`: compares as text, since CloudFormation's values are text. */
export function equals(call: Call): Value {
  const { node, argument, scope } = call;
  const sides = argument.kind === 'list' ? argument.items.map((item) => evaluateNode(item, scope)) : [];
  const [left, right] = sides;
  if (sides.length !== 2) {
    return mistake(scope, node, 'Template error: every Fn::Equals object requires a list of 2 string parameters.');
  }
  const missing = (left && firstUnresolved(left)) ?? (right && firstUnresolved(right));
  if (missing) return supposed(call, sides) ?? missing;
  if (isDisputed(left, right)) {
    const reason = 'it compares numbers that readers of YAML and JSON take for equal or not';
    return supposed(call, sides) ?? unknown(scope, node, 'unsupported', reason);
  }
  return computed(call, JSON.stringify(comparable(left)) === JSON.stringify(comparable(right)));
}

/** Whether two numbers differ as they are written (`1.0` and `1`) but not by every reading. */
function isDisputed(left: Value | undefined, right: Value | undefined): boolean {
  const [ours, theirs] = [left, right].map((side) => {
    const text = side && scalarText(side);
    return text === undefined
      ? []
      : [text, ...(side?.kind === 'scalar' && side.text !== undefined ? otherReadings(text) : [])];
  });
  return ours?.[0] !== theirs?.[0] && (ours ?? []).some((text) => theirs?.includes(text));
}

/** The answer that is tried out to what can't be known; none where nothing is tried. */
function supposed(call: Call, values: readonly (Value | undefined)[]): Value | undefined {
  const { argument, scope } = call;
  const { hypothesis } = scope.evaluation;
  if (hypothesis === undefined || argument.kind !== 'list') return undefined;
  const sides = argument.items.map((node, index) => ({ node, value: values[index] }));
  const question = questionOf(sides, (value) => firstUnresolved(value) === undefined, scope);
  hypothesis.asked.set(question.key, question);
  const answer = hypothesis.answers.get(question.key);
  return answer === undefined ? undefined : computed(call, answer);
}

/** `Fn::And` and `Fn::Or`: one known side may decide, even where another is unknown. */
export function allOrAny(call: Call): Value {
  const { name, node, argument, scope } = call;
  const decisive = name === 'Fn::Or';
  if (argument.kind !== 'list' || argument.items.length < 2 || argument.items.length > 10) {
    const rule = 'requires a list of at least 2 and at most 10 boolean parameters.';
    return mistake(scope, node, `Template error: every ${name} object ${rule}`);
  }
  const truths = argument.items.map((item) => truthOf(item, scope));
  if (truths.includes(decisive)) return computed(call, decisive);
  const open = truths.find((truth) => typeof truth === 'object');
  return open === undefined ? computed(call, !decisive) : doubtful(call, open);
}

/** `Fn::Not`. */
export function not(call: Call): Value {
  const { node, argument, scope } = call;
  const [item, ...rest] = argument.kind === 'list' ? argument.items : [];
  if (item === undefined || rest.length > 0) {
    return mistake(scope, node, 'Template error: every Fn::Not object requires a list of 1 boolean parameter.');
  }
  const truth = truthOf(item, scope);
  return typeof truth === 'boolean' ? computed(call, !truth) : doubtful(call, truth);
}

function doubtful({ scope, node }: Call, truth: Truth): Value {
  if (typeof truth === 'boolean') return unknown(scope, node, 'unsupported', 'not known');
  return unknown(scope, node, truth.code, truth.message, truth.secret);
}

function doubt({ code, message, secret }: UnresolvedValue): Doubt {
  return { code, message, ...(secret ? { secret } : {}) };
}
