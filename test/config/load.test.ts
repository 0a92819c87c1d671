import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { type Config, loadConfig } from '../../src/config/load.js';
import { createSource } from '../../src/syntax/source.js';

function load(text: string): Promise<Config> {
  return loadConfig(createSource('gitops-drift.yaml', text));
}

/** The whole message of what loading a text throws. */
async function mistakes(text: string): Promise<string> {
  const error = await load(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DriftError);
  expect((error as DriftError).code).toBe('config');
  return (error as DriftError).message;
}

test('a whole configuration is read, with the places of its values', async () => {
  const text = `version: 1
provider: snapshot
snapshot: ./live.json
region: us-east-1
stacks:
  - name: shop-prod
    template: templates//shop.yaml
    region: eu-west-1
    account: 012345678901
    roleArn: arn:aws-us-gov:iam::111111111111:role/path/drift-reader
    parametersFile: ./params/prod.json
    parameters:
      Env: "prod"
      Count: 0123
      Version: 1.0
      Enabled: true
      Zones: [a, 2, no]
      Empty: ""
  - { name: shop-dev, template: shop.yaml, account: 222222222222 }
ignore:
  - type: AWS::ECS::Service
    path: /DesiredCount
    reason: autoscaling owns it
    until: 2027-01-31
failOn: low
`;
  const config = await load(text);
  expect(config).toMatchObject({
    provider: 'snapshot',
    snapshot: 'live.json',
    region: 'us-east-1',
    failOn: 'low',
    stacks: [
      {
        name: 'shop-prod',
        template: 'templates/shop.yaml',
        region: 'eu-west-1',
        account: '012345678901',
        roleArn: 'arn:aws-us-gov:iam::111111111111:role/path/drift-reader',
        parametersFile: 'params/prod.json',
      },
      { name: 'shop-dev', template: 'shop.yaml', account: '222222222222' },
    ],
    ignore: [{ type: 'AWS::ECS::Service', path: '/DesiredCount', reason: 'autoscaling owns it', until: '2027-01-31' }],
  });
  const [stack] = config.stacks;
  const parameters = [...(stack?.parameters ?? [])].map(([name, { value, source, range }]) => [
    name,
    value,
    source.text.slice(range.start, range.end),
  ]);
  expect(parameters).toEqual([
    ['Env', 'prod', '"prod"'],
    ['Count', '0123', '0123'],
    ['Version', '1.0', '1.0'],
    ['Enabled', 'true', 'true'],
    ['Zones', 'a,2,false', '[a, 2, no]'],
    ['Empty', '', '""'],
  ]);
  expect(text.slice(stack?.ranges.template.start, stack?.ranges.template.end)).toBe('templates//shop.yaml');
});

test('the least configuration leaves the stacks to be discovered', async () => {
  expect(await load('version: 1\n')).toMatchObject({ stacks: [], ignore: [] });
  expect(await load('{"version": 1}')).toMatchObject({ stacks: [], ignore: [] });
});

test('anchors, aliases and merge keys may be used', async () => {
  const config = await load(`version: 1
stacks:
  - &base { name: a, template: t.yaml, region: eu-west-1 }
  - { <<: *base, name: b }
`);
  expect(config.stacks).toMatchObject([
    { name: 'a', template: 't.yaml', region: 'eu-west-1' },
    { name: 'b', template: 't.yaml', region: 'eu-west-1' },
  ]);
});

test('the same name in another region or account is another stack, in the same one it is the same', async () => {
  const config = await load(`version: 1
region: eu-west-1
stacks:
  - { name: a, template: t.yaml }
  - { name: a, template: t.yaml, region: us-east-1 }
  - { name: a, template: t.yaml, account: "111111111111" }
  - { name: a, template: t.yaml, roleArn: arn:aws:iam::222222222222:role/r }
`);
  expect(config.stacks).toHaveLength(4);
  const twice = await mistakes(`version: 1
region: eu-west-1
stacks:
  - { name: a, template: t.yaml, account: "111111111111" }
  - { name: a, template: t.yaml, region: eu-west-1, roleArn: arn:aws:iam::111111111111:role/r }
`);
  expect(twice).toBe('gitops-drift.yaml:5:5: stack a is listed in line 4 already');
});

test('all mistakes are told at once, each with its line and key', async () => {
  const text = `version: 2
provider: azure
snapshot: /var/live.json
regoin: eu-west-1
region: Frankfurt
failOn: hihg
stacks:
  - name: shop-prod
    template: ../shop.yaml
    region: eu-west-1
    acount: "111111111111"
  - name: shop-prod
    template: a\\b.yaml
    region: eu-west-1
    account: 1234
    roleArn: arn:aws:iam::1111:user/x
    parameters:
      Fine: 1
      Nothing:
      Nested: { a: b }
      Lists: [[1]]
    parametersFile: ""
  - template: [a]
    name: 1st
    name: first
  - shop
  - { name: shop-prod, template: x.yaml, region: eu-west-1 }
ignore:
  - type: AWS::S3::Bucket
    reason: " "
    until: 2027-02-30
  - reason: everything
  - path: Tags
  - logicalId: (a+)+
    until: soon
    reason: r
    __proto__: x
`;
  expect((await mistakes(text)).split('\n')).toEqual([
    'gitops-drift.yaml:1:1: version: must be 1, not 2',
    'gitops-drift.yaml:2:1: provider: must be one of aws, cloudformation, snapshot, not "azure"',
    'gitops-drift.yaml:3:11: "/var/live.json" is an absolute path',
    "  give the path relative to the repository's root",
    'gitops-drift.yaml:4:1: the configuration: unknown key "regoin"',
    '  did you mean "region"?',
    'gitops-drift.yaml:5:1: region: must be a region, such as eu-west-1, not "Frankfurt"',
    'gitops-drift.yaml:6:1: failOn: must be one of critical, high, medium, low, never, not "hihg"',
    '  did you mean "high"?',
    'gitops-drift.yaml:9:15: "../shop.yaml" leads out of the repository',
    'gitops-drift.yaml:11:5: stacks[0]: unknown key "acount"',
    '  did you mean "account"?',
    'gitops-drift.yaml:13:15: "a\\b.yaml" has a backslash',
    '  write paths with forward slashes',
    'gitops-drift.yaml:15:5: stacks[1].account: must be an account ID of 12 digits, or the name of one of the accounts, not 1234',
    'gitops-drift.yaml:16:5: stacks[1].roleArn: must be the ARN of a role, such as arn:aws:iam::111111111111:role/drift-reader, not "arn:aws:iam::1111:user/x"',
    'gitops-drift.yaml:19:7: stacks[1].parameters.Nothing: must be a text, a number, a boolean or a list of them, not empty',
    'gitops-drift.yaml:20:7: stacks[1].parameters.Nested: must be a text, a number, a boolean or a list of them, not a map',
    'gitops-drift.yaml:21:15: stacks[1].parameters.Lists[0]: must be a text, a number or a boolean, not a list',
    'gitops-drift.yaml:22:5: stacks[1].parametersFile: must be a path in the repository, not ""',
    'gitops-drift.yaml:23:5: stacks[2].template: must be a path in the repository, not a list',
    'gitops-drift.yaml:25:5: the key "name" is given twice',
    'gitops-drift.yaml:26:5: stacks[3]: must be a stack: a name, a template and what else is known of it, not "shop"',
    'gitops-drift.yaml:27:5: stack shop-prod is listed in line 8 already',
    'gitops-drift.yaml:30:5: ignore[0].reason: must be a text that says why, not " "',
    'gitops-drift.yaml:31:5: ignore[0].until: must be a date, such as 2027-01-31, not "2027-02-30"',
    'gitops-drift.yaml:32:5: ignore[1]: needs at least one of type, stack, logicalId, path',
    'gitops-drift.yaml:33:5: ignore[2]: the key "reason" is missing',
    'gitops-drift.yaml:33:5: ignore[2].path: must be a JSON Pointer, such as /Tags/*/Value, not "Tags"',
    'gitops-drift.yaml:34:5: ignore[3].logicalId: must be a name, in which * stands for any text and ? for any character, not "(a+)+"',
    'gitops-drift.yaml:35:5: ignore[3].until: must be a date, such as 2027-01-31, not "soon"',
    'gitops-drift.yaml:37:5: ignore[3]: unknown key "__proto__"',
    '  known keys: type, stack, region, account, logicalId, path, reason, until',
  ]);
});

describe('what is no configuration', () => {
  test.each([
    ['', 'gitops-drift.yaml:1: the file is empty'],
    ['# only a comment\n', 'gitops-drift.yaml:1: the file is empty'],
    [
      '- a\n',
      'gitops-drift.yaml:1:1: the configuration: must be a map of settings, of which version: 1 is the least, not a list',
    ],
    ['stacks: []\n', 'the key "version" is missing'],
    ['version: 1\nstacks: []\n', 'stacks: must be a list of stacks; without the key, templates are matched'],
    ['version: 1\nstacks:\n', 'not empty'],
    ['version: "1"\n', 'version: must be 1, not "1"'],
  ])('%j', async (text, message) => {
    expect(await mistakes(text)).toContain(message);
  });

  test('bad syntax is told with every place', async () => {
    const message = await mistakes('version: 1\nstacks: [a\nregion: "x\n');
    expect(message).toMatch(/^gitops-drift\.yaml:\d+:\d+: YAML not well-formed: /);
    expect(message.split('\n').length).toBeGreaterThan(1);
  });

  test('aliases that expand without end are refused', async () => {
    const levels = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
    expect(await mistakes(`a0: &a0 x\n${levels.join('\n')}\n`)).toMatch(/:\d+:\d+: aliases expand this to more than/);
  });
});
