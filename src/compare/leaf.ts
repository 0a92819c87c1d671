import type { Json } from '../base/json.js';
import { isUnknownAlias } from '../resource-type/equivalences/kms-key.js';
import { BY_QUIRK, EVERYWHERE } from '../resource-type/equivalences/registry.js';
import { nonAsciiMask } from '../resource-type/equivalences/text-spelling.js';
import { matchesAlternative } from '../resource-type/transforms.js';
import type { Comparing } from './comparing.js';
import type { Place } from './place.js';

/** Why two unlike values are no difference: the rule by which they are equal, or why they can't be told apart. */
export type Verdict =
  | { equivalence: string; unverifiable?: undefined }
  | { equivalence?: undefined; unverifiable: string };

/** Looks for a rule under which two unlike values mean the same. */
export function equalByRule(desired: Json, live: Json, place: Place, comparing: Comparing): Verdict | undefined {
  const { rules, context, alternatives } = comparing;
  if (context.spellings?.get(place.path)?.includes(String(live))) return { equivalence: 'number-spelling' };
  if (alternatives.get(place.path)?.some((alternative) => matchesAlternative(alternative, live))) {
    return { equivalence: 'schema-transform' };
  }
  const inner = { ...context, property: place.property };
  for (const [equivalence, holds] of EVERYWHERE) if (holds(desired, live, inner)) return { equivalence };
  for (const rule of rules.quirks(place.path))
    if (BY_QUIRK.get(rule)?.(desired, live, inner)) return { equivalence: rule };
  if (nonAsciiMask(desired, live, inner)) {
    return {
      unverifiable: 'CloudFormation keeps ? for characters outside ASCII, so the template may not say what it means',
    };
  }
  if (
    isUnknownAlias(desired, context.kmsAliasTargets) &&
    typeof live === 'string' &&
    /^(?:arn:[\w-]+:kms:|(?:mrk-)?[0-9a-f-]{32,36}$)/.test(live)
  ) {
    return { unverifiable: `it is not known which key ${String(desired)} points to` };
  }
  if (isLatest(desired) && typeof live !== 'object' && /^\d/.test(String(live))) {
    return { unverifiable: `${String(desired)} stands for a version that AWS picks` };
  }
  return undefined;
}

/** What ECS, EC2 launch templates and others resolve to a version when they use it. */
function isLatest(desired: Json): boolean {
  return typeof desired === 'string' && /^(?:LATEST|\$Latest|\$Default)$/.test(desired);
}
