import pLimit from 'p-limit';
import type { Target } from '../model/target.js';

/** Starts the work for a stack when it is its turn. */
export type Spread = <Result>(target: Target, work: () => Promise<Result>) => Promise<Result>;

/** Stacks in flight where all are in one place: enough to keep the provider's requests busy, few enough to bound memory. */
const AT_A_TIME = 25;
/** Stacks in flight in each of many places, so that one is read while another is evaluated. */
const AT_LEAST_OF_A_PLACE = 2;
const AT_MOST = 64;

/**
 * Bounds how many stacks are in flight, and has some of each account and region among them: what AWS limits in one then
 * holds up none of the others, in whatever order the stacks are listed.
 */
export function fairLimit(targets: readonly Target[]): Spread {
  const keys = new Set(targets.map(placeOf));
  const share = Math.max(AT_LEAST_OF_A_PLACE, Math.ceil(AT_A_TIME / keys.size));
  const places = new Map([...keys].map((key) => [key, pLimit(share)]));
  const everywhere = pLimit(AT_MOST);
  return (target, work) => {
    const run = () => everywhere(work);
    return places.get(placeOf(target))?.(run) ?? run();
  };
}

function placeOf({ account, roleArn, region }: Target): string {
  return `${account ?? ''} ${roleArn ?? ''} ${region}`;
}
