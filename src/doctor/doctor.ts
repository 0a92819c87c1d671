import { describeProblem } from '../base/errors.js';
import type { Provider } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { problemOf } from '../cloud/place.js';
import { placesOf } from '../config/accounts.js';
import type { ConfigTree } from '../config/include.js';
import { searchesOf } from '../config/searches.js';
import type { Checkout } from '../git/repository.js';
import type { PlaceError } from '../model/report.js';
import type { RootTarget } from '../model/target.js';
import { chooseTargets } from '../scan/choose.js';
import { checkCrossCheck } from '../scan/cross-check.js';
import { openProvider } from '../scan/provider.js';
import { type Check, fail, failures, warning } from './check.js';
import { checkAccounts, checkConnections } from './connections.js';
import { checkPlaces, type OpenPlace } from './places.js';
import { purposesOf } from './purposes.js';
import { openChecked, readTemplates } from './repository.js';
import type { DoctorRequest } from './request.js';
import { checkStacks } from './stacks.js';
import { checkGit, checkNode } from './tools.js';

/**
 * Checks what a scan needs, in the order in which it needs it: tools, repository, configuration, credentials and their
 * accounts, regions, templates, permissions, stacks. Gives one check after the other, as they are done; what depends on a
 * failed one is left out. Asks the cloud harmless questions only.
 */
export async function* diagnose(request: DoctorRequest): AsyncGenerator<Check> {
  const told = new Set<string>();
  for await (const check of checks(request)) {
    // What keeps several things from working is told where it is found first.
    if (check.status === 'fail' && told.has(check.message)) continue;
    told.add(check.message);
    yield check;
  }
}

async function* checks(request: DoctorRequest): AsyncGenerator<Check> {
  yield checkNode(request.nodeVersion);
  const git = await checkGit();
  yield git;
  if (git.status === 'fail') return;
  const opened = await openChecked(request);
  yield* opened.checks;
  if (opened.checkout === undefined) return;
  const { checkout, config } = opened;
  let provider: Provider;
  try {
    provider = await openProvider(request, checkout, config);
    if (request.crossCheck) checkCrossCheck(provider);
  } catch (error) {
    yield* failures('provider', error);
    return;
  }
  try {
    yield* checkCloud(request, checkout, config, provider);
  } finally {
    provider.close?.();
  }
}

async function* checkCloud(
  request: DoctorRequest,
  checkout: Checkout,
  config: ConfigTree | undefined,
  provider: Provider,
): AsyncGenerator<Check> {
  const purposes = purposesOf(request, searchesOf(checkout, config).length > 0, provider);
  const choose = () => chooseChecked(request, checkout, config, provider);
  // Configured stacks are known without a cloud; others are looked for in it, once there are credentials.
  const configured = purposes.findsStacks ? undefined : await choose();
  yield* configured?.checks ?? [];
  const accountPlaces = placesOf(config?.accounts ?? [], request.regions ?? []);
  const readers = [...accountPlaces, ...(configured?.targets ?? [])];
  const { accounts, checks } = await checkConnections(provider, readers.length === 0 ? [{}] : readers);
  yield* checks;
  const isAnywhere = purposes.findsStacks && accountPlaces.length === 0;
  const sought = isAnywhere ? await placesAsTheyAre(request, provider) : readers;
  const { right, checks: wrong } = await checkAccounts(sought, accounts);
  yield* wrong;
  const places = yield* checkPlaces(provider, right, accounts, purposes);
  const chosen = configured ?? (await chooseIn(places, sought, choose));
  if (configured === undefined) yield* chosen.checks;
  const { trees, checks: read } = await readTemplates(checkout, chosen.targets);
  yield* read;
  yield* checkStacks({ provider, targets: chosen.targets, places, accounts, trees, purposes });
}

/** Where to look for stacks without a configuration; a snapshot knows by itself. */
async function placesAsTheyAre({ regions = [] }: DoctorRequest, provider: Provider): Promise<Place[]> {
  if (regions.length > 0) return regions.map((region) => ({ region }));
  const known = (await provider.regions?.()) ?? [await provider.defaultRegion()];
  return known.flatMap((region) => (region === undefined ? [] : { region }));
}

interface Chosen {
  targets: RootTarget[];
  checks: Check[];
  /** Where stacks could not be looked for. */
  errors: readonly PlaceError[];
}

async function chooseChecked(
  request: DoctorRequest,
  checkout: Checkout,
  config: ConfigTree | undefined,
  provider: Provider,
): Promise<Chosen> {
  try {
    const { targets, warnings, errors } = await chooseTargets(request, checkout, config, provider);
    return { targets, checks: warnings.map((problem) => warning('stacks', problem)), errors };
  } catch (error) {
    const isConfigured = searchesOf(checkout, config).length === 0;
    return { targets: [], checks: failures(isConfigured ? 'configuration' : 'stacks', error), errors: [] };
  }
}

/** Looks for stacks where that is allowed; what is wrong with the other places has been told. */
async function chooseIn(
  places: readonly OpenPlace[],
  sought: readonly Place[],
  choose: () => Promise<Chosen>,
): Promise<Chosen> {
  const fine = places.filter(({ denied }) => !denied.has('cloudformation:ListStacks'));
  // Without any region to look in, looking says what to do.
  if (fine.length === 0 && sought.length > 0) return { targets: [], checks: [], errors: [] };
  const chosen = await choose();
  const untold = chosen.errors.filter(({ region, account }) =>
    fine.some((place) => place.region === region && (place.account ?? null) === account),
  );
  return {
    ...chosen,
    checks: [...chosen.checks, ...untold.map((error) => fail('stacks', describeProblem(problemOf(error))))],
  };
}
