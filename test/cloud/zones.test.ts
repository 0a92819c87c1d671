import { describe, expect, test } from '@jest/globals';
import { withAws } from '../support/aws.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import type { SimulatedZone } from '../support/aws-simulator/zones.js';
import { snapshotOf } from './cloud.js';

const HOME = '111111111111';
const AWAY = '222222222222';
const ROLE = `arn:aws:iam::${AWAY}:role/drift-reader`;

function cloud(zones: SimulatedZone[], faults: Fault[] = []) {
  return { accounts: { [HOME]: snapshotOf([]) }, zones: { [HOME]: { 'eu-west-1': zones } }, faults, pageSize: 2 };
}

function zone(letter: string, more: Partial<SimulatedZone> = {}): SimulatedZone {
  return { name: `eu-west-1${letter}`, ...more };
}

describe('availability zones are those that Fn::GetAZs gives', () => {
  const bare = { withoutDefaultSubnet: true };

  test.each<[string, SimulatedZone[], string[]]>([
    ['sorted by name', [zone('c'), zone('a'), zone('b')], ['a', 'b', 'c']],
    ['those with a default subnet', [zone('a', bare), zone('b'), zone('c'), zone('d', bare)], ['b', 'c']],
    ['all where no zone has one', [zone('b', bare), zone('a', bare)], ['a', 'b']],
    ['without zones that are out of service', [zone('a', { state: 'unavailable' }), zone('b')], ['b']],
    ['without zones that are impaired', [zone('a', { state: 'impaired' }), zone('b')], ['b']],
    ['without local zones', [zone('-dub-1a', { type: 'local-zone' }), zone('a')], ['a']],
    ['without wavelength zones', [zone('-wl1-dub-1', { type: 'wavelength-zone' }), zone('a')], ['a']],
    ['all where only a local zone has one', [zone('-dub-1a', { type: 'local-zone' }), zone('a', bare)], ['a']],
    ['of many pages of subnets', [...'gfedcba'].map((letter) => zone(letter)), [...'abcdefg']],
  ])('%s', async (_, zones, letters) => {
    await withAws(cloud(zones), async (provider) => {
      const expected = letters.map((letter) => `eu-west-1${letter}`);
      expect(await provider.availabilityZones?.('eu-west-1')).toEqual({ zones: expected });
    });
  });

  test('none is no list to choose from', async () => {
    await withAws(cloud([zone('a', { state: 'unavailable' })]), async (provider) => {
      expect(await provider.availabilityZones?.('eu-west-1')).toEqual({ reason: 'EC2 lists none that is available' });
    });
  });

  test('are asked for once a region and role, and each account has its own', async () => {
    const own = { 'eu-west-1': [zone('a'), zone('b')], 'us-east-1': [{ name: 'us-east-1f' }] };
    const zones = { [HOME]: own, [AWAY]: { 'eu-west-1': [zone('c')] } };
    const accounts = { [HOME]: snapshotOf([]), [AWAY]: snapshotOf([], AWAY) };
    await withAws({ accounts, zones }, async (provider, aws) => {
      const places: [string, string?][] = [['eu-west-1'], ['eu-west-1', ROLE], ['us-east-1'], ['eu-west-1']];
      const answers = await Promise.all(
        places.map(([region, roleArn]) => provider.availabilityZones?.(region, roleArn)),
      );
      expect(answers).toEqual([
        { zones: ['eu-west-1a', 'eu-west-1b'] },
        { zones: ['eu-west-1c'] },
        { zones: ['us-east-1f'] },
        { zones: ['eu-west-1a', 'eu-west-1b'] },
      ]);
      await provider.availabilityZones?.('eu-west-1', ROLE);
      expect(aws.calls).toMatchObject({ DescribeAvailabilityZones: 3, DescribeSubnets: 3 });
    });
  });
});

describe('what EC2 does not tell is a reason, never a guess', () => {
  test.each(['DescribeAvailabilityZones', 'DescribeSubnets'])('%s is denied', async (operation) => {
    await withAws(cloud([zone('a')], [{ operation, kind: 'deny' }]), async (provider, aws) => {
      const reason = expect.stringMatching(
        `^can't call ec2:${operation}: UnauthorizedOperation: .*not authorized to perform: ec2:${operation} because`,
      );
      expect(await provider.availabilityZones?.('eu-west-1')).toEqual({ reason });
      expect(await provider.availabilityZones?.('eu-west-1')).toEqual({ reason });
      expect(aws.calls[operation]).toBe(1);
    });
  });

  test('a region that is off is told as such', async () => {
    const options = { ...cloud([zone('a')]), regionsOff: { [HOME]: ['ap-east-1'] } };
    await withAws(options, async (provider) => {
      const answer = await provider.availabilityZones?.('ap-east-1');
      expect(answer).toEqual({ reason: expect.stringMatching(/^ap-east-1 refuses credentials of account 1{12} that/) });
    });
  });

  test('throttling is waited out', async () => {
    const faults: Fault[] = [
      { operation: 'DescribeAvailabilityZones', kind: 'throttle', times: 2 },
      { operation: 'DescribeSubnets', kind: 'throttle', times: 1 },
    ];
    await withAws(cloud([zone('a')], faults), async (provider, aws) => {
      expect(await provider.availabilityZones?.('eu-west-1')).toEqual({ zones: ['eu-west-1a'] });
      expect(aws.calls).toMatchObject({ DescribeAvailabilityZones: 3, DescribeSubnets: 2 });
    });
  });
});
