import { contentText } from '../base/content.js';
import type { Problem } from '../base/errors.js';
import { groupBy } from '../base/group.js';
import {
  type Finding,
  isDrift,
  type PlaceError,
  type Report,
  type ResourceReport,
  type StackReport,
} from './report.js';
import { isSameRepository } from './repository-name.js';

/** What was found, and where was looked. */
export interface Looked {
  findings: readonly Finding[];
  stacks: readonly StackReport[];
  resources: readonly ResourceReport[];
  /** Places that could not be looked at. */
  errors?: readonly PlaceError[] | undefined;
  /** Whether resources that no stack owns were looked for, too. */
  unmanaged: boolean;
  /** How the findings are named (`tool.ids` of a report). */
  ids?: number | undefined;
  /** The findings that do not count. */
  suppressed: Pick<ReadonlyMap<Finding, unknown>, 'has'>;
}

/** How findings stand beside those of an earlier report. */
export interface SinceEarlier {
  /** Whether that one has it, too, of each finding that counts. */
  marks: Map<Finding, 'new' | 'known'>;
  /** How many that one has alone. */
  gone: number;
}

/** Findings of a report, marked as new or known beside an earlier one; what they were marked as before says nothing. */
export function compareWithEarlier(
  looked: Omit<Looked, 'suppressed'>,
  earlier: Report,
): { findings: Finding[]; gone: number } {
  const suppressed = new Set(looked.findings.filter((each) => each.suppressed !== undefined));
  const { marks, gone } = sinceEarlier({ ...looked, suppressed }, earlier);
  const findings = looked.findings.map((finding): Finding => {
    const { baseline: _, ...own } = finding;
    const mark = marks.get(finding);
    return mark === undefined ? own : { ...own, baseline: mark };
  });
  return { findings, gone };
}

/**
 * Says of each finding that counts whether an earlier report has it, too, and how many that one has alone. What was
 * suppressed there counted for nothing, so it is new where it no longer is; so is drift that was a pending change there.
 * Gone is only what is certain to be: what was looked at again, and read.
 */
export function sinceEarlier(looked: Looked, earlier: Report): SinceEarlier {
  const { findings, suppressed } = looked;
  const told = new Map(earlier.findings.filter(({ suppressed }) => !suppressed).map((each) => [each.id, each]));
  const counted = findings.filter((finding) => !suppressed.has(finding));
  const renamed = earlier.tool.ids === looked.ids ? new Map<string, Finding>() : underOtherIds(findings, counted, told);
  const marks = new Map<Finding, 'new' | 'known'>();
  for (const finding of counted) {
    const before = told.get(finding.id) ?? renamed.get(finding.id);
    const isKnown = before !== undefined && (isDrift(before.verdict) || !isDrift(finding.verdict));
    marks.set(finding, isKnown ? 'known' : 'new');
  }
  const ids = new Set([...findings, ...renamed.values()].map(({ id }) => id));
  // What has drifted further is another finding at the same place, and not gone.
  const places = new Set(findings.map(placeOf));
  const wasRead = reader(looked);
  const isGone = (each: Finding) => !ids.has(each.id) && !places.has(placeOf(each)) && wasRead(each);
  return { marks, gone: [...told.values()].filter(isGone).length };
}

/**
 * The findings of a report that names them otherwise, by the id that they have now: the same place, whatever the element
 * of a list is called, with the same live value. Each counts once, and only where neither is known by its id.
 */
function underOtherIds(
  findings: readonly Finding[],
  counted: readonly Finding[],
  told: ReadonlyMap<string, Finding>,
): Map<string, Finding> {
  const ids = new Set(findings.map(({ id }) => id));
  const left = groupBy(
    [...told.values()].filter(({ id, path }) => !ids.has(id) && isInList(path)),
    likenessOf,
  );
  const renamed = new Map<string, Finding>();
  for (const finding of counted) {
    if (told.has(finding.id) || !isInList(finding.path)) continue;
    const before = left.get(likenessOf(finding))?.shift();
    if (before !== undefined) renamed.set(finding.id, before);
  }
  return renamed;
}

/** Only in lists do ids depend on how things are named. */
function isInList(path: string): boolean {
  return LIST_INDEX.test(path);
}

const LIST_INDEX = /\/\d+(?=\/|$)/;

/** What is the same of a finding under any name: what is gone is told apart by what was declared. */
function likenessOf(finding: Finding): string {
  const { stack, logicalId, type, kind, path, live, desired, accepted } = finding;
  const value = live === undefined ? ['gone', contentText(desired ?? accepted)] : ['is', contentText(live)];
  return key(finding, stack, logicalId, type, kind, path.replace(new RegExp(LIST_INDEX, 'g'), '/*'), ...value);
}

/** Where a finding is, whatever is live there. */
export function placeOf(finding: Finding): string {
  const { stack, logicalId, kind, path, physicalId } = finding;
  return key(finding, stack, logicalId, kind, path, kind === 'unmanaged' ? (physicalId ?? '') : '');
}

/** What speaks against comparing the findings of a repository with those of an earlier report. */
export function repositoryMismatch(repository: string, { scan }: Report): Problem[] {
  if (isSameRepository(scan.repository, repository)) return [];
  const message = `the earlier report is of the repository ${scan.repository}, but this one is ${repository}`;
  return [{ code: 'report-mismatch', message, hint: 'give --new-since a report of the same repository' }];
}

/** Tells whether the place of an earlier finding was looked at and read this time. */
export function reader({
  stacks,
  resources,
  errors = [],
  unmanaged,
}: Pick<Looked, 'stacks' | 'resources' | 'errors' | 'unmanaged'>): (finding: Finding) => boolean {
  const scanned = new Set(stacks.flatMap((each) => (each.status === 'scanned' ? [key(each, each.name)] : [])));
  const places = new Set(stacks.map(({ account, region }) => key({ account, region })));
  const known = new Map(resources.map((each) => [key(each, each.stack, each.logicalId), each]));
  return (finding) => {
    if (finding.kind === 'unmanaged') {
      const isOpen = errors.some(({ region }) => region === finding.region);
      return unmanaged && !isOpen && places.has(key(finding));
    }
    if (!scanned.has(key(finding, finding.stack))) return false;
    const resource = known.get(key(finding, finding.stack, finding.logicalId));
    if (resource === undefined) return true;
    if (resource.status === 'unreadable' || resource.status === 'unsupported') return false;
    if (finding.undeclared && !wasJudged(finding, resource)) return false;
    return !resource.unverifiable.some(({ path }) => `${finding.path}/`.startsWith(`${path}/`));
  };
}

/** Whether what no template declares was looked at as it was for the earlier finding: beside a baseline, or by itself. */
function wasJudged({ change }: Finding, { undeclared }: ResourceReport): boolean {
  if (undeclared === undefined || undeclared === 'notVisible') return false;
  return change === undefined || undeclared === 'baselined';
}

function key({ account, region }: Pick<Finding, 'account' | 'region'>, ...names: string[]): string {
  return JSON.stringify([account, region, ...names]);
}
