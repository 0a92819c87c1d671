import { expect, test } from '@jest/globals';
import { onlyReads } from '../../src/cloud/aws/read-only.js';
import { openSession } from '../../src/cloud/aws/session.js';
import { withAws } from '../support/aws.js';

const PLACE = { region: 'eu-west-1' };
const CHANGE_SET = { StackName: 'shop', ChangeSetName: 'adopt' };

test.each([
  ['DescribeStacks', true],
  ['DetectStackResourceDrift', true],
  ['GetResource', true],
  ['ListResources', true],
  ['LookupEvents', true],
  ['BatchGetResourceConfig', true],
  ['BatchDescribeTypeConfigurations', true],
  ['AssumeRole', true],
  ['AssumeRoot', false],
  ['AssumeRoleWithSAML', false],
  ['BatchDeleteImage', false],
  ['CreateChangeSet', false],
  ['ExecuteChangeSet', false],
  ['Getaway', false],
  ['describeStacks', false],
  ['UpdateResource', false],
])('%s is on the allow-list: %s', (operation, is) => expect(onlyReads(operation)).toBe(is));

test('a client refuses what may change something before it is sent, but for what its session names', async () => {
  await withAws({ accounts: {} }, async (_provider, aws) => {
    const [reading, writing] = [openSession(), openSession({ writes: ['CreateChangeSet'] })];
    try {
      const refusals = [
        reading.cloudFormation(PLACE, (client) => client.createChangeSet(CHANGE_SET)),
        reading.cloudControl(PLACE, (client) => client.deleteResource({ TypeName: 'A::B::C', Identifier: 'x' })),
        reading.ec2(PLACE, (client) => client.deleteVpc({ VpcId: 'vpc-1' })),
        reading.tagging(PLACE, (client) => client.tagResources({ ResourceARNList: ['arn'], Tags: {} })),
        reading.sts(PLACE, (client) => client.assumeRoot({ TargetPrincipal: '1', TaskPolicyArn: { arn: 'arn' } })),
        writing.cloudFormation(PLACE, (client) => client.executeChangeSet(CHANGE_SET)),
      ];
      for (const refusal of refusals) {
        await expect(refusal).rejects.toMatchObject({ code: 'provider', problems: [{ code: 'cloud-read-only' }] });
      }
      expect(aws.log).toEqual([]);
      await writing.cloudFormation(PLACE, (client) => client.createChangeSet(CHANGE_SET)).catch(() => undefined);
      expect(aws.log.map(({ operation }) => operation)).toEqual(['CreateChangeSet']);
    } finally {
      reading.close();
      writing.close();
    }
  });
});
