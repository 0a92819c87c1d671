import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import { makePlan } from '../../src/scan/plan.js';
import type { ScanRequest } from '../../src/scan/request.js';
import { memoryRepository, scanFiles } from '../support/memory.js';
import type { Files } from '../support/repository.js';

const REGION = 'eu-west-1';
const TEMPLATE = `Parameters: { Delay: { Type: Number, Default: 1 } }
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay } }
`;

/** The deployed stacks, by region; the queue of each drifted. */
function live(stacks: Record<string, string[]>): string {
  const properties = { DelaySeconds: 9 };
  const resources = [{ logicalId: 'Queue', type: 'AWS::SQS::Queue', physicalId: 'q', properties }];
  const regions = Object.entries(stacks).map(([region, names]) => [
    region,
    {
      stacks: names.map((name) => ({
        name,
        template: `# ${name}\n${TEMPLATE}`,
        parameters: { Delay: '1' },
        resources,
      })),
    },
  ]);
  return JSON.stringify({
    snapshotVersion: 1,
    capturedAt: '2026-01-01T00:00:00Z',
    account: '111111111111',
    regions: Object.fromEntries(regions),
  });
}

const LIVE = live({ 'eu-west-1': ['root', 'a-one', 'b-one'], 'us-east-1': ['a-one'] });
const ROOT = 'version: 1\nprovider: snapshot\nsnapshot: live.json\n';
const stack = (name: string, template: string, more = '') => `  - { name: ${name}, template: ${template}${more} }\n`;

/** Two teams below a root that scans them together. */
const TEAMS: Files = {
  'live.json': LIVE,
  'gitops-drift.yaml': `${ROOT}region: ${REGION}\ninclude: [teams/*]\nstacks:\n${stack('root', 'shared/queue.yaml')}`,
  'shared/queue.yaml': TEMPLATE,
  'teams/a/gitops-drift.yaml': `version: 1\nstacks:\n${stack('a-one', 'queue.yaml', ', parametersFile: ./p.json')}`,
  'teams/a/queue.yaml': TEMPLATE,
  'teams/a/p.json': '{"Parameters": {"Delay": "1"}}',
  'teams/b/gitops-drift.yml': `version: 1\nstacks:\n${stack('b-one', '../../shared/queue.yaml')}`,
};

async function targets(files: Files, folder = '', request: Partial<ScanRequest> = {}) {
  const plan = await makePlan({ repository: '.', ...request }, async () => memoryRepository(files, [], folder));
  return plan.targets.map(({ name, region, template }) => `${name} ${region} ${template}`);
}

async function refusal(files: Files, folder = '', request: Partial<ScanRequest> = {}): Promise<string> {
  const error = await targets(files, folder, request).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DriftError);
  return (error as DriftError).message;
}

const without = (files: Files, ...paths: string[]): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));

describe('the configuration that counts', () => {
  const found: Files = {
    'a/b/c.txt': '',
    'a/gitops-drift.yml': `version: 1\nprovider: snapshot\nsnapshot: ../live.json\n`,
    'a/one.yaml': TEMPLATE,
    'live.json': live({ [REGION]: ['one', 'two'] }),
    'two.yaml': TEMPLATE,
    'gitops-drift.yaml': ROOT,
  };

  test.each([
    ['a/b', ['one eu-west-1 a/one.yaml']],
    ['a', ['one eu-west-1 a/one.yaml']],
    ['', ['one eu-west-1 a/one.yaml', 'two eu-west-1 two.yaml']],
  ])('from "%s" it is the nearest one, and templates below its folder are looked at', async (folder, expected) => {
    expect(await targets(found, folder)).toEqual(expected);
  });

  test('is none of two in one folder', async () => {
    const both = { ...found, 'a/gitops-drift.yaml': ROOT };
    expect(await refusal(both, 'a/b')).toBe(
      'there are both a/gitops-drift.yaml and a/gitops-drift.yml\n  remove one of them',
    );
  });

  test.each(['../../x.yaml', '/x.yaml', 'x\\y.yaml'])('has no path out of the repository: %s', async (path) => {
    const files = { ...found, 'a/gitops-drift.yml': `version: 1\nstacks:\n  - name: a\n    template: ${path}\n` };
    expect(await refusal(files, 'a')).toMatch(
      /^a\/gitops-drift\.yml:4:15: ".*" (?:leads out|is an absolute|has a back)/,
    );
  });
});

describe('folders that the root includes', () => {
  test('are scanned together, each with its own paths', async () => {
    expect(await targets(TEAMS)).toEqual([
      'root eu-west-1 shared/queue.yaml',
      'a-one eu-west-1 teams/a/queue.yaml',
      'b-one eu-west-1 shared/queue.yaml',
    ]);
    expect(await targets(TEAMS, '', { stacks: ['b-*'] })).toEqual(['b-one eu-west-1 shared/queue.yaml']);
  });

  test("have the root's region unless they have their own", async () => {
    const own = String(TEAMS['teams/a/gitops-drift.yaml']).replace('stacks', 'region: us-east-1\nstacks');
    expect(await targets({ ...TEAMS, 'teams/a/gitops-drift.yaml': own })).toContain(
      'a-one us-east-1 teams/a/queue.yaml',
    );
  });

  test("may name the root's accounts", async () => {
    const accounts = `accounts: [{ id: "111111111111", name: prod, regions: [${REGION}, us-east-1] }]\n`;
    const files = {
      ...TEAMS,
      'gitops-drift.yaml': `${TEAMS['gitops-drift.yaml']}${accounts}`,
      'teams/a/gitops-drift.yaml': `version: 1\nstacks:\n${stack('a-one', 'queue.yaml', ', account: prod')}`,
    };
    expect((await targets(files)).filter((each) => each.startsWith('a-one'))).toHaveLength(2);
  });

  test.each<[string, Files, string]>([
    [
      'the same stack twice',
      {
        'teams/b/gitops-drift.yml': `version: 1\nstacks:\n${stack('a-one', '../a/queue.yaml', ', region: eu-west-1')}`,
      },
      'teams/b/gitops-drift.yml:3:5: stack a-one is listed in teams/a/gitops-drift.yaml, line 3, already',
    ],
    [
      'a glob that no folder matches',
      { 'gitops-drift.yaml': `${ROOT}include: [teams/*, apps/*]\n` },
      'gitops-drift.yaml:4:20: include: no folder that apps/* matches has a gitops-drift.yaml\n  folders with one: teams/a, teams/b',
    ],
    [
      'an include that is not in the root',
      { 'teams/a/gitops-drift.yaml': 'version: 1\ninclude: [x]\n' },
      "teams/a/gitops-drift.yaml:2:1: include: only in a configuration in the repository's root\n  move it to the configuration in the repository's root",
    ],
    [
      'two sources of live state',
      { 'teams/b/gitops-drift.yml': `version: 1\nprovider: aws\nstacks:\n${stack('b-one', '../a/queue.yaml')}` },
      'gitops-drift.yaml and teams/b/gitops-drift.yml say different things of where live state comes from\n  scan these folders one by one, or say it for all with --provider or --snapshot',
    ],
  ])('are refused: %s', async (_, files, message) => {
    expect(await refusal({ ...TEAMS, ...files })).toBe(message);
  });

  test('two with mistakes are both told', async () => {
    const broken = { 'teams/a/gitops-drift.yaml': 'version: 2\n', 'teams/b/gitops-drift.yml': 'stacks: 1\n' };
    const message = await refusal({ ...TEAMS, ...broken });
    expect(message).toContain('teams/a/gitops-drift.yaml:1:1');
    expect(message).toContain('teams/b/gitops-drift.yml:1:1');
  });

  test('name no stacks, so that these are looked for there, and nowhere else', async () => {
    const files = {
      ...without(TEAMS, 'teams/a/p.json', 'teams/a/queue.yaml'),
      'gitops-drift.yaml': `${ROOT}region: ${REGION}\ninclude: [teams/*]\n`,
      'root.yaml': TEMPLATE,
      'teams/a/gitops-drift.yaml': 'version: 1\n',
      'teams/a/a-one.yaml': TEMPLATE,
    };
    expect(await targets(files)).toEqual([
      'b-one eu-west-1 shared/queue.yaml',
      'a-one eu-west-1 teams/a/a-one.yaml',
      'a-one us-east-1 teams/a/a-one.yaml',
    ]);
    expect(await targets(files, '', { stacks: ['a-*'], regions: ['us-east-1'] })).toEqual([
      'a-one us-east-1 teams/a/a-one.yaml',
    ]);
    expect(await refusal(files, '', { stacks: ['x-*'] })).toContain('--stack x-* matches no stack');
  });
});

describe('what the configurations say', () => {
  const withRules = (root: string, a: string): Files => ({
    ...TEAMS,
    'gitops-drift.yaml': `${TEAMS['gitops-drift.yaml']}${root}`,
    'teams/a/gitops-drift.yaml': `${TEAMS['teams/a/gitops-drift.yaml']}${a}`,
  });
  const rule = (reason: string) => `ignore: [{ path: /DelaySeconds, reason: ${reason} }]\n`;
  const byStack = async (files: Files, request = {}) => {
    const { report, warnings } = await scanFiles(files, request);
    const found = report.findings.map(({ stack: name, suppressed, severity, rule: id }) => ({
      [name]: [suppressed?.reason ?? severity, id],
    }));
    return { report, warnings, found: Object.assign({}, ...found) as Record<string, string[]> };
  };

  test("a folder's ignore rules are for its own stacks, the root's for all", async () => {
    const own = await byStack(withRules('', rule('team a')));
    expect([own.found['root']?.[0], own.found['a-one']?.[0], own.found['b-one']?.[0]]).not.toContain(undefined);
    expect(Object.entries(own.found).filter(([, [reason]]) => reason === 'team a')).toEqual([
      ['a-one', ['team a', expect.anything()]],
    ]);
    const both = await byStack(withRules(rule('all'), rule('team a')));
    expect(Object.values(both.found).map(([reason]) => reason)).toEqual(['all', 'all', 'all']);
    const stranger = await byStack(
      withRules('', 'ignore: [{ stack: b-one, path: /DelaySeconds, reason: not mine }]\n'),
    );
    expect(stranger.found['b-one']?.[0]).not.toBe('not mine');
    expect(stranger.warnings.map(({ code }) => code)).toContain('ignore-unused');
  });

  test("a folder's severities go before the root's", async () => {
    const severity = (level: string) => `severity: [{ path: /DelaySeconds, severity: ${level} }]\n`;
    const { found, report } = await byStack(withRules(severity('high'), severity('critical')));
    expect(found).toMatchObject({
      root: ['high', 'configuration-1'],
      'b-one': ['high', 'configuration-1'],
      'a-one': ['critical', 'configuration-teams-a-1'],
    });
    expect(report.rules?.map(({ id }) => id)).toEqual(['configuration-1', 'configuration-teams-a-1']);
  });

  test.each([
    ['failOn: never\n', '', {}, 0],
    ['failOn: never\n', 'failOn: low\n', {}, 1],
    ['failOn: never\n', 'failOn: critical\n', {}, 0],
    ['failOn: never\n', 'failOn: low\n', { failOn: 'never' as const }, 0],
    ['', 'failOn: never\n', {}, 1],
  ])("what fails the scan is the folder's to say for its stacks: %j, %j, %j", async (root, a, request, exitCode) => {
    expect((await byStack(withRules(root, a), request)).report.summary.exitCode).toBe(exitCode);
  });

  test("a folder's baseline counts for its stacks, and is not written with that of all", async () => {
    const baseline = JSON.stringify({ baselineVersion: 1, salt: '0'.repeat(32), resources: {} });
    const files = { ...TEAMS, 'teams/a/.gitops-drift/baseline.json': baseline };
    const recorded = await scanFiles(files, { recordBaseline: true });
    expect([...(recorded.baseline?.now.entries.keys() ?? [])].map((key) => key.split('/')[2])).toEqual([
      'root',
      'b-one',
    ]);
    expect(recorded.warnings).toContainEqual({
      code: 'baseline-of-folder',
      message: 'teams/a has a baseline of its own, which is left as it is',
      hint: 'write it with: gitops-drift baseline teams/a',
    });
  });
});

describe('a folder that is scanned by itself', () => {
  const files = {
    ...TEAMS,
    'gitops-drift.yaml': `${TEAMS['gitops-drift.yaml']}failOn: never\nignore: [{ stack: "b-*", path: /DelaySeconds, reason: all }]\n`,
  };

  test('has what the root says for it, where the root includes it', async () => {
    expect(await targets(files, 'teams/b')).toEqual(['b-one eu-west-1 shared/queue.yaml']);
    const { report, warnings } = await scanFiles(files, { folder: 'teams/b' });
    expect(report.findings.map(({ suppressed }) => suppressed?.reason)).toEqual(['all']);
    expect((await scanFiles(files, { folder: 'teams/a' })).report.summary.exitCode).toBe(0);
    expect(warnings).toEqual([]);
    const others = { ...files, 'gitops-drift.yaml': `${ROOT}include: [teams/a]\n` };
    expect(await refusal(others, 'teams/b')).toContain('stack b-one has no region');
  });

  test('writes its own baseline, and goes by that of the root where it has none', async () => {
    const { baseline } = await scanFiles(files, { folder: 'teams/b', recordBaseline: true });
    expect(baseline?.path).toBe('teams/b/.gitops-drift/baseline.json');
    const plan = async (more: Files) =>
      (await makePlan({ repository: '.' }, async () => memoryRepository({ ...files, ...more }, [], 'teams/b')))
        .baselines;
    const text = (digit: string) => JSON.stringify({ baselineVersion: 1, salt: digit.repeat(32), resources: {} });
    const root = { '.gitops-drift/baseline.json': text('1') };
    expect((await plan(root)).of(undefined)?.salt).toBe('1'.repeat(32));
    const own = { ...root, 'teams/b/.gitops-drift/baseline.json': text('2') };
    expect((await plan(own)).of(undefined)?.salt).toBe('2'.repeat(32));
  });
});

test('edits of several configurations go into the file that names the stack', async () => {
  const inline = (name: string) => stack(name, '../../shared/queue.yaml', ', parameters: { Delay: 1 }');
  const files = {
    ...TEAMS,
    'gitops-drift.yaml': `${ROOT}region: ${REGION}\ninclude: [teams/*]\nstacks:\n${stack('root', 'shared/queue.yaml', ', parameters: { Delay: 1 }')}`,
    'teams/a/gitops-drift.yaml': `version: 1\nstacks:\n${inline('a-one')}`,
    'teams/b/gitops-drift.yml': `version: 1\nstacks:\n${inline('b-one')}`,
  };
  const { patched } = await scanFiles(files, { patch: {} });
  expect(patched.map(({ path, after }) => [path, /Delay: (\d)/.exec(after)?.[1]])).toEqual([
    ['gitops-drift.yaml', '9'],
    ['teams/a/gitops-drift.yaml', '9'],
    ['teams/b/gitops-drift.yml', '9'],
  ]);
});

test('a file of Key=Value lines is edited in its line, and gets a new one', async () => {
  const files = {
    'gitops-drift.yaml': `${ROOT}region: ${REGION}\nstacks:\n${stack('root', 'q.yaml', ', parametersFile: p.ini')}`,
    'live.json': LIVE,
    'q.yaml': TEMPLATE,
  };
  for (const [before, after] of [
    ['# one\r\nDelay=1\r\nOther', '# one\r\nDelay=9\r\nOther'],
    ['Delay = 1 \n', 'Delay = 9 \n'],
  ] as const) {
    const text = before.replace('Other', '; end');
    const { patched } = await scanFiles({ ...files, 'p.ini': text }, { patch: {} });
    expect(patched.map((change) => [change.path, change.after])).toEqual([['p.ini', after.replace('Other', '; end')]]);
  }
  const two = TEMPLATE.replace('Parameters: {', 'Parameters: { Size: { Type: Number, Default: 2 },');
  const { patched } = await scanFiles({ ...files, 'q.yaml': two, 'p.ini': 'Size=2' }, { patch: {} });
  expect(patched.map(({ path, after }) => [path, after])).toContainEqual(['p.ini', 'Size=2\nDelay=9\n']);
});
