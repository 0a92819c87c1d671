import type { Report } from '../../src/drift/report.js';
import type { Format } from '../../src/report/formats.js';

/** What a format says of a report, in numbers; what it has no place for is left out. */
export interface Statement {
  /** Differences that are drift: neither suppressed nor pending. */
  drift?: number;
  /** Of them those that the earlier report does not have, where there is one. */
  fresh?: number | undefined;
  /** Whether it says that drift fails the scan. */
  fails?: boolean;
  /** Changes in Git that are not deployed yet. */
  pending?: number;
  suppressed?: number;
  /** Resources that could not be read. */
  unread?: number;
  unverifiable?: number;
  failedStacks?: number;
  failedPlaces?: number;
  /** What the earlier report has alone, where there is one. */
  gone?: number | undefined;
  patchable?: number;
  inSync?: boolean;
  exitCode?: number;
}

/**
 * How to read each format. A new format states here what it tells, and is then held to the same as all others by
 * `agreement.test.ts`.
 */
export const STATEMENTS: Record<Format, (text: string) => Statement> = { table: ofTable, json: ofJson };

function ofJson(text: string): Statement {
  const { summary, findings, stacks, errors = [] } = JSON.parse(text) as Report;
  const { resources, properties, suppressed, exitCode, baseline, patches } = summary;
  const counted = Object.values(summary.findings).reduce((sum, number) => sum + number, 0);
  const pending = findings.filter((each) => !each.suppressed && /undeployed|adopted/.test(each.verdict)).length;
  const freshOnes = findings.filter((each) => each.baseline === 'new' && /drift|conflict/.test(each.verdict)).length;
  return {
    drift: counted - pending,
    fresh: baseline && freshOnes,
    pending,
    suppressed,
    unread: resources.unreadable + resources.unsupported,
    unverifiable: properties.unverifiable,
    failedStacks: stacks.filter(({ status }) => status === 'error').length,
    failedPlaces: errors.length,
    gone: baseline?.gone,
    patchable: patches?.patchable ?? 0,
    exitCode,
  };
}

/** Read from the last lines and the titles of blocks, at a width at which they are not broken. */
function ofTable(text: string): Statement {
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  const [drift = ''] = /^[✗!] Drift(?: that does not fail the scan)?: .*$/m.exec(text) ?? [];
  const count =
    number(/^[✗!] Drift[^:]*: (\d+) differences?/m) + Number(/(\d+) resources? in no stack/.exec(drift)?.[1] ?? 0);
  const fresh = /(?:(\d+|all|none) of them |, )(new|known)\b/.exec(drift);
  const freshOnes = { all: count, none: 0 }[fresh?.[1] ?? ''] ?? Number(fresh?.[1] ?? (fresh?.[2] === 'new' ? 1 : 0));
  return {
    drift: count,
    ...(drift === '' ? {} : { fresh: fresh ? freshOnes : undefined }),
    fails: drift.startsWith('✗ Drift: '),
    pending: number(/^Not deployed yet: (\d+) changes? in Git/m),
    suppressed: number(/ · (\d+) suppressed/),
    unread: number(/ · (\d+) resources? not read/),
    unverifiable: number(/ · (\d+) unverifiable/),
    failedStacks: number(/^✗ Incomplete: (\d+) of \d+ stacks? could not be scanned$/m),
    failedPlaces: number(/^✗ Incomplete: (\d+) places? could not be looked at$/m),
    patchable: number(/ · (\d+) patchable/),
    inSync: /^✓ In sync: /m.test(text),
  };
}
