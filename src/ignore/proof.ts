import type { Finding } from '../model/report.js';
import { holds, type Suppression } from '../suppress/suppressions.js';
import type { IgnoreRequest } from './request.js';

/**
 * Why suppressions that were read from an edited file are no good, undefined where they are: on the day of the request they
 * must cover its finding, and of all findings that were not suppressed before, no other.
 */
export function whyNotProven(
  { finding, today }: IgnoreRequest,
  suppressions: readonly Suppression[],
  findings: readonly Finding[],
): string | undefined {
  const valid = suppressions.filter((each) => holds(each, today));
  const covered = findings.filter((each) => each.suppressed === undefined && valid.some((one) => one.covers(each)));
  const [other, ...more] = covered.filter((each) => each !== finding);
  if (!covered.includes(finding)) return 'it would not cover the finding';
  if (other === undefined) return undefined;
  const { id, stack, region, logicalId, path } = other;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return `it would also cover ${id} (${stack} ${region} ${logicalId} ${path})${rest}`;
}
