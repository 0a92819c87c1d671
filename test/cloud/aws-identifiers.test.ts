import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import type { SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import { withAws } from '../support/aws.js';
import { requestFor, snapshotOf, stackOf } from './cloud.js';

function resource(type: string, physicalId: string, properties: JsonObject | null): SnapshotResource {
  return { logicalId: 'It', type: `AWS::${type}`, physicalId, properties };
}

describe('reading resources whose identifier is not their physical ID', () => {
  const client = resource('Cognito::UserPoolClient', 'client1', { UserPoolId: 'pool1', ClientId: 'client1' });
  const identifierOf = () => 'pool1|client1';

  test('takes the other parts from the declared properties', async () => {
    const accounts = { '1': snapshotOf([stackOf('shop', [client])], '1') };
    await withAws({ accounts, identifierOf }, async (provider, aws) => {
      const request = requestFor('shop', client, { properties: { UserPoolId: 'pool1' } });
      expect(await provider.readResource(request)).toMatchObject({ status: 'live' });
      expect(aws.calls).toEqual({ GetResource: 1 });
    });
  });

  test('does not call a resource deleted because Git names another parent', async () => {
    const accounts = { '1': snapshotOf([stackOf('shop', [client])], '1') };
    await withAws({ accounts, identifierOf }, async (provider, aws) => {
      const request = requestFor('shop', client, { properties: { UserPoolId: 'pool2' } });
      expect(await provider.readResource(request)).toMatchObject({ status: 'live', partial: true });
      expect(aws.calls).toEqual({ GetResource: 1, DetectStackResourceDrift: 1 });
    });
  });

  test('says which part is not known when nothing else can read it', async () => {
    const stack = stackOf('shop', [{ ...client, unsupported: 'no' }]);
    await withAws({ accounts: { '1': snapshotOf([stack], '1') } }, async (provider) => {
      const answer = await provider.readResource(requestFor('shop', client));
      expect(answer).toMatchObject({ status: 'unreadable', reason: expect.stringContaining('UserPoolId') });
    });
  });

  test('asks once for the account that an ARN needs', async () => {
    const rules = ['a', 'b'].map((name) => ({ ...resource('Events::Rule', name, { Name: name }), logicalId: name }));
    const accounts = { '111111111111': snapshotOf([stackOf('shop', rules)]) };
    const arnOf = ({ physicalId }: SnapshotResource) => `arn:aws:events:eu-west-1:111111111111:rule/${physicalId}`;
    await withAws({ accounts, identifierOf: arnOf }, async (provider, aws) => {
      const found = await Promise.all(rules.map((rule) => provider.readResource(requestFor('shop', rule))));
      expect(found).toMatchObject([
        { status: 'live', properties: { Name: 'a' } },
        { status: 'live', properties: { Name: 'b' } },
      ]);
      expect(aws.calls).toEqual({ GetCallerIdentity: 1, GetResource: 2 });
    });
  });
});
