import { pointerOf } from '../base/json-pointer.js';
import type { Difference } from '../model/comparison.js';
import type { Source } from '../syntax/source.js';
import type { Claim } from './claim.js';
import { declarationOf, declarations } from './declare.js';
import { changeOf, intentOf } from './intent.js';
import type { DriftedResource, PatchStack, Wanted } from './model.js';
import { type Attempt, type Candidate, filesEdited } from './ports.js';
import { showsHidden } from './shows-hidden.js';
import type { FileState } from './state.js';
import { writable } from './writable.js';

interface Subject {
  stack: PatchStack;
  resource: DriftedResource;
  wanted: Wanted;
  /** The edit that is to be proven. */
  candidate?: Candidate | undefined;
}

/** The ways to bring a finding's live value into the files of a state, the best first. */
export function* attemptsFor(
  stack: PatchStack,
  resource: DriftedResource,
  wanted: Wanted,
  state: FileState,
): Generator<Attempt> {
  const current = state.stacks.get(stack);
  const evaluated = current?.evaluated.resources.get(resource.logicalId);
  if (!current || !evaluated) return;
  const editor = stack.editor ?? state.editor;
  const { template } = current.program;
  const { properties } = evaluated;
  const editing = {
    stack,
    template,
    logicalId: resource.logicalId,
    properties,
    isShared: [...state.stacks].some(
      ([other, { program }]) => other !== stack && program.template.source.path === template.source.path,
    ),
    current: (source: Source) => state.edited.get(source.path) ?? source,
    documentOf: state.documentOf,
  };
  if (wanted.difference === undefined) {
    yield withoutShowing(editor.removal(evaluated, editing), stack);
    return;
  }
  if (wanted.finding.undeclared) {
    for (const each of declarations(wanted, resource, editing, editor)) yield withoutShowing(each, stack);
    return;
  }
  const difference = adoptable(wanted.difference, stack.known.get(resource.logicalId)?.attributes ?? []);
  const change = changeOf(difference, evaluated.properties);
  if (change) for (const each of editor.edits(change, difference, editing)) yield withoutShowing(each, stack);
}

function withoutShowing(attempt: Attempt, stack: PatchStack): Attempt {
  if (attempt.refused !== undefined) return attempt;
  const isShown = filesEdited(attempt).some(({ source, edits }) => {
    const hidden = stack.hiddenLines?.(source.path);
    return hidden !== undefined && edits.some((edit) => showsHidden(source, edit, hidden));
  });
  if (!isShown) return attempt;
  return { refused: 'a diff of it would show a secret that stands there: edit it by hand' };
}

function adoptable(difference: Difference, readOnly: readonly string[]): Difference {
  if (difference.live === undefined) return difference;
  return { ...difference, live: writable(difference.live, difference.path, readOnly) };
}

/** What patching a finding at a state claims to change. */
export function claimOf({ stack, resource, wanted, candidate }: Subject, state: FileState): Claim {
  const { difference } = wanted;
  const properties = state.stacks.get(stack)?.evaluated.resources.get(resource.logicalId)?.properties;
  if (!difference || !properties) return { stack, resource };
  const declaration = wanted.finding.undeclared && declarationOf(wanted, properties);
  const change = declaration ? declaration.change : changeOf(difference, properties);
  if (!change) return { stack, resource };
  const intent = candidate?.intent ?? intentOf(change);
  const whole =
    declaration && wanted.whole ? { whole: pointerOf([...declaration.change.keys, declaration.change.key]) } : {};
  return { stack, resource, change: { intent, difference, ...whole }, ...(candidate?.isText ? { isText: true } : {}) };
}
