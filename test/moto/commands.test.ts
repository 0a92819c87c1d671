import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { type CliResult, runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { type MotoAccount, nobodysEnv } from './support/account.js';
import { API_KEY, deployEstate, estateFiles } from './support/estate.js';
import { describeMoto } from './support/moto.js';

await describeMoto('the commands around a scan', ({ url, proxy }) => {
  let production: MotoAccount;
  beforeAll(async () => {
    production = (await deployEstate(url)).prod;
  });

  function run(cwd: string, ...args: string[]): Promise<CliResult> {
    return runCli(args, { cwd, env: nobodysEnv(proxy.url) });
  }

  test('init finds stacks, their templates, parameter files and regions, and what it writes scans clean', async () => {
    const { 'gitops-drift.yaml': _, ...files } = estateFiles();
    const cwd = makeRepository(files);
    const env = { ...production.env, AWS_ENDPOINT_URL: proxy.url };
    const init = await runCli(['init', '--region', 'eu-west-1', '--region', 'us-east-1', '-o', '-'], { cwd, env });
    expect({ exitCode: init.exitCode, stderr: init.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(init.stdout.match(/# sure: .*\n.*name: .*/g)).toEqual([
      expect.stringContaining('name: network-prod'),
      expect.stringContaining('name: orders-prod'),
      // Those that are nested in it are scanned with it.
      expect.stringContaining('name: platform-prod'),
    ]);
    expect(init.stdout).toContain('parametersFile: parameters/orders-prod.json');
    expect(init.stdout).not.toContain(API_KEY);
    const { stdout } = await runCli(['scan', '-o', 'json'], { cwd: configured(files, init.stdout), env });
    const { summary, stacks } = JSON.parse(stdout) as Report;
    expect({ exitCode: summary.exitCode, stacks: stacks.length }).toEqual({ exitCode: 0, stacks: 5 });
  });

  test('doctor assumes both roles, finds all stacks, and may read every type', async () => {
    const { stdout, exitCode } = await run(makeRepository(estateFiles()), 'doctor');
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/^fail/m);
    for (const account of ['111111111111', '222222222222'])
      expect(stdout).toMatch(`account ${account}, as arn:aws:iam`);
    expect(stdout).toMatch(/2 of 2 are deployed in eu-west-1[\s\S]*1 of 1 are deployed in us-east-1/);
    expect(stdout).toMatch(/reading 9 resource types in eu-west-1/);
    // moto has no drift detection: that is not known, not denied.
    expect(stdout).toMatch(/^warn .*DetectStackResourceDrift could not be tried .*HTTP 500/m);
  });

  test('what snapshot records scans the same without moto, and holds no secret', async () => {
    const cwd = makeRepository(estateFiles());
    const recorded = await run(cwd, 'snapshot', '-o', 'live.json');
    expect(recorded).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    const { stdout } = await runCli(['scan', '--snapshot', 'live.json', '-o', 'json'], { cwd });
    const { summary } = JSON.parse(stdout) as Report;
    expect(summary.resources).toMatchObject({ total: 27, inSync: 27 });
    const text = readFileSync(join(cwd, 'live.json'), 'utf8');
    expect(text).toContain('orders-prod');
    expect(text).not.toContain(API_KEY);
  });
});

function configured(files: Record<string, string>, config: string): string {
  return makeRepository({ ...files, 'gitops-drift.yaml': config });
}
