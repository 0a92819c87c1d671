import { randomBytes } from 'node:crypto';
import type { ChangeSets, ListedChangeSet } from '../cloud/change-sets.js';
import type { StackTarget } from '../cloud/cloud.js';

/** The run that makes change sets, and what it knows of others. */
export interface RunMark {
  /** Names the machine and the process: `1f0c2a9b-4711`. */
  text: string;
  /** Whether the run of such a mark still goes on; undefined where that can't be known, as of other machines. */
  isAlive(mark: string): boolean | undefined;
}

const NAME = /^gitops-drift-[0-9a-f]{8}$/;
const PASSING = 'gitops-drift revert, deleted at its end, by run ';
const KEPT = 'gitops-drift revert --plan, kept for its approval';
/** Runs of other machines that are older have ended. */
const OLD_MS = 60 * 60_000;

export function newName(): string {
  return `gitops-drift-${randomBytes(4).toString('hex')}`;
}

/** What a change set says of itself, by which later runs know whether it was left by accident. */
export function descriptionOf(mark: RunMark, isKept: boolean): string {
  return isKept ? KEPT : `${PASSING}${mark.text}`;
}

/** Whether a change set of that name may be one of ours. */
export function isOwnName(name: string): boolean {
  return NAME.test(name);
}

/** Our change sets of a stack: those that a run has left that was killed, and those that are kept for an approval. */
export async function ownChangeSets(
  changeSets: Pick<ChangeSets, 'list'>,
  target: StackTarget,
  mark: RunMark,
  now: number,
): Promise<{ left: ListedChangeSet[]; kept: ListedChangeSet[] }> {
  const own = (await changeSets.list(target)).filter((each) => isOwnName(each.name) && !each.isExecuted);
  return {
    left: own.filter((each) => isLeft(each, mark, now)),
    kept: own.filter(({ description }) => description === KEPT),
  };
}

function isLeft({ description, createdAt }: ListedChangeSet, mark: RunMark, now: number): boolean {
  if (!description.startsWith(PASSING)) return false;
  const isAlive = mark.isAlive(description.slice(PASSING.length));
  return isAlive === undefined ? createdAt !== undefined && now - createdAt.getTime() > OLD_MS : !isAlive;
}
