import { DriftError } from '../base/errors.js';
import { DIALECT } from '../iac/cloudformation/template/dialect.js';
import type { EvaluatedTemplate } from '../iac/cloudformation/template/evaluate.js';
import { parametersFor } from '../iac/cloudformation/template/nested-stack.js';
import { parseTemplate, type Template } from '../iac/cloudformation/template/parse.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import { applyEdits, type TextEdit } from '../syntax/edit/apply-edits.js';
import { type EditableDocument, openDocument } from '../syntax/edit/document.js';
import { createSource, type Source } from '../syntax/source.js';
import type { PatchGroup, PatchStack } from './model.js';

/** The files at some point of patching, and what each stack comes to with them. */
export interface FileState {
  /** Files that are other than scanned, by path. */
  edited: ReadonlyMap<string, Source>;
  stacks: ReadonlyMap<PatchStack, StackVersion>;
  /** Opens a file as it is in this state. */
  documentOf(source: Source): EditableDocument;
}

/** What a stack is made from, and what that evaluates to. */
export interface StackVersion {
  template: Template;
  configured: ReadonlyMap<string, ConfiguredParameter>;
  /** Evaluated when asked for; throws a `DriftError` where CloudFormation would reject it. */
  readonly evaluated: EvaluatedTemplate;
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
    return [stack, { template, configured: target.parameters, evaluated }];
  });
  return { edited: new Map(), stacks: new Map(versions), documentOf: documents() };
}

/** The state after edits. Throws a `DriftError` where the files are no longer valid. */
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
    const { path } = before.template.source;
    const template = touched.has(path) ? parsed(path, edited, templates) : before.template;
    const after = version(stack, template, parametersOf(stack, stacks, edited));
    const { parent } = stack;
    const isParentSame = !parent || stacks.get(parent.stack) === state.stacks.get(parent.stack);
    const isSame = isSameInput(before, after) && isParentSame && !isGivenBy(stack, touched);
    stacks.set(stack, isSame ? before : after);
  }
  return { edited, stacks, documentOf: documents() };
}

/** A stack's configured parameters with edited files. */
function parametersOf(
  { parent, configured }: PatchStack,
  stacks: ReadonlyMap<PatchStack, StackVersion>,
  edited: ReadonlyMap<string, Source>,
): Map<string, ConfiguredParameter> {
  const above = parent && stacks.get(parent.stack);
  return above ? parametersFor(above.evaluated, parent.logicalId) : configured(edited);
}

/** Whether a stack's own parameters stand in a file that was edited: their places may have shifted. */
function isGivenBy({ target }: PatchStack, touched: ReadonlySet<string>): boolean {
  const { file, config } = target.parameterSources ?? {};
  return [file?.path, config?.source.path].some((path) => path !== undefined && touched.has(path));
}

/** Whether two versions evaluate to the same because they are made from the same: only places may have shifted. */
export function isSameInput(one: StackVersion, other: StackVersion): boolean {
  if (one.template !== other.template || one.configured.size !== other.configured.size) return false;
  return [...one.configured].every(([name, { value }]) => other.configured.get(name)?.value === value);
}

function version(stack: PatchStack, template: Template, configured: Map<string, ConfiguredParameter>): StackVersion {
  let evaluated: EvaluatedTemplate | undefined;
  return {
    template,
    configured,
    get evaluated() {
      evaluated ??= stack.evaluate(template, configured);
      return evaluated;
    },
  };
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
    const document = openDocument(source, DIALECT);
    opened.set(source, document);
    return document;
  };
}
