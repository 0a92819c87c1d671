import { DriftError, type Problem } from '../errors.js';
import { effectiveEntries, get, type MapNode, type Node, stringOf } from '../template/node.js';
import type { ConfiguredParameter } from '../template/parameters.js';
import { parseNode } from '../template/parse.js';
import { problemAt } from '../template/problem.js';
import type { Source } from '../template/source.js';
import { textOf } from './load.js';

/**
 * Reads a parameter file: CloudFormation's list of `{ParameterKey, ParameterValue}`, CodePipeline's `{Parameters: {…}}`
 * or Git sync's deployment file `{template-file-path, parameters: {…}}`.
 * `UsePreviousValue` leaves a parameter to the deployed stack. Throws a `DriftError` (code `parameters`).
 */
export function parseParameterFile(source: Source): Map<string, ConfiguredParameter> {
  const root = parseNode(source, 'parameters');
  if (root.kind === 'list') return fromList(source, root.items);
  const map = get(root, 'Parameters') ?? get(root, 'parameters');
  if (map?.kind === 'map') return fromMap(source, map);
  if (map?.kind === 'list') return fromList(source, map.items);
  const hint = 'known forms: a list of {ParameterKey, ParameterValue}; {"Parameters": {…}}; a Git sync deployment file';
  throw new DriftError('parameters', [problemAt(source, root.range.start, 'this is no parameter file', hint)]);
}

function fromList(source: Source, items: readonly Node[]): Map<string, ConfiguredParameter> {
  const problems: Problem[] = [];
  const found = new Map<string, ConfiguredParameter>();
  for (const item of items) {
    const key = stringOf(get(item, 'ParameterKey'));
    const value = get(item, 'ParameterValue');
    const previous = get(item, 'UsePreviousValue');
    const text = textOf(value);
    if (key === undefined) problems.push(problemAt(source, item.range.start, 'ParameterKey is missing'));
    else if (text !== undefined && value) found.set(key, { value: text, source, range: value.range });
    else if (textOf(previous) !== 'true') {
      problems.push(
        problemAt(source, item.range.start, `${key} has neither ParameterValue nor UsePreviousValue: true`),
      );
    }
  }
  if (problems.length > 0) throw new DriftError('parameters', problems);
  return found;
}

function fromMap(source: Source, map: MapNode): Map<string, ConfiguredParameter> {
  const problems: Problem[] = [];
  const found = new Map<string, ConfiguredParameter>();
  for (const { key, keyRange, value } of effectiveEntries(map)) {
    const text = textOf(value);
    if (text === undefined)
      problems.push(problemAt(source, keyRange.start, `${key} must be a text, a number, a boolean or a list`));
    else found.set(key, { value: text, source, range: value.range });
  }
  if (problems.length > 0) throw new DriftError('parameters', problems);
  return found;
}
