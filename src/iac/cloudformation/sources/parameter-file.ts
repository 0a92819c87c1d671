import { DriftError, type Problem } from '../../../base/errors.js';
import { inOrder } from '../../../base/in-order.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import { KEY_VALUE_FILE } from '../../../syntax/key-value-file.js';
import { effectiveEntries, get, type MapNode, type Node, textOf } from '../../../syntax/node.js';
import { parameterText } from '../../../syntax/node-value.js';
import { parseNode } from '../../../syntax/parse.js';
import { problemAt } from '../../../syntax/problem.js';
import { repeatedKeys } from '../../../syntax/repeated-keys.js';
import type { Range, Source } from '../../../syntax/source.js';
import { DIALECT } from '../template/dialect.js';
import { parseKeyValues } from './key-value.js';

/** One parameter as a file gives it; without a value node, the deployed stack's value stays. */
interface Assignment {
  key: string;
  /** Of the key, or of the entry it is in. */
  range: Range;
  value: Node | undefined;
  usePrevious: boolean;
}

/**
 * Reads a parameter file, in any of the forms that AWS has:
 * - CloudFormation's list of `{ParameterKey, ParameterValue}`, also under `Parameters` as in `--cli-input-json`
 *   (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html), where `UsePreviousValue`
 *   leaves the parameter to the deployed stack,
 * - CodePipeline's template configuration `{Parameters: {…}, Tags, StackPolicy}`
 *   (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html),
 * - Git sync's deployment file `{template-file-path, parameters: {…}, tags}`
 *   (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html),
 * - the list of `"Key=Value"` of `aws cloudformation deploy`, or a file with such lines,
 * - Sceptre's stack configuration `{template_path, parameters: {…}}`, where nothing in it is worked out by Sceptre.
 *
 * Ranges are those of the values, quotes included. Throws a `DriftError` (code `parameters`) with all mistakes.
 */
export function parseParameterFile(source: Source): Map<string, ConfiguredParameter> {
  if (KEY_VALUE_FILE.test(source.path)) return parseKeyValues(source);
  const root = parseNode(source, 'parameters', DIALECT);
  const problems = repeatedKeys(source, root);
  const isSceptre = get(root, 'template_path') !== undefined || get(root, 'template') !== undefined;
  const found = new Map<string, ConfiguredParameter>();
  const seen = new Set<string>();
  for (const { key, range, value, usePrevious } of assignmentsIn(source, root, problems)) {
    const text = parameterText(value);
    if (seen.has(key))
      problems.push(problemAt('parameters-repeated', source, range.start, `the parameter ${key} is given twice`));
    else if (isSceptre && value !== undefined && JINJA.test(text ?? ''))
      problems.push(problemAt('parameters-bad-value', source, value.range.start, workedOut(key), WRITE_IT));
    else if (value !== undefined && text !== undefined) found.set(key, { value: text, source, range: value.range });
    else if (value !== undefined)
      problems.push(problemAt('parameters-bad-value', source, value.range.start, wrongValue(key, value)));
    else if (!usePrevious) {
      problems.push(
        problemAt(
          'parameters-bad-value',
          source,
          range.start,
          `${key} has neither a ParameterValue nor UsePreviousValue: true`,
        ),
      );
    }
    seen.add(key);
  }
  if (problems.length > 0) throw new DriftError('parameters', inOrder(problems));
  return found;
}

function assignmentsIn(source: Source, root: Node, problems: Problem[]): Assignment[] {
  const content = root.kind === 'map' ? (get(root, 'Parameters') ?? get(root, 'parameters')) : root;
  if (content?.kind === 'map') return fromMap(content);
  if (content?.kind === 'list') {
    const texts = content.items.map(fromText);
    if (texts.every((each) => each !== undefined)) return texts;
    return content.items.flatMap((item) => fromItem(source, item, problems));
  }
  // Tags alone are a whole deployment file; there is nothing to say on parameters.
  const isEmpty = content?.kind === 'scalar' && content.value === null;
  if (isEmpty || (content === undefined && isDeploymentFile(root))) return [];
  const hint =
    'known are a list of {"ParameterKey": …, "ParameterValue": …}, {"Parameters": {…}} of CodePipeline, and the "parameters:" of Git sync';
  problems.push(
    problemAt(
      'parameters-bad-file',
      source,
      (content ?? root).range.start,
      'there are no parameters in this file',
      hint,
    ),
  );
  return [];
}

function isDeploymentFile(root: Node): boolean {
  return ['template-file-path', 'tags', 'Tags', 'StackPolicy'].some((key) => get(root, key) !== undefined);
}

function fromMap(map: MapNode): Assignment[] {
  return effectiveEntries(map).map(({ key, keyRange, value }) => ({ key, range: keyRange, value, usePrevious: false }));
}

/** `"Key=Value"`, as in a list of nothing else. */
function fromText(item: Node): Assignment | undefined {
  const [, key, value] = /^([A-Za-z0-9]+)=(.*)$/s.exec(textOf(item) ?? '') ?? [];
  if (key === undefined || value === undefined) return undefined;
  const { range } = item;
  return { key, range, value: { kind: 'scalar', value, range }, usePrevious: false };
}

function fromItem(source: Source, item: Node, problems: Problem[]): Assignment[] {
  const key = textOf(get(item, 'ParameterKey'));
  if (key === undefined) {
    problems.push(problemAt('parameters-bad-file', source, item.range.start, 'an entry must have a ParameterKey'));
    return [];
  }
  const usePrevious = textOf(get(item, 'UsePreviousValue')) === 'true';
  // CloudFormation refuses both together; what the deployed stack has is what such an entry asks for.
  const value = usePrevious ? undefined : get(item, 'ParameterValue');
  return [{ key, range: item.range, value, usePrevious }];
}

/** What Sceptre fills in before it reads a file. */
const JINJA = /\{\{|\{%/;
const WRITE_IT = 'give the value in "parameters:" of the stack, and leave the file out';

function workedOut(key: string): string {
  return `${key} is worked out by Sceptre`;
}

function wrongValue(key: string, value: Node): string {
  if (value.kind === 'scalar') return `${key} has no value; an empty text is written ""`;
  return `${key} must be a text, a number, a boolean or a list of them`;
}
