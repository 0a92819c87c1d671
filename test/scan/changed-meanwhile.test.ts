import { expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Provider } from '../../src/cloud/cloud.js';
import { changedError, changedScans } from '../../src/scan/changed-meanwhile.js';
import type { StackScan } from '../../src/scan/stack-scan.js';

/** A scan with findings of a stack that was read at a version. */
function scanOf(name: string, region: string, roleArn?: string): StackScan {
  const target = { name, region, template: 'shop.yaml', parameters: new Map() };
  return {
    stack: { name, region, account: null, template: 'shop.yaml', status: 'scanned' },
    resources: [],
    findings: [],
    compared: 0,
    judged: { target: roleArn === undefined ? target : { ...target, roleArn }, version: `${name} 1` },
  };
}

type Asked = [region: string, roleArn: string | undefined, versions: Record<string, string>];

/** A provider of which only the question for changed stacks is asked. */
function cloud(answer: (region: string) => string[] | Error, asked: Asked[] = []): Provider {
  const provider: Pick<Provider, 'changedStacks'> = {
    async changedStacks(region, roleArn, versions) {
      asked.push([region, roleArn, Object.fromEntries(versions)]);
      const names = answer(region);
      if (names instanceof Error) throw names;
      return new Set(names);
    },
  };
  return provider as Provider;
}

test('stacks that are another by now are told, asked for once a region and role', async () => {
  const { judged: _, ...without } = scanOf('calm', 'eu-west-1');
  const scans = [
    scanOf('a', 'eu-west-1'),
    scanOf('b', 'eu-west-1'),
    scanOf('a', 'us-east-1'),
    scanOf('c', 'eu-west-1', 'r'),
    without,
  ];
  const asked: Asked[] = [];
  const changed = await changedScans(
    scans,
    cloud((region) => (region === 'eu-west-1' ? ['b', 'calm'] : []), asked),
  );
  expect(changed).toEqual([scans[1]]);
  expect(asked).toEqual([
    ['eu-west-1', undefined, { a: 'a 1', b: 'b 1' }],
    ['us-east-1', undefined, { a: 'a 1' }],
    ['eu-west-1', 'r', { c: 'c 1' }],
  ]);
});

test('a stack that can not be read again is as it was; one region says nothing of another', async () => {
  const scans = [scanOf('a', 'eu-west-1'), scanOf('b', 'us-east-1')];
  const denied = new DriftError('provider', [{ code: 'cloud-request-failed', message: 'denied' }]);
  const provider = cloud((region) => (region === 'eu-west-1' ? denied : ['b']));
  expect(await changedScans(scans, provider)).toEqual([scans[1]]);
});

test('a mistake of the tool itself is none of the cloud', async () => {
  const provider = cloud(() => new TypeError('oops'));
  await expect(changedScans([scanOf('a', 'eu-west-1')], provider)).rejects.toThrow('oops');
});

test('a provider that can not tell says that none has changed', async () => {
  expect(await changedScans([scanOf('a', 'eu-west-1')], {} as Provider)).toEqual([]);
});

test('such a stack is told by its path', () => {
  const target = { name: 'shop-Inner-1', region: 'eu-west-1', template: 'inner.yaml', parameters: new Map() };
  const [problem] = changedError({ ...target, path: 'shop/Inner' }).problems;
  expect(problem).toEqual({
    code: 'stack-unsettled',
    message: 'stack shop/Inner in eu-west-1 was changed while it was scanned, so nothing in it was judged',
    hint: 'scan again when CloudFormation is done',
  });
  expect(changedError(target).message).toContain('stack shop-Inner-1 in eu-west-1');
});
