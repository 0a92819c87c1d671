import type { Json } from '../json.js';
import { get } from '../template/node.js';
import { parseNode } from '../template/parse.js';
import type { Value } from '../template/value.js';
import { type Attempt, attempt, type Editing } from './candidates.js';

/**
 * Gives a parameter a value where the stack's others have theirs, in its parameter file or its entry in the
 * configuration, when the value so far is the deployed stack's or the default.
 */
export function* parameterAdditions(value: Value, live: Json, editing: Editing): Generator<Attempt> {
  const step = value.origin.via.find(({ kind }) => kind === 'Parameter');
  const { parameters, parameterSources: sources } = editing.stack.target;
  if (step?.name === undefined || typeof live === 'object' || parameters.has(step.name)) return;
  const text = String(live);
  const note = `gives the parameter ${step.name} a value`;
  if (sources?.file) {
    const root = parseNode(sources.file, 'parameters');
    const document = editing.documentOf(sources.file);
    const holder = root.kind === 'map' ? (get(root, 'Parameters') ?? get(root, 'parameters')) : root;
    if (holder?.kind === 'map') yield attempt(sources.file, document.insertEntry(holder.range, step.name, text), note);
    if (holder?.kind === 'list') {
      const entry = { ParameterKey: step.name, ParameterValue: text };
      yield attempt(sources.file, document.insertItem(holder.range, holder.items.length, entry), note);
    }
  } else if (sources?.config) {
    const { source, range } = sources.config;
    yield attempt(source, editing.documentOf(source).insertEntry(range, step.name, text), note);
  }
}
