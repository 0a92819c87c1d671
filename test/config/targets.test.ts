import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { loadConfig } from '../../src/config/load.js';
import { selectTargets } from '../../src/config/targets.js';
import { openRepository } from '../../src/git/repository.js';
import type { TargetFilter } from '../../src/iac/wanted.js';
import type { Target } from '../../src/model/target.js';
import { type Files, makeRepository } from '../support/repository.js';

const TEMPLATE = 'Resources:\n  Bucket: {Type: AWS::S3::Bucket}\n';

const CONFIG = `version: 1
stacks:
  - name: shop-prod
    template: templates/shop.yaml
    region: eu-west-1
    account: "111111111111"
    roleArn: arn:aws:iam::111111111111:role/r
    parametersFile: params/prod.json
    parameters: { Size: 3 }
  - name: shop-dev
    template: templates/shop.yaml
  - name: network
    template: templates/network.yaml
    region: us-east-1
`;

const FILES: Files = {
  'templates/shop.yaml': TEMPLATE,
  'templates/network.yaml': TEMPLATE,
  'params/prod.json': '{"Parameters": {"Env": "prod", "Size": "1"}}',
};

/** Selects from a configuration in a repository with these files. */
async function select(config: string, files: Files, filter: Partial<TargetFilter> = {}): Promise<Target[]> {
  const root = makeRepository({ ...files, 'gitops-drift.yaml': config });
  const checkout = await (await openRepository(root)).checkout('HEAD');
  const wanted = { stackGlobs: [], regions: [], defaultRegion: 'eu-central-1', ...filter };
  return selectTargets(await loadConfig(await checkout.read('gitops-drift.yaml')), checkout, wanted);
}

async function mistakes(...args: Parameters<typeof select>): Promise<string[]> {
  const error = await select(...args).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DriftError);
  return (error as DriftError).message.split('\n');
}

function namesOf(targets: readonly Target[]): string[] {
  return targets.map(({ name, region }) => `${name} ${region}`);
}

test('a target has all that the configuration says, its parameters over those of the file', async () => {
  const [target] = await select(CONFIG, FILES);
  expect(target).toMatchObject({
    name: 'shop-prod',
    region: 'eu-west-1',
    account: '111111111111',
    roleArn: 'arn:aws:iam::111111111111:role/r',
    template: 'templates/shop.yaml',
  });
  const parameters = [...(target?.parameters ?? [])].map(([name, { value, source }]) => [name, value, source.path]);
  expect(parameters).toEqual([
    ['Env', 'prod', 'params/prod.json'],
    ['Size', '3', 'gitops-drift.yaml'],
  ]);
});

describe('which stacks', () => {
  test.each<[Partial<TargetFilter>, string[]]>([
    [{}, ['shop-prod eu-west-1', 'shop-dev eu-central-1', 'network us-east-1']],
    [{ stackGlobs: ['shop-*'] }, ['shop-prod eu-west-1', 'shop-dev eu-central-1']],
    [{ stackGlobs: ['network', '*-dev'] }, ['shop-dev eu-central-1', 'network us-east-1']],
    [{ regions: ['us-east-1', 'eu-west-1'] }, ['shop-prod eu-west-1', 'shop-dev us-east-1', 'network us-east-1']],
    [{ stackGlobs: ['shop-prod'], defaultRegion: undefined }, ['shop-prod eu-west-1']],
  ])('%j', async (filter, expected) => {
    expect(namesOf(await select(CONFIG, FILES, filter))).toEqual(expected);
  });

  test("the configuration's region is for stacks that name none", async () => {
    const config = CONFIG.replace('version: 1', 'version: 1\nregion: ap-south-1');
    expect(namesOf(await select(config, FILES, { stackGlobs: ['shop-*'] }))).toEqual([
      'shop-prod eu-west-1',
      'shop-dev ap-south-1',
    ]);
  });

  test('what is not asked for need not be right', async () => {
    const config = CONFIG.replace('templates/network.yaml', 'nope.yaml');
    expect(namesOf(await select(config, FILES, { stackGlobs: ['shop-prod'] }))).toEqual(['shop-prod eu-west-1']);
  });
});

describe('mistakes', () => {
  test('names and regions that match nothing list what there is', async () => {
    expect(
      await mistakes(CONFIG, FILES, { stackGlobs: ['Shop-*', 'shop-*'], regions: ['eu-west-1', 'eu-west-9'] }),
    ).toEqual([
      '--stack Shop-* matches no stack',
      '  configured stacks: network, shop-dev, shop-prod',
      '--region eu-west-9 matches no configured stack',
      '  the chosen stacks are in eu-west-1',
    ]);
  });

  test('a stack without a region says how to give one', async () => {
    expect(await mistakes(CONFIG, FILES, { defaultRegion: undefined })).toEqual([
      'gitops-drift.yaml:10:5: stack shop-dev has no region',
      '  give it a "region:", or set one for all: "region:" at the top of the configuration, AWS_REGION, or --region',
    ]);
  });

  test('files that are missing or bad are told together', async () => {
    const config = CONFIG.replace('templates/network.yaml', 'templates/netwrok.yaml').replace(
      'template: templates/shop.yaml\n    region',
      'template: templates\n    region',
    );
    const files = { ...FILES, 'params/prod.json': '[{"ParameterKey": "A"}]' };
    expect(await mistakes(config, files)).toEqual([
      'gitops-drift.yaml:4:15: stack shop-prod: there is no file "templates"',
      'params/prod.json:1:2: A has neither a ParameterValue nor UsePreviousValue: true',
      'gitops-drift.yaml:13:15: stack network: there is no file "templates/netwrok.yaml"',
      '  did you mean "templates/network.yaml"?',
    ]);
  });

  test('a parameter file that is missing is placed where it is named', async () => {
    const { 'params/prod.json': _, ...files } = FILES;
    const [message] = await mistakes(CONFIG, files);
    expect(message).toMatch(
      /^gitops-drift\.yaml:8:21: "params\/prod\.json" does not exist at HEAD, commit [0-9a-f]{12}$/,
    );
  });
});

test('what is wrong with an entry that stands for many stacks is told once', async () => {
  const pattern = (more: string) =>
    `version: 1\nstacks:\n  - { name: "s-{n}", template: ${more}, for: { n: [a, b, c, d] } }\n`;
  expect(await mistakes(pattern('templates/none.yaml'), FILES)).toEqual([
    'gitops-drift.yaml:3:32: stack s-a: there is no file "templates/none.yaml"',
    '  did you mean "templates/shop.yaml"?',
  ]);
  expect(await mistakes(pattern('"{n}.yaml"'), {})).toHaveLength(4);
  expect(await mistakes(pattern('templates/shop.yaml'), FILES, { defaultRegion: undefined })).toEqual([
    'gitops-drift.yaml:3:5: stack s-a and 3 more stacks have no region',
    expect.stringContaining('region'),
  ]);
});
