import { posix } from 'node:path';
import type { Json, JsonObject } from '../../../base/json.js';
import { pointerOf } from '../../../base/json-pointer.js';
import { pathPatterns } from '../../../base/path-pattern.js';
import { capitalized } from '../../../base/text.js';
import type { ParameterSources } from '../../../model/target.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt, StackFacts } from '../../../patch/ports.js';
import { sortEdits } from '../../../syntax/edit/apply-edits.js';
import type { EditableDocument, EditResult } from '../../../syntax/edit/document.js';
import { effectiveEntries, get, type MapNode, nameOf, section } from '../../../syntax/node.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Source } from '../../../syntax/source.js';
import type { Value } from '../../../value/value.js';
import { DIALECT } from '../template/dialect.js';
import { cloudFormationTypes } from '../types/types.js';
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

/**
 * Makes a literal of a template that several stacks are made from a parameter: what it is becomes the default, and this stack
 * has its own value where it has its others.
 */
export function* asParameter(
  { kind, keys, value }: Extract<Change, { kind: 'set' }>,
  live: Json,
  editing: Editing,
): Generator<Attempt> {
  const { template, stack, logicalId, isShared } = editing;
  const { origin } = value;
  const isLiteral =
    value.kind === 'scalar' && origin.source?.path === template.source.path && origin.parts === undefined;
  const isGiven = origin.via.some(({ role }) => role === 'parameter' || role === 'table');
  if (!isShared || kind !== 'set' || !isLiteral || isGiven || !origin.range || !isScalar(live)) return;
  if (value.kind === 'scalar' && typeof value.value !== 'string' && !isTyped(stack, logicalId, keys)) return;
  const { parameterSources: sources } = stack.target;
  if (!sources?.file && !sources?.config) {
    yield noPlaceFor('it could have a value of its own', editing);
    return;
  }
  const document = editing.documentOf(template.source);
  const name = freeName(logicalId, keys, template.root);
  const here = document.set(origin.range, { Ref: name });
  const declared = declare(name, declaration(value.value, live), template.root, document);
  const own = given(name, String(live), sources, editing);
  for (const { refused } of [here, declared, own.result]) {
    if (refused === undefined) continue;
    yield { refused };
    return;
  }
  const edits = sortEdits([...(here.edits ?? []), ...(declared.edits ?? [])]);
  const note = `makes it the parameter ${name}, with a value for ${stack.target.name} in ${own.source.path} and what it was as the default`;
  yield {
    source: template.source,
    edits,
    also: [{ source: own.source, edits: own.result.edits ?? [] }],
    isText: true,
    note,
  };
}

/** Whether a place's schema says what it holds, so that CloudFormation makes a number of a text; in a document it stays one. */
function isTyped({ evaluated }: StackFacts, logicalId: string, keys: readonly string[]): boolean {
  const { documents } = cloudFormationTypes.get(evaluated.resources.get(logicalId)?.type ?? '') ?? {};
  return documents !== undefined && !pathPatterns(documents).covers(pointerOf(keys));
}

/** Where this stack's parameters stand, with one more. */
function given(
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
function noPlaceFor(what: string, { stack: { target }, template }: Editing): Attempt {
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

function isScalar(live: Json): live is string | number | boolean {
  return typeof live === 'string' || typeof live === 'number' || typeof live === 'boolean';
}

/** What a parameter with this value for a default is declared as. */
function declaration(value: string | number | boolean, live: string | number | boolean): JsonObject {
  if (typeof value === 'number' && typeof live === 'number') return { Type: 'Number', Default: value };
  if (typeof value !== 'boolean') return { Type: 'String', Default: String(value) };
  return { Type: 'String', Default: String(value), AllowedValues: ['true', 'false'] };
}

function declare(name: string, declared: JsonObject, root: MapNode, document: EditableDocument): EditResult {
  const parameters = get(root, 'Parameters');
  if (parameters === undefined)
    return document.insertEntry(root.range, 'Parameters', { [name]: declared }, 'Resources');
  return document.insertEntry(parameters.range, name, declared);
}

/** `QueueVisibilityTimeout`: the resource and the last key of the property, with a number where that is taken. */
function freeName(logicalId: string, keys: readonly string[], root: MapNode): string {
  const key = keys.findLast((each) => !/^\d+$/.test(each)) ?? '';
  const name = (logicalId + capitalized(key)).replace(/[^A-Za-z0-9]/g, '').slice(0, LONGEST_NAME);
  const taken = new Set(
    ['Parameters', 'Resources'].flatMap((each) => effectiveEntries(section(root, each)).map((entry) => entry.key)),
  );
  for (let number = 1; ; number += 1) {
    const own = number === 1 ? name : `${name}${number}`;
    if (!taken.has(own)) return own;
  }
}

/** Names of parameters have 255 characters at most. */
const LONGEST_NAME = 200;

/** Adds a parameter in the form that the file has; CloudFormation's has an entry already where it says UsePreviousValue. */
function inFile(file: Source, name: string, text: string, editing: Editing): EditResult {
  const root = parseNode(file, 'parameters', DIALECT);
  const document = editing.documentOf(file);
  const holder = root.kind === 'map' ? (get(root, 'Parameters') ?? get(root, 'parameters')) : root;
  if (holder?.kind === 'map') return document.insertEntry(holder.range, name, text);
  if (holder?.kind !== 'list') return { refused: `${file.path} has no place for parameters` };
  const entry = { ParameterKey: name, ParameterValue: text };
  const present = holder.items.find((item) => nameOf(get(item, 'ParameterKey')) === name);
  return present ? document.set(present.range, entry) : document.insertItem(holder.range, holder.items.length, entry);
}
