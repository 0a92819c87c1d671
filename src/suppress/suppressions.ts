import type { Problem } from '../base/errors.js';
import { coversPointer, matchesGlob, matchesStack } from '../base/glob.js';
import type { Finding, ResourceReport, Suppressed } from '../model/report.js';
import { positionAt, type Range, type Source } from '../syntax/source.js';

/** A reason not to count findings; at least one of the matchers is there. */
export interface IgnoreRule {
  /** Globs. */
  type?: string;
  stack?: string;
  logicalId?: string;
  /** Of the stack, where others have its name elsewhere. */
  region?: string;
  account?: string;
  /** JSON Pointer glob; covers everything below it. */
  path?: string;
  reason: string;
  /** The last day on which it holds, `2027-01-31`. */
  until?: string;
  source: Source;
  range: Range;
  /** Whether a stack is one that the rule may be for at all; absent: all are. */
  isFor?: (place: StackPlace) => boolean;
}

/** Which stack it is. */
export type StackPlace = Pick<Finding, 'account' | 'region' | 'stack'>;

/** A reason not to count findings, and which ones, wherever that is said. */
export interface Suppression {
  reason: string;
  /** The last day on which it holds, an ISO date. */
  until?: string;
  by: 'configuration' | 'template';
  /** The place where it is said. */
  file: string;
  line: number;
  column: number;
  covers(subject: Subject): boolean;
  /** Whether it has to do with a resource at all. */
  concerns(resource: Omit<Subject, 'path'>): boolean;
}

/** What a suppression may be for. */
export type Subject = Pick<Finding, 'account' | 'region' | 'stack' | 'logicalId' | 'type' | 'path'>;

/** The `ignore` rules of the configuration. */
export function configuredSuppressions(rules: readonly IgnoreRule[]): Suppression[] {
  return rules.map((rule) => {
    const { reason, until, source, range, path } = rule;
    const concerns = (resource: Omit<Subject, 'path'>) => concernsResource(rule, resource);
    return {
      reason,
      ...(until === undefined ? {} : { until }),
      by: 'configuration',
      file: source.path,
      ...positionAt(source, range.start),
      covers: (subject) => concerns(subject) && (path === undefined || coversPointer(path, subject.path)),
      concerns,
    };
  });
}

function concernsResource(
  { type, stack, logicalId, region, account, isFor }: IgnoreRule,
  subject: Omit<Subject, 'path'>,
): boolean {
  if (isFor !== undefined && !isFor(subject)) return false;
  if (region !== undefined && region !== subject.region) return false;
  if (account !== undefined && account !== subject.account) return false;
  if (type !== undefined && !matchesGlob(type, subject.type)) return false;
  if (stack !== undefined && !matchesStack(stack, subject.stack)) return false;
  return logicalId === undefined || matchesGlob(logicalId, subject.logicalId);
}

/**
 * Says which findings are suppressed, each by the first suppression that covers it. `today` is an ISO date. Suppressions
 * that have expired do not count, and both they and those that match nothing are told. One for what could not be verified
 * or compared in `resources` has its use too: it says what is not to be judged.
 * `partial` says that the findings are those of some stacks only, so that nothing can be said of unused ones.
 */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  today: string,
  { partial = false, resources = [] }: { partial?: boolean; resources?: readonly ResourceReport[] } = {},
): { suppressed: Map<Finding, Suppressed>; warnings: Problem[] } {
  const used = new Set<Suppression>();
  const suppressed = new Map<Finding, Suppressed>();
  for (const finding of findings) {
    const matching = suppressions.filter((each) => holds(each, today) && each.covers(finding));
    for (const each of matching) used.add(each);
    const [first] = matching;
    if (first !== undefined) suppressed.set(finding, suppressedBy(first));
  }
  const isUsed = (each: Suppression) =>
    partial || used.has(each) || resources.some((resource) => isAboutUnverified(each, resource));
  return { suppressed, warnings: unusedWarnings(suppressions, today, 'ignore rule', isUsed) };
}

/** What there is to say of rules that have expired, or are not used; `name` is what one of the configuration is called. */
export function unusedWarnings(
  rules: readonly Suppression[],
  today: string,
  name: string,
  isUsed: (rule: Suppression) => boolean,
): Problem[] {
  return rules.flatMap((each): Problem[] => {
    const { file, line, column, until, by } = each;
    // In one line, whatever it was written in.
    const reason = each.reason.replace(/\s+/g, ' ').trim();
    const place = { file, line, column };
    const called = by === 'template' ? 'gitops-drift:ignore' : name;
    if (!holds(each, today)) {
      const message = `this ${called} has expired on ${until} (${reason})`;
      return [{ code: 'ignore-expired', message, ...place, hint: 'renew it or remove it' }];
    }
    if (isUsed(each)) return [];
    const message = `this ${called} matches nothing (${reason})`;
    return [{ code: 'ignore-unused', message, ...place, hint: 'remove it if it is no longer needed' }];
  });
}

/** Whether a finding is covered on a day (an ISO date). */
export function isSuppressed(finding: Finding, suppressions: readonly Suppression[], today: string): boolean {
  return suppressions.some((each) => holds(each, today) && each.covers(finding));
}

/** It holds through its last day; ISO dates sort as text. */
export function holds({ until }: Suppression, today: string): boolean {
  return until === undefined || until >= today;
}

function suppressedBy({ reason, until, by, file, line }: Suppression): Suppressed {
  return { reason, ...(until === undefined ? {} : { until }), by, file, line };
}

function isAboutUnverified(suppression: Suppression, resource: ResourceReport): boolean {
  if (isUncompared(resource)) return suppression.concerns(resource);
  return resource.unverifiable.some(({ path }) => suppression.covers({ ...resource, path }));
}

/** Whether nothing can be said of any of its properties. */
function isUncompared({ status, physicalId }: ResourceReport): boolean {
  if (status === 'undeployed') return physicalId === null;
  return status === 'unreadable' || status === 'unsupported' || status === 'deleted';
}
