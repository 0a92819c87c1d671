import { sameContent } from '../base/content.js';
import type { Json } from '../base/json.js';
import { child, touches } from '../base/json-pointer.js';
import type { Comparison, Difference } from '../model/comparison.js';
import type { Verdict } from '../model/report.js';
import { isKnown, isPlainMap, isUnresolved, type Plain, type PlainObject, valueAt } from '../value/value.js';

/** A difference with what the deployed template says about it. */
export interface Judged {
  difference: Difference;
  verdict: Verdict;
  /** The deployed template's value, where it says more than Git's and the live one. */
  deployed?: Plain;
}

/**
 * Tells drift from pending deployments: what Git says (`desired`), what the stack's deployed template says (`deployed`) and
 * what is live, compared two by two. Values at one place are matched by the stable path, so that lists may be reordered.
 *
 * - `drift`: Git = deployed, unlike live
 * - `undeployed`: deployed = live, unlike Git
 * - `adopted`: Git = live, unlike deployed
 * - `conflict`: all differ
 *
 * Where the deployed value is not known, a difference between Git and live is drift. `isSameScalar` tells whether two
 * scalars of templates mean the same at a path: Git's and the deployed one are compared by their forms alone.
 */
export function judgeThreeWay(
  desired: PlainObject,
  deployed: PlainObject,
  desiredLive: Comparison,
  deployedLive: Comparison,
  isSameScalar: SameScalar,
): Judged[] {
  const judged = desiredLive.differences.map((difference) =>
    judgeDifference(difference, deployed, deployedLive, isSameScalar),
  );
  for (const difference of deployedLive.differences) {
    if (desiredLive.differences.some(({ stablePath }) => touches(stablePath, difference.stablePath))) continue;
    if (isOpen(desiredLive, difference.path)) continue;
    judged.push(judgeDeployedOnly(difference, desired));
  }
  const told = [...desiredLive.differences, ...deployedLive.differences];
  for (const { path, value } of droppedKeys(desired, deployed, '')) {
    if (told.some((difference) => touches(difference.path, path)) || !isKnown(value)) continue;
    const live = isOpen(deployedLive, path) ? {} : { live: value };
    judged.push({ difference: { path, stablePath: path, ...live }, verdict: 'undeployed', deployed: value });
  }
  return judged;
}

function judgeDifference(
  difference: Difference,
  deployed: PlainObject,
  deployedLive: Comparison,
  isSameScalar: SameScalar,
): Judged {
  const same = deployedLive.differences.find(({ stablePath }) => stablePath === difference.stablePath);
  if (same) {
    const verdict = isSame(same.desired, difference.desired, difference.path, isSameScalar) ? 'drift' : 'conflict';
    const told = verdict === 'conflict' && same.desired !== undefined ? { deployed: same.desired } : {};
    return { difference, verdict, ...told };
  }
  if (deployedLive.differences.some(({ stablePath }) => touches(stablePath, difference.stablePath))) {
    return { difference, verdict: 'conflict' };
  }
  if (isOpen(deployedLive, difference.path) || isUnresolved(valueAt(deployed, difference.path) ?? null)) {
    return { difference, verdict: 'drift' };
  }
  const value = difference.live ?? valueAt(deployed, difference.path);
  return { difference, verdict: 'undeployed', ...(value === undefined ? {} : { deployed: value }) };
}

/** A place at which live and deployed differ, and Git does not differ from live. */
function judgeDeployedOnly(difference: Difference, desired: PlainObject): Judged {
  const { path, stablePath, live, desired: deployed } = difference;
  const own = valueAt(desired, path);
  // Git no longer has the setting, and what it would put back is not what somebody made of it.
  const isDropped = own === undefined && live !== undefined && deployed !== undefined;
  const declared = isDropped || live === undefined ? undefined : (own ?? live);
  return {
    difference: {
      path,
      stablePath,
      ...(declared === undefined ? {} : { desired: declared }),
      ...(live === undefined ? {} : { live }),
    },
    verdict: isDropped ? 'conflict' : 'adopted',
    ...(deployed === undefined ? {} : { deployed }),
  };
}

/** Keys that the deployed template has and Git's no longer has. */
function droppedKeys(desired: Plain, deployed: Plain, path: string): { path: string; value: Plain }[] {
  if (Array.isArray(desired) && Array.isArray(deployed)) {
    if (desired.length !== deployed.length) return [];
    return deployed.flatMap((item, index) => droppedKeys(desired[index] ?? null, item, child(path, index)));
  }
  if (!isPlainMap(desired) || !isPlainMap(deployed)) return [];
  return Object.entries(deployed).flatMap(([key, value]) => {
    const at = child(path, key);
    if (!Object.hasOwn(desired, key)) return [{ path: at, value }];
    return droppedKeys(desired[key] ?? null, value, at);
  });
}

function isOpen({ unverifiable }: Comparison, path: string): boolean {
  return unverifiable.some((each) => touches(each.path, path));
}

/** Whether two scalars of two versions of a template mean the same at a path. */
export type SameScalar = (one: Json, other: Json, path: string) => boolean;

/** Whether two versions of a template mean the same: a parameter's `"60"` is what a literal `60` was before. */
function isSame(one: Plain | undefined, other: Plain | undefined, path: string, isSameScalar: SameScalar): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length &&
      one.every((item, index) => isSame(item, other[index], child(path, index), isSameScalar))
    );
  }
  if (isPlainMap(one) && isPlainMap(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => isSame(memberOf(one, key), memberOf(other, key), child(path, key), isSameScalar));
  }
  if (!isKnown(one) || !isKnown(other)) return sameContent(one, other);
  return one === other || isSameScalar(one, other, path);
}

function memberOf(map: PlainObject, key: string): Plain | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
