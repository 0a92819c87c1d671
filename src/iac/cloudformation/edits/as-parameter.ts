import type { Json, JsonObject } from '../../../base/json.js';
import { pointerOf } from '../../../base/json-pointer.js';
import { pathPatterns } from '../../../base/path-pattern.js';
import { capitalized } from '../../../base/text.js';
import type { Change } from '../../../patch/intent.js';
import type { Attempt, StackFacts } from '../../../patch/ports.js';
import { sortEdits } from '../../../syntax/edit/apply-edits.js';
import type { EditableDocument, EditResult } from '../../../syntax/edit/document.js';
import { effectiveEntries, get, type MapNode, section } from '../../../syntax/node.js';
import { cloudFormationTypes } from '../types/types.js';
import type { Editing } from './attempt.js';
import { given, noPlaceFor } from './parameter.js';

/** Names of parameters have 255 characters at most. */
const LONGEST_NAME = 200;

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
