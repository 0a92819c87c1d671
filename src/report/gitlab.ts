import { createHash } from 'node:crypto';
import { cleanShort } from '../base/clean.js';
import { type Finding, isCounted, type Report, type Severity } from '../model/report.js';
import { findingTitle } from './finding-lines.js';
import { gravestFirst, patchLine, remedyLines, ruleTitle, stackText } from './finding-text.js';
import { jsonText } from './json-text.js';
import { coverageText } from './outcome.js';
import { beginning, lastLine, type Place, placesOf, repositoryPath } from './place.js';
import { type Unread, unreadParts } from './unread.js';

/** One entry of a code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number; end: number } };
}

const SEVERITIES: Record<Severity, Issue['severity']> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};
const LONGEST = 2000;

/**
 * The report as GitLab's code quality JSON: what drifted and what could not be read, the gravest first. What is suppressed
 * is left out, since GitLab has no word for it; what is known says so and is no more than an information, and so is what
 * was looked at.
 */
export function renderGitlab(report: Report): string {
  const placeOf = placesOf(report);
  const unread = unreadParts(report).map(unreadIssue);
  const found = gravestFirst(report.findings.filter(isCounted)).map((finding) =>
    findingIssue(finding, placeOf(finding), report),
  );
  return jsonText(withUniqueFingerprints([...unread, ...found, coverageIssue(report)]));
}

/** What was looked at; always the same entry to GitLab, so that it never shows as something new. */
function coverageIssue(report: Report): Issue {
  return {
    description: coverageText(report),
    check_name: 'coverage',
    fingerprint: createHash('sha256').update('coverage').digest('hex').slice(0, 16),
    severity: 'info',
    location: locationOf(beginning('')),
  };
}

function findingIssue(finding: Finding, place: Place, report: Report): Issue {
  const isKnown = finding.baseline === 'known';
  const title = ruleTitle(report, finding);
  const parts = [
    `${isKnown ? 'known: ' : ''}${findingTitle(finding)} in ${stackText(finding)}`,
    title === undefined ? finding.severity : `${finding.severity}: ${cleanShort(title, 200)}`,
    place.isStandIn ? 'no template declares it' : '',
    patchLine(finding),
  ];
  return {
    description: [cleanShort(parts.filter((part) => part !== '').join('. '), LONGEST), ...remedyLines(finding)].join(
      '. ',
    ),
    check_name: cleanShort(finding.rule ?? 'drift', 200),
    fingerprint: cleanShort(finding.id, 200),
    severity: isKnown ? 'info' : SEVERITIES[finding.severity],
    location: locationOf(place),
  };
}

function unreadIssue({ status, subject, reason, template = '', accepted }: Unread): Issue {
  const told = status === 'failed' ? 'not scanned' : status;
  return {
    description: cleanShort(
      `${subject}: ${told}, so that drift in it is unknown: ${reason}${accepted === undefined ? '' : `; accepted: ${accepted}`}`,
      LONGEST,
    ),
    check_name: status === 'failed' ? 'not-scanned' : status,
    fingerprint: createHash('sha256').update(`${status} ${subject}`).digest('hex').slice(0, 16),
    severity: accepted !== undefined ? 'info' : status === 'failed' ? 'blocker' : 'major',
    location: locationOf(beginning(template)),
  };
}

function locationOf(place: Omit<Place, 'isStandIn'>): Issue['location'] {
  const path = cleanShort(repositoryPath(place.file), 1000);
  return { path, lines: { begin: place.line, end: lastLine(place) } };
}

/** GitLab takes two entries with one fingerprint for the same one. */
function withUniqueFingerprints(issues: readonly Issue[]): Issue[] {
  const seen = new Map<string, number>();
  return issues.map((issue) => {
    const times = (seen.get(issue.fingerprint) ?? 0) + 1;
    seen.set(issue.fingerprint, times);
    return times === 1 ? issue : { ...issue, fingerprint: `${issue.fingerprint}-${times}` };
  });
}
