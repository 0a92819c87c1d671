import picomatch from 'picomatch';
import type { IgnoreRule } from '../config/load.js';
import type { Problem } from '../errors.js';
import { segments } from '../json-pointer.js';
import { problemAt } from '../template/problem.js';
import type { Finding } from './report.js';

/**
 * Marks the findings that a rule suppresses; they stay in the report. `today` is an ISO date. Rules that have expired
 * do not suppress, and both they and rules that match nothing are told.
 */
export function applyIgnoreRules(
  findings: readonly Finding[],
  rules: readonly IgnoreRule[],
  today: string,
): { findings: Finding[]; warnings: Problem[] } {
  const valid = rules.filter(({ until }) => until === undefined || until >= today);
  const matchers = valid.map((rule) => ({ rule, matches: matcherOf(rule) }));
  const used = new Set<IgnoreRule>();
  const marked = findings.map((finding): Finding => {
    const matching = matchers.filter(({ matches }) => matches(finding)).map(({ rule }) => rule);
    for (const rule of matching) used.add(rule);
    const [first] = matching;
    if (first === undefined) return finding;
    const { reason, until } = first;
    return { ...finding, suppressed: { reason, ...(until === undefined ? {} : { until }) } };
  });
  const warnings = rules.flatMap((rule) => {
    const { source, range, reason, until } = rule;
    if (!valid.includes(rule))
      return [
        problemAt(source, range.start, `this ignore rule has expired on ${until} (${reason})`, 'renew it or remove it'),
      ];
    return used.has(rule)
      ? []
      : [
          problemAt(
            source,
            range.start,
            `this ignore rule matches nothing (${reason})`,
            'remove it if it is no longer needed',
          ),
        ];
  });
  return { findings: marked, warnings };
}

function matcherOf({ type, stack, logicalId, path }: IgnoreRule): (finding: Finding) => boolean {
  const matchType = glob(type);
  const matchStack = glob(stack);
  const matchId = glob(logicalId);
  const wanted = path === undefined ? undefined : segments(path);
  return (finding) =>
    matchType(finding.type) &&
    matchStack(finding.stack) &&
    matchId(finding.logicalId) &&
    (wanted === undefined || coversPath(wanted, segments(finding.path)));
}

/** A glob over a whole name; `*` crosses `/` and `:` since neither separates anything in names. */
function glob(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  const matches = picomatch(pattern.replaceAll('/', '\u0000'), { nonegate: true, dot: true });
  return (text) => matches(text.replaceAll('/', '\u0000'));
}

/** Whether a pattern (`*` one segment, `**` any number) covers a path or an ancestor of it. */
function coversPath(pattern: readonly string[], path: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return true;
  if (head === '**') return coversPath(rest, path) || (path.length > 0 && coversPath(pattern, path.slice(1)));
  const [first, ...others] = path;
  return first !== undefined && (head === '*' || head === first) && coversPath(rest, others);
}
