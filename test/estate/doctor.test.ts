import { describe, expect, test } from '@jest/globals';
import type { Check } from '../../src/doctor/check.js';
import type { Fault } from '../support/aws-simulator/faults.js';
import type { SimulatorOptions } from '../support/aws-simulator/server.js';
import { type EstateRun, runEstate } from '../support/estate.js';
import { ACCOUNTS, HOME, LOST, PROD, ROLE, STACKS, TEMPLATES, wholeEstate } from '../support/whole-estate.js';

const AS_PROD = `, as ${ROLE.prod}`;

/** `status name: message` of each check, and the fix behind an arrow. */
async function doctor(
  config: string,
  args: string[] = [],
  more: Partial<SimulatorOptions> = {},
): Promise<EstateRun & { lines: string[]; problems: string[] }> {
  const files = { ...TEMPLATES, 'gitops-drift.yaml': config };
  const run = await runEstate(files, wholeEstate(more), ['doctor', '-o', 'json', ...args]);
  const { checks } = JSON.parse(run.stdout) as { checks: Check[] };
  const lines = checks.map(
    ({ status, name, message, fix }) => `${status} ${name}: ${message}${fix ? ` → ${fix}` : ''}`,
  );
  const problems = lines.filter((line) => !line.startsWith('ok '));
  return { ...run, lines, problems };
}

describe('gitops-drift doctor', () => {
  test('checks each account, each of its regions, and nested stacks', async () => {
    const { lines, problems, exitCode, aws } = await doctor(ACCOUNTS + STACKS);
    expect([problems, exitCode]).toEqual([[], 0]);
    expect(lines.filter((line) => !line.startsWith('ok permission'))).toEqual([
      expect.stringMatching(/^ok Node\.js/),
      expect.stringMatching(/^ok Git/),
      expect.stringMatching(/^ok repository/),
      'ok configuration: gitops-drift.yaml, 4 stacks, 2 accounts',
      expect.stringMatching(/^ok baseline: there is none/),
      `ok credentials: account ${HOME}`,
      `ok credentials: account ${PROD}${AS_PROD}`,
      `ok region: eu-west-1 is on in account ${HOME}`,
      `ok region: eu-west-1 is on in account ${PROD}`,
      `ok region: us-east-1 is on in account ${PROD}`,
      'ok templates: 4 read',
      'ok stacks: 2 of 2 are deployed in eu-west-1, 2 nested in them',
      'ok stacks: 1 of 1 are deployed in eu-west-1, 2 nested in them',
      'ok stacks: 2 of 2 are deployed in us-east-1, 2 nested in them',
    ]);
    expect(aws.calls['AssumeRole']).toBe(1);
    expect(aws.calls['DetectStackDrift']).toBeUndefined();
  });

  test('checks accounts that no stack is in yet', async () => {
    const config = `${ACCOUNTS}  - { id: "${LOST}", roleArn: "${ROLE.lost}", regions: [eu-west-1] }\n${STACKS}`;
    const { problems, exitCode } = await doctor(config);
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^fail credentials: can't assume the role ${ROLE.lost}: .*→ .*trusts`)),
    ]);
    expect(exitCode).toBe(2);
  });

  test('tells credentials of another account, once, and checks the others', async () => {
    const { problems, lines } = await doctor((ACCOUNTS + STACKS).replace(HOME, LOST));
    expect(problems).toEqual([
      expect.stringMatching(`^fail account: account ${LOST} is configured, but the credentials belong to ${HOME} →`),
    ]);
    expect(lines).toContain('ok stacks: 2 of 2 are deployed in us-east-1, 2 nested in them');
  });

  test('tells a region that is off, and checks the others', async () => {
    const { problems, lines } = await doctor(ACCOUNTS + STACKS, [], { regionsOff: { [PROD]: ['us-east-1'] } });
    expect(problems).toEqual([
      expect.stringMatching(`^fail region: us-east-1 refuses credentials of account ${PROD} .*→ .*not enabled`),
    ]);
    expect(lines.filter((line) => line.startsWith('ok stacks'))).toHaveLength(2);
  });

  test('without configured stacks, looks for them in each account', async () => {
    const { problems, lines } = await doctor(ACCOUNTS);
    expect(problems).toEqual([]);
    expect(lines).toContain(`ok permission: cloudformation:ListStacks in us-east-1${AS_PROD}`);
    expect(lines.filter((line) => line.startsWith('ok stacks'))).toHaveLength(3);
  });

  const tagging: Fault = { operation: 'GetResources', region: 'us-east-1', kind: 'deny' };
  test.each<[string, string[], Fault, string]>([
    ['the tagging API', ['--unmanaged'], tagging, 'tag:GetResources'],
    ['detecting drift', ['--cross-check'], { operation: 'DetectStackDrift', kind: 'deny' }, 'DetectStackDrift'],
    [
      'reading what drift was detected',
      ['--provider', 'cloudformation'],
      { operation: 'DescribeStackResourceDrifts', kind: 'deny' },
      'DescribeStackResourceDrifts',
    ],
  ])('tells that %s is denied, where a scan uses it', async (_, args, fault, action) => {
    const { problems, exitCode } = await doctor(ACCOUNTS + STACKS, args, { faults: [fault] });
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(new RegExp(`^fail permission: .*${action} is denied in`));
    expect(exitCode).toBe(2);
    expect((await doctor(ACCOUNTS + STACKS, [], { faults: [fault] })).problems).toEqual([]);
  });

  test('detects no drift where AWS is the judge, and reads nothing by Cloud Control', async () => {
    const { problems, aws } = await doctor(ACCOUNTS + STACKS, ['--provider', 'cloudformation']);
    expect(problems).toEqual([]);
    expect(aws.calls['GetResource']).toBeUndefined();
    const detected = aws.log.filter(({ operation }) => operation === 'DetectStackDrift');
    expect(detected.map(({ input }) => input['StackName'])).toEqual(
      expect.arrayContaining([expect.stringMatching(/:stack\/shop\/00000000-/)]),
    );
    expect(aws.calls['DescribeStackResourceDrifts']).toBe(3);
  });

  test('tells that a cross-check is not possible', async () => {
    const { problems } = await doctor(ACCOUNTS + STACKS, ['--cross-check', '--provider', 'cloudformation']);
    expect(problems).toEqual([expect.stringMatching(/^fail provider: --cross-check is not possible/)]);
  });
});
