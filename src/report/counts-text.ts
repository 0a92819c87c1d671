import { SEVERITIES } from '../model/gate.js';
import type { Report } from '../model/report.js';
import { isAlert, isKnown, isPending } from './finding-text.js';

/**
 * `1 critical, 2 high, 0 medium, 4 low; 1 suppressed, 2 not deployed yet`: all findings, each told once. With an earlier
 * report the graded ones are `new: …`, and those that it has, too, are `3 known`.
 */
export function countsText({ findings, summary }: Report): string {
  const alerts = findings.filter(isAlert);
  const graded = SEVERITIES.map((severity) => {
    return `${alerts.filter((each) => each.severity === severity).length} ${severity}`;
  });
  const [known, pending] = [isKnown, isPending].map((is) => findings.filter(is).length);
  const fresh = summary.baseline === undefined ? '' : 'new: ';
  const before = summary.baseline === undefined && known === 0 ? '' : `${known} known, `;
  return `${fresh}${graded.join(', ')}; ${before}${summary.suppressed} suppressed, ${pending} not deployed yet`;
}
