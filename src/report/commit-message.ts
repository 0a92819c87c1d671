import { clean, head } from '../base/clean.js';
import { groupBy, stackKey } from '../base/group.js';
import { capitalized } from '../base/text.js';
import type { Finding } from '../model/report.js';
import { asDocument } from './changes.js';
import { inline } from './inline.js';
import { differingParts } from './shorten.js';

/** What a commit message tells of a finding that the commit settles. Secrets are masked already. */
export type AdoptedFinding = Pick<
  Finding,
  'stack' | 'region' | 'account' | 'logicalId' | 'type' | 'kind' | 'path' | 'desired' | 'live'
>;

/** Beyond so many characters, tools cut a subject (`git log --oneline`, pull request titles). */
const SUBJECT = 72;
/** A value is shortened to about so many characters. */
const VALUE = 100;
const NOTHING = '(nothing)';

/**
 * The message of a commit that adopts live values: a subject of at most 72 characters, then every finding by stack and
 * resource, as a list that reads well as text and as Markdown. Ends with a line feed. Control characters in names and
 * values are written as escapes, so that each stays in its line.
 */
export function commitMessage(findings: readonly AdoptedFinding[]): string {
  const stacks = [...groupBy(findings, stackKey).values()];
  return `${[subject(findings, stacks.length), ...stacks.map(stackBlock)].join('\n\n')}\n`;
}

function subject(findings: readonly AdoptedFinding[], stacks: number): string {
  const deletions = findings.filter(({ kind }) => kind === 'deleted').length;
  const values = findings.length - deletions;
  const parts = [
    ...(values > 0 ? [`adopt ${count(values, 'live value')}`] : []),
    ...(deletions > 0 ? [`remove ${count(deletions, 'deleted resource')}`] : []),
  ];
  const what = capitalized(parts.join(', '));
  if (stacks !== 1) return `${what} of ${stacks} stacks`;
  const start = `${what} of stack `;
  const name = clean(findings[0]?.stack ?? '');
  const room = SUBJECT - start.length;
  return start + (name.length <= room ? name : `${head(name, room - 1)}…`);
}

function stackBlock(findings: readonly AdoptedFinding[]): string {
  const title = findings.slice(0, 1).map(({ stack, region, account }) => {
    const place = account === null ? region : `${region}, ${account}`;
    return `Stack ${clean(stack)} (${clean(place)}):`;
  });
  const resources = [...groupBy(findings, ({ logicalId }) => logicalId).values()].map(resourceLines);
  return [...title, '', ...resources.flat()].join('\n');
}

function resourceLines(findings: readonly AdoptedFinding[]): string[] {
  const title = findings.slice(0, 1).map(resourceLine);
  return [...title, ...findings.flatMap(changeLines).map((line) => `  - ${line}`)];
}

/** Whether a message that `commitMessage` made is about a resource, in whichever stack. */
export function isAbout(message: string, resource: Pick<AdoptedFinding, 'logicalId' | 'type'>): boolean {
  return message.split('\n').includes(resourceLine(resource));
}

function resourceLine({ logicalId, type }: Pick<AdoptedFinding, 'logicalId' | 'type'>): string {
  return `- ${clean(logicalId)} (${clean(type)})`;
}

/** A line for each place that differs in a property's value; one for most. */
function changeLines({ kind, path, desired, live }: AdoptedFinding): string[] {
  if (kind === 'deleted') return ['deleted outside Git; removed from the template'];
  const property = clean(head(path, 200));
  if (desired === undefined || live === undefined) return [`${property}: ${whole(desired)} -> ${whole(live)}`];
  return differingParts(desired, live, VALUE).map((part) => {
    const place = part.label === '' ? property : `${property} ${part.label}`;
    return part.desired === '' && part.live === '' ? place : `${place}: ${part.desired} -> ${part.live}`;
  });
}

function whole(value: AdoptedFinding['live']): string {
  return value === undefined ? NOTHING : inline(asDocument(value), VALUE);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
