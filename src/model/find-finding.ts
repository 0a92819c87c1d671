import { DriftError, type Problem } from '../base/errors.js';
import type { Finding } from './report.js';

/** A shorter beginning of an id would mean too many findings. */
const SHORTEST = 4;
/** Of the findings that a beginning may mean, so many are named. */
const NAMED = 10;

/** Whether an id, or the beginning of one as in Git, may mean a finding. */
export function mayMean(asked: string, { id }: Pick<Finding, 'id'>): boolean {
  return id === asked || (asked.length >= SHORTEST && id.startsWith(asked.toLowerCase()));
}

/**
 * The findings that ids mean, each given whole or by its beginning. `said` is what stands before an id in messages, such as
 * `--finding`. Throws a `DriftError` (code `usage`) that tells of all ids that mean none, or several findings.
 */
export function findingsById(asked: readonly string[], findings: readonly Finding[], said: string): Finding[] {
  const problems: Problem[] = [];
  const found = asked.flatMap((text) => {
    const exact = findings.filter(({ id }) => id === text);
    const meant = exact.length > 0 ? exact : findings.filter((finding) => mayMean(text, finding));
    const ids = new Set(meant.map(({ id }) => id));
    if (ids.size !== 1) problems.push(ids.size === 0 ? unknown(text, said) : ambiguous(text, meant, said));
    return meant;
  });
  if (problems.length > 0) throw new DriftError('usage', problems);
  return [...new Set(found)];
}

function unknown(text: string, said: string): Problem {
  const hint =
    text.length < SHORTEST
      ? `give at least ${SHORTEST} digits of an id; the ids are in the JSON report and in "patch --check"`
      : 'the ids are in the JSON report and in "patch --check"; a setting that drifts further is a new finding';
  return { code: 'usage-no-match', message: `${said}${text}: there is no such finding`, hint };
}

function ambiguous(text: string, meant: readonly Finding[], said: string): Problem {
  const lines = meant
    .slice(0, NAMED)
    .map(({ id, stack, logicalId, path }) => `${id}  ${stack} ${logicalId} ${path}`.trim());
  const left = meant.length - lines.length;
  const message = `${said}${text}: ${meant.length} findings have ids that begin with it`;
  const hint = ['give more digits of one of these:', ...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join(
    '\n  ',
  );
  return { code: 'usage-ambiguous', message, hint };
}
