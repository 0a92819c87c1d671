import { DriftError } from '../base/errors.js';
import { checkAccount } from '../cloud/check-account.js';
import type { Provider, UnmanagedResource } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { placeError } from '../cloud/place.js';
import { unmanagedFinding } from '../model/finding.js';
import type { Finding, PlaceError } from '../model/report.js';
import { maskText } from '../secrets/mask.js';
import { wholeChange } from '../severity/change.js';
import type { SeverityRules } from '../severity/rules.js';

/** An unmanaged resource, and whose it is. */
export type FoundResource = UnmanagedResource & { account: string | undefined };

/** What was found, and where nothing could be looked for. */
export interface UnmanagedScan {
  resources: FoundResource[];
  errors: PlaceError[];
}

interface AccountPlaces {
  account: string | undefined;
  roleArn: string | undefined;
  regions: Set<string>;
}

/**
 * Looks for resources that no stack owns, in every account and region of a scan; an account that several roles lead to
 * is looked at once. Throws a `DriftError` (code `usage`) for a provider that can't tell.
 */
export async function scanUnmanaged(provider: Provider, places: readonly Place[]): Promise<UnmanagedScan> {
  const { findUnmanaged } = provider;
  if (findUnmanaged === undefined) {
    const message = `--unmanaged is not possible with the provider "${provider.name}"`;
    throw new DriftError('usage', [{ code: 'usage-provider-cannot', message }]);
  }
  const { accounts, errors } = await groupByAccount(provider, places);
  const outcomes = await Promise.all(
    accounts.map(async ({ account, roleArn, regions }): Promise<UnmanagedScan> => {
      const found = await findUnmanaged([...regions], roleArn);
      const own = account === undefined ? {} : { account };
      return {
        resources: found.resources.map((resource) => ({ ...resource, account })),
        errors: found.errors.map(({ region, error }) => placeError({ region, ...own }, error)),
      };
    }),
  );
  return {
    resources: outcomes.flatMap(({ resources }) => resources),
    errors: [...errors, ...outcomes.flatMap((outcome) => outcome.errors)],
  };
}

/** A finding for each, in the order of type and name, so that two reports can be compared as text. */
export function unmanagedFindings(resources: readonly FoundResource[], severity: SeverityRules): Finding[] {
  const findings = resources.map(({ account, region, type, identifier, arn, orphan, doubt }) => {
    const reasons = [orphan?.reason, doubt].filter((reason) => reason !== undefined);
    const subject = {
      stack: orphan?.stack ?? '',
      region,
      account: account ?? null,
      logicalId: orphan?.logicalId ?? '',
      type,
      physicalId: identifier,
    };
    const rated = severity.rate(wholeChange({ ...subject, kind: 'unmanaged', verdict: 'drift' }));
    return unmanagedFinding(subject, arn, reasons.length === 0 ? undefined : maskText(reasons.join('; ')), rated);
  });
  const keyOf = ({ account, region, type, physicalId }: Finding) => JSON.stringify([account, region, type, physicalId]);
  return findings.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

async function groupByAccount(
  provider: Provider,
  places: readonly Place[],
): Promise<{ accounts: AccountPlaces[]; errors: PlaceError[] }> {
  const accounts = new Map<string, AccountPlaces>();
  const errors = new Map<string, PlaceError>();
  for (const place of places) {
    const { region, roleArn } = place;
    try {
      await checkAccount(place, async (role) => (await provider.connect(role)).account);
      const { account } = await provider.connect(roleArn);
      const key = account ?? roleArn ?? '';
      const known = accounts.get(key) ?? { account, roleArn, regions: new Set<string>() };
      known.regions.add(region);
      accounts.set(key, known);
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      errors.set(JSON.stringify([place.account, region]), placeError(place, error));
    }
  }
  return { accounts: [...accounts.values()], errors: [...errors.values()] };
}
