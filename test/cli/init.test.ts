import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { shellWords } from '../../src/base/shell.js';
import type { SnapshotStack } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { bucket, buckets, snapshotOf, stackOf } from '../cloud/cloud.js';
import { startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { type Files, makeBareClone, makeRepository } from '../support/repository.js';

/** A template of buckets `Bucket0`, `Bucket1` …, with the parameters that are named. */
function template(count: number, ...parameters: string[]): string {
  const declared = parameters.map((name) => `  ${name}: { Type: String, Default: none }\n`).join('');
  const resources = Array.from(
    { length: count },
    (_, index) => `  Bucket${index}: { Type: AWS::S3::Bucket, Properties: { BucketName: bucket${index} } }\n`,
  ).join('');
  return `${declared === '' ? '' : `Parameters:\n${declared}`}Resources:\n${resources}`;
}

/** A repository, with a snapshot of these stacks in it. */
function repository(files: Files, stacks: SnapshotStack[]): string {
  return makeRepository({ ...files, 'live.json': JSON.stringify(snapshotOf(stacks)) });
}

async function suggest(
  files: Files,
  stacks: SnapshotStack[],
  ...args: string[]
): Promise<{ text: string; stderr: string; exitCode: number | null }> {
  const { stdout, stderr, exitCode } = await runCli(['init', '--snapshot', 'live.json', '-o', '-', ...args], {
    cwd: repository(files, stacks),
  });
  return { text: stdout, stderr, exitCode };
}

/** A scan's findings and resources, without what differs from run to run. */
/** But for what depends on the history and on the options of the scan. */
async function scanned(cwd: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await runCli(['scan', '-o', 'json', ...args], { cwd });
  const { stacks, resources, findings, summary } = JSON.parse(stdout) as Report;
  return { stacks, resources, findings: findings.map(({ location: _, remedies: __, ...finding }) => finding), summary };
}

const drifted = bucket('Bucket1', { properties: { BucketName: 'changed' } });

describe('gitops-drift init', () => {
  test('writes a configuration that scans as discovery does', async () => {
    const cwd = repository(
      {
        'cfn/shop.yaml': template(3, 'Env'),
        'params/shop-prod.json': '[{"ParameterKey": "Env", "ParameterValue": "prod"}]',
      },
      [
        stackOf('shop-prod', [...buckets(1), drifted, bucket('Bucket2', { properties: null })], {
          parameters: { Env: 'prod' },
        }),
      ],
    );
    const before = await scanned(cwd, '--snapshot', 'live.json');
    expect(before).toMatchObject({ findings: [{ kind: 'modified' }, { kind: 'deleted' }] });
    const { stderr, exitCode } = await runCli(['init', '--snapshot', 'live.json'], { cwd });
    expect(stderr).toMatch(/^wrote .*gitops-drift\.yaml: 1 stack \(1 sure\); next: gitops-drift scan\n$/);
    expect(exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'gitops-drift.yaml'), 'utf8')).toContain('parametersFile: params/shop-prod.json');
    expect(await scanned(cwd)).toEqual(before);
  });

  test('says how to scan with a snapshot that no configuration can name', async () => {
    const cwd = makeRepository({ 'shop.yaml': template(2) });
    const snapshot = join(
      makeRepository({ 'a state.json': JSON.stringify(snapshotOf([stackOf('shop', buckets(2))])) }),
      'a state.json',
    );
    const { stderr, exitCode } = await runCli(['init', '--snapshot', snapshot], { cwd });
    expect(exitCode).toBe(0);
    const [, ...next] = shellWords(stderr.trim().split('; next: ')[1] ?? '') ?? [];
    expect(next).toEqual(['scan', '--snapshot', snapshot]);
    const text = readFileSync(join(cwd, 'gitops-drift.yaml'), 'utf8');
    expect(text).toContain('# The snapshot is not in this repository: name it with --snapshot in each scan.');
    expect(text).not.toContain('Stacks were looked for');
    expect((await runCli(next, { cwd })).exitCode).toBe(0);
  });

  test('does so over the wire, too', async () => {
    const state = snapshotOf([stackOf('shop', [...buckets(1), drifted]), stackOf('other', [bucket('Else')])]);
    const aws = await startAwsSimulator({ accounts: { '111111111111': state } });
    try {
      const cwd = makeRepository({ 'shop.yaml': template(2) });
      const scan = async () =>
        JSON.parse((await runCli(['scan', '-o', 'json'], { cwd, env: aws.env })).stdout) as Report;
      const before = await scan();
      expect((await runCli(['init'], { cwd, env: aws.env })).exitCode).toBe(0);
      const text = readFileSync(join(cwd, 'gitops-drift.yaml'), 'utf8');
      expect(text).toContain('provider: aws\n');
      expect(text).toContain('    account: "111111111111"\n');
      expect(text).toContain('# Deployed, without a template here: other\n');
      const after = await scan();
      expect(after.findings).toEqual(before.findings);
      expect(after.findings).toHaveLength(1);
      expect(aws.log.every(({ operation }) => /^(?:Get|Describe|List)/.test(operation))).toBe(true);
    } finally {
      await aws.close();
    }
  });

  test('says how sure each match is', async () => {
    const files = {
      'shop.yaml': template(4),
      'half.yaml': template(4),
      'template.yaml':
        'Resources:\n  A: { Type: AWS::SNS::Topic }\n  B: { Type: AWS::SNS::Topic }\n  C: { Type: AWS::SNS::Topic }\n',
      'unknown.yaml': template(9),
    };
    const topics = ['A', 'B', 'C'].map((logicalId) => ({
      logicalId,
      type: 'AWS::SNS::Topic',
      physicalId: logicalId,
      properties: {},
    }));
    const { text } = await suggest(files, [
      stackOf('shop-prod', buckets(4)),
      stackOf('half', [...buckets(2), bucket('X'), bucket('Y')]),
      stackOf('notify', topics),
      stackOf('stranger', [bucket('Z')]),
    ]);
    expect(text).toContain(
      '  # sure: the name and 4 of 4 resources match\n  - name: shop-prod\n    template: shop.yaml\n',
    );
    expect(text).toContain('  # likely: the name and 2 of 4 resources match\n  - name: half\n');
    expect(text).toContain(
      '  # likely: 3 of 3 resources match, but not the name\n  - name: notify\n    template: template.yaml\n',
    );
    expect(text).toContain(
      '# No deployed stack was found for these templates:\n#  - name: ?\n#    template: unknown.yaml\n',
    );
    expect(text).toContain('# Deployed, without a template here: stranger\n');
  });

  test('takes the word of samconfig.toml for stack and parameters', async () => {
    const files = {
      'api/template.yaml': template(2, 'Env', 'Secret'),
      'api/samconfig.toml':
        '[default.deploy.parameters]\nstack_name = "orders"\nregion = "eu-west-1"\nparameter_overrides = "Env=prod Secret=hunter2"\n[test.deploy.parameters]\nstack_name = "orders-test"\n',
      'api/api.yaml': template(2),
    };
    const deployed = (env: string) => [stackOf('orders', buckets(2), { parameters: { Env: env, Secret: '****' } })];
    const { text, stderr } = await suggest(files, deployed('prod'));
    expect(stderr).toBe('');
    expect(text).toContain(
      '  # sure: api/samconfig.toml (default) and 2 of 2 resources match\n  - name: orders\n    template: api/template.yaml\n',
    );
    expect(text).toContain('    parameters:\n      Env: "prod"\n');
    expect(text).toContain('# api/samconfig.toml (test) names the stack orders-test, which was not found\n');
    expect(text).not.toContain('hunter2');
    const other = await suggest(files, deployed('dev'));
    expect(other.text).toContain('  # api/samconfig.toml (default): not deployed with its Env\n');
    expect(other.text).not.toContain('parameters:');
    const broken = await suggest({ ...files, 'api/samconfig.toml': 'oops' }, [stackOf('api', buckets(2))]);
    expect(broken.stderr).toMatch(/api\/samconfig\.toml:1:/);
  });

  test('names a parameter file only where its values are the deployed ones', async () => {
    const files = {
      'shop.yaml': template(2, 'Env', 'Size'),
      'params/shop-prod.json': '{"Parameters": {"Env": "prod", "Size": "2"}}',
      'params/shop-dev.json': '{"Parameters": {"Env": "dev", "Size": "2"}}',
      'params/other.json': '{"Parameters": {"Env": "prod", "Other": "2"}}',
      'deploy/stage.yaml': 'template-file-path: shop.yaml\nparameters:\n  Env: stage\n  Size: 3\n',
      'deploy/else.yaml': 'template-file-path: else.yaml\nparameters:\n  Env: prod\n  Size: 2\n',
    };
    const deployed = (name: string, Env: string, Size: string) =>
      stackOf(name, buckets(2), { parameters: { Env, Size } });
    const { text } = await suggest(files, [
      deployed('shop-prod', 'prod', '2'),
      deployed('shop-dev', 'dev', '9'),
      deployed('shop-stage', 'stage', '3'),
    ]);
    expect(text).toMatch(
      /name: shop-prod\n {4}template: shop\.yaml\n.*\n.*\n {4}parametersFile: params\/shop-prod\.json\n/,
    );
    expect(text).toMatch(
      /name: shop-stage\n {4}template: shop\.yaml\n.*\n.*\n {4}parametersFile: deploy\/stage\.yaml\n/,
    );
    expect(text).toContain(
      '  # parametersFile could be params/shop-dev.json: not deployed with its Size\n  - name: shop-dev\n',
    );
    expect(text.match(/parametersFile: /g)).toHaveLength(2);
  });

  test('refuses to overwrite, unless forced', async () => {
    const cwd = repository({ 'shop.yaml': template(1), 'gitops-drift.yaml': 'mine\n' }, [stackOf('shop', buckets(1))]);
    const refused = await runCli(['init', '--snapshot', 'live.json'], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/gitops-drift\.yaml: this file exists already\n.*--force/);
    expect(readFileSync(join(cwd, 'gitops-drift.yaml'), 'utf8')).toBe('mine\n');
    expect((await runCli(['init', '--snapshot', 'live.json', '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'gitops-drift.yaml'), 'utf8')).toContain('name: shop\n');
    const linked = repository({ 'shop.yaml': template(1) }, [stackOf('shop', buckets(1))]);
    symlinkSync('../outside.yaml', join(linked, 'gitops-drift.yaml'));
    expect((await runCli(['init', '--snapshot', 'live.json'], { cwd: linked })).exitCode).toBe(2);
    expect(existsSync(join(linked, '../outside.yaml'))).toBe(false);
  });

  test('writes nothing where nothing matches, and says what is there', async () => {
    const { exitCode, stderr, text } = await suggest({ 'shop.yaml': template(3) }, [stackOf('orders', [bucket('A')])]);
    expect(stderr).toMatch(/^error: no template could be matched to a deployed stack\n[\s\S]*orders/);
    expect({ exitCode, text }).toEqual({ exitCode: 2, text: '' });
    const bare = makeBareClone(makeRepository({ 'shop.yaml': template(1) }));
    expect((await runCli(['init', bare])).stderr).toMatch(/bare repository[\s\S]*-o -/);
  });

  test('whatever things are called, what it writes loads', async () => {
    const path = 'a "b" #c: \u202e\n/shop.yaml';
    const cwd = repository({ [path]: template(2), 'no/shop.yaml': template(1) }, [
      stackOf('shop', buckets(2)),
      stackOf('x\n  - evil: 1 #', buckets(2)),
      stackOf('No', [bucket('A')]),
    ]);
    const { stderr, exitCode } = await runCli(['init', '--snapshot', 'live.json'], { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining('1 stack '), exitCode: 0 });
    const text = readFileSync(join(cwd, 'gitops-drift.yaml'), 'utf8');
    expect(text).toContain('x\\n  - evil: 1 #');
    const { stdout } = await runCli(['scan', '-o', 'json'], { cwd });
    expect((JSON.parse(stdout) as Report).stacks).toMatchObject([{ name: 'shop', template: path, status: 'scanned' }]);
  });

  test('a snapshot elsewhere is not named', async () => {
    const outside = repository({}, [stackOf('shop', buckets(1))]);
    const cwd = makeRepository({ 'shop.yaml': template(1) });
    const { stdout } = await runCli(['init', '--snapshot', join(outside, 'live.json'), '-o', '-'], { cwd });
    expect(stdout).not.toContain('snapshot:');
    writeFileSync(join(cwd, 'gitops-drift.yaml'), stdout);
    expect((await runCli(['scan', '--snapshot', join(outside, 'live.json')], { cwd })).exitCode).toBe(0);
  });
});

test('writes stacks by pattern, in the folder that is given and for the templates below it', async () => {
  const envs = ['dev', 'test', 'staging', 'prod'];
  const names = ['shop', 'pay'].flatMap((name) => envs.map((env) => `${name}-${env}`));
  const files = { 'a/shop.yaml': template(2), 'a/pay.yaml': template(3), 'b/pay.yaml': template(4) };
  const stacks = names.map((name) => stackOf(name, buckets(name.startsWith('shop') ? 2 : 3)));
  const cwd = repository(files, stacks);
  const { stderr } = await runCli(['init', 'a', '--snapshot', 'live.json'], { cwd });
  expect(stderr).toContain('8 stacks (8 sure)');
  const text = readFileSync(join(cwd, 'a/gitops-drift.yaml'), 'utf8');
  expect(text).toContain('snapshot: "../live.json"\n');
  expect(text).toContain('  - name: "{name}-{env}"\n    template: "{name}.yaml"\n');
  expect(text).not.toContain('b/');
  const { stdout } = await runCli(['scan', 'a', '-o', 'json'], { cwd });
  expect((JSON.parse(stdout) as Report).stacks.map(({ name }) => name).sort()).toEqual(names.sort());
  const again = await runCli(['init', 'a', '--snapshot', 'live.json'], { cwd });
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('this file exists already') });
});

test('finds parameters that other tools deploy with, and says what they work out', async () => {
  const files = {
    'templates/net.yaml': template(1, 'Env', 'Vpc'),
    'config/dev/net.yaml': 'template_path: net.yaml\nparameters:\n  Env: dev\n  Vpc: !stack_output a::Id\n',
    'templates/plain.yaml': template(2, 'Env'),
    'config/dev/plain.yaml': 'template_path: plain.yaml\nparameters:\n  Env: dev\n',
    'kv.yaml': template(3, 'Env', 'Size'),
    'kv.ini': 'Env=dev\nSize=3\n',
    'cat.yaml': template(4, 'Env'),
    '.taskcat.yml': 'project: { name: x }\ntests:\n  t1: { template: cat.yaml, parameters: { Env: dev } }\n',
    'org.yaml': template(5, 'Env'),
    'tasks.yml': 'Org:\n  Type: update-stacks\n  StackName: org\n  Template: ./org.yaml\n  Parameters: { Env: dev }\n',
    'config/dev/made.yaml': 'template_path: net.yaml\nparameters:\n{% if x %}\n  Env: dev\n{% endif %}\n',
  };
  const stack = (name: string, count: number, parameters: Record<string, string>) =>
    stackOf(name, buckets(count), { parameters });
  const { text, stderr } = await suggest(files, [
    stack('net', 1, { Env: 'dev', Vpc: 'vpc-1' }),
    stack('plain', 2, { Env: 'dev' }),
    stack('kv', 3, { Env: 'dev', Size: '3' }),
    stack('cat', 4, { Env: 'dev' }),
    stack('org', 5, { Env: 'dev' }),
  ]);
  const entry = (name: string) =>
    text
      .slice(text.lastIndexOf('  # sure', text.indexOf(`name: ${name}\n`)), text.length)
      .split('\n')
      .slice(1, 8)
      .join('\n');
  expect(entry('net')).toContain(
    '# parameters as in config/dev/net.yaml; not read, since they are worked out there: Vpc (!stack_output)',
  );
  expect(entry('net')).toContain('    parameters:\n      Env: "dev"');
  expect(entry('plain')).toContain('    parametersFile: config/dev/plain.yaml');
  expect(entry('kv')).toContain('    parametersFile: kv.ini');
  expect(entry('cat')).toContain('# parameters as in .taskcat.yml (t1)\n');
  expect(entry('cat')).toContain('    parameters:\n      Env: "dev"');
  expect(entry('org')).toContain('# parameters as in tasks.yml (Org)\n');
  expect(stderr).toContain(
    'warning: config/dev/made.yaml: its parameters are not read: another program makes YAML of it\n',
  );
});
