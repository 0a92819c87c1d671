import { SEVERITIES } from '../model/gate.js';
import type { Report } from '../model/report.js';
import { isAlert, isKnown, isPending } from './finding-text.js';

/** `1 critical, 2 high, 0 medium, 4 low; 3 known, 1 suppressed, 2 not deployed yet`: all findings, each told once; with an earlier report the graded ones are `new: …`. */
export function countsText({ findings, summary }: Report): string {
  const alerts = findings.filter(isAlert);
  const graded = SEVERITIES.map((severity) => {
    return `${alerts.filter((each) => each.severity === severity).length} ${severity}`;
  });
  const [known, pending] = [isKnown, isPending].map((is) => findings.filter(is).length);
  const fresh = summary.baseline === undefined ? '' : 'new: ';
  return `${fresh}${graded.join(', ')}; ${known} known, ${summary.suppressed} suppressed, ${pending} not deployed yet`;
}
