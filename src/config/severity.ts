import { closest } from '../base/closest.js';
import type { Problem } from '../base/errors.js';
import { folderOf } from '../git/file-tree.js';
import type { Severity } from '../model/report.js';
import type { Conditions, SeverityRule, SeveritySetting } from '../severity/rule.js';
import type { RatedTypes } from '../severity/types.js';
import { get, jsonOf, type Node, textOf } from '../syntax/node.js';
import { itemsOf, textsOf } from '../syntax/node-value.js';
import { problemAt } from '../syntax/problem.js';
import { positionAt, type Source } from '../syntax/source.js';

/** The severity rules that a configuration's tree holds, in their order; none where there is no such key. */
export function readSeverity(source: Source, root: Node): SeveritySetting[] {
  return itemsOf(get(root, 'severity')).map((item, index) => {
    const { rule, severity } = textsOf(item, ['rule', 'severity']);
    if (rule !== undefined) return { rule, severity: severity as Severity };
    const { line } = positionAt(source, item.range.start);
    return {
      ...defaultsOf(defaultId(source, index), index, `${source.path}:${line}`),
      ...(jsonOf(item) as unknown as OwnRule),
    };
  });
}

type OwnRule = Conditions & Partial<SeverityRule> & Pick<SeverityRule, 'severity'>;

function defaultsOf(id: string, index: number, place: string): Omit<SeverityRule, 'severity'> {
  return {
    id,
    title: `Rule ${index + 1} of the configuration`,
    why: `The configuration gives such changes this severity (${place}).`,
    help: 'Adopt the live value in Git, or revert it.',
  };
}

/** Those of several folders are told apart by the folder. */
function defaultId(source: Source, index: number): string {
  const folder = folderOf(source.path)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `configuration-${folder === '' ? '' : `${folder}-`}${index + 1}`;
}

/** What a schema can't say: shipped rules that there are not, conditions for them, ids that are given twice. */
export function severityProblems(source: Source, root: Node, types: RatedTypes): Problem[] {
  const items = itemsOf(get(root, 'severity'));
  if (items.length === 0) return [];
  const shipped = types.severityRules().map(({ id }) => id);
  const lines = new Map<string, number>();
  return items.flatMap((item, index) => {
    const name = textOf(get(item, 'rule'));
    const key = name === undefined ? 'id' : 'rule';
    const id = name ?? textOf(get(item, 'id')) ?? defaultId(source, index);
    const { start } = (get(item, key) ?? item).range;
    const line = lines.get(`${key} ${id}`);
    lines.set(`${key} ${id}`, line ?? positionAt(source, start).line);
    if (line !== undefined)
      return [problemAt('config-repeated', source, start, `the rule ${id} is listed in line ${line} already`)];
    if (name === undefined) {
      if (!shipped.includes(id)) return [];
      const hint = `give it another id; "rule: ${id}" changes the severity of the shipped one`;
      return [problemAt('config-repeated', source, start, `a shipped rule has the id "${id}" already`, hint)];
    }
    return shipped.includes(name) ? besides(source, item, index) : [unknownRule(source, start, name, shipped)];
  });
}

function unknownRule(source: Source, start: number, name: string, shipped: readonly string[]): Problem {
  const near = closest(name, shipped);
  const hint = near === undefined ? `shipped rules: ${shipped.join(', ')}` : `did you mean "${near}"?`;
  return problemAt('config-unknown-name', source, start, `there is no shipped rule "${name}"`, hint);
}

/** What stands beside the name of a shipped rule, of which only the severity can be changed. */
function besides(source: Source, item: Node, index: number): Problem[] {
  if (item.kind !== 'map') return [];
  const hint = 'leave out "rule" to write a rule of your own; it is asked before the shipped ones';
  return item.entries
    .filter(({ key }) => key !== 'rule' && key !== 'severity')
    .map(({ key, keyRange }) =>
      problemAt(
        'config-invalid',
        source,
        keyRange.start,
        `severity[${index}]: "${key}" can't be changed in a shipped rule`,
        hint,
      ),
    );
}
