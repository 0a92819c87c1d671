import { expect } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Finding, Severity } from '../../src/model/report.js';
import { changesOf, wholeChange } from '../../src/severity/change.js';
import { type SeverityRules, severityRules } from '../../src/severity/rules.js';
import type { PlainObject } from '../../src/value/value.js';
import { comparing } from '../compare/comparing.js';

export interface RatedPlace {
  path: string;
  severity: Severity;
  rule: string;
}

const SHIPPED = severityRules(cloudFormationTypes);

/** Compares a resource as a scan does, and rates each of its differences. */
export async function ratedPlaces(
  type: string,
  desired: PlainObject,
  live: JsonObject,
  rules: SeverityRules = SHIPPED,
): Promise<RatedPlace[]> {
  const { differences } = await comparing(type, desired, live);
  const changeOf = changesOf(desired, differences);
  return differences.map((difference) => ({
    path: difference.path,
    ...rules.rate(changeOf(difference, { ...subject(type), kind: 'modified', verdict: 'drift' })),
  }));
}

/** The rating of a resource that is one finding as a whole. */
export function ratedWhole(
  type: string,
  { kind, verdict = 'drift' }: Pick<Finding, 'kind'> & Partial<Finding>,
  rules: SeverityRules = SHIPPED,
) {
  return rules.rate(wholeChange({ ...subject(type), kind, verdict }));
}

/** What one change comes to, as `severity rule`. */
export async function ratingOf(type: string, desired: PlainObject, live: JsonObject): Promise<string> {
  const [first, ...others] = await ratedPlaces(type, desired, live);
  expect(others).toEqual([]);
  return first === undefined ? 'no finding' : `${first.severity} ${first.rule}`;
}

function subject(type: string) {
  return { type, stack: 'shop-prod', logicalId: 'Thing' };
}
