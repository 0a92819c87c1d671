import type { Problem } from '../base/errors.js';
import { effectiveEntries, entry, get, type MapEntry, type MapNode, type Node, textOf } from '../syntax/node.js';
import { itemsOf } from '../syntax/node-value.js';
import { problemAt } from '../syntax/problem.js';
import type { Source } from '../syntax/source.js';

/** Of an entry of `stacks:`, what names of `for:` are replaced in. */
const REPLACED = new Set(['name', 'template', 'region', 'account', 'roleArn', 'parametersFile', 'parameters']);
/** `{env}`, and the two braces that stand for one. */
const PLACES = /\{\{|\}\}|\{([^{}]*)\}|\{/g;
const NAME = /^[A-Za-z][\w-]*$/;
/** More stacks than an organisation has; a product of a few long lists has them quickly. */
const MOST_STACKS = 10_000;

/** A configuration in which each entry of `stacks:` is one stack. */
export interface Expanded {
  root: Node;
  problems: Problem[];
}

/** A value for each name of `for:`. */
type Choice = ReadonlyMap<string, string>;

/**
 * Writes out the entries of `stacks:` that stand for several: one for each combination of the values of `for:`, but for
 * those that `except:` names. Every node keeps its range, so that what is wrong with a stack is told at its entry.
 */
export function expandStacks(source: Source, root: Node): Expanded {
  const stacks = entry(root, 'stacks');
  if (root.kind !== 'map' || stacks?.value.kind !== 'list') return { root, problems: [] };
  const problems: Problem[] = [];
  const items = stacks.value.items.flatMap((item) => stacksOf(source, item, problems));
  const value = { ...stacks.value, items };
  // Where all of them were unclear, an empty list would be told as a mistake of its own.
  const isNone = items.length === 0 && problems.length > 0;
  const entries = root.entries.flatMap((each) => (each !== stacks ? [each] : isNone ? [] : [{ ...each, value }]));
  return { root: { ...root, entries }, problems };
}

function stacksOf(source: Source, item: Node, problems: Problem[]): Node[] {
  if (item.kind !== 'map') return [item];
  const names = get(item, 'for');
  if (names === undefined) {
    problems.push(...withoutFor(source, item));
    return [{ ...item, entries: item.entries.filter(({ key }) => key !== 'except') }];
  }
  const found = [...problemsOfFor(source, names), ...problemsOfExcept(source, names, get(item, 'except'))];
  if (found.length === 0 && sizeOf(names) > MOST_STACKS)
    found.push(problemAt('config-invalid', source, names.range.start, `for: more than ${MOST_STACKS} combinations`));
  if (found.length > 0 || names.kind !== 'map') {
    problems.push(...found);
    return [];
  }
  const excepted = itemsOf(get(item, 'except'));
  const wanted = choicesOf(names).filter((choice) => !excepted.some((each) => covers(each, choice)));
  const unknown = new Map<number, Problem>();
  const written = wanted.map((choice) => writtenOut(source, item, choice, unknown));
  problems.push(...unknown.values());
  return unknown.size > 0 ? [] : written;
}

/** Braces in names of stacks mean nothing to AWS: they were meant for `for:`, or `except:` was. */
function withoutFor(source: Source, item: MapNode): Problem[] {
  const except = entry(item, 'except');
  const name = get(item, 'name');
  const [place] = /\{[^{}]*\}/.exec(textOf(name) ?? '') ?? [];
  return [
    ...(except ? [problemAt('config-invalid', source, except.keyRange.start, 'except: needs "for:" beside it')] : []),
    ...(name && place
      ? [
          problemAt(
            'config-unknown-name',
            source,
            name.range.start,
            `name: ${place} is not known here`,
            'say its values in "for:" of this stack',
          ),
        ]
      : []),
  ];
}

function problemsOfFor(source: Source, names: Node): Problem[] {
  if (names.kind !== 'map' || names.entries.length === 0)
    return [problemAt('config-invalid', source, names.range.start, 'for: must be a map of names to lists of values')];
  return effectiveEntries(names).flatMap(({ key, keyRange, value }) => {
    if (!NAME.test(key))
      return [
        problemAt('config-invalid', source, keyRange.start, `for: "${key}" is no name: use letters, digits, _ and -`),
      ];
    const isList =
      value.kind === 'list' && value.items.length > 0 && value.items.every((each) => textOf(each) !== undefined);
    return isList
      ? []
      : [problemAt('config-invalid', source, value.range.start, `for.${key}: must be a list of texts`)];
  });
}

function problemsOfExcept(source: Source, names: Node, except: Node | undefined): Problem[] {
  if (except === undefined) return [];
  if (except.kind !== 'list')
    return [problemAt('config-invalid', source, except.range.start, 'except: must be a list of maps')];
  return except.items.flatMap((item) => {
    if (item.kind !== 'map' || item.entries.length === 0)
      return [problemAt('config-invalid', source, item.range.start, 'except: must be a list of maps')];
    return effectiveEntries(item).flatMap(({ key, keyRange, value }) => {
      const values = get(names, key);
      if (values === undefined) {
        const known = names.kind === 'map' ? names.entries.map((each) => each.key).join(', ') : '';
        return [
          problemAt('config-unknown-name', source, keyRange.start, `except: "for:" has no "${key}"`, `it has ${known}`),
        ];
      }
      const isThere = itemsOf(values).some((each) => textOf(each) === textOf(value));
      return isThere
        ? []
        : [
            problemAt(
              'config-unknown-name',
              source,
              value.range.start,
              `except: "${textOf(value) ?? ''}" is no value of "${key}"`,
            ),
          ];
    });
  });
}

function sizeOf(names: Node): number {
  const lists = names.kind === 'map' ? effectiveEntries(names) : [];
  return lists.reduce((product, { value }) => product * itemsOf(value).length, 1);
}

/** All combinations, the last name changing first. */
function choicesOf(names: MapNode): Choice[] {
  return effectiveEntries(names).reduce<Choice[]>(
    (choices, { key, value }) =>
      choices.flatMap((choice) => itemsOf(value).map((each) => new Map([...choice, [key, textOf(each) ?? '']]))),
    [new Map()],
  );
}

function covers(except: Node, choice: Choice): boolean {
  return except.kind === 'map' && effectiveEntries(except).every(({ key, value }) => choice.get(key) === textOf(value));
}

/** The entry for one combination; `unknown` collects what is wrong with its braces, once for each place. */
function writtenOut(source: Source, item: MapNode, choice: Choice, unknown: Map<number, Problem>): MapNode {
  const entries = item.entries.flatMap((each): MapEntry[] => {
    if (each.key === 'for' || each.key === 'except') return [];
    return REPLACED.has(each.key) ? [{ ...each, value: replaced(source, each.value, choice, unknown) }] : [each];
  });
  return { ...item, entries };
}

function replaced(source: Source, node: Node, choice: Choice, unknown: Map<number, Problem>): Node {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((each) => replaced(source, each, choice, unknown)) };
  if (node.kind === 'map') {
    const entries = node.entries.map((each) => ({ ...each, value: replaced(source, each.value, choice, unknown) }));
    return { ...node, entries };
  }
  const text = textOf(node);
  if (text === undefined || !/[{}]/.test(text)) return node;
  const value = text.replace(PLACES, (place, name: string | undefined) => {
    if (place === '{{' || place === '}}') return place.charAt(0);
    const known = name === undefined ? undefined : choice.get(name);
    if (known !== undefined) return known;
    const hint = `"for:" has ${[...choice.keys()].join(', ')}; a brace is written {{`;
    const message = name === undefined ? 'this brace is not closed' : `{${name}} is not known`;
    unknown.set(node.range.start, problemAt('config-unknown-name', source, node.range.start, message, hint));
    return place;
  });
  return { kind: 'scalar', value, range: node.range };
}
