import type { Problem } from '../base/errors.js';
import { matchesStack } from '../base/glob.js';
import type { UnseenStack } from '../model/coverage.js';
import { classOf, classOfEntry } from '../model/measure-coverage.js';
import type { ResourceReport, StackReport } from '../model/report.js';
import type { Accepted } from '../model/unseen.js';
import { configuredSuppressions, holds, type IgnoreRule, type Suppression, unusedWarnings } from './suppressions.js';

/** What a scan could not look at, or not verify. */
export interface Unseen {
  stacks: StackReport[];
  resources: ResourceReport[];
  /** Stacks that are not among `stacks`. */
  notLooked: UnseenStack[];
}

/** A rule of `accept:`, and which stacks it accepts as wholes. */
interface Acceptance {
  rule: Suppression;
  acceptsStack: (stack: NamedPlace) => boolean;
  isWhole: boolean;
}

type NamedPlace = Pick<StackReport, 'name' | 'region' | 'account'>;

/**
 * Marks what the `accept:` rules of the configuration cover: it stays unread or unverified, stays counted, and fails
 * nothing. A rule with a path is for properties alone, one with nothing but a stack also for that stack's error. Rules
 * that have expired do not count; both they and those that match nothing are told, these not where the scan is `partial`.
 */
export function applyAccepted(
  { stacks, resources, notLooked }: Unseen,
  rules: readonly IgnoreRule[],
  today: string,
  { partial = false } = {},
): Unseen & { warnings: Problem[] } {
  const all = rules.flatMap((rule): Acceptance[] => {
    const { stack, isFor = () => true } = rule;
    const acceptsStack = ({ name, region, account }: NamedPlace) =>
      isForStacks(rule) && stack !== undefined && matchesStack(stack, name) && isFor({ stack: name, region, account });
    const isWhole = rule.path === undefined;
    return configuredSuppressions([rule]).map((own) => ({ rule: own, isWhole, acceptsStack }));
  });
  const used = new Set<Suppression>();

  function acceptedBy(covers: (acceptance: Acceptance) => boolean): { accepted?: Accepted } {
    const matching = all.filter((each) => holds(each.rule, today) && covers(each));
    for (const { rule } of matching) used.add(rule);
    const [first] = matching;
    return first === undefined ? {} : { accepted: acceptedAs(first.rule) };
  }
  const ofStack = (stack: NamedPlace) => acceptedBy(({ acceptsStack }) => acceptsStack(stack));

  return {
    stacks: stacks.map((each) => (each.status === 'error' ? { ...each, ...ofStack(each) } : each)),
    notLooked: notLooked.map((each) => ({ ...each, ...ofStack(each) })),
    resources: resources.map((resource) => {
      const unverifiable = resource.unverifiable.map((entry) => {
        if (classOfEntry(entry) === 'never') return entry;
        return { ...entry, ...acceptedBy(({ rule }) => rule.covers({ ...resource, path: entry.path })) };
      });
      const unseen = classOf(resource);
      if (unseen === undefined || unseen === 'never') return { ...resource, unverifiable };
      const own = acceptedBy(({ rule, isWhole }) => isWhole && rule.concerns(resource));
      return { ...resource, ...own, unverifiable };
    }),
    warnings: unusedWarnings(
      all.map(({ rule }) => rule),
      today,
      'accept rule',
      (rule) => partial || used.has(rule),
    ),
  };
}

/** Whether a rule has nothing but a stack to go by. */
function isForStacks({ type, logicalId, path }: IgnoreRule): boolean {
  return type === undefined && logicalId === undefined && path === undefined;
}

function acceptedAs({ reason, until, file, line }: Suppression): Accepted {
  return { reason, ...(until === undefined ? {} : { until }), file, line };
}
