import { groupBy } from '../base/group.js';
import { someOf } from '../base/some-of.js';
import type { Report } from '../model/report.js';

/** Of more stacks that failed for the same reason, this many are named. */
const NAMED = 3;

/** Which stacks could not be scanned, a text for each reason; `so` is what becomes of them. */
export function failedStackTexts({ stacks }: Pick<Report, 'stacks'>, so = ''): string[] {
  const failed = stacks.filter(({ status }) => status === 'error');
  return [...groupBy(failed, ({ error }) => error ?? 'no reason was given')].map(([reason, same]) => {
    const names = same.map(({ name }) => name);
    return `${same.length === 1 ? 'stack' : 'stacks'} ${someOf(names, NAMED)} could not be scanned${so}: ${reason}`;
  });
}
