import type { Report } from '../model/report.js';
import { shownOf } from '../model/show.js';
import { countsText } from './counts-text.js';
import { gravestFirst, isAlert, isKnown, notShown } from './finding-text.js';
import { findingAnnotation, levelOf, summaryAnnotation, unreadAnnotations } from './github/annotations.js';
import { type Annotation, commandLine, plainLine } from './github/command.js';
import { coverageText, outcomes } from './outcome.js';
import { placesOf } from './place.js';
import { unreadParts } from './unread.js';

/** Of each level GitHub shows this many a step (and 50 of all a job), in the order in which they are printed. */
const MOST = 10;

/**
 * The report for the log of a GitHub Actions step: annotations at the places in source, the gravest first and as many as
 * GitHub shows, then one that counts the rest, and the outcome in plain lines.
 */
export function renderGithub(report: Report): string {
  const alerts = gravestFirst(shownOf(report).findings.filter(isAlert));
  const unread = unreadAnnotations(unreadParts(report));
  const placeOf = placesOf(report);
  const annotations = [...unread];
  for (const level of ['error', 'warning', 'notice'] as const) {
    const room = MOST - taken(unread, level) - (level === 'notice' ? 1 : 0);
    const shown = alerts.filter((finding) => levelOf(finding) === level).slice(0, room);
    annotations.push(...shown.map((finding) => findingAnnotation(finding, placeOf(finding), report)));
  }
  const left = alerts.length - (annotations.length - unread.length);
  if (annotations.length > 0 || report.findings.some(isKnown)) annotations.push(summaryAnnotation(report, left));
  const lines = [
    ...outcomes(report).map(({ text }) => text),
    countsText(report),
    coverageText(report),
    ...notShown(report),
  ];
  return [...annotations.map(commandLine), ...lines.map((line) => plainLine(`gitops-drift: ${line}`)), ''].join('\n');
}

function taken(annotations: readonly Annotation[], level: Annotation['level']): number {
  return annotations.filter((each) => each.level === level).length;
}
