import { rmSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Env: { Type: String, Default: dev }
  Password: { Type: String, NoEcho: true }
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: !Sub shop-\${Env}
      MasterUserPassword: !Ref Password
`;

describe('gitops-drift', () => {
  test('prints its version and help with examples', async () => {
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const command of [
      '',
      'scan',
      'report',
      'patch',
      'snapshot',
      'render',
      'explain-type',
      'init',
      'permissions',
      'doctor',
    ]) {
      const { exitCode, stdout } = await runCli([...(command === '' ? [] : [command]), '--help']);
      expect(stdout).toContain('Examples:');
      expect(exitCode).toBe(0);
    }
  });

  test('refuses unknown commands with exit code 2', async () => {
    const { exitCode, stderr } = await runCli(['scann']);
    expect(stderr).toMatch(/unknown command 'scann'/);
    expect(exitCode).toBe(2);
  });

  test('renders a template with origins, secrets masked', async () => {
    const cwd = makeRepository({ 'shop.yaml': TEMPLATE });
    const args = ['render', '--template', 'shop.yaml', '--parameter', 'Env=prod', '--parameter', 'Password=hunter2'];
    const yaml = await runCli([...args, '--origins'], { cwd });
    expect(yaml.stdout).toContain('shop-prod # shop.yaml:8');
    expect(yaml.stdout).not.toContain('hunter2');
    const json = await runCli([...args, '-o', 'json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      Resources: { Db: { Properties: { MasterUserPassword: '****' } } },
    });
  });

  test('shows the demo: drift, edits, and what to do next, which all runs', async () => {
    const cwd = temporaryDirectory();
    const { exitCode, stdout, stderr } = await runCli(['demo'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Drift: \d+ differences/);
    expect(stdout).toMatch(/critical .*\/BlockPublicPolicy {2}true → false/);
    expect(exitCode).toBe(0);
    const steps = [...stdout.matchAll(/^ {2}node \S*gitops-drift\.js ((?:scan|patch|render) .*?)(?: &&.*| {3}.*)?$/gm)];
    expect(steps.map(([, step]) => step?.split(' ')[0])).toEqual([
      ...['scan', 'scan', 'scan', 'patch', 'patch', 'patch', 'render', 'scan'],
    ]);
    for (const [, step = ''] of steps) {
      const result = await runCli(step.split(' '), { cwd });
      expect([step, result.exitCode, result.stderr]).toEqual([
        step,
        step.startsWith('scan /') ? 1 : 0,
        expect.not.stringContaining('error'),
      ]);
    }
    const folder = /repository is in (\S+);/.exec(stdout)?.[1] ?? '';
    const left = await runCli(['scan', folder], { cwd });
    expect(left.stdout).toContain('✗ Drift: 1 difference in 1 of 42 resources (1 deleted)');
    rmSync(folder, { recursive: true });
  });
});

describe('options that people know from other tools', () => {
  test.each([
    ['--format json', '-o, --output <format[=file]>'],
    ['--json', '-o json'],
    ['--profile prod', 'AWS_PROFILE'],
    ['--min-severity high', '--severity <severity>'],
    ['--exit-code 1', '--fail-on'],
    ['--soft-fail', '--fail-on never'],
    ['--from tfstate', '--stack <glob>'],
    ['--endpoint-url=http://localhost', 'AWS_ENDPOINT_URL'],
  ])('%s: what does the same here is said', async (options, here) => {
    const { exitCode, stderr } = await runCli(['scan', ...options.split(' ')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`unknown option '${options.split(' ')[0]}'`);
    expect(stderr).toContain('\n(use ');
    expect(stderr).toContain(here);
    expect(stderr).not.toContain('Did you mean');
  });

  test('a misspelt option is still told by its spelling', async () => {
    expect((await runCli(['scan', '--fail-no', 'high'])).stderr).toContain('(Did you mean --fail-on?)');
  });
});

test('help for a command that there is not says so', async () => {
  const { exitCode, stderr, stdout } = await runCli(['help', 'scann']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain("unknown command 'scann'");
  expect(stderr).toContain('Did you mean scan?');
  expect((await runCli(['help', 'scan'])).stdout).toContain('Usage: gitops-drift scan');
});
