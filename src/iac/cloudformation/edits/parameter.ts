import type { Json } from '../../../base/json.js';
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
  const text = String(live);
  const soFar = step.range ? 'has its default' : 'only the deployed stack has a value for';
  const note = `sets the parameter ${name}, which so far ${soFar}`;
  if (sources?.file) yield attempt(sources.file, inFile(sources.file, name, text, editing), note);
  else if (sources?.config) {
    const { source, range } = sources.config;
    yield attempt(source, editing.documentOf(source).insertEntry(range, name, text), `${note}: deploy with it, too`);
  }
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
