import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.js';
import { selectTargets } from '../../src/config/targets.js';
import { openRepository } from '../../src/git/repository.js';
import type { TargetFilter } from '../../src/iac/wanted.js';
import { createSource } from '../../src/syntax/source.js';
import { makeRepository } from '../support/repository.js';

const CONFIG = `version: 1
region: ap-south-1
accounts:
  - id: "111111111111"
    name: prod
    roleArn: arn:aws:iam::111111111111:role/reader
    externalId: x-1
    regions: [eu-west-1, us-east-1]
  - { id: "222222222222", regions: [eu-north-1] }
stacks:
  - { name: everywhere, template: t.yaml, account: prod }
  - { name: own, template: t.yaml, account: "111111111111", region: eu-central-1, roleArn: arn:aws:iam::111111111111:role/own }
  - { name: second, template: t.yaml, account: 222222222222 }
  - { name: stranger, template: t.yaml, account: "333333333333" }
`;

async function targets(filter: Partial<TargetFilter> = {}) {
  const root = makeRepository({ 't.yaml': 'Resources: {A: {Type: AWS::S3::Bucket}}\n', 'c.yaml': CONFIG });
  const checkout = await (await openRepository(root)).checkout('HEAD');
  const wanted = { stackGlobs: [], regions: [], defaultRegion: undefined, ...filter };
  const selected = await selectTargets(await loadConfig(await checkout.read('c.yaml')), checkout, wanted);
  return selected.map(({ name, region, account, roleArn }) =>
    [name, region, account, roleArn?.replace('arn:aws:iam::', '')].join(' ').trim(),
  );
}

test('a stack takes the role and all regions of its account, unless it has its own', async () => {
  expect(await targets()).toEqual([
    'everywhere eu-west-1 111111111111 111111111111:role/reader',
    'everywhere us-east-1 111111111111 111111111111:role/reader',
    'own eu-central-1 111111111111 111111111111:role/own',
    'second eu-north-1 222222222222',
    'stranger ap-south-1 333333333333',
  ]);
});

test('--region chooses among the regions of the accounts', async () => {
  expect(await targets({ regions: ['us-east-1', 'eu-north-1'] })).toEqual([
    'everywhere us-east-1 111111111111 111111111111:role/reader',
    'second eu-north-1 222222222222',
  ]);
});

describe('mistakes', () => {
  async function mistakes(text: string): Promise<string[]> {
    return loadConfig(createSource('c.yaml', text)).then(
      () => [],
      (error: Error) => error.message.split('\n'),
    );
  }

  test('are told together, each with its line', async () => {
    const text = `version: 1
accounts:
  - { id: "111111111111", name: prod, regions: [eu-west-1], roleArn: "arn:aws:iam::222222222222:role/r" }
  - { id: "111111111111", name: dev, regions: [] }
  - { id: "222222222222", name: prod, regions: [eu-west-1], externalId: abc }
  - { id: "333333333333", name: 9to5 }
stacks:
  - { name: a, template: t.yaml, account: porod }
  - { name: b, template: t.yaml, account: prod }
  - { name: b, template: t.yaml, account: "111111111111", region: eu-west-1, roleArn: "arn:aws:iam::222222222222:role/r" }
`;
    expect(await mistakes(text)).toEqual([
      'c.yaml:3:70: the role belongs to account 222222222222, not to 111111111111',
      'c.yaml:4:11: the account 111111111111 is listed in line 3 already',
      'c.yaml:4:38: accounts[1].regions: must be a list of regions, not an empty list',
      'c.yaml:5:33: the account prod is listed in line 3 already',
      'c.yaml:5:73: an externalId is of use only with a roleArn',
      'c.yaml:6:5: accounts[3]: the key "regions" is missing',
      'c.yaml:6:27: accounts[3].name: must be a name: a letter, then letters, digits, dots, hyphens and underscores, not "9to5"',
      'c.yaml:8:43: there is no account named "porod"',
      '  accounts: prod, dev, prod, 9to5',
      'c.yaml:10:5: stack b is listed in line 9 already',
    ]);
  });

  test('a name without accounts says where to define it', async () => {
    const text = 'version: 1\nstacks: [{ name: a, template: t.yaml, account: prod }]\n';
    expect(await mistakes(text)).toEqual([
      'c.yaml:2:48: there is no account named "prod"',
      '  name it in "accounts:", or give its ID',
    ]);
  });
});
