import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { loadConfig } from '../../src/config/load.js';
import { createSource } from '../../src/syntax/source.js';

const load = (stacks: string) => loadConfig(createSource('gitops-drift.yaml', `version: 1\nstacks:\n${stacks}`));

async function problemsOf(stacks: string): Promise<string[]> {
  try {
    await load(stacks);
    return [];
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return error.problems.map(
      ({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` (${hint})` : ''}`,
    );
  }
}

const PATTERN = `  - name: "shop-{env}"
    template: templates/shop.yaml
    parametersFile: "params/{env}.json"
    for: { env: [dev, prod], region: [eu-west-1, us-east-1] }
    region: "{region}"
    except: [{ env: dev, region: us-east-1 }]
`;

describe('an entry with "for:"', () => {
  test('stands for a stack of each combination, but for those that "except:" names', async () => {
    const { stacks } = await load(PATTERN);
    expect(stacks.map(({ name, region, parametersFile }) => [name, region, parametersFile])).toEqual([
      ['shop-dev', 'eu-west-1', 'params/dev.json'],
      ['shop-prod', 'eu-west-1', 'params/prod.json'],
      ['shop-prod', 'us-east-1', 'params/prod.json'],
    ]);
    expect(stacks.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test('has its names replaced wherever a stack is told by', async () => {
    const { stacks } = await load(`  - name: "{app}-{env}"
    template: "templates/{app}.yaml"
    account: "{account}"
    roleArn: "arn:aws:iam::{account}:role/{env}-reader"
    region: eu-west-1
    parameters: { Env: "{env}", Zones: ["{env}-a", b], Doc: "{{ \\"env\\": \\"{env}\\" }}", Count: 2 }
    for: { app: [shop], env: [dev], account: ["111111111111"] }
`);
    expect(stacks).toHaveLength(1);
    const [{ parameters, ...stack } = { parameters: new Map() }] = stacks;
    expect(stack).toMatchObject({
      name: 'shop-dev',
      template: 'templates/shop.yaml',
      account: '111111111111',
      roleArn: 'arn:aws:iam::111111111111:role/dev-reader',
    });
    expect([...parameters].map(([name, { value }]) => [name, value])).toEqual([
      ['Env', 'dev'],
      ['Zones', 'dev-a,b'],
      ['Doc', '{ "env": "dev" }'],
      ['Count', '2'],
    ]);
  });

  test('makes the 250 stacks of five environments of a few lines', async () => {
    const apps = Array.from({ length: 50 }, (_, index) => `app${index}`).join(', ');
    const { stacks } = await load(
      `  - { name: "{app}-{env}", template: "{app}.yaml", for: { app: [${apps}], env: [dev, test, stage, prod, dr] } }\n`,
    );
    expect(new Set(stacks.map(({ name }) => name)).size).toBe(250);
  });

  test('takes numbers as they are written', async () => {
    const { stacks } = await load('  - { name: "shop-{n}", template: a.yaml, for: { n: [01, 2] } }\n');
    expect(stacks.map(({ name }) => name)).toEqual(['shop-01', 'shop-2']);
  });
});

describe('what is wrong with a pattern is told once, at its place', () => {
  test.each<[string, string, string[]]>([
    [
      'a name that "for:" lacks',
      '  - { name: "shop-{enx}", template: "{enx}.yaml", for: { env: [a, b] } }\n',
      [
        '3:13 {enx} is not known ("for:" has env; a brace is written {{)',
        '3:37 {enx} is not known ("for:" has env; a brace is written {{)',
      ],
    ],
    [
      'a brace that is not closed',
      '  - { name: "shop-{env", template: a.yaml, for: { env: [a] } }\n',
      ['3:13 this brace is not closed ("for:" has env; a brace is written {{)'],
    ],
    [
      'a key of "except:" that "for:" lacks',
      '  - { name: "s-{env}", template: a.yaml, for: { env: [a] }, except: [{ envs: a }] }\n',
      ['3:72 except: "for:" has no "envs" (it has env)'],
    ],
    [
      'a value of "except:" that "for:" lacks',
      '  - { name: "s-{env}", template: a.yaml, for: { env: [a] }, except: [{ env: b }] }\n',
      ['3:77 except: "b" is no value of "env"'],
    ],
    [
      '"except:" alone',
      '  - { name: s, template: a.yaml, except: [{ env: b }] }\n',
      ['3:34 except: needs "for:" beside it'],
    ],
    [
      '"for:" that is no map',
      '  - { name: s, template: a.yaml, for: [a] }\n',
      ['3:39 for: must be a map of names to lists of values'],
    ],
    [
      'values that are no list',
      '  - { name: "s-{e}", template: a.yaml, for: { e: dev } }\n',
      ['3:50 for.e: must be a list of texts'],
    ],
    [
      'an empty list',
      '  - { name: "s-{e}", template: a.yaml, for: { e: [] } }\n',
      ['3:50 for.e: must be a list of texts'],
    ],
    [
      'a name of no letters',
      '  - { name: "s", template: a.yaml, for: { "1": [a] } }\n',
      ['3:43 for: "1" is no name: use letters, digits, _ and -'],
    ],
    [
      'a name without "for:"',
      '  - { name: "shop-{env}", template: a.yaml }\n',
      ['3:13 name: {env} is not known here (say its values in "for:" of this stack)'],
    ],
    [
      'the same stack twice',
      '  - { name: shop, template: "{env}.yaml", for: { env: [a, b] } }\n',
      ['3:5 stack shop is listed in line 3 already'],
    ],
  ])('%s', async (_, stacks, problems) => {
    const found = await problemsOf(stacks);
    expect(found.filter((each) => !each.includes('a stack name:'))).toEqual(problems);
  });

  test('what a stack is told to be and can not', async () => {
    const found = await problemsOf('  - { name: "-{env}", template: "../{env}.yaml", for: { env: [a, b] } }\n');
    expect(found.map((each) => each.replace(/ .*/, ''))).toEqual(['3:7', '3:33']);
  });

  test('more combinations than anybody has stacks', async () => {
    const list = `[${Array.from({ length: 101 }, (_, index) => index).join(', ')}]`;
    expect(await problemsOf(`  - { name: "s-{a}-{b}", template: a.yaml, for: { a: ${list}, b: ${list} } }\n`)).toEqual([
      expect.stringContaining('for: more than 10000 combinations'),
    ]);
  });
});
