import type { Attempt } from './candidates.js';
import { candidates } from './candidates.js';
import { removalOfResource } from './deletion.js';
import { changeOf, intentOf } from './intent.js';
import type { DriftedResource, PatchStack, Wanted } from './model.js';
import type { Claim } from './proof.js';
import type { FileState } from './state.js';
import { termsOf } from './terms.js';

interface Subject {
  stack: PatchStack;
  resource: DriftedResource;
  wanted: Wanted;
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
  const { template } = current;
  const editing = { stack, template, terms: termsOf(stack, resource.logicalId), documentOf: state.documentOf };
  if (wanted.difference === undefined) {
    yield removalOfResource(evaluated, editing);
    return;
  }
  const change = changeOf(wanted.difference, evaluated.properties);
  if (change) yield* candidates(change, wanted.difference, editing);
}

/** What patching a finding at a state claims to change. */
export function claimOf({ stack, resource, wanted }: Subject, state: FileState): Claim {
  const { difference } = wanted;
  const properties = state.stacks.get(stack)?.evaluated.resources.get(resource.logicalId)?.properties;
  const change = difference && properties && changeOf(difference, properties);
  return { stack, resource, ...(change ? { change: { intent: intentOf(change), difference } } : {}) };
}
