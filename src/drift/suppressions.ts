import type { IgnoreRule } from '../config/load.js';
import type { Problem } from '../errors.js';
import { coversPointer, matchesGlob } from '../glob.js';
import { problemAt } from '../template/problem.js';
import type { Finding } from './report.js';

/**
 * Marks the findings that a rule suppresses; they stay in the report, with the reason of the first rule that covers them.
 * `today` is an ISO date. Rules that have expired do not suppress, and both they and rules that match nothing are told.
 * `partial` says that the findings are those of some stacks only, so that nothing can be said of unused rules.
 */
export function applyIgnoreRules(
  findings: readonly Finding[],
  rules: readonly IgnoreRule[],
  today: string,
  { partial = false }: { partial?: boolean } = {},
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
    if (partial || used.has(rule)) return [];
    const message = `this ignore rule matches nothing (${reason})`;
    return [problemAt(source, range.start, message, 'remove it if it is no longer needed')];
  });
  return { findings: marked, warnings };
}

/** A rule holds through its last day; ISO dates sort as text. */
function holds({ until }: IgnoreRule, today: string): boolean {
  return until === undefined || until >= today;
}

function covers({ type, stack, logicalId, path }: IgnoreRule, finding: Finding): boolean {
  if (type !== undefined && !matchesGlob(type, finding.type)) return false;
  if (stack !== undefined && !matchesGlob(stack, finding.stack)) return false;
  if (logicalId !== undefined && !matchesGlob(logicalId, finding.logicalId)) return false;
  return path === undefined || coversPointer(path, finding.path);
}
