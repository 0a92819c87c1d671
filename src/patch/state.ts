import { configuredParameters } from '../config/targets.js';
import { DriftError } from '../errors.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import { parametersFor } from '../template/nested-stack.js';
import type { ConfiguredParameter } from '../template/parameters.js';
import { parseTemplate, type Template } from '../template/parse.js';
import { createSource, type Source } from '../template/source.js';
import { applyEdits, type TextEdit } from './edit/apply-edits.js';
import { type EditableDocument, openDocument } from './edit/document.js';
import type { PatchGroup, PatchStack } from './model.js';

/** The files at some point of patching, and what each stack evaluates to with them. */
export interface FileState {
  /** Files that are other than scanned, by path. */
  edited: ReadonlyMap<string, Source>;
  stacks: ReadonlyMap<PatchStack, StackVersion>;
  /** Opens a file as it is in this state. */
  documentOf(source: Source): EditableDocument;
}

/** A stack as the files of a state make it. */
export interface StackVersion {
  template: Template;
  configured: Map<string, ConfiguredParameter>;
  evaluated: EvaluatedTemplate;
}

/** Edits of one file. */
export interface FileEdits {
  source: Source;
  edits: readonly TextEdit[];
}

/** The files as they were scanned. */
export function scannedState({ stacks }: PatchGroup): FileState {
  const versions = stacks.map((stack): [PatchStack, StackVersion] => {
    const { template, evaluated, target } = stack;
    return [stack, { template, evaluated, configured: target.parameters }];
  });
  return { edited: new Map(), stacks: new Map(versions), documentOf: documents() };
}

/**
 * The state after edits, with every stack that they concern evaluated again. Throws a `DriftError` where the files are
 * no longer valid.
 */
export function editedState(state: FileState, changes: readonly FileEdits[]): FileState {
  const edited = new Map(state.edited);
  for (const { source, edits } of changes) {
    edited.set(source.path, createSource(source.path, applyEdits(source.text, edits)));
  }
  const touched = new Set(changes.map(({ source }) => source.path));
  const templates = new Map<string, Template>();
  const stacks = new Map<PatchStack, StackVersion>();
  // Parents come before the stacks nested in them, whose parameters they give.
  for (const [stack, before] of state.stacks) {
    const isEdited = touched.has(before.template.source.path);
    const configured = parametersOf(stack, stacks, edited);
    if (!isEdited && haveSameValues(configured, before.configured)) stacks.set(stack, before);
    else {
      const template = isEdited ? parsed(before.template.source.path, edited, templates) : before.template;
      stacks.set(stack, { template, configured, evaluated: stack.evaluate(template, configured) });
    }
  }
  return { edited, stacks, documentOf: documents() };
}

function parametersOf(
  { target, parent }: PatchStack,
  stacks: ReadonlyMap<PatchStack, StackVersion>,
  edited: ReadonlyMap<string, Source>,
): Map<string, ConfiguredParameter> {
  const version = parent && stacks.get(parent.stack);
  return version ? parametersFor(version.evaluated, parent.logicalId) : configuredParameters(target, edited);
}

function haveSameValues(one: Map<string, ConfiguredParameter>, other: Map<string, ConfiguredParameter>): boolean {
  return one.size === other.size && [...one].every(([name, { value }]) => other.get(name)?.value === value);
}

function parsed(path: string, edited: ReadonlyMap<string, Source>, templates: Map<string, Template>): Template {
  const known = templates.get(path);
  if (known) return known;
  const source = edited.get(path);
  if (source === undefined) throw new DriftError('template', `${path} is not among the edited files`);
  const template = parseTemplate(source);
  templates.set(path, template);
  return template;
}

function documents(): (source: Source) => EditableDocument {
  const opened = new WeakMap<Source, EditableDocument>();
  return (source) => {
    const known = opened.get(source);
    if (known) return known;
    const document = openDocument(source);
    opened.set(source, document);
    return document;
  };
}
