import type { Report } from '../../src/drift/report.js';
import { fullReport } from './full-report.js';

/** Whatever breaks out of some format: markup, its ends, escapes of terminals, and marks that hide or reorder text. */
export const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)></script><!--]]>&lt;\u202e\u2028\u001b[31m\u0000\ud800 javascript:alert(3)`;

/** What the report's schema holds to a few words. */
const FIXED = new Set([
  ...['schemaVersion', 'kind', 'verdict', 'severity', 'status', 'own', 'aws', 'way', 'by', 'baseline', 'until'],
  ...['startedAt', 'date', 'commit', 'blob', 'path'],
]);

/** The full report, with something hostile in every text that is free. */
export function hostileReport(): Report {
  return spoiled(fullReport()) as Report;
}

function spoiled(value: unknown): unknown {
  if (typeof value === 'string') return HOSTILE + value;
  if (Array.isArray(value)) return value.map(spoiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === 'path') return [key, each === '' ? '' : `/${HOSTILE}${each}`];
      return [key, FIXED.has(key) ? each : spoiled(each)];
    }),
  );
}
