import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding, Report } from '../../src/model/report.js';
import { type CliResult, runCli } from '../support/cli.js';
import { applyDiff, linesOf, makeScenario, REGION, type Scenario } from '../support/patching.js';
import { commitFiles, git, makeBareClone, temporaryDirectory } from '../support/repository.js';

const TEMPLATE = `Parameters:
  Stage: { Type: String, Default: prod }
Resources:
  Orders: # every order passes here
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      DelaySeconds: 5
      Tags:
        - { Key: Team, Value: shop }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      MemorySize: 512
      Environment:
        Variables: { DB_PASSWORD: changeme-soon, STAGE: !Ref Stage }
  Old:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: Old }
`;

const CONFIG = `version: 1
provider: snapshot
stacks:
  - { name: shop, template: templates/shop.yaml, region: ${REGION}, parametersFile: prod.json }
ignore:
  - { path: /DelaySeconds, reason: tuned by hand }
`;

const SCENARIO: Scenario = {
  name: 'shop',
  template: TEMPLATE,
  files: { 'gitops-drift.yaml': CONFIG, 'prod.json': '{ "Parameters": { "Stage": "prod" } }\n' },
  stacks: { shop: { Stage: 'prod' } },
  drift: [
    ['set', 'Orders/VisibilityTimeout', 90],
    ['set', 'Orders/DelaySeconds', 9],
    ['insert', 'Orders/Tags/1', { Key: 'Owner', Value: 'ada' }],
    ['insert', 'Orders/Tags/2', { Key: 'Tier', Value: 'one' }],
    ['set', 'Worker/MemorySize', 1024],
    ['set', 'Worker/Environment/Variables/DB_PASSWORD', 'correct-horse'],
    ['set', 'Worker/Environment/Variables/STAGE', 'production'],
    ['delete', 'Old'],
  ],
};

const ORDERS = [
  '-      VisibilityTimeout: 60',
  '+      VisibilityTimeout: 90',
  '+        - { Key: Owner, Value: ada }',
  '+        - { Key: Tier, Value: one }',
];
const MEMORY = ['-      MemorySize: 512', '+      MemorySize: 1024'];
const STAGE = ['prod.json', '-{ "Parameters": { "Stage": "prod" } }', '+{ "Parameters": { "Stage": "production" } }'];
const ALL = [...STAGE, ...ORDERS, ...MEMORY];

const IN_SYNC: Scenario = { name: 'in sync', template: TEMPLATE, stacks: { shop: { Stage: 'prod' } }, drift: [] };

/** The diff has the files in the order of their names. */
const expectLines = (diff: string, lines: string[]) => expect(linesOf(diff).sort()).toEqual([...lines].sort());

interface Shop {
  cwd: string;
  run(...args: string[]): Promise<CliResult>;
  /** Saves a report and gives its findings. */
  save(file?: string, ...args: string[]): Promise<Finding[]>;
}

function shop(scenario: Scenario = SCENARIO): Shop {
  const { repository: cwd, snapshot } = makeScenario(scenario);
  const run = (...args: string[]) => {
    const isSaved = args.includes('--report');
    return runCli([...args, ...(isSaved ? [] : ['--snapshot', snapshot])], { cwd });
  };
  return {
    cwd,
    run,
    async save(file = join(temporaryDirectory(), 'drift.json'), ...args) {
      await run('scan', '-o', `json=${file}`, ...args);
      return (JSON.parse(readFileSync(file, 'utf8')) as Report).findings;
    },
  };
}

const identity = (cwd: string) => {
  git(cwd, 'config', 'user.name', 'Ada');
  git(cwd, 'config', 'user.email', 'ada@example.com');
};

describe('gitops-drift scan --patch', () => {
  test.each([['--patch'], ['--patch', '-']])(
    '%j writes the diff to stdout and the report to stderr',
    async (...args) => {
      const { run } = shop();
      const { exitCode, stdout, stderr } = await run('scan', ...args.flat());
      expect(exitCode).toBe(1);
      expectLines(stdout, ALL);
      expect(stderr).toMatch(/\/VisibilityTimeout {2}60 → 90 +templates\/shop.yaml:7/);
      expect(stderr).toMatch(/5 with a patch · 2\s+without/);
    },
  );

  test('--patch file writes that file and the report to stdout', async () => {
    const { run, cwd } = shop();
    const { exitCode, stdout, stderr } = await run('scan', '--patch', 'drift.patch');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('✗ Drift: 7 differences');
    expectLines(readFileSync(join(cwd, 'drift.patch'), 'utf8'), ALL);
  });

  test('--patch in front of the repository does not overwrite it, nor scan another', async () => {
    const { run, cwd } = shop();
    const { exitCode, stderr } = await run('scan', '--patch', cwd);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`name the repository first: gitops-drift scan ${cwd} --patch`);
  });

  test('--verbose tells each edit under its finding, in 80 columns', async () => {
    const { run, cwd } = shop();
    const { stdout } = await run('scan', '--verbose');
    const commit = git(cwd, 'rev-parse', '--short=7', 'HEAD');
    expect(stdout).toContain(`    /VisibilityTimeout                      60          90
    templates/shop.yaml:7
    last changed in Git by Ada, 2026-01-01
    (${commit})
    Change files
    Configuration changed (configuration)
    patch templates/shop.yaml:7  VisibilityTimeout: 60 → 90
    adopt gitops-drift patch `);
    expect(stdout).toContain('no patch: it holds a secret');
    // Commands stay in one line, to be copied.
    const lines = stdout
      .split('\n')
      .filter((line) => !/^ {4}(?:(?:adopt |ignore |revert )?gitops-drift|aws) /.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('correct-horse');
  });

  test('--no-patch looks for none', async () => {
    const { stdout } = await shop().run('scan', '--no-patch', '--verbose');
    expect(stdout).not.toMatch(/^ {4}(?:patch|no patch)|patchable|^ {4}refused/m);
  });

  test('has every status in a report that keeps to its schema', async () => {
    const file = join(temporaryDirectory(), 'drift.json');
    const findings = await shop().save(file);
    const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    validate(JSON.parse(readFileSync(file, 'utf8')));
    expect(validate.errors).toBeNull();
    expect(
      Object.fromEntries(findings.map(({ path, patch }) => [path, [patch.status, patch.reason ?? patch.summary]])),
    ).toEqual({
      '/VisibilityTimeout': ['patchable', 'templates/shop.yaml:7  VisibilityTimeout: 60 → 90'],
      '/DelaySeconds': ['none', 'the finding is suppressed'],
      '/Tags/1': ['patchable', 'templates/shop.yaml:10  + - { Key: Owner, Value: ada }'],
      '/Tags/2': ['patchable', 'templates/shop.yaml:10  + - { Key: Tier, Value: one }'],
      '/MemorySize': ['patchable', 'templates/shop.yaml:15  MemorySize: 512 → 1024'],
      '/Environment/Variables/DB_PASSWORD': ['refused', expect.stringContaining('secret')],
      '/Environment/Variables/STAGE': ['patchable', 'prod.json:1  { "Parameters": { "Stage": "prod" → "production"'],
      '': ['refused', expect.stringContaining('--include-deletions')],
    });
  });
});

describe('gitops-drift patch', () => {
  test('writes a diff that Git applies, and says what it leaves', async () => {
    const { run, cwd } = shop();
    const { exitCode, stdout, stderr } = await run('patch');
    expect(exitCode).toBe(0);
    expectLines(stdout, ALL);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^not patched: \w+ {2}shop Worker \/Environment\/Variables\/DB_PASSWORD: it holds a secret/,
      ),
      expect.stringMatching(/^not patched: \w+ {2}shop Old: the resource is gone/),
      '',
    ]);
    applyDiff(cwd, stdout);
    const again = await run('patch', '--check');
    expect(again.stdout).toMatch(/^refused .*\nrefused .*\n0 of 2 findings could be patched\n$/);
  });

  test('-o writes a file', async () => {
    const { run, cwd } = shop();
    const { stdout, stderr } = await run('patch', '-o', 'drift.patch');
    expect(stdout).toBe('');
    expect(stderr).toContain('drift.patch: 5 findings in prod.json, templates/shop.yaml');
    applyDiff(cwd, readFileSync(join(cwd, 'drift.patch'), 'utf8'));
  });

  test('--check only says what could be patched', async () => {
    const { run, cwd } = shop();
    const { exitCode, stdout } = await run('patch', '--check');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^patchable {2}\w{8,} {2}shop Orders \/VisibilityTimeout: templates\/shop\.yaml:7 /);
    expect(stdout).toContain('5 of 7 findings could be patched');
    expect(git(cwd, 'status', '--porcelain')).toBe('');
  });

  test('says when there is nothing to patch', async () => {
    const { exitCode, stdout, stderr } = await shop(IN_SYNC).run('patch');
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: 'nothing to patch\n' });
  });

  test('chooses findings by id, type, stack and severity', async () => {
    const { run, save } = shop();
    const findings = await save();
    const id = findings.find(({ path }) => path === '/MemorySize')?.id ?? '';
    expectLines((await run('patch', '--finding', id)).stdout, MEMORY);
    expectLines((await run('patch', '--type', 'AWS::SQS::*')).stdout, ORDERS);
    expectLines((await run('patch', '--severity', 'low', '--stack', 'sh*')).stdout, ALL);
    expectLines((await run('patch', '--severity', 'medium')).stdout, [...STAGE, ...ORDERS.slice(0, 2), ...MEMORY]);
    expect((await run('patch', '--severity', 'critical')).stderr).toBe('nothing to patch\n');
  });

  test('a finding or a stack that is not there is an error', async () => {
    const { run, save } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file);
    for (const source of [[], ['--report', file]]) {
      const finding = await run('patch', '--finding', 'deadbeef', ...source);
      expect(finding.exitCode).toBe(2);
      expect(finding.stderr).toContain('--finding deadbeef: there is no such finding');
      const stack = await run('patch', '--stack', 'shoop', ...source);
      expect(stack.exitCode).toBe(2);
      expect(stack.stderr).toContain('--stack shoop matches no stack');
    }
  });

  test('a suppressed finding that is asked for is told to be suppressed', async () => {
    const { run, save } = shop();
    const id = (await save()).find(({ path }) => path === '/DelaySeconds')?.id ?? '';
    const { stdout, stderr } = await run('patch', '--finding', id);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/the finding is suppressed \(tuned by hand\)\nnothing to patch\n$/);
  });

  test('--include-deletions takes out what is gone', async () => {
    const { stdout } = await shop().run('patch', '--include-deletions', '--type', 'AWS::SNS::Topic');
    expectLines(stdout, ['-  Old:', '-    Type: AWS::SNS::Topic', '-    Properties: { DisplayName: Old }']);
  });

  test('patches the rest when a stack can not be scanned, and exits with 2', async () => {
    const two = `version: 1
provider: snapshot
stacks:
  - { name: shop, template: templates/shop.yaml, region: ${REGION}, parametersFile: prod.json }
  - { name: lost, template: lost.yaml, region: ${REGION} }
`;
    const files = { ...SCENARIO.files, 'gitops-drift.yaml': two, 'lost.yaml': 'Resources: {}\n' };
    const { exitCode, stdout, stderr } = await shop({ ...SCENARIO, files }).run('patch', '--type', 'AWS::Lambda::*');
    expect(exitCode).toBe(2);
    expectLines(stdout, [...STAGE, ...MEMORY]);
    expect(stderr).toContain('warning: stack lost could not be scanned');
  });
});

describe('gitops-drift patch --report', () => {
  test('patches what the saved report tells, all of it or some', async () => {
    const { run, save, cwd } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    const findings = await save(file);
    const { exitCode, stdout } = await run('patch', '--report', file);
    expect(exitCode).toBe(0);
    expectLines(stdout, ALL);
    const ids = findings.filter(({ logicalId }) => logicalId === 'Orders').map(({ id }) => id);
    const some = await run('patch', '--report', file, '--finding', ...ids);
    expectLines(some.stdout, ORDERS);
    applyDiff(cwd, some.stdout);
    expectLines((await run('patch')).stdout, [...STAGE, ...MEMORY]);
  });

  test('refuses edits that were not proven side by side', async () => {
    const tags = '      Tags:\n        - { Key: Team, Value: shop }\n        - { Key: Stage, Value: prod }\n';
    const { run, save, cwd } = shop({
      name: 'all tags gone',
      template: `Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 5\n${tags}`,
      drift: [
        ['delete', 'Orders/Tags/0'],
        ['delete', 'Orders/Tags/0'],
      ],
    });
    const file = join(temporaryDirectory(), 'drift.json');
    const [first] = await save(file);
    const all = await run('patch', '--report', file);
    expect(all.exitCode).toBe(2);
    expect(all.stderr).toContain('templates/shop.yaml: the edits of these findings can not be made side by side');
    const one = await run('patch', '--report', file, '--finding', first?.id ?? '');
    expectLines(one.stdout, ['-        - { Key: Team, Value: shop }']);
    applyDiff(cwd, (await run('patch')).stdout);
    expect((await run('scan')).exitCode).toBe(0);
  });

  test('names the files that changed since', async () => {
    const { run, save, cwd } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file);
    writeFileSync(join(cwd, 'templates/shop.yaml'), `# new\n${TEMPLATE}`);
    for (const args of [[], ['--apply']]) {
      const { exitCode, stdout, stderr } = await run('patch', '--report', file, ...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toBe(
        'error: templates/shop.yaml: the file changed since it was scanned\n  scan again, or choose all findings of the report that you want in one run: --finding <id> <id>\n',
      );
    }
    expectLines((await run('patch', '--report', file, '--finding', ...(await idsOf(file, 'STAGE')))).stdout, STAGE);
  });

  test('reads the commit that was scanned, not the work tree', async () => {
    const { run, save, cwd } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file, '--ref', 'main');
    commitFiles(cwd, { 'templates/shop.yaml': `# new\n${TEMPLATE}` });
    expectLines((await run('patch', '--report', file)).stdout, ALL);
    expect((await run('patch', '--report', file, '--apply')).exitCode).toBe(2);
  });

  test.each([
    [['--include-deletions'], '--include-deletions needs a scan'],
    [['--ref', 'HEAD'], "'--report <file>' cannot be used with option '--ref <ref>'"],
    [['--provider', 'aws'], "'--report <file>' cannot be used with option '--provider <name>'"],
  ])('%j with it is an error', async (args, message) => {
    const { run, save } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file);
    const { exitCode, stderr } = await run('patch', '--report', file, ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('refuses what is no report, and one without patches', async () => {
    const { run, save, cwd } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file, '--no-patch');
    expect((await run('patch', '--report', file)).stderr).toContain('the report was made with --no-patch');
    const { exitCode, stderr } = await run('patch', '--report', join(cwd, 'prod.json'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('not a gitops-drift report');
  });

  test('does not follow a report out of the repository, nor beyond the end of a file', async () => {
    const { run, save } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file);
    const text = readFileSync(file, 'utf8');
    const forged = [
      text.replaceAll('"file": "prod.json"', '"file": "../../etc/passwd"'),
      text.replaceAll(/"endLine": 7,/g, '"endLine": 7000,'),
    ];
    for (const each of forged) {
      expect(each).not.toBe(text);
      writeFileSync(file, each);
      const { exitCode, stdout, stderr } = await run('patch', '--report', file);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).not.toContain('defect');
    }
  });
});

describe('gitops-drift patch --apply', () => {
  test('writes the files, and only them', async () => {
    const { run, cwd } = shop();
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    const mode = statSync(join(cwd, 'templates/shop.yaml')).mode;
    const { exitCode, stdout, stderr } = await run('patch', '--apply');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('patched 5 findings in prod.json, templates/shop.yaml');
    expect(git(cwd, 'status', '--porcelain')).toBe('M prod.json\n M templates/shop.yaml\n?? notes.txt');
    expect(statSync(join(cwd, 'templates/shop.yaml')).mode).toBe(mode);
    expect(readFileSync(join(cwd, 'templates/shop.yaml'), 'utf8')).toContain('VisibilityTimeout: 90\n');
  });

  test('patches uncommitted changes as well, since they were scanned', async () => {
    const { run, cwd } = shop();
    writeFileSync(join(cwd, 'templates/shop.yaml'), `# new\n${TEMPLATE}`);
    const { exitCode, stderr } = await run('patch', '--apply');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: the work tree has uncommitted changes: templates/shop.yaml');
    const text = readFileSync(join(cwd, 'templates/shop.yaml'), 'utf8');
    expect(text).toContain('# new\n');
    expect(text).toContain('MemorySize: 1024\n');
  });

  test('leaves all files as they are when one is not what was scanned', async () => {
    const { run, cwd } = shop();
    const changed = `# new\n${TEMPLATE}`;
    writeFileSync(join(cwd, 'templates/shop.yaml'), changed);
    const { exitCode, stderr } = await run('patch', '--ref', 'HEAD', '--apply');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('templates/shop.yaml: the file changed since it was scanned');
    expect(readFileSync(join(cwd, 'templates/shop.yaml'), 'utf8')).toBe(changed);
    expect(readFileSync(join(cwd, 'prod.json'), 'utf8')).toContain('"prod"');
  });

  test('is refused in a bare repository, before anything is scanned', async () => {
    const bare = makeBareClone(shop().cwd);
    const { exitCode, stderr } = await runCli(['patch', bare, '--apply', '--snapshot', '/nonexistent']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('error: a bare repository has no files to write\n  use --branch <name>\n');
  });
});

describe('gitops-drift patch --branch', () => {
  test('commits what it patched, with a message that tells it, and touches nothing else', async () => {
    const { run, cwd } = shop();
    identity(cwd);
    const head = git(cwd, 'rev-parse', 'HEAD');
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    const { exitCode, stderr } = await run('patch', '--branch', 'drift/shop');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /committed 5 findings in prod\.json, templates\/shop\.yaml on the branch drift\/shop \(\w{10}\)/,
    );
    expect(git(cwd, 'status', '--porcelain')).toBe('?? notes.txt');
    expect(git(cwd, 'rev-parse', 'HEAD')).toBe(head);
    expect(git(cwd, 'rev-parse', 'drift/shop^')).toBe(head);
    expectLines(git(cwd, 'diff', 'main', 'drift/shop'), ALL);
    const [message, trailers = ''] = git(cwd, 'log', '-1', '--format=%B', 'drift/shop').split(/\n\n(?=Drift-)/);
    expect(trailers).toMatch(/^(?:Drift-Finding: [0-9a-f]{16}\n){5}Drift-Seen: \d{4}-\d\d-\d\dT[\d:.]+Z\n?$/);
    expect(message).toBe(`Adopt 5 live values of stack shop

Stack shop (eu-west-1, 111111111111):

- Orders (AWS::SQS::Queue)
  - /VisibilityTimeout: 60 -> 90
  - /Tags/1: (nothing) -> {Key: Owner, Value: ada}
  - /Tags/2: (nothing) -> {Key: Tier, Value: one}
- Worker (AWS::Lambda::Function)
  - /MemorySize: 512 -> 1024
  - /Environment/Variables/STAGE: prod -> production`);
    const after = await run('scan', '--ref', 'drift/shop', '-o', 'json');
    const left = (JSON.parse(after.stdout) as Report).findings.filter(
      ({ suppressed, verdict }) => !suppressed && verdict === 'drift',
    );
    expect(left.map(({ path }) => path)).toEqual(['/Environment/Variables/DB_PASSWORD', '']);
  });

  test('starts at the commit that was scanned', async () => {
    const { run, cwd } = shop();
    identity(cwd);
    const first = git(cwd, 'rev-parse', 'HEAD');
    commitFiles(cwd, { 'notes.txt': 'later' });
    await run('patch', '--ref', first, '--branch', 'adopt');
    expect(git(cwd, 'rev-parse', 'adopt^')).toBe(first);
  });

  test('works in a bare repository, and from a saved report', async () => {
    const { cwd, save } = shop();
    const file = join(temporaryDirectory(), 'drift.json');
    await save(file);
    const bare = makeBareClone(cwd);
    identity(bare);
    const { exitCode, stderr } = await runCli(['patch', bare, '--report', file, '--branch', 'adopt']);
    expect({ exitCode, stderr: stderr.split('\n').at(-2) }).toEqual({
      exitCode: 0,
      stderr: expect.stringContaining('committed 5 findings'),
    });
    expectLines(git(bare, 'diff', 'main', 'adopt'), ALL);
  });

  test('takes no branch that is there already, nor a name that can be none, before anything is scanned', async () => {
    const { run, cwd } = shop();
    identity(cwd);
    for (const [name, message] of [
      ['main', 'the branch "main" exists already'],
      ['a..b', '"a..b" can\'t be the name of a branch'],
    ] as const) {
      const { exitCode, stderr } = await run('patch', '--branch', name);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
    }
  });

  test('refuses files with uncommitted changes that it would have to commit', async () => {
    const { run, cwd } = shop();
    identity(cwd);
    writeFileSync(join(cwd, 'templates/shop.yaml'), `# new\n${TEMPLATE}`);
    const { exitCode, stderr } = await run('patch', '--branch', 'adopt');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('templates/shop.yaml: the file that was scanned is not the one in commit');
    expect(git(cwd, 'branch', '--list', 'adopt')).toBe('');
  });

  test('makes no branch where there is nothing to commit', async () => {
    const { run, cwd } = shop(IN_SYNC);
    identity(cwd);
    expect((await run('patch', '--branch', 'adopt')).stderr).toBe('nothing to patch\n');
    expect(git(cwd, 'branch', '--list', 'adopt')).toBe('');
  });
});

test('every example of the help runs', async () => {
  const { run, cwd, save } = shop();
  identity(cwd);
  const help = (await run('patch', '--help')).stdout;
  const examples = help.split('\n').flatMap((line) => /^ {2}gitops-drift (.*?)(?: {3}.*)?$/.exec(line)?.[1] ?? []);
  expect(examples.length).toBeGreaterThanOrEqual(5);
  const [finding] = await save(join(cwd, 'drift.json'));
  for (const example of examples) {
    const [command = '', then] = example.split(' | ');
    const args = command.replace('shop-prod', 'shop').replace('1f0c2a9b8d7e6f50', finding?.id ?? '');
    git(cwd, 'checkout', '--quiet', '--', 'templates', 'prod.json');
    const { exitCode, stdout } = await run(...args.split(' '));
    expect([command, exitCode]).toEqual([command, 0]);
    if (then === 'git apply') applyDiff(cwd, stdout);
  }
});

async function idsOf(file: string, name: string): Promise<string[]> {
  const { findings } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return findings.filter(({ path }) => path.endsWith(name)).map(({ id }) => id);
}
