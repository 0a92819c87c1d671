import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordStacks, type Snapshot, scan } from '../../src/index.js';
import type { Report } from '../../src/model/report.js';
import { snapshotOf, stackOf } from '../cloud/cloud.js';
import { withAws } from '../support/aws.js';
import type { AwsSimulator, SimulatorOptions } from '../support/aws-simulator/server.js';
import type { Zones } from '../support/aws-simulator/zones.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

const HOME = '111111111111';
const AWAY = '222222222222';
const ROLE = `arn:aws:iam::${AWAY}:role/drift-reader`;
/** A subnet by the zone that its template says, and the one that it is in. */
type Subnets = Record<string, { zone: string; live: string }>;

const OWN: Subnets = {
  First: { zone: "!Select [0, !GetAZs '']", live: 'eu-west-1a' },
  Second: { zone: '!Select [1, !GetAZs {Ref: AWS::Region}]', live: 'eu-west-1b' },
};
const ELSEWHERE: Subnets = { Far: { zone: '!Select [0, !GetAZs us-east-1]', live: 'us-east-1f' } };
const ZONES: Zones = {
  [HOME]: { 'eu-west-1': [{ name: 'eu-west-1b' }, { name: 'eu-west-1a' }], 'us-east-1': [{ name: 'us-east-1f' }] },
  [AWAY]: { 'eu-west-1': [{ name: 'eu-west-1c' }, { name: 'eu-west-1b' }] },
};

function template(subnets: Subnets): string {
  const resources = Object.entries(subnets).map(
    ([id, { zone }]) =>
      `  ${id}:\n    Type: AWS::EC2::Subnet\n    Properties: { VpcId: vpc-1, AvailabilityZone: ${zone} }\n`,
  );
  return `Resources:\n${resources.join('')}`;
}

function stack(name: string, subnets: Subnets, deployed = subnets) {
  const resources = Object.entries(subnets).map(([logicalId, { live }]) => ({
    logicalId,
    type: 'AWS::EC2::Subnet',
    physicalId: `subnet-${logicalId}`,
    properties: { SubnetId: `subnet-${logicalId}`, VpcId: 'vpc-1', AvailabilityZone: live },
  }));
  return stackOf(name, resources, { template: template(deployed) });
}

/** What the subnets of a report are in, as Git says and as they are. */
function zonesIn({ findings }: Report): unknown[] {
  return findings.map(({ logicalId, verdict, desired, live }) => [logicalId, verdict, desired, live]);
}

function unverifiable({ resources }: Report): unknown[] {
  return resources.flatMap(({ logicalId, unverifiable = [] }) =>
    unverifiable.map(({ path, reason }) => `${logicalId}${path}: ${reason}`),
  );
}

interface Estate {
  files: Record<string, string>;
  options: SimulatorOptions;
}

function oneStack(subnets: Subnets, more: Partial<SimulatorOptions> = {}, deployed = subnets): Estate {
  const config = 'version: 1\nregion: eu-west-1\nstacks: [{ name: net, template: net.yaml }]\n';
  const accounts = { [HOME]: snapshotOf([stack('net', subnets, deployed)]) };
  return {
    files: { 'gitops-drift.yaml': config, 'net.yaml': template(subnets) },
    options: { accounts, zones: ZONES, ...more },
  };
}

/** Scans the cloud, records it, and scans the recording, which has to give the same. */
async function scanBoth({
  files,
  options,
}: Estate): Promise<{ report: Report; snapshot: Snapshot; aws: AwsSimulator }> {
  const repository = makeRepository(files);
  let result: { report: Report; snapshot: Snapshot; aws: AwsSimulator } | undefined;
  await withAws(options, async (_, aws) => {
    const { report } = await scan({ repository });
    const { snapshot } = await recordStacks({ repository });
    result = { report, snapshot, aws };
  });
  if (result === undefined) throw new Error('nothing was scanned');
  const path = join(temporaryDirectory(), 'live.json');
  writeFileSync(path, JSON.stringify(result.snapshot));
  const { report: offline } = await scan({ repository, snapshot: path });
  expect(offline.findings.map(({ id }) => id)).toEqual(result.report.findings.map(({ id }) => id));
  expect(zonesIn(offline)).toEqual(zonesIn(result.report));
  expect(unverifiable(offline)).toEqual(unverifiable(result.report));
  return result;
}

describe('a template that asks for availability zones', () => {
  test('is compared with those that EC2 tells, of other regions, too', async () => {
    const { report, snapshot, aws } = await scanBoth(oneStack({ ...OWN, ...ELSEWHERE }));
    expect(zonesIn(report)).toEqual([]);
    expect(unverifiable(report)).toEqual([]);
    expect(report.summary.properties.compared).toBe(6);
    expect(snapshot.regions).toMatchObject({
      'eu-west-1': { availabilityZones: ['eu-west-1a', 'eu-west-1b'] },
      'us-east-1': { availabilityZones: ['us-east-1f'], stacks: [] },
    });
    // A region and a provider: one for the scan, one for the recording.
    expect(aws.calls).toMatchObject({ DescribeAvailabilityZones: 4, DescribeSubnets: 4 });
  });

  test('shows a resource that is in another zone', async () => {
    const moved = { ...OWN, Second: { zone: "!Select [1, !GetAZs '']", live: 'eu-west-1c' } };
    const { report } = await scanBoth(oneStack(moved));
    expect(zonesIn(report)).toEqual([['Second', 'drift', 'eu-west-1b', 'eu-west-1c']]);
  });

  test('is one whose deployed template alone does so, too', async () => {
    const literal = { First: { zone: 'eu-west-1b', live: 'eu-west-1a' } };
    const { report } = await scanBoth(oneStack(literal, {}, { First: OWN['First'] ?? literal.First }));
    expect(zonesIn(report)).toEqual([['First', 'undeployed', 'eu-west-1b', 'eu-west-1a']]);
  });

  test('is read all the same where they are denied, and says who denies what', async () => {
    const faults = [{ operation: 'DescribeSubnets', kind: 'deny' as const }];
    const { report, snapshot } = await scanBoth(oneStack(OWN, { faults }));
    expect(report.stacks).toMatchObject([{ status: 'scanned' }]);
    expect(zonesIn(report)).toEqual([]);
    const reason =
      /^First\/AvailabilityZone: the availability zones of eu-west-1 are not known here: can't call ec2:DescribeSubnets: UnauthorizedOperation: .*user\/reader is not authorized/;
    expect(unverifiable(report)).toEqual([expect.stringMatching(reason), expect.stringMatching(/^Second\//)]);
    expect(snapshot.regions['eu-west-1']).toMatchObject({
      availabilityZones: { error: expect.stringMatching(/^can't call ec2:DescribeSubnets/) },
    });
  });

  test('has those of its own account', async () => {
    const config = `version: 1
region: eu-west-1
stacks:
  - { name: net, template: net.yaml }
  - { name: net-away, template: net.yaml, roleArn: "${ROLE}" }
`;
    const away = {
      First: { zone: '', live: 'eu-west-1b' },
      Second: { zone: '', live: 'eu-west-1a' },
    };
    const accounts = {
      [HOME]: snapshotOf([stack('net', OWN)]),
      [AWAY]: snapshotOf([{ ...stack('net-away', away), template: template(OWN) }], AWAY),
    };
    const files = { 'gitops-drift.yaml': config, 'net.yaml': template(OWN) };
    const { report, snapshot } = await scanBoth({ files, options: { accounts, zones: ZONES } });
    expect(zonesIn(report)).toEqual([['Second', 'drift', 'eu-west-1c', 'eu-west-1a']]);
    expect(snapshot.regions['eu-west-1']).toMatchObject({
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      accountAvailabilityZones: { [AWAY]: ['eu-west-1b', 'eu-west-1c'] },
    });
  });

  test('finds them missing in a recording that has none', async () => {
    const { files, options } = oneStack(OWN);
    const path = join(temporaryDirectory(), 'live.json');
    writeFileSync(path, JSON.stringify(options.accounts[HOME]));
    const { report } = await scan({ repository: makeRepository(files), snapshot: path });
    expect(unverifiable(report)).toContainEqual(
      'First/AvailabilityZone: the availability zones of eu-west-1 are not known here: they are not in the snapshot',
    );
  });
});

test('EC2 is asked nothing where no template asks for zones', async () => {
  const literal = { First: { zone: "eu-west-1a # not !GetAZs ''\n     ", live: 'eu-west-1a' } };
  const { report, snapshot, aws } = await scanBoth(oneStack(literal));
  expect(zonesIn(report)).toEqual([]);
  expect(Object.keys(aws.calls).filter((operation) => /Zones|Subnets/.test(operation))).toEqual([]);
  expect(snapshot.regions['eu-west-1']).not.toHaveProperty('availabilityZones');
});

test('a recorded region that only zones were asked of is no place to look for stacks in', async () => {
  const { files, options } = oneStack({ ...OWN, ...ELSEWHERE });
  const { snapshot } = await scanBoth({ files, options });
  const path = join(temporaryDirectory(), 'live.json');
  writeFileSync(path, JSON.stringify(snapshot));
  const config = 'version: 1\nstacks: [{ name: net, template: net.yaml }]\n';
  const repository = makeRepository({ ...files, 'gitops-drift.yaml': config });
  const { report } = await scan({ repository, snapshot: path });
  expect(report.stacks).toMatchObject([{ name: 'net', region: 'eu-west-1', status: 'scanned' }]);
});
