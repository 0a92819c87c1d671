import { cleanShort } from '../base/clean.js';
import type { Finding, RuleReport } from '../model/report.js';
import {
  changeText,
  patchLine,
  placeText,
  remedyLines,
  stackText,
  subjectText,
  suppressionText,
} from './finding-text.js';
import { inline } from './inline.js';
import { whoText } from './who-text.js';

/** Of a value in plain text, about so much is shown. */
const VALUE = 160;

/** What happened, in one line: `WebSecurityGroup /SecurityGroupIngress/0/CidrIp: 10.20.0.0/16 → 0.0.0.0/0`. */
export function findingTitle(finding: Finding, budget = VALUE): string {
  return `${subjectText(finding)}: ${changeText(finding, budget)}`;
}

/** What there is to say of a finding in plain text, a line each: what, where, why it matters, how to resolve it. */
export function findingLines(finding: Finding, rule: RuleReport | undefined): string[] {
  const { severity, baseline } = finding;
  return [
    findingTitle(finding),
    whereLine(finding),
    conflictLine(finding),
    rule === undefined ? `severity: ${severity}` : cleanShort(`${severity}: ${rule.title}. ${rule.why}`, 1000),
    baseline === 'known' ? 'known: an earlier report has it, too' : '',
    finding.suppressed ? `suppressed: ${suppressionText(finding)}` : '',
    patchLine(finding),
    ...remedyLines(finding),
  ].filter((line) => line !== '');
}

/** What and whose it is, who changed it in the cloud, and who last changed the line in Git: `AWS::SQS::Queue shop-jobs in shop-app [eu-west-1], templates/app.yaml:3`. */
function whereLine(finding: Finding): string {
  const { type, physicalId, location } = finding;
  const place = placeText(finding);
  const what = cleanShort(physicalId === null ? type : `${type} ${physicalId}`, 300);
  const who = whoText(finding);
  const where = `${what} in ${stackText(finding)}${place === '' ? '' : `, ${place}`}${who === '' ? '' : `; ${who}`}`;
  if (location?.lastChange === undefined) return where;
  const { commit, author, date } = location.lastChange;
  const change = `${cleanShort(author, 100)}, ${date.slice(0, 10)} (${commit.slice(0, 10)})`;
  return `${where}${who === '' ? '; ' : ' · line '}last changed in Git by ${cleanShort(change, 200)}`;
}

function conflictLine({ verdict, deployed }: Finding): string {
  if (verdict !== 'conflict') return '';
  return deployed === undefined ? 'conflict' : `conflict: deployed is ${inline(deployed, 60)}`.replaceAll('\n', ' ');
}
