import { expect, test } from '@jest/globals';
import { openReverting } from '../../src/revert/open.js';
import { makeRepository } from '../support/repository.js';

const ROLE = 'arn:aws:iam::111111111111:role/reader';
const OTHER = 'arn:aws:iam::111111111111:role/other';
const AT = { region: 'eu-west-1', account: '111111111111' };
const open = (config: string, more: object = {}) =>
  openReverting({
    repository: makeRepository({ 'gitops-drift.yaml': `version: 1\nregion: eu-west-1\n${config}` }),
    provider: 'aws',
    ...more,
  });

test.each([
  ['the role of its app', `cdk: { out: made, roleArn: "${ROLE}" }\n`, ROLE],
  ['its own role', `cdk: { out: made, roleArn: "${ROLE}" }\nstacks: [{ name: shop, roleArn: "${OTHER}" }]\n`, OTHER],
  [
    'no role, where apps have two',
    `cdk: [{ out: a, roleArn: "${ROLE}" }, { out: b, roleArn: "${OTHER}" }]\n`,
    undefined,
  ],
])('an app that has made nothing yet does not keep its stacks from being reverted: %s', async (_, config, role) => {
  const { targetOf, provider } = await open(config);
  expect(targetOf({ name: 'shop', ...AT })).toEqual({
    ...{ name: 'shop', region: 'eu-west-1' },
    ...(role === undefined ? {} : { roleArn: role }),
  });
  provider.close?.();
});

test('the role of an app is for its account alone, also for a change set that was approved', async () => {
  const { targetOf, roleIn, provider } = await open(`cdk: { out: made, roleArn: "${ROLE}" }\n`);
  expect(roleIn('111111111111', 'eu-west-1')).toBe(ROLE);
  expect(roleIn('222222222222', 'eu-west-1')).toBeUndefined();
  expect(targetOf({ name: 'shop', ...AT, account: '222222222222' })).not.toHaveProperty('roleArn');
  provider.close?.();
});

test('a configuration that is wrong in any other way is refused', async () => {
  await expect(open('cdk: { out: 7 }\n')).rejects.toThrow();
});
