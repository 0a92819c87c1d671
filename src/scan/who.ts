import pLimit from 'p-limit';
import { head } from '../base/clean.js';
import { DriftError, describeProblem, type Problem } from '../base/errors.js';
import { groupBy } from '../base/group.js';
import type { Provider, Writes } from '../cloud/cloud.js';
import { SEVERITIES } from '../model/gate.js';
import { type Finding, isCounted, type Who } from '../model/report.js';
import { maskText } from '../secrets/mask.js';
import { attribute } from '../who/attribute.js';
import type { Change, Deed } from '../who/event.js';

/** A drifted resource, as what is asked of the cloud's record of calls needs it. */
export interface DriftedFacts {
  region: string;
  roleArn: string | undefined;
  /** When its stack was deployed last. */
  deployedAt: string | undefined;
  /** The texts among its properties, and the names of all. */
  texts: Record<string, string>;
  properties: string[];
}

/** Calls are told up to so much later. */
const DELAY_MS = 15 * 60_000;
/** How long AWS keeps them. */
const KEPT_MS = 90 * 24 * 60 * 60_000;
/** Answers take up to some seconds; the requests for them are paced by the provider. */
const AT_A_TIME = 8;
const LONGEST = 300;

export interface WhoScan {
  who: ReadonlyMap<Finding, Who>;
  warnings: Problem[];
}

/** What is kept of a resource with findings, of its live properties and those declared. */
export function driftedFacts(
  place: Pick<DriftedFacts, 'region' | 'roleArn' | 'deployedAt'>,
  ...models: readonly (Readonly<Record<string, unknown>> | undefined)[]
): DriftedFacts {
  const all = models.flatMap((model) => Object.entries(model ?? {}));
  const texts = all.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  // Those of the first model come last, and hold.
  return {
    ...place,
    texts: Object.fromEntries(texts.reverse()),
    properties: [...new Set(all.map(([name]) => name))],
  };
}

/**
 * Looks for who made the changes behind findings that count, the gravest first, since requests are limited. `factsOf` tells
 * of the resource of a finding. Throws a `DriftError` (code `usage`) for a provider whose cloud can't be asked.
 */
export async function whoChanged(
  findings: readonly Finding[],
  factsOf: (finding: Finding) => DriftedFacts | undefined,
  provider: Provider,
  now: Date,
): Promise<WhoScan> {
  const { writesTo } = provider;
  const asked = findings.filter((finding) => isCounted(finding) && finding.physicalId !== null);
  const who = new Map<Finding, Who>();
  if (writesTo === undefined) {
    const reason = `the provider "${provider.name}" has no record of calls`;
    for (const finding of asked) who.set(finding, { grade: 'unknown', reason });
    return { who, warnings: [] };
  }
  const gravest = [...asked].sort(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  const resources = groupBy(gravest, ({ account, region, stack, logicalId, type, physicalId, kind }) =>
    JSON.stringify([account, region, stack, logicalId, type, physicalId, kind]),
  );
  const unread = new Map<string, Writes['unread']>();
  const limit = pLimit(AT_A_TIME);
  await Promise.all(
    [...resources.values()].map((ofOne) =>
      limit(async () => {
        const [first] = ofOne;
        const facts = first && factsOf(first);
        if (first === undefined || facts === undefined) return;
        const { region, roleArn, deployedAt, texts } = facts;
        const deed = deedOf(first);
        const since = deed === 'create' ? undefined : deployedAt;
        const request = { region, roleArn, type: first.type, physicalId: first.physicalId ?? '', texts };
        const writes = await asking(writesTo({ ...request, deed, paths: ofOne.map(({ path }) => path), since }));
        if (writes.unread !== undefined && writes.reason !== undefined) unread.set(writes.reason, writes.unread);
        const search = { reason: reasonOf(writes, since, now), doubt: doubtOf(writes, deed, since) };
        for (const finding of ofOne) {
          who.set(finding, shown(attribute(changeOf(finding, facts.properties), writes.events, search)));
        }
      }),
    ),
  );
  return { who, warnings: [...unread].flatMap(([reason, kind]) => warningOf(reason, kind)) };
}

/** Credentials that are gone, and the like, leave the findings as they are. */
async function asking(writes: Promise<Writes>): Promise<Writes> {
  try {
    return await writes;
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { events: [], reason: error.problems.map(describeProblem).join('; '), unread: 'refused' };
  }
}

function deedOf({ kind }: Finding): Deed {
  if (kind === 'deleted') return 'delete';
  return kind === 'unmanaged' ? 'create' : 'update';
}

function changeOf(finding: Finding, properties: readonly string[]): Change {
  const { path, live } = finding;
  return { deed: deedOf(finding), path, ...(live === undefined ? {} : { live }), properties };
}

/** Why nothing was found: it may not be told yet, or no longer. */
function reasonOf({ reason = '', unread }: Writes, since: string | undefined, now: Date): string {
  if (unread !== undefined) return reason;
  const age = since === undefined ? undefined : now.getTime() - Date.parse(since);
  if (age !== undefined && age < DELAY_MS) return 'too recent: calls are told up to 15 minutes later';
  if (age === undefined || age > KEPT_MS) return `${reason} in the last 90 days, which is all that is kept`;
  return `${reason} since the last deployment; calls are told up to 15 minutes later`;
}

function doubtOf({ unread, reason }: Writes, deed: Deed, since: string | undefined): string | undefined {
  if (unread === 'budget' || unread === 'refused') return reason;
  return deed === 'update' && since === undefined ? 'when the stack was deployed last is not known' : undefined;
}

/** Who, fit for output. */
function shown(who: Who): Who {
  const texts = Object.entries(who).map(([key, text]) => [key, head(maskText(String(text)), LONGEST)]);
  return { ...who, ...Object.fromEntries(texts), grade: who.grade };
}

function warningOf(reason: string, unread: Writes['unread']): Problem[] {
  if (unread === 'budget') {
    const hint = 'raise it with --who-budget; two requests take a second. The gravest findings were asked for first';
    return [{ code: 'who-budget', message: `who changed the rest is not known: ${reason}`, hint }];
  }
  if (unread !== 'refused') return [];
  const hint = 'allow cloudtrail:LookupEvents: gitops-drift permissions --who prints the policy';
  return [{ code: 'who-unknown', message: `who changed it is not known: ${maskText(reason)}`, hint }];
}
