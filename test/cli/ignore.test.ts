import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { shellWords } from '../../src/base/shell.js';
import type { Finding, Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeScenario } from '../support/patching.js';
import { git } from '../support/repository.js';

/** One finding whose rule says to revert it, one whose rule leaves the choice. */
function shop() {
  const { repository: cwd, snapshot } = makeScenario({
    name: 'shop',
    template: `Resources:
  Assets:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: true }
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
`,
    drift: [
      ['set', 'Assets/PublicAccessBlockConfiguration/BlockPublicAcls', false],
      ['set', 'Orders/DelaySeconds', 9],
    ],
  });
  const run = (...args: string[]) => runCli(args, { cwd });
  const scan = async (...args: string[]) => {
    const { stdout } = await run('scan', '--snapshot', snapshot, '-o', 'json', ...args);
    return (JSON.parse(stdout) as Report).findings;
  };
  return { cwd, snapshot, run, scan };
}

const commandOf = ({ remedies = [] }: Finding, way: string) =>
  shellWords(remedies.find((each) => each.way === way)?.command ?? '')?.slice(1) ?? [];

describe('gitops-drift ignore', () => {
  test('by the very command of a finding it no longer counts, and all others do', async () => {
    const { cwd, run, scan } = shop();
    const [first, ...others] = await scan();
    const ignored = await run(...commandOf(first as Finding, 'ignore'));
    expect(ignored).toMatchObject({ exitCode: 0, stdout: '' });
    expect(ignored.stderr).toMatch(
      /^gitops-drift\.yaml:\d+: \w{16} \(shop .*\) no longer counts: say why it may stay\nNext: /m,
    );
    expect((await scan()).filter(({ suppressed }) => !suppressed).map(({ id }) => id)).toEqual(
      others.map(({ id }) => id),
    );
    expect(git(cwd, 'status', '--porcelain').trim()).toBe('M gitops-drift.yaml');
  });

  test('from a saved report, by the first digits of an id, into the template', async () => {
    const { cwd, snapshot, run, scan } = shop();
    await run('scan', '--snapshot', snapshot, '-q', '-o', 'json=drift.json');
    const [first] = await scan();
    const id = first?.id.slice(0, 6) ?? '';
    const why = ['--reason', 'meant', '--in', 'template'];
    expect(await run('ignore', id, '--report', 'drift.json', ...why)).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cwd, 'templates/shop.yaml'), 'utf8')).toContain(
      `# gitops-drift:ignore ${first?.path}: meant`,
    );
    const again = await run('ignore', id, '--snapshot', snapshot, ...why);
    expect(again).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is suppressed already (meant, templates/'),
    });
  });

  test.each([
    ['an id of no finding', ['ffffffff', '--reason', 'x'], 'ffffffff: there is no such finding'],
    ['too few digits', ['fff', '--reason', 'x'], 'give at least 4 digits'],
    ['no reason', ['ffffffff'], "required option '--reason <text>' not specified"],
    ['a commit', ['ffffffff', '--reason', 'x', '--ref', 'main'], 'the rule is written to files of a work tree'],
  ])('writes nothing for %s', async (_, args, message) => {
    const { cwd, snapshot, run } = shop();
    const { exitCode, stderr } = await run('ignore', ...args, '--snapshot', snapshot);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(git(cwd, 'status', '--porcelain')).toBe('');
  });
});

describe('what is to be done first', () => {
  let texts: Record<string, string>;
  let table: string;
  beforeAll(async () => {
    const { cwd, snapshot, run } = shop();
    const formats = ['json', 'markdown', 'html', 'github', 'junit', 'sarif', 'gitlab'];
    const outputs = formats.flatMap((format) => ['-o', `${format}=drift.${format}`]);
    table = (await run('scan', '--snapshot', snapshot, '-o', 'table', ...outputs)).stdout;
    texts = Object.fromEntries(formats.map((format) => [format, readFileSync(join(cwd, `drift.${format}`), 'utf8')]));
    texts['verbose'] = (await run('report', 'drift.json', '--verbose')).stdout;
  });

  const STEPS = [
    /gitops-drift revert --report drift\.json --provider aws --finding \w{16}/,
    /--finding \w{16} --execute/,
  ];

  test.each(['markdown', 'html', 'github', 'junit', 'sarif', 'gitlab', 'verbose'])(
    '%s has reverting before adopting where its rule says so, with all commands',
    (format) => {
      const text = texts[format] ?? '';
      const places = [...STEPS, /gitops-drift patch --report drift\.json/].map((each) => text.search(each));
      expect(places.every((at) => at >= 0)).toBe(true);
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(text).toContain('gitops-drift ignore ');
    },
  );

  test('a table of a few lines has the commands for the stack', () => {
    const [heading = '', ...commands] = table
      .split('\n')
      .slice(table.split('\n').findIndex((line) => /^Revert/.test(line)));
    expect(heading).toBe('Revert shop first, one command after the other:');
    expect(commands.slice(0, 2)).toEqual(STEPS.map((step) => expect.stringMatching(step)));
  });

  test('where the rule leaves the choice, adopting comes first', async () => {
    const findings = (JSON.parse(texts['json'] ?? '') as Report).findings;
    const waysOf = (path: string) => findings.find((each) => each.path === path)?.remedies?.map(({ way }) => way);
    expect(waysOf('/DelaySeconds')).toEqual(['adopt', 'revert', 'ignore']);
    expect(waysOf('/PublicAccessBlockConfiguration/BlockPublicAcls')).toEqual(['revert', 'adopt', 'ignore']);
  });
});

describe('the command that adopts', () => {
  test('takes its edit from the report that is saved in the same run, and settles the finding', async () => {
    const { snapshot, run, scan } = shop();
    const { stdout } = await run('scan', '--snapshot', snapshot, '-v', '-o', 'table', '-o', 'json=my drift.json');
    const [, line = ''] = /^ {4}adopt gitops-drift (.*)$/m.exec(stdout) ?? [];
    expect(line).toMatch(/^patch --report 'my drift.json' --finding \w{16} --apply$/);
    const { exitCode, stderr } = await run(...(shellWords(line) ?? []));
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /patched 1 finding in templates\/shop\.yaml\nNext: review it with git diff, commit it, deploy/,
    );
    expect(await scan()).toHaveLength(2);
    expect((await scan()).filter(({ verdict }) => verdict === 'drift')).toHaveLength(1);
  });

  test('is not printed where nobody looked for an edit', async () => {
    const { snapshot, run } = shop();
    const { stdout } = await run('scan', '--snapshot', snapshot, '-v', '--no-patch');
    expect(stdout).not.toContain('adopt gitops-drift');
    expect(stdout).toContain('ignore gitops-drift');
  });

  test('takes the first digits of an id', async () => {
    const { snapshot, run, scan } = shop();
    const [first] = await scan();
    const args = ['patch', '--snapshot', snapshot, '--check', '--finding'];
    expect((await run(...args, first?.id.slice(0, 4) ?? '')).stdout).toContain('1 of 1 finding could be patched');
    expect(await run(...args, first?.id.slice(0, 3) ?? '')).toMatchObject({ exitCode: 2 });
  });
});

describe('what is told around the edits', () => {
  test('adopting all at once warns of what a rule says to revert first, with its ids', async () => {
    const { run, snapshot, scan } = shop();
    const first = (await scan()).find(({ type }) => type === 'AWS::S3::Bucket');
    const all = await run('patch', '--snapshot', snapshot, '--apply');
    expect(all.stderr).toContain(
      `warning: 1 of these edits adopts what its rule says to revert first (${first?.id})\n  leave such out with --max-severity medium`,
    );
  });

  test('what leaves it out, or names it, is not warned of', async () => {
    const { run, snapshot, scan } = shop();
    const first = (await scan()).find(({ type }) => type === 'AWS::S3::Bucket');
    const mild = await run('patch', '--snapshot', snapshot, '--max-severity', 'medium', '-o', '-');
    const named = await run('patch', '--snapshot', snapshot, '--finding', first?.id ?? '', '-o', '-');
    expect([mild.exitCode, named.exitCode]).toEqual([0, 0]);
    expect(mild.stderr + named.stderr).not.toContain('revert first');
  });

  test('a report at a path from the root is named in no command, since others read them elsewhere', async () => {
    const { cwd, run, snapshot } = shop();
    const texts = ['drift.json', join(cwd, 'drift.json')].map(
      async (file) => (await run('scan', '--snapshot', snapshot, '-o', `json=${file}`, '-o', 'markdown')).stdout,
    );
    const [beside = '', elsewhere = ''] = await Promise.all(texts);
    expect(beside).toContain('--report drift.json');
    expect(elsewhere).not.toContain('--report');
  });

  test('the demo says what to do where it has no place to be made', async () => {
    const { cwd } = shop();
    const demo = await runCli(['demo'], { cwd, env: { TMPDIR: join(cwd, 'none') } });
    expect(demo).toMatchObject({ exitCode: 2 });
    expect(demo.stderr).toContain('there is no such file or folder');
    expect(demo.stderr).not.toContain('defect');
  });
});
