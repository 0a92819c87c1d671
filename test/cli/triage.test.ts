import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { triage } from '../../src/cli/triage.js';
import type { Prompts } from '../../src/cli/triage-session.js';
import { findingCard, revertText } from '../../src/cli/triage-text.js';
import { scan } from '../../src/scan/scan.js';
import { runCli } from '../support/cli.js';
import { makeScenario } from '../support/patching.js';
import { git } from '../support/repository.js';

const TEMPLATE = `Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: true }
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
      VisibilityTimeout: 60
`;

function shop() {
  return makeScenario({
    name: 'shop',
    template: TEMPLATE,
    drift: [
      ['set', 'Orders/DelaySeconds', 9],
      ['set', 'Assets/PublicAccessBlockConfiguration/BlockPublicAcls', false],
      ['set', 'Orders/VisibilityTimeout', 90],
    ],
  });
}

type Script = { selects?: (string | undefined)[]; texts?: (string | undefined)[]; confirms?: (boolean | undefined)[] };

/** Prompts that are answered by a script, and what they showed and offered. */
function scripted({ selects = [], texts = [], confirms = [] }: Script) {
  const shown: string[] = [];
  const offered: string[][] = [];
  const refused: (string | undefined)[] = [];
  const prompts: Prompts = {
    show: (title, lines) => void shown.push([title, ...lines].join('\n')),
    async select(_, choices) {
      offered.push(choices.map(({ value }) => value));
      const answer = selects.shift();
      return choices.find(({ value }) => value === answer)?.value;
    },
    async text(_, check) {
      const answer = texts.shift();
      refused.push(answer === undefined ? undefined : check(answer));
      return answer;
    },
    confirm: async () => confirms.shift(),
  };
  return { prompts, shown, offered, refused };
}

async function run(script: Script) {
  const { repository, snapshot } = shop();
  const asked = scripted(script);
  const exitCode = await triage(repository, { snapshot }, asked.prompts, 75);
  const changed = git(repository, 'diff', '--name-only').trim().split('\n').filter(Boolean);
  const textOf = (file: string) => readFileSync(join(repository, file), 'utf8');
  return { ...asked, exitCode, changed, textOf, repository, snapshot };
}

describe('gitops-drift triage', () => {
  test('the gravest first, each with its ways in the order that its rule advises; writes what was confirmed', async () => {
    const { exitCode, shown, offered, changed, textOf, repository, snapshot } = await run({
      selects: ['skip', 'adopt', 'ignore'],
      texts: ['tuned by hand'],
      confirms: [true],
    });
    expect(exitCode).toBe(0);
    expect(offered).toEqual([
      ['revert', 'adopt', 'ignore', 'skip', 'finish'],
      ['adopt', 'revert', 'ignore', 'skip', 'undo', 'finish'],
      ['adopt', 'revert', 'ignore', 'skip', 'undo', 'finish'],
    ]);
    expect(shown[0]).toMatch(
      /^1 of 3: critical\nAssets \/PublicAccessBlockConfiguration\/BlockPublicAcls\n[\s\S]*- true\n\+ false\n/,
    );
    expect(shown[3]).toMatch(
      /^Summary\nAdopt: 1 finding\n {2}shop Orders \/DelaySeconds\nIgnore: 1 finding\n[\s\S]*: tuned by hand/,
    );
    expect(shown[3]).toContain('Changes: templates/shop.yaml, gitops-drift.yaml');
    expect(changed).toEqual(['gitops-drift.yaml', 'templates/shop.yaml']);
    expect(textOf('templates/shop.yaml')).toBe(TEMPLATE.replace('DelaySeconds: 5', 'DelaySeconds: 9'));
    const { report } = await scan({ repository, snapshot });
    const open = report.findings.filter(({ suppressed, verdict }) => !suppressed && verdict === 'drift');
    expect(open.map(({ logicalId }) => logicalId)).toEqual(['Assets']);
  });

  test('undo takes the last decision back', async () => {
    const { changed, textOf, shown } = await run({
      selects: ['skip', 'adopt', 'undo', 'skip', 'adopt'],
      confirms: [true],
    });
    expect(changed).toEqual(['templates/shop.yaml']);
    expect(textOf('templates/shop.yaml')).toBe(TEMPLATE.replace('Timeout: 60', 'Timeout: 90'));
    expect(shown[3]).toBe(shown[1]);
  });

  test.each<[string, Script]>([
    ['at a finding', { selects: ['skip', 'adopt', undefined] }],
    ['at a reason', { selects: ['adopt', 'ignore'], texts: [undefined] }],
    ['at the summary', { selects: ['adopt', 'adopt', 'adopt'], confirms: [undefined] }],
    ['by saying no', { selects: ['adopt', 'adopt', 'adopt'], confirms: [false] }],
  ])('writes nothing where it is cancelled %s', async (_, script) => {
    const { exitCode, changed } = await run(script);
    expect({ exitCode, changed }).toEqual({ exitCode: 130, changed: [] });
  });

  test('several rules of one run stand side by side, and reasons are checked', async () => {
    const { changed, textOf, refused } = await run({
      selects: ['ignore', 'ignore', 'finish'],
      texts: ['meant', 'known'],
      confirms: [true],
    });
    expect(changed).toEqual(['gitops-drift.yaml']);
    expect(textOf('gitops-drift.yaml')).toMatch(/meant[\s\S]*known/);
    expect(refused).toEqual([undefined, undefined]);
    const { refused: empty } = await run({ selects: ['ignore', undefined], texts: ['  '] });
    expect(empty).toEqual(['it is empty']);
  });

  test('nothing to write needs no confirmation', async () => {
    const { exitCode, shown } = await run({ selects: ['finish'] });
    expect({ exitCode, last: shown.at(-1) }).toEqual({ exitCode: 0, last: 'Summary\nNo file changes.' });
  });

  test('what is to be reverted is printed as commands, for each stack once', async () => {
    const { repository, snapshot } = shop();
    const { report } = await scan({ repository, snapshot, patch: {} });
    const text = revertText(report.findings.map((finding) => ({ finding, way: 'revert' as const })));
    const ids = report.findings.map(({ id }) => id).join(' ');
    const command = `  gitops-drift revert --provider aws --stack shop --finding ${ids}`;
    expect(text.split('\n').slice(1)).toEqual([command, `${command} --execute`, '']);
    expect(revertText(report.findings.map((finding) => ({ finding, way: 'skip' as const })))).toBe('');
  });

  test('a finding fits into 80 columns', async () => {
    const { repository, snapshot } = shop();
    const { report } = await scan({ repository, snapshot, patch: {} });
    const lines = report.findings.flatMap((finding) => findingCard(finding, report, 75));
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(75);
  });

  test('a pipe is refused, with what to use instead', async () => {
    const { repository, snapshot } = shop();
    const { exitCode, stdout, stderr } = await runCli(['triage', '--snapshot', snapshot], { cwd: repository });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('needs a terminal');
    expect(stderr).toContain('use "patch --finding <id>" and "ignore <id>"');
  });
});
