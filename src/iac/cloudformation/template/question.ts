import { entry, get, type Node, nameOf, section } from '../../../syntax/node.js';
import { scalarText, type Value } from '../../../value/value.js';
import { intrinsicName } from './dialect.js';
import { substituteLoopVariables } from './expand.js';
import { placeholderNames } from './intrinsics/template-text.js';
import type { Question, Scope } from './scope.js';

/** A side of `Fn::Equals`: what it is written as, and what it evaluates to. */
export interface Side {
  node: Node;
  value: Value | undefined;
}

/** What `Fn::Equals` asks where its sides are not known, the same for two templates that mean the same by it. */
export function questionOf(sides: readonly Side[], isKnown: (value: Value) => boolean, scope: Scope): Question {
  const texts = sides.map(({ node, value }) =>
    value && !isKnown(value)
      ? `unknown ${JSON.stringify(meaning(node, scope, []))}`
      : `known ${JSON.stringify(comparable(value))}`,
  );
  const [unknown, known] = [...texts].sort().reverse();
  const key = JSON.stringify([unknown, known]);
  return unknown?.startsWith('unknown') && known?.startsWith('known') ? { key, unknown, known } : { key };
}

/** A value as CloudFormation compares it: all scalars are texts. */
export function comparable(value: Value | undefined): unknown {
  if (value?.kind === 'list') return value.items.map(comparable);
  if (value?.kind === 'map') return [...value.entries].sort().map(([key, each]) => [key, comparable(each)]);
  return value === undefined ? null : scalarText(value);
}

/** What an expression depends on: as it is written, with what it refers to. `open` are the conditions on the way to it. */
function meaning(node: Node, scope: Scope, open: readonly string[]): unknown {
  if (node.kind === 'scalar') return substituteLoopVariables(nameOf(node) ?? '', scope);
  if (node.kind === 'list') return node.items.map((item) => meaning(item, scope, open));
  const name = intrinsicName(node);
  const argument = name === undefined ? undefined : get(node, name);
  const first = argument?.kind === 'list' ? argument.items[0] : argument;
  const written = node.entries.map(({ key, value }) => [key, meaning(value, scope, open)]);
  const target = substituteLoopVariables(nameOf(first) ?? '', scope);
  if (name === 'Ref') return [written, parameter(target, scope)];
  if (name === 'Fn::Sub') return [written, placeholderNames(target).map((each) => parameter(each, scope))];
  if (name === 'Fn::FindInMap') {
    const mappings = section(scope.evaluation.template.root, 'Mappings');
    return [written, meaning(entry(mappings, target)?.value ?? mappings, scope, open)];
  }
  const condition = name === 'Fn::If' && !open.includes(target) && scope.evaluation.conditions.get(target);
  return condition ? [written, meaning(condition.node, condition.scope, [...open, target])] : written;
}

function parameter(name: string, { loop, evaluation }: Scope): unknown {
  const value = loop.get(name) ?? evaluation.inputs.parameters.get(name);
  return value?.kind === 'unresolved' ? [name, value.message] : comparable(value);
}
