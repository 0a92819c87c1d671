import type { IgnoreRule } from '../config/load.js';
import type { Problem } from '../errors.js';
import { coversPointer, matchesGlob } from '../glob.js';
import { problemAt } from '../template/problem.js';
import type { Finding, ResourceReport } from './report.js';

/**
 * Marks the findings that a rule suppresses; they stay in the report, with the reason of the first rule that covers them.
 * `today` is an ISO date. Rules that have expired do not suppress, and both they and rules that match nothing are told.
 * A rule for what could not be verified in `resources` has its use too: it says what is not to be judged.
 * `partial` says that the findings are those of some stacks only, so that nothing can be said of unused rules.
 */
export function applyIgnoreRules(
  findings: readonly Finding[],
  rules: readonly IgnoreRule[],
  today: string,
  { partial = false, resources = [] }: { partial?: boolean; resources?: readonly ResourceReport[] } = {},
): { findings: Finding[]; warnings: Problem[] } {
  const used = new Set<IgnoreRule>();
  const marked = findings.map((finding): Finding => {
    const matching = rules.filter((rule) => holds(rule, today) && covers(rule, finding));
    for (const rule of matching) used.add(rule);
    const [first] = matching;
    if (first === undefined) return finding;
    const { reason, until } = first;
    return { ...finding, suppressed: { reason, ...(until === undefined ? {} : { until }) } };
  });
  const warnings = rules.flatMap((rule) => {
    const { source, range, reason, until } = rule;
    if (!holds(rule, today)) {
      const message = `this ignore rule has expired on ${until} (${reason})`;
      return [problemAt(source, range.start, message, 'renew it or remove it')];
    }
    if (partial || used.has(rule) || resources.some((resource) => coversUnverifiable(rule, resource))) return [];
    const message = `this ignore rule matches nothing (${reason})`;
    return [problemAt(source, range.start, message, 'remove it if it is no longer needed')];
  });
  return { findings: marked, warnings };
}

/** Whether a rule that holds on a day (an ISO date) covers a finding. */
export function isSuppressed(finding: Finding, rules: readonly IgnoreRule[], today: string): boolean {
  return rules.some((rule) => holds(rule, today) && covers(rule, finding));
}

/** A rule holds through its last day; ISO dates sort as text. */
function holds({ until }: IgnoreRule, today: string): boolean {
  return until === undefined || until >= today;
}

function coversUnverifiable(rule: IgnoreRule, { unverifiable, ...subject }: ResourceReport): boolean {
  return unverifiable.some(({ path }) => covers(rule, { ...subject, path }));
}

type Subject = Pick<Finding, 'type' | 'stack' | 'logicalId' | 'path'>;

function covers({ type, stack, logicalId, path }: IgnoreRule, finding: Subject): boolean {
  if (type !== undefined && !matchesGlob(type, finding.type)) return false;
  if (stack !== undefined && !matchesGlob(stack, finding.stack)) return false;
  if (logicalId !== undefined && !matchesGlob(logicalId, finding.logicalId)) return false;
  return path === undefined || coversPointer(path, finding.path);
}
