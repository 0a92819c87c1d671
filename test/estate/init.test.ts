import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.js';
import { startAwsSimulator } from '../support/aws-simulator/server.js';
import { runCli } from '../support/cli.js';
import { runEstate } from '../support/estate.js';
import { makeRepository } from '../support/repository.js';
import { PROD, TEMPLATES, wholeEstate } from '../support/whole-estate.js';

const REGIONS = ['--region', 'eu-west-1', 'us-east-1'];

/** Credentials that see the stacks of two regions. */
function cloud(more: object = {}) {
  const { accounts, ...estate } = wholeEstate();
  return { ...estate, accounts: Object.fromEntries(Object.entries(accounts).filter(([id]) => id === PROD)), ...more };
}

describe('gitops-drift init', () => {
  test('lists the stacks of several regions, without those that are nested in them', async () => {
    const { stdout, stderr, exitCode } = await runEstate(TEMPLATES, cloud(), ['init', '-o', '-', ...REGIONS]);
    expect([stderr, exitCode]).toEqual(['', 0]);
    const [head = '', rest = ''] = stdout.split('stacks:\n');
    expect(head).toContain('# Stacks were looked for in eu-west-1, us-east-1; --region names other regions.\n');
    const [stacks, more = ''] = rest.split('\n\n');
    expect(`${stacks}\n`).toBe(`  # sure: 4 of 4 stacks, as shop: the name and 3 of 3 resources match
  - name: "{name}"
    template: "infra/{name}.yaml"
    region: "{region}"
    account: "${PROD}"
    for:
      region: [eu-west-1, us-east-1]
      name: [shop, edge]
`);
    expect(more).toBe(`# Scanned with the stacks that they are nested in:
#  infra/nested/dead-letters.yaml: nested in infra/nested/messaging.yaml
#  infra/nested/messaging.yaml: nested in infra/shop.yaml`);
    expect(stdout).not.toContain('1ABC');
  });

  test('what it writes scans as discovery does', async () => {
    const cwd = makeRepository(TEMPLATES);
    const aws = await startAwsSimulator(cloud());
    const run = (...args: string[]) => runCli(args, { cwd, env: aws.env });
    const scanned = async (...args: string[]) => {
      const { stacks, findings } = JSON.parse((await run('scan', '-o', 'json', ...args)).stdout) as Report;
      // The commands name the regions that were asked for.
      return { stacks, findings: findings.map(({ remedies: _, ...finding }) => finding) };
    };
    try {
      const before = await scanned(...REGIONS);
      expect(before.stacks).toHaveLength(8);
      expect((await run('init', ...REGIONS)).exitCode).toBe(0);
      expect(await scanned()).toEqual(before);
    } finally {
      await aws.close();
    }
  });

  test('a region that can not be looked in is told, and the others are listed', async () => {
    const cwd = makeRepository(TEMPLATES);
    const aws = await startAwsSimulator(cloud({ regionsOff: { [PROD]: ['us-east-1'] } }));
    try {
      const { stdout, stderr, exitCode } = await runCli(['init', '-o', '-', ...REGIONS], { cwd, env: aws.env });
      expect(stderr).toMatch(/^warning: the account in us-east-1 could not be looked in: us-east-1 refuses/);
      expect(stdout.match(/- name: shop\n/g)).toHaveLength(1);
      expect(exitCode).toBe(0);
      writeFileSync(join(cwd, 'gitops-drift.yaml'), stdout);
      expect((await runCli(['scan'], { cwd, env: aws.env })).exitCode).toBe(1);
    } finally {
      await aws.close();
    }
  });
});
