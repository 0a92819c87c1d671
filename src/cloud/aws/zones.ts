import type { ZonesAnswer } from '../../model/deployed.js';
import { reasonOf, requestError } from './errors.js';
import { allPages } from './pages.js';
import type { Place } from './place.js';
import { type Identity, inRegion } from './refused-region.js';
import type { AwsSession } from './session.js';

/** Finds the availability zones of a place as `Fn::GetAZs` gives them. Never rejects. */
export type ZoneLookup = (place: Place) => Promise<ZonesAnswer>;

/** Asks EC2 once a region and role; what it refuses to say is not asked for again. */
export function createZoneLookup(session: AwsSession, identity: Identity): ZoneLookup {
  const asked = new Map<string, Promise<ZonesAnswer>>();

  async function ask(place: Place): Promise<ZonesAnswer> {
    try {
      const zones = await inRegion(place, identity, () => readZones(session, place));
      return zones.length === 0 ? { reason: 'EC2 lists none that is available' } : { zones };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  return (place) => {
    const key = `${place.region} ${place.roleArn ?? ''}`;
    const answer = asked.get(key) ?? ask(place);
    asked.set(key, answer);
    return answer;
  };
}

/**
 * The zones that have a default subnet; all zones where none has one
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html).
 * CloudFormation does not promise an order, but lists them by name.
 */
async function readZones(session: AwsSession, place: Place): Promise<string[]> {
  const available = await availableZones(session, place);
  const withDefaultSubnet = await zonesOfDefaultSubnets(session, place);
  const usual = available.filter((zone) => withDefaultSubnet.has(zone));
  return (usual.length === 0 ? available : usual).sort();
}

/** Without local and wavelength zones, which an account may have opted in to. */
async function availableZones(session: AwsSession, place: Place): Promise<string[]> {
  try {
    const { AvailabilityZones: zones = [] } = await session.ec2(place, (client) =>
      client.describeAvailabilityZones({}),
    );
    return zones.flatMap(({ ZoneName: name, ZoneType: type, State: state }) =>
      name !== undefined && type === 'availability-zone' && state === 'available' ? [name] : [],
    );
  } catch (error) {
    throw requestError(error, 'call ec2:DescribeAvailabilityZones', place);
  }
}

async function zonesOfDefaultSubnets(session: AwsSession, place: Place): Promise<Set<string | undefined>> {
  const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
  try {
    const subnets = await allPages(async (NextToken) => {
      const input = NextToken === undefined ? { Filters } : { Filters, NextToken };
      const page = await session.ec2(place, (client) => client.describeSubnets(input));
      return { items: page.Subnets, next: page.NextToken };
    });
    return new Set(subnets.map(({ AvailabilityZone: zone }) => zone));
  } catch (error) {
    throw requestError(error, 'call ec2:DescribeSubnets', place);
  }
}
