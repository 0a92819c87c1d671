import { DriftError, describeProblem, type Problem } from '../../../base/errors.js';
import { checkAccount } from '../../../cloud/check-account.js';
import type { Provider, StackTarget } from '../../../cloud/cloud.js';
import { type Place, placeError, problemOf } from '../../../cloud/place.js';
import type { PlaceError } from '../../../model/report.js';
import { isWanted, type TargetFilter, unmatchedGlobs } from '../../wanted.js';

/** A deployed stack, with the account that it was looked for in, where one is configured. */
export type FoundStack = StackTarget & { account?: string };

/**
 * The deployed stacks that a filter wants, of all places that it names, those that it leaves out, these places, and those
 * of them that could not be looked in.
 * Throws a `DriftError` when there is nowhere to look, or no place could be looked in, or there are no such stacks.
 */
export async function findStacks(
  provider: Provider,
  filter: TargetFilter,
): Promise<{ stacks: FoundStack[]; unwanted: FoundStack[]; places: readonly Place[]; errors: PlaceError[] }> {
  const places = filter.places ?? (await regionsOf(provider, filter)).map((region): Place => ({ region }));
  if (places.length === 0) {
    // Without credentials, as of a profile that does not exist, that is what to fix first.
    await provider.connect();
    const hint =
      filter.places === undefined
        ? 'set AWS_REGION, a region in the profile, or --region'
        : 'the configured accounts have none of the regions of --region';
    throw new DriftError('usage', [
      { code: 'region-missing', message: 'no region is known to look for stacks in', hint },
    ]);
  }
  const outcomes = await Promise.allSettled(places.map((place) => stacksOf(provider, place)));
  const stacks: FoundStack[] = [];
  const failures: { place: Place; reason: DriftError }[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const place = places[index];
    if (outcome.status === 'fulfilled') stacks.push(...outcome.value);
    else if (place && outcome.reason instanceof DriftError) failures.push({ place, reason: outcome.reason });
    else throw outcome.reason;
  }
  const [first] = failures;
  if (first !== undefined && failures.length === places.length) throw allFailed(failures.map(({ reason }) => reason));
  const errors = failures.map(({ place, reason }) => placeError(place, reason));
  const problems = missing(stacks, places, filter);
  if (problems.length > 0) throw new DriftError('config', [...problems, ...errors.map(problemOf)]);
  const wanted = stacks.filter(({ name }) => isWanted(name, filter));
  return { stacks: wanted, unwanted: stacks.filter((stack) => !wanted.includes(stack)), places, errors };
}

async function regionsOf(provider: Provider, { regions, defaultRegion }: TargetFilter): Promise<readonly string[]> {
  if (regions.length > 0) return regions;
  return (await provider.regions?.()) ?? (defaultRegion === undefined ? [] : [defaultRegion]);
}

async function stacksOf(provider: Provider, place: Place): Promise<FoundStack[]> {
  const { region, account, roleArn } = place;
  await checkAccount(place, async (role) => (await provider.connect(role)).account);
  const listed = await provider.listStacks(region, roleArn);
  // A nested stack is scanned with the stack that it is nested in.
  const stacks = listed.filter(({ nested }) => !nested).map(({ nested: _, ...stack }) => stack);
  return account === undefined ? stacks : stacks.map((stack) => ({ ...stack, account }));
}

/** The same failure in all regions of an account is told once. */
function allFailed(reasons: readonly DriftError[]): DriftError {
  const problems = new Map(reasons.flatMap((reason) => reason.problems.map((each) => [describeProblem(each), each])));
  const code = reasons[0]?.code ?? 'provider';
  return new DriftError(code, [...problems.values()], { cause: reasons[0] });
}

function missing(stacks: readonly FoundStack[], places: readonly Place[], filter: TargetFilter): Problem[] {
  if (stacks.length > 0) return unmatchedGlobs(filter, stacks, 'deployed');
  const regions = [...new Set(places.map(({ region }) => region))].join(', ');
  return [
    {
      code: 'discovery-no-stack',
      message: `no stack is deployed in ${regions}`,
      hint: 'is it the right account and region?',
    },
  ];
}
