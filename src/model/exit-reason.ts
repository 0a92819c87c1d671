import { count } from '../base/count.js';
import { EXIT } from '../base/exit-codes.js';
import type { Coverage, UnseenStack } from './coverage.js';
import { driftText } from './drift-text.js';
import { type Gate, isFailing } from './gate.js';
import { classOf, classOfEntry, unseenStacks } from './measure-coverage.js';
import {
  type ExitReason,
  type Finding,
  isCounted,
  type PlaceError,
  type ResourceReport,
  type StackReport,
} from './report.js';
import { missingShards, parseShards } from './shard.js';
import type { Accepted } from './unseen.js';

/** What decides about the exit code: all of it is in a report, so that one that is merged or rendered has the same. */
export interface Judged {
  stacks: readonly StackReport[];
  resources: readonly ResourceReport[];
  findings: readonly Finding[];
  errors?: readonly PlaceError[] | undefined;
  coverage: Coverage;
  /** Declared properties that were verified. */
  compared: number;
  /** `2/8`, or `1,2,4/8`. */
  shard?: string | undefined;
  isSinceEarlier: boolean;
}

/** The exit code of a report, and why. */
export interface Verdict {
  exitCode: number;
  exitReason: ExitReason;
}

/** Asks in the order of the contract: an error, nothing read, drift, what was not read or not verified, in sync. */
export function judge(of: Judged, gate: Gate): Verdict {
  const unseen = unseenOf(of);
  const asked = failed(of) ?? nothingChecked(of, unseen) ?? drift(of, gate) ?? open(of, unseen, gate);
  return asked ?? passed(of, unseen, gate);
}

/** What went unseen in a report. */
interface Unseen {
  /** Resources that were not read. */
  resources: ResourceReport[];
  /** Whether there was something to read, and nothing of it was. */
  isNothing: boolean;
  /** All that was not read: resources, properties, stacks that are not among the report's. */
  notRead: Acceptable[];
  /** Properties and resources that were not verified. */
  unverified: Acceptable[];
  /** Stacks that nobody looked at. */
  stacks: readonly UnseenStack[];
  /** Whether reports of shards are missing. */
  isPartial: boolean;
}

interface Acceptable {
  accepted?: Accepted;
}

function unseenOf({ resources, compared, shard, ...of }: Judged): Unseen {
  const ofClass = (wanted: string) => resources.filter((each) => classOf(each) === wanted);
  const entries = resources.flatMap(({ unverifiable }) => unverifiable);
  const [unread, stacks] = [ofClass('notRead'), unseenStacks(of)];
  const shards = parseShards(shard ?? '');
  return {
    resources: unread,
    isNothing: unread.length > 0 && compared === 0 && !resources.some(({ status }) => WAS_READ.has(status)),
    notRead: [...unread, ...entries.filter((each) => classOfEntry(each) === 'notRead'), ...stacks],
    unverified: [...ofClass('unverified'), ...entries.filter((each) => classOfEntry(each) === 'unverified')],
    stacks,
    isPartial: shards !== undefined && shards.indexes.length > 1 && missingShards(shards).length > 0,
  };
}

const WAS_READ: ReadonlySet<string> = new Set(['inSync', 'modified', 'deleted']);

/** What could not be scanned at all, and what the tool itself failed at. */
function failed(of: Judged): Verdict | undefined {
  const fatal = failures(of).find((each) => !each.isAccepted);
  return fatal && verdict(EXIT.error, 'stackError', fatal.text);
}

/** Something that failed as a whole, and whether all of it is accepted. */
interface Failure {
  text: string;
  isAccepted: boolean;
}

/** What failed as a whole, a sentence each. */
export function failures({
  stacks,
  resources,
  errors = [],
}: Pick<Judged, 'stacks' | 'resources' | 'errors'>): Failure[] {
  const broken = stacks.filter(({ status }) => status === 'error');
  const internal = resources.filter(({ failure }) => failure === 'internal').length;
  const isAllAccepted = broken.every(isAccepted);
  return [
    failure(broken.length, `of ${count(stacks.length, 'stack')} could not be scanned`, isAllAccepted),
    failure(errors.length, `${errors.length === 1 ? 'place' : 'places'} could not be looked at`),
    failure(internal, `of ${count(resources.length, 'resource')} could not be judged: gitops-drift itself failed`),
  ].flat();
}

function failure(number: number, text: string, isAllAccepted = false): Failure[] {
  return number === 0 ? [] : [{ text: `Incomplete: ${number} ${text}`, isAccepted: isAllAccepted }];
}

/** Where nothing was found to look at, or nothing of it was read. */
function nothingChecked({ stacks, resources, shard }: Judged, unseen: Unseen): Verdict | undefined {
  if (stacks.length === 0 && shard === undefined) {
    return verdict(EXIT.error, 'nothingMatched', 'Nothing was checked: no stack matches a template');
  }
  if (!unseen.isNothing || !unseen.resources.some(isOpen)) return undefined;
  return verdict(EXIT.error, 'nothingRead', `Nothing was checked: ${unreadText(unseen, resources)} could not be read`);
}

function drift(of: Judged, gate: Gate): Verdict | undefined {
  const own = ownGates(of.stacks);
  const failing = of.findings.filter(
    (each) => isCounted(each) && each.baseline !== 'known' && isFailing(each.severity, own.get(placeKey(each)) ?? gate),
  );
  if (failing.length === 0) return undefined;
  const code = failing.every(({ undeclared }) => undeclared) ? 'undeclared' : 'drift';
  return verdict(EXIT.drift, code, `Drift: ${driftText(of, of.isSinceEarlier)}`);
}

/** The stacks that are judged by a gate of their own. */
function ownGates(stacks: readonly StackReport[]): Map<string, Pick<Gate, 'failOn'>> {
  return new Map(
    stacks.flatMap(({ name: stack, region, account, failOn }) =>
      failOn === undefined ? [] : [[placeKey({ stack, region, account }), { failOn }] as const],
    ),
  );
}

function placeKey({ stack, region, account }: Pick<Finding, 'stack' | 'region' | 'account'>): string {
  return JSON.stringify([stack, region, account]);
}

/** What was not read; with `--strict` also what was not verified. */
function open({ resources, findings }: Judged, unseen: Unseen, { strict }: Gate): Verdict | undefined {
  const hasDrift = findings.some(isCounted);
  if (unseen.isPartial || unseen.notRead.some(isOpen)) {
    const start = hasDrift ? 'Not everything could be read:' : 'No drift in what could be read, but';
    return verdict(EXIT.unverified, 'notRead', `${start} ${notReadText(unseen, resources)}`);
  }
  const left = unseen.unverified.filter(isOpen).length;
  if (!strict || left === 0) return undefined;
  const start = hasDrift ? 'Not everything could be verified:' : 'No drift in what could be verified, but';
  return verdict(EXIT.unverified, 'unverified', `${start} ${count(left, 'value')} could not be`);
}

function notReadText(unseen: Unseen, resources: readonly ResourceReport[]): string {
  const properties = unseen.notRead.length - unseen.resources.length - unseen.stacks.length;
  const parts = [
    ...(unseen.resources.length > 0 ? [unreadText(unseen, resources)] : []),
    ...(properties > 0 ? [count(properties, 'property', 'properties')] : []),
    ...(unseen.stacks.length > 0 ? [count(unseen.stacks.length, 'stack')] : []),
  ];
  return `${parts.length === 0 ? 'some shards' : parts.join(', ')} could not be`;
}

function unreadText({ resources: unread }: Unseen, resources: readonly ResourceReport[]): string {
  return `${unread.length} of ${count(resources.length, 'resource')}`;
}

/** What fails nothing, and what is to be known of it all the same. */
function passed(of: Judged, unseen: Unseen, { strict }: Gate): Verdict {
  const { stacks, resources, findings, isSinceEarlier } = of;
  const text = driftText(of, isSinceEarlier);
  if (text !== '') return verdict(EXIT.inSync, 'belowFailOn', `Drift that does not fail the scan: ${text}`);
  if (unseen.isNothing) {
    const told = `Nothing was checked: ${unreadText(unseen, resources)} could not be read, which is accepted`;
    return verdict(EXIT.inSync, 'accepted', told);
  }
  const accepted = acceptedText(stacks.filter(isAccepted).length, unseen, strict);
  if (accepted !== '') {
    const told = `No drift in what could be checked; accepted as it is: ${accepted}`;
    return verdict(EXIT.inSync, 'accepted', told);
  }
  const pending = findings.filter(({ suppressed }) => !suppressed).length;
  if (pending > 0) {
    const told = `No drift; ${count(pending, 'change')} in Git not deployed yet`;
    return verdict(EXIT.inSync, 'pendingOnly', told);
  }
  return verdict(EXIT.inSync, 'inSync', inSyncText(of));
}

/** What is accepted: `1 stack, 2 resources and 3 values`; empty where nothing is. */
function acceptedText(failed: number, { resources, notRead, unverified, stacks }: Unseen, strict: boolean): string {
  const read = resources.filter(isAccepted).length;
  const elsewhere = stacks.filter(isAccepted).length;
  const values = [...notRead, ...(strict ? unverified : [])].filter(isAccepted).length - read - elsewhere;
  return [
    ...(failed + elsewhere > 0 ? [`${count(failed + elsewhere, 'stack')} not looked at`] : []),
    ...(read > 0 ? [`${count(read, 'resource')} not read`] : []),
    ...(values > 0 ? [`${count(values, 'value')} not verified`] : []),
  ].join(', ');
}

function inSyncText({ stacks, resources, compared, shard }: Judged): string {
  if (stacks.length === 0) return `Nothing to compare: no stack is in shard ${shard}`;
  if (resources.length === 0) return 'Nothing was compared: no stack declares a resource';
  const never = resources.filter((each) => classOf(each) === 'never').length;
  if (never === resources.length) return `Nothing to compare: ${count(never, 'resource')} without state to read`;
  if (compared === 0) return `Nothing was compared in ${count(resources.length, 'resource')}`;
  const inSync = resources.filter(({ status }) => status === 'inSync').length;
  const matching = `${count(inSync, 'resource')} in ${count(stacks.length, 'stack')} ${inSync === 1 ? 'matches' : 'match'} Git`;
  return `In sync: ${matching}${never > 0 ? `; ${never} without state to read` : ''}`;
}

function verdict(exitCode: number, code: ExitReason['code'], text: string): Verdict {
  return { exitCode, exitReason: { code, text } };
}

function isAccepted({ accepted }: Acceptable): boolean {
  return accepted !== undefined;
}

function isOpen(of: Acceptable): boolean {
  return !isAccepted(of);
}
