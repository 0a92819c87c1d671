import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.js';
import type { SuggestedStack } from '../../src/iac/suggestions.js';
import { configText } from '../../src/init/config-text.js';
import { findPatterns } from '../../src/init/patterns.js';
import { createSource } from '../../src/syntax/source.js';

type Given = Partial<SuggestedStack> & { name: string };

function stack({ parameters, ...given }: Given): SuggestedStack {
  return {
    template: 'templates/shop.yaml',
    region: 'eu-west-1',
    account: '111111111111',
    certainty: { level: 'sure', why: 'the name and 4 of 4 resources match' },
    remarks: [],
    ...given,
    ...(parameters === undefined ? {} : { parameters }),
  };
}

function textOf(stacks: readonly SuggestedStack[], folder = ''): string {
  const content = { stacks, apps: [], leftovers: [], templates: [], nested: [] };
  return configText(
    { provider: 'aws', snapshot: undefined, needsSnapshot: false, regions: ['eu-west-1'], ...content },
    folder,
    findPatterns(stacks),
  );
}

const keyOf = (
  { name, template, region, account, parametersFile }: Omit<Given, 'parameters'>,
  parameters: [string, string][],
) => JSON.stringify([name, template, region, account, parametersFile, parameters.sort()]);

/** That what is written stands for exactly the stacks; gives the text of the entries. */
async function written(given: readonly Given[], folder = ''): Promise<string> {
  const stacks = given.map(stack);
  const text = textOf(stacks, folder);
  const config = await loadConfig(
    createSource(folder === '' ? 'gitops-drift.yaml' : `${folder}/gitops-drift.yaml`, text),
  );
  const read = config.stacks.map((each) =>
    keyOf(
      each,
      [...each.parameters].map(([name, { value }]) => [name, value]),
    ),
  );
  expect(read.sort()).toEqual(stacks.map((each) => keyOf(each, [...(each.parameters ?? [])])).sort());
  return text.slice(text.indexOf('stacks:\n') + 'stacks:\n'.length, text.indexOf('\n\n# Differences'));
}

const ENVS = ['dev', 'test', 'qa', 'staging', 'prod'];
const SERVICES = Array.from({ length: 50 }, (_, index) => `service${'-api'.repeat(index % 3)}${index}`);

describe('stacks are written by pattern', () => {
  test('250 of five environments in 30 lines', async () => {
    const stacks = SERVICES.flatMap((service) =>
      ENVS.map((env) => ({
        name: `acme-${service}-${env}`,
        template: `services/${service}/template.yaml`,
        parametersFile: `services/${service}/params/${env}.json`,
      })),
    );
    await written(stacks);
    expect(textOf(stacks.map(stack)).trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    const shared = SERVICES.flatMap((service) =>
      ENVS.map((env) => ({
        name: `${env}-${service}`,
        parameters: new Map([
          ['Env', env],
          ['Name', service],
        ]),
      })),
    );
    expect(await written(shared)).toContain('  - name: "{env}-{name}"\n');
    expect(textOf(shared.map(stack)).trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  test('with what there is not left out, and what does not fit by itself', async () => {
    const regions = ['eu-west-1', 'us-east-1'];
    const all = ['shop', 'pay', 'mail'].flatMap((name) =>
      ['dev', 'prod'].flatMap((env) =>
        regions.flatMap((region) =>
          env === 'dev' && region === 'us-east-1' ? [] : [{ name: `${name}-${env}`, template: `${name}.yaml`, region }],
        ),
      ),
    );
    const odd = { name: 'legacy', template: 'old/legacy.yaml' };
    const other = { name: 'mail-test', template: 'other.yaml' };
    expect(
      await written([...all, odd, other]),
    ).toBe(`  # sure: 9 of 9 stacks, as shop-dev: the name and 4 of 4 resources match
  - name: "{name}-{env}"
    template: "{name}.yaml"
    region: "{region}"
    account: "111111111111"
    for:
      region: [eu-west-1, us-east-1]
      name: [shop, pay, mail]
      env: [dev, prod]
    except: [{ region: us-east-1, env: dev }]
  # sure: the name and 4 of 4 resources match
  - name: legacy
    template: old/legacy.yaml
    region: eu-west-1
    account: "111111111111"
  # sure: the name and 4 of 4 resources match
  - name: mail-test
    template: other.yaml
    region: eu-west-1
    account: "111111111111"`);
  });

  test('with what is not sure, and what a person is to decide, by name', async () => {
    const certainty = { level: 'likely' as const, why: '3 of 4 resources match' };
    const text = await written(
      ENVS.map((env, index) => ({
        name: `shop-${env}`,
        ...(index < 4 ? { certainty } : {}),
        ...(env === 'qa' ? { remarks: ['parametersFile could be \u001b[31many of a, b'] } : {}),
      })),
    );
    expect(text.split('\n').filter((line) => line.includes('#'))).toEqual([
      '  # sure: 1 of 5 stacks, as shop-prod: the name and 4 of 4 resources match',
      '  # likely: shop-dev: 3 of 4 resources match',
      '  # likely: shop-test: 3 of 4 resources match',
      '  # likely: shop-qa: 3 of 4 resources match',
      '  # likely: 1 more',
      expect.stringMatching(/^ {2}# shop-qa: parametersFile could be .*any of a, b$/),
    ]);
  });

  test('in a folder, with paths relative to it', async () => {
    const stacks = ENVS.map((env) => ({
      name: `shop-${env}`,
      template: 'teams/shop/app.yaml',
      parametersFile: `params/${env}.json`,
    }));
    const text = await written(stacks, 'teams/shop');
    expect(text).toContain('    template: app.yaml\n');
    expect(text).toContain('    parametersFile: "../../params/{env}.json"\n');
  });
});

describe('what is written stands for exactly the stacks that were found', () => {
  const four = (name: (env: string) => string, more: (env: string) => Partial<SuggestedStack> = () => ({})) =>
    ENVS.map((env) => ({ name: name(env), ...more(env) }));

  test.each<[title: string, stacks: Given[]]>([
    ['three are no pattern', four((env) => `shop-${env}`).slice(0, 3)],
    ['four are one', four((env) => `shop-${env}`).slice(0, 4)],
    ['hyphens at odd places', four((env) => `a--${env}-`)],
    ['a word twice', four((env) => `${env}-shop-${env}`)],
    [
      'braces in paths and values',
      four(
        (env) => `shop-${env}`,
        (env) => ({
          template: `{templates}/{{x}/${env}.yaml`,
          parameters: new Map([['Text', `\${Env} {env} ${env} }{`]]),
        }),
      ),
    ],
    [
      'values that YAML takes for others',
      ['no', 'yes', 'null', '1e3', '012', 'true', 'n'].map((word) => ({
        name: `s-${word}`,
        parameters: new Map([
          ['V', word],
          ['W', ' '],
        ]),
      })),
    ],
    [
      'names that are parts of others',
      four(
        (env) => `shop${env}-x-${env}`,
        (env) => ({ template: `shop${env}/${env}x.yaml` }),
      ),
    ],
    [
      'a value that is the same in all',
      four(
        (env) => `shop-${env}`,
        () => ({ parameters: new Map([['Log', 'dev']]) }),
      ),
    ],
    [
      'keys that differ',
      four(
        (env) => `shop-${env}`,
        (env) => ({ parameters: new Map([[`Key${env}`, '1']]) }),
      ),
    ],
    [
      'the region in the name',
      ['eu-west-1', 'us-east-1', 'us-east-2', 'ap-south-1'].map((region) => ({ name: `x-${region}`, region })),
    ],
    [
      'names without anything in common',
      ['alpha', 'bravo', 'charlie', 'delta'].map((name) => ({ name, template: `${name}.yaml` })),
    ],
    [
      'the same name in other accounts',
      ['1', '2', '3', '4'].map((digit) => ({ name: 'shop', account: digit.repeat(12) })),
    ],
    [
      'places of our own',
      four(
        (env) => `shop-${env}`,
        () => ({ template: '\uE000{}.yaml' }),
      ),
    ],
    [
      'parameters named as fields',
      four(
        (env) => `shop-${env}`,
        (env) => ({
          parameters: new Map([
            ['name', env],
            ['parameters/x', env],
            ['__proto__', env],
          ]),
        }),
      ),
    ],
    [
      'paths with quotes and hashes',
      four(
        (env) => `shop-${env}`,
        (env) => ({ template: `it's #1 "${env}".yaml` }),
      ),
    ],
  ])('%s', async (title, stacks) => {
    const text = await written(stacks);
    const isPattern = stacks.length >= 4 && !/differ|accounts|of our own|parts of others/.test(title);
    expect(text.includes('    for:\n')).toBe(isPattern);
  });
});
