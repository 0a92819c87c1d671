import pLimit from 'p-limit';
import type { Target } from '../config/targets.js';

/** Stacks in flight where all are in one place: enough to keep the provider's requests busy, few enough to bound memory. */
const AT_A_TIME = 16;
/** Stacks in flight in each of many places, so that one is read while another is evaluated. */
const AT_LEAST_OF_A_PLACE = 2;
const AT_MOST = 64;

/**
 * Does the work for every stack, several at a time, in each account and region some of them: what AWS limits in one
 * then holds up none of the others, in whatever order the stacks are listed. Gives the results in that order.
 */
export function spread<Result>(
  targets: readonly Target[],
  work: (target: Target) => Promise<Result>,
): Promise<Result[]> {
  const keys = new Set(targets.map(placeOf));
  const share = Math.max(AT_LEAST_OF_A_PLACE, Math.ceil(AT_A_TIME / keys.size));
  const places = new Map([...keys].map((key) => [key, pLimit(share)]));
  const everywhere = pLimit(AT_MOST);
  return Promise.all(
    targets.map((target) => {
      const run = () => everywhere(() => work(target));
      return places.get(placeOf(target))?.(run) ?? run();
    }),
  );
}

function placeOf({ account, roleArn, region }: Target): string {
  return `${account ?? ''} ${roleArn ?? ''} ${region}`;
}
