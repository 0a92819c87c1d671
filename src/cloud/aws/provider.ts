import type { Provider } from '../cloud.js';
import type { ProviderOptions } from '../options.js';
import { createAccountLookup } from './account.js';
import { CHANGE_SET_WRITES, createChangeSets } from './change-sets/change-sets.js';
import { createChangeLookup } from './cloudtrail/changes.js';
import { createDriftDetection } from './drift-detection.js';
import { requestError } from './errors.js';
import { checkAccess } from './iam/check-access.js';
import { readLive } from './live.js';
import type { Place } from './place.js';
import { inRegion } from './refused-region.js';
import { createTypeLookup } from './resource-types.js';
import { openSession } from './session.js';
import { createStackDetection } from './stack-detection.js';
import { changedStacks, listStacks, readExports, readResources, readStack, readTemplate } from './stacks.js';
import { createTypeListing } from './type-listing.js';
import { readVerdict } from './verdict.js';
import { createZoneLookup } from './zones.js';

/** STS answers in every region of a partition; without a region of its own, a role tells the partition. */
const STS_REGIONS = new Map([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

/** Two minutes, at the two requests a second that AWS takes. */
const WHO_BUDGET = 240;

/** It can always ask CloudFormation for its own judgement, too. */
export type AwsProvider = Provider & Required<Pick<Provider, 'secondOpinion'>>;

/**
 * A provider over AWS: CloudFormation for structure, Cloud Control for live models, CloudFormation's drift detection
 * for types that Cloud Control can't read. It only reads, unless it is made to write.
 */
export function createAwsProvider({
  resourceTypes,
  region,
  writes,
  whoBudget: budget = WHO_BUDGET,
  now = () => performance.now(),
  ...limits
}: ProviderOptions): AwsProvider {
  const session = openSession({ ...limits, writes: writes ? CHANGE_SET_WRITES : [] });
  const lookUp = createTypeLookup(session, resourceTypes);
  const accountOf = createAccountLookup(session);
  const detectStack = createStackDetection(session);
  const readers = {
    types: resourceTypes,
    session,
    lookUp,
    accountOf,
    detect: createDriftDetection(session),
    isListed: createTypeListing(session),
  };

  async function defaultRegion(): Promise<string | undefined> {
    if (region !== undefined) return region;
    try {
      return await session.region();
    } catch (error) {
      if (error instanceof Error && error.message === 'Region is missing') return undefined;
      throw requestError(error, 'tell the AWS region');
    }
  }

  async function identity({ roleArn }: Pick<Place, 'roleArn'>): Promise<{ account?: string; region: string }> {
    const fallback = STS_REGIONS.get(roleArn?.split(':')[1] ?? '') ?? 'us-east-1';
    const home = (await defaultRegion()) ?? fallback;
    try {
      const account = await accountOf({ region: home, roleArn });
      return { region: home, ...(account === undefined ? {} : { account }) };
    } catch (error) {
      throw requestError(error, 'ask AWS who these credentials are', { region: home, roleArn });
    }
  }

  const zonesIn = createZoneLookup(session, identity);
  const changesOf = createChangeLookup({ session, types: resourceTypes, now, budget });

  return {
    name: 'aws',
    async connect(roleArn) {
      const { account } = await identity({ roleArn });
      return account === undefined ? {} : { account };
    },
    defaultRegion,
    listStacks: (of, roleArn) =>
      inRegion({ region: of, roleArn }, identity, () => listStacks(session, { region: of, roleArn })),
    readStack: (target) => inRegion(target, identity, () => readStack(session, target)),
    listResources: (target) => readResources(session, target),
    changedStacks: (of, roleArn, versions) => changedStacks(session, { region: of, roleArn }, versions),
    readTemplate: (target) => readTemplate(session, target),
    readProcessedTemplate: (target) => readTemplate(session, target, 'Processed'),
    readResource: (request) => readLive(readers, request),
    secondOpinion: (request) => readVerdict(detectStack, request),
    findUnmanaged: async (regions, roleArn) => {
      const { findUnmanaged } = await import('./unmanaged/find.js');
      return findUnmanaged({ session, resourceTypes, identity }, regions, roleArn);
    },
    readExports: (of, roleArn) => readExports(session, { region: of, roleArn }),
    availabilityZones: (of, roleArn) => zonesIn({ region: of, roleArn }),
    resourceType: (name, of, roleArn) => lookUp(name, { region: of, roleArn }),
    writesTo: changesOf,
    checkAccess: (probe) => inRegion(probe, identity, () => checkAccess(session, probe)),
    ...(writes ? { changeSets: createChangeSets(session) } : {}),
    close: () => session.close(),
  };
}
