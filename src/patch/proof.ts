import { DriftError } from '../base/errors.js';
import { touches, withoutIndices } from '../base/json-pointer.js';
import type { Comparison, Difference } from '../model/comparison.js';
import type { Evaluated, EvaluatedResource } from '../value/evaluated.js';
import { toPlain } from '../value/value.js';
import type { Claim } from './claim.js';
import { type Intent, isChangedAsIntended } from './intent.js';
import type { Failure, PatchGroup, PatchStack } from './model.js';
import { outputsAfter } from './outputs.js';
import { type FileEdits, isMadeByRunning, type Program, type Remade } from './ports.js';
import { editedState, type FileState, isSameInput, type StackVersion } from './state.js';

export type Proof = { proven: FileState; failure?: undefined } | { proven?: undefined; failure: Failure };

/**
 * Proves edits: the edited files are parsed and evaluated again, and exactly what is claimed changes, to values that
 * compare as equal to the live ones; everything else evaluates as before, in every stack of the same files, but for
 * outputs that report what changes.
 */
export async function prove(
  group: PatchGroup,
  state: FileState,
  edits: readonly FileEdits[],
  claims: readonly Claim[],
): Promise<Proof> {
  try {
    return await proofOf(group, state, await editedState(state, edits), claims);
  } catch (error) {
    // What a proof was asked for with, and is not there, fails all of them.
    if (!(error instanceof DriftError) || error.code === 'usage') throw error;
    return failed(`the edited file would be rejected: ${error.problems[0]?.message ?? error.message}`);
  }
}

async function proofOf(
  group: PatchGroup,
  state: FileState,
  after: FileState,
  claims: readonly Claim[],
): Promise<Proof> {
  const unproven = group.unproven.find(({ isConcerned }) => isConcerned(after.edited));
  if (unproven) {
    const { name, shares = 'has the same template or parameters', reason } = unproven;
    return failed(`${name} ${shares}, and ${reason}`);
  }
  const isRemoval = claims.every(({ change }) => change === undefined);
  for (const [stack, version] of after.stacks) {
    const before = state.stacks.get(stack);
    const own = claims.filter((claim) => claim.stack === stack);
    const shared = claims.filter((claim) => claim.isText && isSameTemplate(claim.stack, stack));
    const children = group.stacks.flatMap(({ parent }) => (parent?.stack === stack ? [parent.logicalId] : []));
    if (before && !isSameInput(before, version)) {
      const failure = await stackFailure(stack, before.evaluated, version.evaluated, {
        claims: own,
        shared,
        children: new Set(children),
        isRemoval,
      });
      if (failure !== undefined) return { failure };
      const remade =
        group.remakes || isMadeByRunning(version.program) ? await remadeFailure(before, version, own) : undefined;
      if (remade !== undefined) return failed(remade);
    } else if (own.length > 0) return failed('the edit does not change what the template says');
  }
  return { proven: after };
}

function isSameTemplate(one: PatchStack, other: PatchStack): boolean {
  return one.template.source.path === other.template.source.path;
}

/** Why edits are no good by what the service's own program makes of them: another value than theirs changes. */
async function remadeFailure(
  { program: before }: StackVersion,
  { program: after }: StackVersion,
  claims: readonly Claim[],
): Promise<string | undefined> {
  if (before.remake === undefined || after.remake === undefined) return undefined;
  const was = await remadeOf(before);
  // What the program refuses as it is, is proven by rules alone.
  if (was === undefined) return undefined;
  const is = await after.remake();
  const own = claims.map(({ resource, change }) => `/${resource.logicalId}/Properties${change?.difference.path ?? ''}`);
  const places = own.map(withoutIndices);
  for (const place of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(place) === is.get(place)) continue;
    if (!places.some((each) => touches(withoutIndices(place), each)))
      return `making it anew would also change ${place}`;
  }
  return undefined;
}

/** What the service's own program makes of a source; undefined where it is none, or refuses it. */
export async function remadeOf({ remake }: Program): Promise<Remade | undefined> {
  try {
    return await remake?.();
  } catch (error) {
    if (error instanceof DriftError && error.code !== 'usage') return undefined;
    throw error;
  }
}

function failed(reason: string): Proof {
  return { failure: { reason } };
}

/** Why an edit is no good that also changes something without a finding: of another stack than its own, where one is given. */
export function reachesTooFar(what: string, other?: PatchStack, isRemoval = false): Failure {
  const own = isRemoval
    ? 'let a condition leave it out there'
    : 'make it a parameter, of which each stack has its own value';
  return {
    reason: `the edit would also change ${what}${other ? ` of stack ${other.target.path ?? other.target.name}` : ''}`,
    advice: other ? own : 'write a value of its own there first',
  };
}

/** What an edit may do to a stack. */
interface Concerned {
  /** What it claims to do there. */
  claims: readonly Claim[];
  /** The claims of all stacks that make a value of the template a text. */
  shared: readonly Claim[];
  /** The resources that are stacks nested in it. */
  children: ReadonlySet<string>;
  /** Whether it takes out resources. */
  isRemoval: boolean;
}

async function stackFailure(
  stack: PatchStack,
  before: Evaluated,
  after: Evaluated,
  { claims, shared, children, isRemoval }: Concerned,
): Promise<Failure | undefined> {
  const also = (what: string) => reachesTooFar(what, claims.length === 0 ? stack : undefined, isRemoval);
  if (after.resources.size === 0)
    return { reason: 'a template must have at least one resource', advice: 'delete the stack and the file instead' };
  for (const [what, was] of before.others) {
    const is = after.others.get(what) ?? new Map();
    if (JSON.stringify([...was]) !== JSON.stringify([...is])) return also(what);
  }
  const { other } = outputsAfter(before, after, claims);
  if (other !== undefined) return also(`the output ${other}`);
  for (const logicalId of new Set([...before.resources.keys(), ...after.resources.keys()])) {
    const own = claims.filter(({ resource }) => resource.logicalId === logicalId);
    const [was, is] = [before.resources.get(logicalId), after.resources.get(logicalId)];
    // What a nested stack makes of its parameters is looked at in that stack.
    const isPassedOn = own.length === 0 && children.has(logicalId);
    const free = isPassedOn && was?.properties.entries.has('Parameters') ? [PARAMETERS] : [];
    const texts = shared.filter(({ resource }) => resource.logicalId === logicalId).flatMap(textOf);
    const failure = await resourceFailure(was, is, own, [...free, ...texts]);
    if (failure !== undefined)
      return own.length === 0 ? also(logicalId) : { reason: failure, advice: 'change it by hand' };
  }
  return undefined;
}

const PARAMETERS: Intent = { kind: 'set', keys: ['Parameters'] };

/** What becomes of a value, in each stack, that is given from outside of the template from then on. */
function textOf({ change }: Claim): Intent[] {
  return change === undefined ? [] : [{ kind: 'text', keys: change.intent.keys }];
}

/** Why a resource did not change as claimed (with no claims: at all). */
async function resourceFailure(
  before: EvaluatedResource | undefined,
  after: EvaluatedResource | undefined,
  claims: readonly Claim[],
  free: readonly Intent[],
): Promise<string | undefined> {
  const [first] = claims;
  if (first && first.change === undefined) return after ? 'the resource would stay' : undefined;
  if (!before || !after) return 'resources would come or go';
  if (!isSameHead(before, after)) return 'the resource would change as a whole';
  const changes = claims.flatMap(({ change }) => change ?? []);
  const intents = [...changes.map(({ intent }) => intent), ...free];
  if (!isChangedAsIntended(toPlain(before.properties), toPlain(after.properties), intents)) {
    return `the edit would also change other properties of ${before.logicalId}`;
  }
  if (first === undefined) return undefined;
  const [was, is] = await Promise.all([
    first.resource.compare(before.properties),
    first.resource.compare(after.properties),
  ]);
  const inLists = was.differences.filter(
    ({ path, desired }) =>
      desired === undefined && changes.some(({ whole }) => whole && `${path}/`.startsWith(`${whole}/`)),
  );
  return comparisonFailure(was, is, [...changes.map(({ difference }) => difference), ...inLists]);
}

function isSameHead(one: EvaluatedResource, other: EvaluatedResource): boolean {
  if (one.type !== other.type || one.presence !== other.presence || one.reason !== other.reason) return false;
  return one.dependsOn.join() === other.dependsOn.join();
}

/** The differences that were patched must be gone, all others still there, and nothing may have become unverifiable. */
function comparisonFailure(was: Comparison, is: Comparison, patched: readonly Difference[]): string | undefined {
  const expected = bag(was.differences.map(shape));
  for (const difference of patched) take(expected, shape(difference));
  for (const text of is.differences.map(shape)) {
    if (!take(expected, text)) return 'the template would still not say what is live';
  }
  if ([...expected.values()].some((count) => count > 0)) return 'it would hide another difference';
  const open = bag(was.unverifiable.map(({ path }) => withoutIndices(path)));
  if (is.unverifiable.some(({ path }) => !take(open, withoutIndices(path))))
    return 'the edited value could not be verified';
  return undefined;
}

/** A difference by what it says, whatever index its place has by now. */
function shape({ path, desired, live }: Difference): string {
  return JSON.stringify([
    withoutIndices(path),
    desired ?? null,
    live ?? null,
    desired === undefined,
    live === undefined,
  ]);
}

function bag(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, text: string): boolean {
  const count = counts.get(text) ?? 0;
  if (count === 0) return false;
  counts.set(text, count - 1);
  return true;
}
