import type { Json } from '../base/json.js';
import type { Difference } from '../model/comparison.js';
import type { ShownDifference } from '../model/finding.js';
import type { Shown } from '../secrets/shown.js';
import type { Plain } from '../value/value.js';

/** A difference as it may be shown, with its secrets masked. */
export function shownDifference(difference: Difference, show: Shown, deployed: Plain | undefined): ShownDifference {
  const { path, stablePath, desired, live } = difference;
  const masked = (value: Plain) => show.value(value, path, stablePath);
  return {
    path,
    stablePath: show.text(stablePath),
    ...(desired === undefined ? {} : { desired: masked(inTypeOf(live, desired)) }),
    ...(live === undefined ? {} : { live: masked(live) }),
    ...(deployed === undefined ? {} : { deployed: masked(inTypeOf(live, deployed)) }),
  };
}

/** Parameters are text to CloudFormation: beside a live number or boolean, a declared one is shown as such too. */
function inTypeOf(live: Json | undefined, desired: Plain): Plain {
  if (typeof desired !== 'string') return desired;
  if (typeof live === 'boolean' && /^(?:true|false)$/.test(desired)) return desired === 'true';
  return typeof live === 'number' && String(Number(desired)) === desired ? Number(desired) : desired;
}
