import { applyEdits } from '../syntax/edit/apply-edits.js';
import { type EditableDocument, openDocument } from '../syntax/edit/document.js';
import { openKeyValues } from '../syntax/edit/key-value-document.js';
import { KEY_VALUE_FILE } from '../syntax/key-value-file.js';
import { createSource, type Source } from '../syntax/source.js';
import type { Evaluated } from '../value/evaluated.js';
import type { PatchGroup, PatchStack } from './model.js';
import { type Editor, type FileEdits, type Inputs, isMadeByRunning, type Program } from './ports.js';

/** The files at some point of patching, and what each stack comes to with them. */
export interface FileState {
  editor: Editor;
  /** Files that are other than scanned, by path. */
  edited: ReadonlyMap<string, Source>;
  stacks: ReadonlyMap<PatchStack, StackVersion>;
  /** Opens a file as it is in this state. */
  documentOf(source: Source): EditableDocument;
}

/** What a stack is made from, and what that evaluates to. */
export interface StackVersion {
  program: Program;
  inputs: Inputs;
  /** Evaluated when asked for; throws a `DriftError` where the service would reject it. */
  readonly evaluated: Evaluated;
}

/** The files as they were scanned. */
export function scannedState({ stacks, editor }: PatchGroup): FileState {
  const versions = stacks.map((stack): [PatchStack, StackVersion] => {
    const { program, evaluated } = stack;
    return [stack, { program, inputs: program.inputs, evaluated }];
  });
  return { editor, edited: new Map(), stacks: new Map(versions), documentOf: documents(editor) };
}

/** The state after edits. Throws a `DriftError` where the files are no longer valid. */
export async function editedState(state: FileState, changes: readonly FileEdits[]): Promise<FileState> {
  const edited = new Map(state.edited);
  for (const { source, edits } of changes) {
    edited.set(source.path, createSource(source.path, applyEdits(source.text, edits)));
  }
  const touched = new Set(changes.map(({ source }) => source.path));
  const stacks = new Map<PatchStack, StackVersion>();
  // Parents come before the stacks nested in them, whose parameters they give.
  for (const [stack, before] of state.stacks) {
    const program = await before.program.with(edited);
    const after = version(program, inputsOf(stack, program, stacks));
    const { parent } = stack;
    const isParentSame = !parent || stacks.get(parent.stack) === state.stacks.get(parent.stack);
    const isUntouched = isMadeByRunning(program) || !program.files.some(({ path }) => touched.has(path));
    const isSame = isSameInput(before, after) && isParentSame && isUntouched;
    stacks.set(stack, isSame ? before : after);
  }
  return { editor: state.editor, edited, stacks, documentOf: documents(state.editor) };
}

/** What a stack is given with edited files. */
function inputsOf({ parent }: PatchStack, program: Program, stacks: ReadonlyMap<PatchStack, StackVersion>): Inputs {
  const above = parent && stacks.get(parent.stack);
  return above ? above.program.inputsOf(parent.logicalId, above.evaluated) : program.inputs;
}

/** Whether two versions evaluate to the same because they are made from the same: only places may have shifted. */
export function isSameInput(one: StackVersion, other: StackVersion): boolean {
  if (one.program.template !== other.program.template || one.inputs.size !== other.inputs.size) return false;
  return [...one.inputs].every(([name, { value }]) => other.inputs.get(name)?.value === value);
}

function version(program: Program, inputs: Inputs): StackVersion {
  let evaluated: Evaluated | undefined;
  return {
    program,
    inputs,
    get evaluated() {
      evaluated ??= program.evaluate({ inputs });
      return evaluated;
    },
  };
}

function documents({ dialect }: Editor): (source: Source) => EditableDocument {
  const opened = new WeakMap<Source, EditableDocument>();
  return (source) => {
    const known = opened.get(source);
    if (known) return known;
    const document = KEY_VALUE_FILE.test(source.path) ? openKeyValues(source) : openDocument(source, dialect);
    opened.set(source, document);
    return document;
  };
}
