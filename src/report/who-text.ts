import { cleanShort } from '../base/clean.js';
import type { Finding, FindingKind, Who } from '../model/report.js';

const LONGEST = 300;

/** What was done in the cloud. */
const DONE: Record<FindingKind, string> = { modified: 'changed', deleted: 'deleted', unmanaged: 'created' };

/**
 * Who made a change in the cloud, in one line that is safe to print: `changed in AWS by arn:… at 2026-11-20 09:00 UTC (UpdateQueue,
 * console)`; empty where nobody was looked for. Source addresses are for machines and single readers, not for this line.
 */
export function whoText({ who, kind }: Finding): string {
  if (who === undefined) return '';
  const done = `${DONE[kind]} in AWS`;
  if (who.principal === undefined) return `who ${DONE[kind]} it in AWS is not known${reasonText(who)}`;
  const caller = who.via === SERVICE ? `the ${SERVICE} ${short(who.principal)}` : short(who.principal);
  const how = [who.event, who.via === SERVICE ? undefined : who.via].filter((text) => text !== undefined).map(short);
  const means = how.length === 0 ? '' : ` (${how.join(', ')})`;
  return `${who.grade === 'exact' ? '' : 'probably '}${done} by ${caller}${timeText(who)}${means}`;
}

/** The same beside who last changed the line in Git, which is somebody else's doing. */
export function authorText(finding: Finding): string {
  const who = whoText(finding);
  const lastChange = finding.location?.lastChange;
  if (who === '' || lastChange === undefined) return who;
  return `${who} · line last changed in Git by ${short(lastChange.author)}, ${short(lastChange.date.slice(0, 10))}`;
}

const SERVICE = 'AWS service';

/** When a change was made, to the minute, as ` at 2026-11-20 09:00 UTC`. */
function timeText({ time }: Who): string {
  return time === undefined ? '' : ` at ${short(minuteOf(time))}`;
}

/** `2026-11-20 09:00 UTC`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}

function reasonText({ reason, grade, event, time }: Who): string {
  const seen =
    grade !== 'possible' || event === undefined
      ? ''
      : `: ${short(event)}${timeText({ grade, ...(time && { time }) })} may have`;
  return reason === undefined ? seen : `${seen === '' ? ': ' : `${seen}, but `}${short(reason)}`;
}

/** No word of it is a command to a pipeline's runner, wherever a line is broken. */
function short(text: string): string {
  return cleanShort(text, LONGEST).replace(/(^|\s):(?=:)/g, '$1\\x3a');
}
