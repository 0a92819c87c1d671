import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scan } from '../../src/scan/scan.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

interface Recorded {
  logicalId: string;
  type: string;
  physicalId: string;
  properties: object | null;
}

/** Scans one stack whose deployed template is Git's, or not known. */
async function scanOne(template: string, resources: readonly Recorded[], isKnown = true) {
  const stack = {
    name: 'shop',
    status: 'UPDATE_COMPLETE',
    template: isKnown ? template : null,
    parameters: {},
    resources,
  };
  const repository = makeRepository({
    'shop.yaml': template,
    'gitops-drift.yaml': 'version: 1\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n',
  });
  const snapshot = join(temporaryDirectory(), 'live.json');
  const live = { snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks: [stack] } } };
  writeFileSync(snapshot, JSON.stringify(live));
  const { report } = await scan({ repository, snapshot });
  expect(report.stacks.map(({ error }) => error)).toEqual([undefined]);
  return {
    statuses: Object.fromEntries(report.resources.map(({ logicalId, status }) => [logicalId, status])),
    findings: report.findings.map(({ logicalId, path }) => logicalId + path),
    unverifiable: report.resources.flatMap((each) => each.unverifiable.map(({ path }) => each.logicalId + path)),
  };
}

const TOPIC = {
  logicalId: 'News',
  type: 'AWS::SNS::Topic',
  physicalId: 'arn:news',
  properties: { DisplayName: 'other' },
};
const NEWS = '  News: { Type: AWS::SNS::Topic, Properties: { DisplayName: news } }\n';

describe('what is not known at one place leaves the rest to be judged', () => {
  test('a live list that has become shorter than the template counts on', async () => {
    const template = `Resources:
${NEWS}  Cluster: { Type: AWS::MSK::Configuration, Properties: { Name: kafka, ServerProperties: a } }
  Versions:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Value: !Select [1, !GetAtt Cluster.KafkaVersionsList], Description: the second }
`;
    const cluster = { Arn: 'arn:c', Name: 'kafka', KafkaVersionsList: ['3.7'] };
    const versions = { Name: 'v', Type: 'String', Value: '3.8', Description: 'the first' };
    const found = await scanOne(template, [
      TOPIC,
      { logicalId: 'Cluster', type: 'AWS::MSK::Configuration', physicalId: 'arn:c', properties: cluster },
      { logicalId: 'Versions', type: 'AWS::SSM::Parameter', physicalId: 'v', properties: versions },
    ]);
    expect(found.findings).toEqual(expect.arrayContaining(['News/DisplayName', 'Versions/Description']));
    expect(found.findings).toHaveLength(2);
    expect(found.unverifiable).toContain('Versions/Value');
  });

  test.each([
    ['known', true],
    ['not known', false],
  ])('a module, where the deployed template is %s', async (_, isKnown) => {
    const template = `Resources:
${NEWS}  Net: { Type: Acme::Net::Vpc::MODULE, Properties: { Cidr: 10.0.0.0/16 } }
  Subnet:
    Type: AWS::SSM::Parameter
    DependsOn: NetSubnet
    Properties: { Type: String, Value: !Ref NetSubnet, Description: mine }
`;
    const parameter = { Name: 's', Type: 'String', Value: 'subnet-1', Description: 'yours' };
    const found = await scanOne(
      template,
      [
        TOPIC,
        { logicalId: 'NetSubnet', type: 'AWS::EC2::Subnet', physicalId: 'subnet-1', properties: { VpcId: 'vpc-1' } },
        { logicalId: 'Subnet', type: 'AWS::SSM::Parameter', physicalId: 's', properties: parameter },
      ],
      isKnown,
    );
    expect(found.statuses).toEqual({ News: 'modified', Net: 'unsupported', Subnet: 'modified' });
    expect([...found.findings].sort()).toEqual(['News/DisplayName', 'Subnet/Description']);
    expect(found.unverifiable).toEqual(['Subnet/Value']);
  });
});
