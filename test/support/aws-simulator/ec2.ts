import { AwsError, type Call, type Cloud, pageOf } from './state.js';
import type { SimulatedZone } from './zones.js';

/** EC2's operations, in the members that its own XML has. */
export function ec2(cloud: Cloud, call: Call, pageSize: number): Record<string, unknown> {
  const zones =
    cloud.zones?.[call.account]?.[call.region] ?? ['a', 'b', 'c'].map((each) => ({ name: call.region + each }));
  switch (call.operation) {
    case 'DescribeAvailabilityZones':
      return { availabilityZoneInfo: zones.map((zone) => described(zone, call.region)) };
    case 'DescribeSubnets': {
      const { items, next } = pageOf(
        zones.flatMap(subnetsOf).filter(wanted(call.input)),
        call.input['NextToken'],
        pageSize,
      );
      return { subnetSet: items, nextToken: next };
    }
    default:
      throw new AwsError('InvalidAction', `The action ${call.operation} is not valid for this web service.`);
  }
}

function described({ name, type = 'availability-zone', state = 'available' }: SimulatedZone, regionName: string) {
  return { zoneName: name, zoneState: state, zoneType: type, regionName, optInStatus: 'opt-in-not-required' };
}

/** One that somebody made, in every zone, and the default one where there is one. */
function subnetsOf({ name, withoutDefaultSubnet = false }: SimulatedZone) {
  const made = { subnetId: `subnet-made-${name}`, availabilityZone: name, defaultForAz: false };
  return withoutDefaultSubnet ? [made] : [made, { ...made, subnetId: `subnet-${name}`, defaultForAz: true }];
}

function wanted(input: Call['input']): (subnet: { defaultForAz: boolean }) => boolean {
  if (input['Filter.1.Name'] !== 'default-for-az') return () => true;
  return ({ defaultForAz }) => String(defaultForAz) === input['Filter.1.Value.1'];
}
