import { posix } from 'node:path';
import type { Json } from '../../../base/json.js';
import type { ParameterSources } from '../../../model/target.js';
import type { Attempt } from '../../../patch/ports.js';
import type { EditResult } from '../../../syntax/edit/document.js';
import { KEY_VALUE_FILE } from '../../../syntax/key-value-file.js';
import { get, nameOf } from '../../../syntax/node.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Source } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { DIALECT } from '../template/dialect.js';
import { attempt, type Editing } from './attempt.js';

/**
 * Gives a parameter a value where the stack's others have theirs, in its parameter file or its entry in the
 * configuration, when the value so far is the deployed stack's or the default.
 */
export function* parameterAdditions(value: Value, live: Json, editing: Editing): Generator<Attempt> {
  const step = value.origin.via.find(({ role }) => role === 'parameter');
  const { parameters, parameterSources: sources } = editing.stack.target;
  if (step?.name === undefined || typeof live === 'object' || parameters.has(step.name)) return;
  const { name } = step;
  if (!sources?.file && !sources?.config) {
    if (editing.isShared) yield noPlaceFor(`the parameter ${name} could have a value of its own`, editing);
    return;
  }
  const text = String(live);
  const soFar = step.range ? 'has its default' : 'only the deployed stack has a value for';
  const note = `sets the parameter ${name}, which so far ${soFar}`;
  const { source, result } = given(name, text, sources, editing);
  yield attempt(source, result, sources.file ? note : `${note}: deploy with it, too`);
}

/** Where this stack's parameters stand, with one more. */
export function given(
  name: string,
  text: string,
  { file, config }: Pick<ParameterSources, 'file' | 'config'>,
  editing: Editing,
): { source: Source; result: EditResult } {
  if (file) {
    const source = editing.current(file);
    return { source, result: inFile(source, name, text, editing) };
  }
  if (config === undefined) throw new Error(`there is no place for the parameter ${name}`);
  const source = editing.current(config.source);
  const range = (source === config.source ? undefined : config.rangeIn?.(source)) ?? config.range;
  return { source, result: editing.documentOf(source).insertEntry(range, name, text) };
}

/** Says which file is missing, and what to put into it. */
export function noPlaceFor(what: string, { stack: { target }, template }: Editing): Attempt {
  const folder = posix.join(posix.dirname(template.source.path), 'parameters');
  const file = `${folder}/${target.path === undefined ? target.name : target.path.split('/')[0]}.json`;
  const config =
    target.parameterSources === undefined ? 'gitops-drift.yaml (gitops-drift init writes it)' : 'gitops-drift.yaml';
  const refused = `stack ${target.path ?? target.name} has no parameter file, in which ${what}`;
  if (target.path !== undefined) return { refused };
  return {
    refused,
    advice: `${refused}: add ${file} with {"Parameters": {}}, name it as parametersFile: of the stack in ${config}, and scan again`,
  };
}

/** Adds a parameter in the form that the file has; CloudFormation's has an entry already where it says UsePreviousValue. */
function inFile(file: Source, name: string, text: string, editing: Editing): EditResult {
  const document = editing.documentOf(file);
  if (KEY_VALUE_FILE.test(file.path)) return document.insertEntry({ start: 0, end: file.text.length }, name, text);
  const root = parseNode(file, 'parameters', DIALECT);
  const holder = root.kind === 'map' ? (get(root, 'Parameters') ?? get(root, 'parameters')) : root;
  if (holder?.kind === 'map') return document.insertEntry(holder.range, name, text);
  if (holder?.kind !== 'list') return { refused: `${file.path} has no place for parameters` };
  const entry = { ParameterKey: name, ParameterValue: text };
  const present = holder.items.find((item) => nameOf(get(item, 'ParameterKey')) === name);
  return present ? document.set(present.range, entry) : document.insertItem(holder.range, holder.items.length, entry);
}
