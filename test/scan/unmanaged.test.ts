import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Provider, UnmanagedResource, UnmanagedResources } from '../../src/cloud/cloud.js';
import type { Place } from '../../src/cloud/place.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { scanUnmanaged, unmanagedFindings } from '../../src/scan/unmanaged.js';
import { severityRules } from '../../src/severity/rules.js';

const found = (region: string, identifier: string, more: Partial<UnmanagedResource> = {}): UnmanagedResource => ({
  ...{ region, type: 'AWS::SQS::Queue', identifier, arn: `arn:${identifier}`, tags: {} },
  ...more,
});

type Asked = [regions: string[], roleArn: string | undefined];

/** A cloud in which each role leads to an account. */
function cloud(
  accounts: Record<string, string | undefined>,
  answer: (regions: readonly string[]) => UnmanagedResources,
  asked: Asked[] = [],
): Provider {
  const provider: Pick<Provider, 'name' | 'connect' | 'findUnmanaged'> = {
    name: 'aws',
    async connect(roleArn = 'caller') {
      if (!(roleArn in accounts))
        throw new DriftError('credentials', [{ code: 'credentials-role-refused', message: `${roleArn} is denied` }]);
      const account = accounts[roleArn];
      return account === undefined ? {} : { account };
    },
    async findUnmanaged(regions, roleArn) {
      asked.push([[...regions], roleArn]);
      return answer(regions);
    },
  };
  return provider as Provider;
}

const nothing = () => ({ resources: [], errors: [] });

describe('looking for what no stack owns', () => {
  test('looks once into each region of each account, whichever roles lead there', async () => {
    const asked: Asked[] = [];
    const provider = cloud({ caller: '1', one: '1', two: '2' }, nothing, asked);
    const places: Place[] = [
      { region: 'eu-west-1' },
      { region: 'us-east-1', roleArn: 'one' },
      { region: 'eu-west-1', roleArn: 'one' },
      { region: 'eu-west-1', roleArn: 'two' },
    ];
    expect(await scanUnmanaged(provider, places)).toEqual({ resources: [], errors: [] });
    expect(asked).toEqual([
      [['eu-west-1', 'us-east-1'], undefined],
      [['eu-west-1'], 'two'],
    ]);
  });

  test('says whose each resource is, and where it could not look', async () => {
    const denied = new DriftError('provider', [{ code: 'cloud-request-failed', message: 'denied', hint: 'allow it' }]);
    const provider = cloud({ caller: '1' }, ([region = '']) => ({
      resources: [found(region, 'queue')],
      errors: [{ region: 'us-east-1', error: denied }],
    }));
    expect(await scanUnmanaged(provider, [{ region: 'eu-west-1' }, { region: 'us-east-1' }])).toEqual({
      resources: [{ ...found('eu-west-1', 'queue'), account: '1' }],
      errors: [{ region: 'us-east-1', account: '1', error: 'denied\n  allow it' }],
    });
  });

  test('an account that can not be reached stops no other, and is told once a region', async () => {
    const places: Place[] = [
      { region: 'eu-west-1', roleArn: 'no', account: '2' },
      { region: 'eu-west-1', roleArn: 'no', account: '2' },
      { region: 'eu-west-1' },
    ];
    const { resources, errors } = await scanUnmanaged(
      cloud({ caller: undefined }, ([region = '']) => ({ resources: [found(region, 'q')], errors: [] })),
      places,
    );
    expect(resources).toMatchObject([{ identifier: 'q', account: undefined }]);
    expect(errors).toEqual([{ region: 'eu-west-1', account: '2', error: 'no is denied' }]);
  });

  test('is an error with a provider that can not tell', async () => {
    const look = scanUnmanaged({ name: 'cloudformation' } as Provider, []);
    await expect(look).rejects.toMatchObject({
      code: 'usage',
      problems: [{ message: '--unmanaged is not possible with the provider "cloudformation"' }],
    });
  });
});

describe('findings of what no stack owns', () => {
  const rules = severityRules(cloudFormationTypes);

  test('come in the order of account, region, type and name', () => {
    const resources = [
      { ...found('us-east-1', 'a'), account: '1' },
      { ...found('eu-west-1', 'b'), account: '1' },
      { ...found('eu-west-1', 'a'), account: '1' },
      { ...found('eu-west-1', 'z', { type: 'AWS::IAM::User' }), account: '1' },
      { ...found('eu-west-1', 'c'), account: undefined },
    ];
    const findings = unmanagedFindings(resources, rules);
    expect(findings.map(({ account, region, physicalId }) => `${account} ${region} ${physicalId}`)).toEqual([
      '1 eu-west-1 z',
      '1 eu-west-1 a',
      '1 eu-west-1 b',
      '1 us-east-1 a',
      'null eu-west-1 c',
    ]);
    expect(findings.map(({ severity, rule }) => [severity, rule])[0]).toEqual(['high', 'unmanaged-access']);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(5);
  });

  test('tell whose orphan it is and what is not certain, without secrets', () => {
    const orphan = { stack: 'old', logicalId: 'Queue', reason: 'its stack is gone' };
    const [one] = unmanagedFindings(
      [{ ...found('eu-west-1', 'q', { orphan, doubt: 'password=correct-horse-1' }), account: '1' }],
      rules,
    );
    expect(one).toMatchObject({
      kind: 'unmanaged',
      verdict: 'drift',
      stack: 'old',
      logicalId: 'Queue',
      physicalId: 'q',
      path: '',
      reason: 'its stack is gone; password=****',
      patch: { status: 'none', reason: 'no template declares it' },
    });
    const [plain] = unmanagedFindings([{ ...found('eu-west-1', 'q'), account: '1' }], rules);
    expect(plain).toMatchObject({ stack: '', logicalId: '' });
    expect(Object.keys(plain ?? {})).not.toContain('reason');
  });
});
