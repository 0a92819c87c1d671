import type { Report } from '../../src/model/report.js';
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
  /** Of the drift, what no template declares. */
  undeclared?: number;
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
export const STATEMENTS: Record<Format, (text: string) => Statement> = {
  table: ofTable,
  json: ofJson,
  html: ofHtml,
  sarif: ofSarif,
  junit: ofJunit,
  markdown: ofMarkdown,
  github: ofGithub,
  gitlab: ofGitlab,
};

function ofJson(text: string): Statement {
  const { summary, findings, stacks, resources: all, errors = [] } = JSON.parse(text) as Report;
  const { properties, suppressed, exitCode, baseline, patches, undeclared } = summary;
  const counted = Object.values(summary.findings).reduce((sum, number) => sum + number, 0);
  const pending = findings.filter((each) => !each.suppressed && /undeployed|adopted/.test(each.verdict)).length;
  const freshOnes = findings.filter((each) => each.baseline === 'new' && /drift|conflict/.test(each.verdict)).length;
  return {
    drift: counted - pending,
    fresh: baseline && freshOnes,
    pending,
    suppressed,
    unread: all.filter((each) => each.class === 'notRead').length,
    unverifiable: properties.unverifiable,
    failedStacks: stacks.filter(({ status }) => status === 'error').length,
    failedPlaces: errors.length,
    gone: baseline?.gone,
    patchable: patches?.patchable ?? 0,
    undeclared: undeclared?.findings ?? 0,
    exitCode,
  };
}

/** Read from the last lines and the titles of blocks, at a width at which they are not broken. */
function ofTable(text: string): Statement {
  const number = numberIn(text);
  return {
    ...ofOutcomes(text),
    pending: number(/^Not deployed yet: (\d+) changes? in Git/m),
    suppressed: number(/ · (\d+) suppressed/),
    unread: number(/ · (\d+) resources? not read/),
    unverifiable: number(/ · (\d+) unverifiable/),
    patchable: number(/ · (\d+) with a patch/),
  };
}

/** Read from the outcomes and figures at the top; what is drift and what pending also shows in the rows. */
function ofHtml(text: string): Statement {
  const items = /<ul class="outcomes">(.*?)<\/ul>/s.exec(text)?.[1] ?? '';
  const outcomes = items.split('</li>').map((item) => item.replace(/<[^>]*>/g, '').replace(/^[✗!✓]/, '$& '));
  const figure = (label: string) =>
    numberIn(text)(new RegExp(`<dt>${label}(?: <small>[^<]*</small>)?</dt><dd>(\\d+)</dd>`));
  const rows = text.match(/<li class="finding [^>]*>/g) ?? [];
  const counted = rows.filter((row) => !row.includes('data-suppressed'));
  const pending = counted.filter((row) => /data-kind="(?:undeployed|adopted)"/.test(row)).length;
  const stated = ofOutcomes(outcomes.join('\n'));
  // Said twice, in the outcome and by the rows; where they disagree neither is right.
  const drift = stated.drift === counted.length - pending ? stated.drift : Number.NaN;
  return {
    ...stated,
    drift,
    pending,
    suppressed: figure('suppressed') === rows.length - counted.length ? figure('suppressed') : Number.NaN,
    unread: figure('not read'),
    unverifiable: figure('unverifiable'),
    patchable: figure('with a patch'),
    exitCode: figure('Exit code'),
  };
}

interface SarifRun {
  invocations: { exitCode: number; toolExecutionNotifications?: { level: string; message: { text: string } }[] }[];
  results: { suppressions?: unknown[]; baselineState?: string }[];
}

/** What is pending is no result, suppressed or not. */
function ofSarif(text: string): Statement {
  const [run] = (JSON.parse(text) as { runs: SarifRun[] }).runs;
  const [invocation] = run?.invocations ?? [];
  const notes = (invocation?.toolExecutionNotifications ?? []).map(({ message }) => message.text);
  const counted = (run?.results ?? []).filter(({ suppressions = [] }) => suppressions.length === 0);
  const isCompared = counted.some(({ baselineState }) => baselineState !== undefined);
  return {
    drift: counted.length,
    ...(isCompared ? { fresh: counted.filter(({ baselineState }) => baselineState === 'new').length } : {}),
    ...ofUnread(notes),
    exitCode: invocation?.exitCode ?? Number.NaN,
  };
}

/** Failures are of resources; the findings are counted in the words beside them. */
function ofJunit(text: string): Statement {
  const words = /<system-out>(.+?)<\/system-out>/s.exec(text)?.[1] ?? '';
  const errors = [...text.matchAll(/<(?:error message="|skipped message="accepted )/g)].length;
  const stated = { ...ofOutcomes(words), ...ofCounts(words) };
  return { ...stated, unread: errors - (stated.failedStacks ?? 0) - (stated.failedPlaces ?? 0) };
}

function ofMarkdown(text: string): Statement {
  const stated = { ...ofOutcomes(text), ...ofCounts(text) };
  const all = numberIn(text)(/^\*\*Not read: (\d+)\.\*\*/m);
  return { ...stated, unread: all - (stated.failedStacks ?? 0) - (stated.failedPlaces ?? 0) };
}

/** Read from the plain lines and the titles of annotations, since those of findings are as many as GitHub shows. */
function ofGithub(text: string): Statement {
  const words = text.replace(/^gitops-drift: /gm, '');
  return { ...ofOutcomes(words), ...ofCounts(words), unread: numberIn(text)(/title=(\d+) resources? not read/) };
}

/** Suppressed findings and pending ones are none of its business. */
function ofGitlab(text: string): Statement {
  const issues = JSON.parse(text) as { check_name: string; description: string }[];
  const about = issues.filter(({ check_name: name }) => name !== 'coverage');
  const unread = about.filter(({ check_name: name }) => /^(?:not-scanned|unreadable|unsupported)$/.test(name));
  return {
    drift: about.length - unread.length,
    ...ofUnread(unread.map(({ description }) => description)),
  };
}

/** What could not be read, told one by one. */
function ofUnread(texts: readonly string[]): Statement {
  const failedStacks = texts.filter((text) => text.startsWith('stack ')).length;
  const failedPlaces = texts.filter((text) => text.startsWith('place ')).length;
  return { failedStacks, failedPlaces, unread: texts.length - failedStacks - failedPlaces };
}

/** `1 critical, 2 high, 0 medium, 4 low; 3 known, 1 suppressed, 2 not deployed yet`. */
function ofCounts(lines: string): Statement {
  const [, alerts = '', rest = ''] =
    /^(?:new: )?((?:\d+ (?:critical|high|medium|low)(?:, )?){4}); (.*)$/m.exec(lines) ?? [];
  const fresh = (alerts.match(/\d+/g) ?? []).reduce((sum, each) => sum + Number(each), 0);
  const number = numberIn(rest);
  const known = number(/(\d+) known/);
  return { drift: fresh + known, pending: number(/(\d+) not deployed/), suppressed: number(/(\d+) suppressed/) };
}

/** What the sentences say that sum a report up, each in a line of its own, most behind a symbol. */
function ofOutcomes(text: string): Statement {
  const lines = text.replace(/^(?:### )?[^\w\s]+ /gmu, '');
  const number = numberIn(lines);
  const [drift = ''] = /^Drift(?: that does not fail the scan)?: .*$/m.exec(lines) ?? [];
  const differences = numberIn(drift)(/: (\d+) differences?/) + numberIn(drift)(/(\d+) resources? in no stack/);
  return {
    drift: differences,
    undeclared: numberIn(drift)(/(\d+) undeclared/),
    ...(drift === '' ? {} : { fresh: freshIn(drift, differences) }),
    fails: drift.startsWith('Drift: '),
    failedStacks: number(/^Incomplete: (\d+) of \d+ stacks? could not be scanned$/m),
    failedPlaces: number(/^Incomplete: (\d+) places? could not be looked at$/m),
    inSync: /^In sync: /m.test(lines),
  };
}

/** `2 of them new`, or of a single one `new` or `known`; undefined where nothing is said of an earlier report. */
function freshIn(sentence: string, all: number): number | undefined {
  const [, some, word] =
    /(?:(\d+|all|none) of them |, )(new since|known from) the earlier report$/.exec(sentence) ?? [];
  if (word === undefined) return undefined;
  if (some === undefined) return word === 'new since' ? 1 : 0;
  return some === 'all' ? all : some === 'none' ? 0 : Number(some);
}

function numberIn(text: string): (pattern: RegExp) => number {
  return (pattern) => Number(pattern.exec(text)?.[1] ?? 0);
}
