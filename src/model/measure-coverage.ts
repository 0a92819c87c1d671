import { count } from '../base/count.js';
import type { Coverage, TemplateCoverage, UnseenStack } from './coverage.js';
import type { Report, ResourceReport, StackReport } from './report.js';
import type { Accepted, UnseenClass } from './unseen.js';

/** What coverage is made of; `notLooked` are stacks that are not among `stacks`. */
export interface CoverageParts {
  stacks: readonly StackReport[];
  resources: readonly ResourceReport[];
  templates: TemplateCoverage;
  notLooked: readonly UnseenStack[];
  /** How many more of both there are, where only their number is known. */
  unnamed?: { skipped: number; notLooked: number };
}

/** What tells of stacks in a report. */
interface Covered {
  stacks: readonly StackReport[];
  coverage?: Coverage | undefined;
}

/** Whether resources of a type are stacks of their own: reports of older versions don't say which stacks they miss. */
export type IsNestedStack = (type: string) => boolean;

/** As many entries a list has; the rest is counted. */
const MOST = 100;

/** Counts what was looked at. What is not accepted comes first, so that cutting the lists hides none of it from the gate. */
export function coverageOf({ stacks, resources, templates, notLooked, unnamed }: CoverageParts): Coverage {
  const failed = stacks.filter(({ status }) => status === 'error').map(failedStack);
  const unseen = [...failed, ...notLooked].sort((one, other) => Number(!!one.accepted) - Number(!!other.accepted));
  const looked = stacks.length - failed.length;
  const all = looked + unseen.length + (unnamed?.notLooked ?? 0);
  const counts = resourceCoverage(resources);
  const found = counts.looked + counts.inPart;
  const skipped = templates.skipped.length + (unnamed?.skipped ?? 0);
  const text = [
    `Looked at ${found} of ${count(resources.length, 'resource')} in ${looked} of ${count(all, 'stack')}`,
    ...(counts.never > 0 ? [`${counts.never} can never be compared`] : []),
    ...(skipped > 0 ? [`${count(skipped, 'template')} skipped`] : []),
  ].join('; ');
  return {
    templates: { found: templates.found, matched: templates.matched, ...cut('skipped', templates.skipped, skipped) },
    stacks: { looked, ...cut('notLooked', unseen, all - looked) },
    resources: counts,
    text,
  };
}

function failedStack({ name, region, account, error, accepted }: StackReport): UnseenStack {
  const reason = error ?? 'it could not be scanned';
  return { name, region, account, reason, ...(accepted === undefined ? {} : { accepted }) };
}

/** The beginning of a list, and how many of all there are more. */
function cut<Key extends string, Item>(key: Key, items: readonly Item[], all: number) {
  const named = items.slice(0, MOST);
  const more = all - named.length;
  return { [key]: named, ...(more > 0 ? { more } : {}) } as { [name in Key]: Item[] } & { more?: number };
}

function resourceCoverage(resources: readonly ResourceReport[]): Coverage['resources'] {
  const counts = { looked: 0, inPart: 0, notLooked: 0, never: 0, accepted: 0 };
  for (const resource of resources) {
    const unseen = classOf(resource);
    const open = resource.unverifiable.filter((each) => classOfEntry(each) !== 'never');
    if (unseen === 'never') counts.never += 1;
    else if (unseen !== undefined) counts.notLooked += 1;
    else if (open.length > 0) counts.inPart += 1;
    else counts.looked += 1;
    if (unseen === undefined ? open.length > 0 && open.every(isAccepted) : isAccepted(resource)) counts.accepted += 1;
  }
  return counts;
}

function isAccepted({ accepted }: { accepted?: Accepted }): boolean {
  return accepted !== undefined;
}

/** How a resource that was not judged goes unseen. Reports of older versions do not say: what is unreadable was not read. */
export function classOf({ class: told, status }: Pick<ResourceReport, 'class' | 'status'>): UnseenClass | undefined {
  if (told !== undefined) return told;
  if (status === 'unreadable') return 'notRead';
  return status === 'unsupported' ? 'never' : undefined;
}

/** Whether a resource was not judged, though it could be: whether it drifted is not known. */
export function isUnread(resource: ResourceReport): boolean {
  const unseen = classOf(resource);
  return unseen !== undefined && unseen !== 'never';
}

/** How a property goes unseen. In reports of older versions, that is for good. */
export function classOfEntry({ class: told = 'never' }: ResourceReport['unverifiable'][number]): UnseenClass {
  return told;
}

/** Nested stacks that are deployed and are not among the stacks of a report: nobody looked into them. */
export function unseenChildren(
  { stacks, resources }: Pick<Report, 'stacks' | 'resources'>,
  isNested: IsNestedStack,
): UnseenStack[] {
  const names = new Set(stacks.map(stackKey));
  return resources.flatMap(({ type, status, physicalId, stack, logicalId, region, account }) => {
    if (!isNested(type) || physicalId === null || status === 'undeployed' || status === 'deleted') return [];
    const child = { name: `${stack}/${logicalId}`, region, account };
    return names.has(stackKey(child)) ? [] : [{ ...child, reason: 'its template is not a file of the repository' }];
  });
}

/** The stacks of a report's coverage that are not among its own, those that could not be scanned. */
export function unseenStacks({ stacks, coverage }: Covered): UnseenStack[] {
  const names = new Set(stacks.map(stackKey));
  return (coverage?.stacks.notLooked ?? []).filter((each) => !names.has(stackKey(each)));
}

function stackKey({ account, region, name }: Pick<UnseenStack, 'account' | 'region' | 'name'>): string {
  return JSON.stringify([account, region, name]);
}

/** What a report covers; one of an older version is counted as far as it tells. */
export function coverageOfReport(report: Report, isNested: IsNestedStack): Coverage {
  return report.coverage ?? mergedCoverage([report], report, isNested);
}

/** What several reports cover together, given their stacks and resources as one; each has found the same templates. */
export function mergedCoverage(
  reports: readonly Pick<Report, 'stacks' | 'resources' | 'coverage'>[],
  { stacks, resources }: Pick<Report, 'stacks' | 'resources'>,
  isNested: IsNestedStack,
): Coverage {
  const used = new Set(stacks.map(({ template }) => template)).size;
  const parts = reports.map(({ coverage }) => coverage?.templates);
  const most = (key: 'found' | 'matched' | 'more', least = 0) =>
    Math.max(least, ...parts.map((part) => part?.[key] ?? 0));
  const skipped = new Map(parts.flatMap((part) => part?.skipped ?? []).map((each) => [each.file, each]));
  const templates = { found: most('found', used), matched: most('matched', used), skipped: [...skipped.values()] };
  const notLooked = reports.flatMap((report) =>
    report.coverage ? unseenStacks(report) : unseenChildren(report, isNested),
  );
  const unnamed = { skipped: most('more'), notLooked: reports.reduce((sum, each) => sum + unnamedStacks(each), 0) };
  return coverageOf({ stacks, resources, templates, notLooked, unnamed });
}

/** How many stacks a report has counted without naming them anywhere. */
function unnamedStacks({ stacks, coverage }: Covered): number {
  const { notLooked = [], more = 0 } = coverage?.stacks ?? {};
  const failed = stacks.filter(({ status }) => status === 'error').length;
  return Math.max(0, notLooked.length + more - failed - unseenStacks({ stacks, coverage }).length);
}
