import { DriftError } from '../base/errors.js';
import { segments, touches, withoutIndices } from '../base/json-pointer.js';
import { toPlain, valuesOnWay } from '../value/value.js';
import { type Bundle, fileEdits } from './bundles.js';
import { isMadeByRunning } from './ports.js';
import { remadeOf } from './proof.js';
import { editedState, type FileState } from './state.js';
import type { Task } from './task.js';

/**
 * Of edits that were made together and not proven, those that look like the cause: what they are for did not come out, or
 * something else did by their value. Only where a program was run, which tells that at no cost; to look for the cause by
 * halves would run it many times. Empty where nothing tells them apart.
 */
export async function suspects(state: FileState, bundles: readonly Bundle[]): Promise<ReadonlySet<Bundle>> {
  const tasks = bundles.flatMap((bundle) => bundle.tasks);
  if (!tasks.every(({ stack }) => isMadeByRunning(stack.program))) return new Set();
  try {
    const after = await editedState(state, fileEdits(bundles));
    const strays = await strayValues(state, after, tasks);
    const isSuspect = (task: Task) => !isThere(task, after) || strays.has(textOf(task.wanted.difference?.live));
    const found = new Set(bundles.filter((bundle) => bundle.tasks.some(isSuspect)));
    return found.size === bundles.length ? new Set() : found;
  } catch (error) {
    if (error instanceof DriftError) return new Set();
    throw error;
  }
}

/** Whether what is live stands at the place of a task's finding. */
function isThere({ stack, resource, wanted: { difference } }: Task, after: FileState): boolean {
  const properties = after.stacks.get(stack)?.evaluated.resources.get(resource.logicalId)?.properties;
  if (properties === undefined || difference === undefined) return false;
  const keys = segments(difference.path);
  const way = valuesOnWay(properties, keys);
  const value = way.length > keys.length ? way.at(-1) : undefined;
  // An element of a set may stand elsewhere in it.
  return value?.kind !== 'scalar' || textOf(toPlain(value)) === textOf(difference.live);
}

/** What came out at places that no task is for. */
async function strayValues(before: FileState, after: FileState, tasks: readonly Task[]): Promise<ReadonlySet<string>> {
  const strays = new Set<string>();
  for (const [stack, { program }] of after.stacks) {
    const old = before.stacks.get(stack)?.program;
    const [was, is] = [old && (await remadeOf(old)), await remadeOf(program)];
    const own = tasks.filter((task) => task.stack === stack);
    const places = own.map(({ resource, wanted }) =>
      withoutIndices(`/${resource.logicalId}/Properties${wanted.difference?.path ?? ''}`),
    );
    for (const [place, text] of is ?? []) {
      const isOwn = () => places.some((each) => touches(withoutIndices(place), each));
      if (was?.get(place) !== text && !isOwn()) strays.add(textOf(JSON.parse(text)));
    }
  }
  return strays;
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
