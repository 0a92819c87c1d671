import type { Problem } from '../base/errors.js';
import type { Report } from './report.js';
import { isSameRepository } from './repository-name.js';
import { parseShards, type Shards } from './shard.js';

/** A report, and the file that it was read from. */
export interface SavedReport {
  file: string;
  report: Report;
}

/** What speaks against telling reports together: only those of one state of one repository are about the same. */
export function mismatches([first, ...others]: readonly SavedReport[]): Problem[] {
  return others.flatMap(({ file, report }): Problem[] =>
    (['repository', 'commit'] as const).flatMap((key) => {
      const [here, there] = [report.scan[key], first?.report.scan[key]];
      const isSame = key === 'repository' && isSameRepository(here ?? '', there ?? '');
      if (here === there || isSame) return [];
      const message = `the ${key} is ${here ?? 'none'}, but in ${first?.file} it is ${there ?? 'none'}`;
      return [
        { code: 'report-mismatch', message, file, hint: 'merge reports of the same commit of the same repository' },
      ];
    }),
  );
}

/** Stacks that would be counted twice. */
export function repeatedStacks(saved: readonly SavedReport[]): Problem[] {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { file, report } of saved) {
    for (const { name, region, account, status } of report.stacks) {
      // Where the account could not be found out, it may be another stack of the same name.
      if (status === 'error' && account === null) continue;
      const key = JSON.stringify([account, region, name]);
      const other = files.get(key);
      const place = [region, account].filter((part) => part !== null).join(', ');
      if (other !== undefined)
        problems.push({ code: 'report-repeated', message: `stack ${name} (${place}) is in ${other} already`, file });
      files.set(key, file);
    }
  }
  return problems;
}

/** Which shards the reports are, undefined where none is one; and what is wrong with them. */
export function coveredShards(saved: readonly SavedReport[]): { shards: Shards | undefined; problems: Problem[] } {
  const files = new Map<number, string>();
  const problems: Problem[] = [];
  let count: number | undefined;
  for (const { file, report } of saved) {
    const shards = parseShards(report.scan.shard ?? '');
    if (shards === undefined) continue;
    count ??= shards.count;
    if (shards.count !== count) {
      problems.push({
        code: 'report-mismatch',
        message: `it is one of ${shards.count} shards, but those before it are of ${count}`,
        file,
      });
      continue;
    }
    for (const index of shards.indexes) {
      const other = files.get(index);
      if (other !== undefined)
        problems.push({ code: 'report-repeated', message: `shard ${index}/${count} is in ${other} already`, file });
      files.set(index, file);
    }
  }
  const indexes = [...files.keys()].sort((left, right) => left - right);
  return { shards: count === undefined ? undefined : { indexes, count }, problems };
}
