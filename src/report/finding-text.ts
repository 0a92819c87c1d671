import { cleanShort } from '../base/clean.js';
import { groupBy } from '../base/group.js';
import { shellCommand, shellWords } from '../base/shell.js';
import { SEVERITIES } from '../model/gate.js';
import { type Finding, isCounted, isDrift, type Remedy, type Report, type Severity } from '../model/report.js';
import type { Location } from '../syntax/location.js';
import { shorten } from './shorten.js';
import { type Side, sidesOf, undeclaredNote } from './sides.js';

/** Longer names and paths than AWS has are cut. */
const LONGEST_NAME = 1024;
const LONGEST_PROSE = 1000;
/** A command that was cut would be another; a stack has 200 parameters at most. */
const LONGEST_COMMAND = 20_000;

/** Whether a finding is for somebody to act on: it counts, and no earlier report has it. */
export function isAlert(finding: Finding): boolean {
  return isCounted(finding) && finding.baseline !== 'known';
}

/** Whether a finding counts, but was there before: `--new-since` does not fail for it. */
export function isKnown(finding: Finding): boolean {
  return isCounted(finding) && finding.baseline === 'known';
}

/** Whether a finding is a change in Git that waits for its deployment, or was made in the cloud already. */
export function isPending({ suppressed, verdict }: Finding): boolean {
  return suppressed === undefined && !isDrift(verdict);
}

/** How many findings the options leave out of what is shown: `3 more not shown`; nothing where there are none. */
export function notShown({ findings }: Report): string[] {
  const hidden = findings.filter((finding) => finding.hidden && !finding.suppressed).length;
  return hidden === 0 ? [] : [`${hidden} more not shown`];
}

/** The gravest findings first; those alike in severity stay in the order of the report. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => rank(one.severity) - rank(other.severity));
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/**
 * A resource by its name, and whose it is where something made it of another: `ShipRole (of Ship)`, unless its place says so;
 * not safe to print yet.
 */
export function madeText({ logicalId, sourceId, location }: Made): string {
  return sourceId === undefined || sourceId === location?.construct ? logicalId : `${logicalId} (of ${sourceId})`;
}

interface Made {
  logicalId: string;
  sourceId?: string | undefined;
  location?: Pick<Location, 'construct'> | undefined;
}

/** What a finding is about, safe to print in one line: `WebSecurityGroup /SecurityGroupIngress/0/CidrIp`. */
export function subjectText({ kind, logicalId, sourceId, location, physicalId, type, path }: Finding): string {
  const name =
    kind === 'unmanaged' || logicalId === '' ? (physicalId ?? type) : madeText({ logicalId, sourceId, location });
  return [name, path]
    .filter((part) => part !== '')
    .map((part) => cleanShort(part, LONGEST_NAME))
    .join(' ');
}

/** Which stack something belongs to: `shop-network [eu-west-1 111111111111]`; of what is in none only the place. */
export function stackText({ stack, region, account }: Pick<Finding, 'stack' | 'region' | 'account'>): string {
  const place = account === null ? region : `${region} ${account}`;
  return cleanShort(stack === '' ? `[${place}]` : `${stack} [${place}]`, LONGEST_NAME);
}

/** Where a finding stands in source: `templates/shop.yaml:12`; empty where no template declares it. */
export function placeText({ location }: Pick<Finding, 'location'>): string {
  return location === undefined ? '' : locationText(location);
}

/** A place in source, and what code creates there: `lib/data-stack.ts:32 (Data/Orders)`. */
export function locationText({ file, line, construct }: Pick<Location, 'file' | 'line' | 'construct'>): string {
  const place = `${cleanShort(file, LONGEST_NAME)}:${line}`;
  return construct === undefined ? place : `${place} (${cleanShort(construct, LONGEST_NAME)})`;
}

/** What happened, in one line of about twice `budget` characters at most: `10.20.0.0/16 → 0.0.0.0/0`. */
export function changeText(finding: Finding, budget: number): string {
  const { kind, path, desired, deployed, live, verdict, patch, reason } = finding;
  if (kind === 'deleted') return 'deleted from the cloud';
  if (kind === 'unmanaged')
    return cleanShort(`in no stack${reason === undefined ? '' : ` (${reason})`}`, LONGEST_PROSE);
  const note = undeclaredNote(finding);
  if (note !== undefined) return undeclaredText(note, finding, budget);
  if (path === '' && [desired, deployed, live].every((value) => value === undefined)) {
    return cleanShort(patch.reason?.replace(/: deploy it$/, '') ?? verdict, LONGEST_PROSE);
  }
  return arrow(sidesOf(finding), budget);
}

/** `undeclared, changed: a → b`; of what was not accepted only what it is: `undeclared, appeared: b`. */
function undeclaredText(note: string, finding: Finding, budget: number): string {
  const { accepted, live } = finding;
  if (accepted !== undefined) return `${note}: ${arrow(sidesOf(finding), budget)}`;
  if (live === undefined) return note;
  return `${note}: ${shorten(undefined, live, budget).live.replaceAll('\n', '; ')}`;
}

/** Two values, or the words for one that is not there. */
function arrow([from, to]: readonly [Side, Side], budget: number): string {
  const { desired: before, live: after } = shorten(from.value, to.value, budget);
  const sides = [from.value === undefined ? from.absent : before, to.value === undefined ? to.absent : after];
  return sides.join(' → ').replaceAll('\n', '; ');
}

/** The title of the rule that gives a finding its severity; undefined where the report does not have it. */
export function ruleTitle({ rules = [] }: Report, { rule }: Finding): string | undefined {
  return rules.find(({ id }) => id === rule)?.title;
}

/** A command in one line, safe to print; longer ones than AWS's limits make possible are cut. */
export function commandText(command: string): string {
  return cleanShort(command, LONGEST_COMMAND);
}

/** How to resolve a finding, a line for each way and for each command of it: `revert: aws cloudformation … (undoes all drift of the stack)`. */
export function remedyLines({ remedies = [] }: Finding): string[] {
  return remedies.flatMap(({ way, command, next = [], lines, note }) => {
    const text = command ?? lines;
    const told = [
      ...(text === undefined ? [] : [commandText(text)]),
      ...(note === undefined ? [] : [cleanShort(text === undefined ? note : `(${note})`, LONGEST_PROSE)]),
    ];
    return [`${way}: ${told.join(' ')}`, ...next.map((each) => `then: ${commandText(each)}`)];
  });
}

/** Whether the rule of a finding says to revert it first, and there is a command for that. */
export function isRevertedFirst({ remedies: [first] = [] }: Finding): boolean {
  return first?.way === 'revert' && first.command !== undefined;
}

/** The commands of one way of resolving a finding, in their order. */
export function commandsOf({ remedies = [] }: Finding, way: Remedy['way']): string[] {
  const { command, next = [] } = remedies.find((remedy) => remedy.way === way) ?? {};
  return command === undefined ? [] : [command, ...next].map(commandText);
}

/** More findings than these are not named one by one. */
const MOST_NAMED = 10;

/** The commands that revert findings, in their order; those that make the same change set are one. */
export function revertCommands(findings: readonly Finding[]): string[] {
  const commands = findings.flatMap(({ remedies = [] }) => {
    const { command, next = [] } = remedies.find(({ way }) => way === 'revert') ?? {};
    return command === undefined ? [] : [command, ...next];
  });
  const groups = groupBy(commands, (command) => JSON.stringify(withoutFinding(command) ?? command));
  return [...groups.values()].map((same) => {
    const [first = ''] = same;
    const parts = withoutFinding(first);
    if (same.length === 1 || parts === undefined) return commandText(first);
    const ids = [...new Set(same.flatMap((each) => shellWords(each)?.at(parts.before.length + 1) ?? []))];
    const named = ids.length > MOST_NAMED ? [] : ['--finding', ...ids];
    return commandText(shellCommand([...parts.before, ...named, ...parts.after]));
  });
}

/** What stands around the one finding that a command of ours reverts. */
function withoutFinding(command: string): { before: string[]; after: string[] } | undefined {
  const words = shellWords(command) ?? [];
  const at = words.indexOf('--finding');
  if (words[0] !== 'gitops-drift' || words[1] !== 'revert' || at === -1) return undefined;
  return { before: words.slice(0, at), after: words.slice(at + 2) };
}

/** Whether there is a proven edit, in one line; empty where none was looked for. */
export function patchLine({ patch }: Finding): string {
  const { status, summary = '', reason = '', note, alone } = patch;
  if (status === 'none') return '';
  if (status === 'refused') return `no patch: ${cleanShort(reason, LONGEST_PROSE)}`;
  const notes = [...(note === undefined ? [] : [note]), ...(alone ? ['can be applied only by itself'] : [])];
  const text = notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`;
  return `patch: ${cleanShort(text, LONGEST_PROSE)}`;
}

/** Why a finding does not count, in one line: `autoscaling owns it (until 2027-01-31)`; empty where it does. */
export function suppressionText({ suppressed }: Finding): string {
  if (suppressed === undefined) return '';
  const { reason, until } = suppressed;
  return cleanShort(until === undefined ? reason : `${reason} (until ${until})`, LONGEST_PROSE);
}
