import { describe, expect, test } from '@jest/globals';
import type { Finding, Report, Severity } from '../../src/model/report.js';
import { renderReport } from '../../src/report/formats.js';
import { readLog } from '../support/workflow-commands.js';
import { fullReport } from './full-report.js';
import { expectGolden } from './golden.js';
import { finding, reportOf, resource, stack } from './sample.js';

const github = (report: Report) => renderReport(report, 'github', { color: false });
const queue = resource('shop', 'Queue', 'AWS::SQS::Queue', { status: 'modified' });
const changed = (severity: Severity, index: number, rest: Partial<Finding> = {}) =>
  finding(queue, `/P${index}`, 3, { desired: 1, live: 2, severity, ...rest });

async function logOf(parts: Parameters<typeof reportOf>[0]) {
  return readLog(await github(reportOf({ stacks: [stack('shop')], resources: [queue], ...parts })));
}

test('a full report is as it was agreed', async () => {
  expectGolden('full.github.txt', await github(fullReport()));
});

describe('annotations', () => {
  test('stand at their place and say what the runner is to show', async () => {
    const location = { file: 'a,b:c%.yaml', line: 3, column: 7, endLine: 3, endColumn: 9 };
    const { commands } = await logOf({ findings: [changed('critical', 1, { location, live: '50%\n::error::x' })] });
    expect(commands[0]).toMatchObject({
      name: 'error',
      properties: {
        file: 'a,b:c%.yaml',
        line: '3',
        endLine: '3',
        col: '7',
        endColumn: '9',
        title: 'critical: drift (Queue)',
      },
    });
    expect(commands[0]?.message.split('\n')[0]).toBe('Queue /P1: 1 → 50%\\n::error::x');
  });

  test('of several lines have no columns, which GitHub would refuse', async () => {
    const location = { file: 'a.yaml', line: 3, column: 7, endLine: 5, endColumn: 1 };
    const { commands } = await logOf({ findings: [changed('high', 1, { location })] });
    expect(Object.keys(commands[0]?.properties ?? {})).toEqual(['file', 'line', 'endLine', 'title']);
    expect(commands[0]?.properties['endLine']).toBe('4');
  });

  test('are as many as GitHub shows of each level, the gravest first, and the last counts the rest', async () => {
    const severities: Severity[] = ['low', 'medium', 'high', 'critical'];
    const findings = severities.flatMap((severity) =>
      Array.from({ length: 12 }, (_, index) => changed(severity, index)),
    );
    const { commands } = await logOf({ findings });
    const number = (level: string) => commands.filter(({ name }) => name === level).length;
    expect([number('error'), number('warning'), number('notice')]).toEqual([10, 10, 10]);
    expect(commands.slice(0, 10).every(({ properties }) => properties['title']?.startsWith('critical'))).toBe(true);
    expect(commands.at(-1)).toMatchObject({ name: 'notice', properties: { title: 'gitops-drift' } });
    expect(commands.at(-1)?.message).toContain('19 more findings without an annotation');
  });

  test('are not made of what is suppressed, waits or is known; they are counted', async () => {
    const { commands, lines } = await logOf({
      findings: [
        changed('critical', 1, { suppressed: { reason: 'fine' } }),
        changed('critical', 2, { verdict: 'undeployed' }),
        changed('critical', 3, { baseline: 'known' }),
      ],
    });
    expect(commands.map(({ name }) => name)).toEqual(['notice']);
    expect(lines.join('\n')).toContain(
      '0 critical, 0 high, 0 medium, 0 low; 1 known, 1 suppressed, 1 not deployed yet',
    );
  });

  test('tell what could not be read, however much that is', async () => {
    const stacks = Array.from({ length: 30 }, (_, index) => stack(`s${index}`, { status: 'error', error: 'denied' }));
    const resources = [{ ...queue, status: 'unreadable' as const, reason: 'denied' }];
    const findings = Array.from({ length: 20 }, (_, index) => changed('high', index));
    const { commands } = await logOf({ stacks, resources, findings });
    expect(commands.filter(({ name }) => name === 'error')).toHaveLength(10);
    expect(commands[0]?.message).toContain('… and 10 more');
    expect(commands[1]?.properties['title']).toContain('1 resource not read');
  });
});

test('without anything to tell there is no annotation, only the outcome', async () => {
  const { commands, lines } = await logOf({ compared: 3 });
  expect(commands).toEqual([]);
  expect(lines[0]).toMatch(/^gitops-drift: In sync|^gitops-drift: No drift/);
});

test('no line of the summary is a command, new or old', async () => {
  const report = reportOf({ stacks: [stack('shop')], resources: [queue], findings: [changed('high', 1)] });
  report.scan.shard = '##[set-env name=x]y';
  const { commands } = readLog(await github(report));
  expect(commands.map(({ name }) => name)).toEqual(['error', 'notice']);
});
