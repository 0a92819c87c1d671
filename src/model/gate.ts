import { isCounted, type Report, type Severity } from './report.js';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** What decides between exit codes 0, 1, 2 and 3. */
export interface Gate {
  /** The least severity that fails the gate. */
  failOn: Severity | 'never';
  /** Whether anything unverified fails the gate. */
  strict: boolean;
}

/** From the strictest to the laxest. */
const LEVELS = [...SEVERITIES].reverse();

/** Whether a severity fails a gate. */
export function isFailing(severity: Severity, { failOn }: Pick<Gate, 'failOn'>): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** The gate by which several reports are judged as one: whatever fails one of theirs. */
export function strictestGate(gates: readonly Gate[]): Gate {
  const failOn = LEVELS.find((level) => gates.some((gate) => gate.failOn === level)) ?? 'never';
  return { failOn, strict: gates.some(({ strict }) => strict) };
}

/** The gate that a report was judged by; one of an older version does not tell, but its exit code does. */
export function gateOf({ summary, findings }: Report): Gate {
  const { gate, exitCode } = summary;
  if (gate !== undefined) return gate;
  const strict = exitCode === 3;
  if (exitCode !== 0 && exitCode !== 3) return { failOn: 'low', strict };
  const passed = findings.filter((each) => isCounted(each) && each.baseline !== 'known');
  if (passed.length === 0) return { failOn: 'low', strict };
  const gravest = Math.min(...passed.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return { failOn: SEVERITIES[gravest - 1] ?? 'never', strict };
}
