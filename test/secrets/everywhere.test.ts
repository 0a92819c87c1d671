import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import type { SnapshotResource } from '../../src/cloud/snapshot/snapshot.js';
import type { Report } from '../../src/model/report.js';
import { runCli } from '../support/cli.js';
import { makeRepository } from '../support/repository.js';
import { INNOCENT, innocentProperties, KINDS, type Kind, type Shape } from './kinds.js';

type Side = 'git' | 'live' | 'old';

/** A secret that shows in full or in part, wherever it is found: it is made of letters, so that nothing but its place tells. */
function secretOf(side: Side, index: number, shape: Shape = 'letters'): string {
  if (shape === 'hex')
    return `${index}`
      .padStart(4, '0')
      .padStart(9, side === 'git' ? 'a' : 'b')
      .padStart(32, '0ddba11');
  const letters = [...`${index}`].map((digit) => 'kmnprstvwx'.charAt(Number(digit))).join('');
  return shape === 'letters' ? `Zqx${side}anchor${letters}` : `ZQX${side}${letters}`.toUpperCase();
}

const TRACES = /Zqx[a-z]*|ZQX[A-Z]*|0ddba11[0-9a-f]*/g;

function resourceOf(kind: Kind, index: number): { logicalId: string; type: string } {
  return { logicalId: kind.logicalId ?? `Kind${index}`, type: kind.type };
}

/** What stands in Git's templates alone, or comes from there by other ways than a property's own text. */
const OTHER_WAYS = `# old password: Zqxgitcomment
Parameters:
  Pw: { Type: String, NoEcho: true }
  Token: { Type: String, NoEcho: true, Default: Zqxgitdefault }
  PlainPassword: { Type: String, Default: Zqxgitplain } # before: password=Zqxgitbefore
  Neutral: { Type: String, Default: Zqxgitneutral }
Mappings:
  Stages:
    prod: { Db: Zqxgitmapped, DbPassword: Zqxgitmappedbyname }
    test: { Db: Zqxgitmappedtoo, DbPassword: Zqxgitmappedbynametoo }
Resources:
  One:
    Type: AWS::RDS::DBInstance
    Properties: { DBName: one, MasterUserPassword: !FindInMap [Stages, prod, Db] }
  Two:
    Type: AWS::RDS::DBInstance
    Properties: { DBName: two, MasterUserPassword: !Ref Neutral }
  Three:
    Type: AWS::RDS::DBInstance
    Properties: { DBName: three, MasterUserPassword: !Sub 'prefix-\${AWS::Region}-Zqxgitsub' }
  Four:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Ref PlainPassword, DelaySeconds: 5 }
  Five:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Ref Pw
      Description: !Join ['-', [a, !Ref Token]]
      Handler: !FindInMap [Stages, prod, DbPassword]
  Six:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Init:
        config: { commands: { '01': { command: setup --password Zqxgitinit --now } } }
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/sh
          curl -u shop:Zqxgituserdata https://\${AWS::Region}.example.com
Outputs:
  Conn: { Value: !Ref Pw, Export: { Name: conn } }
  DbPassword: { Value: Zqxgitoutput }
  Plain: { Value: !Ref PlainPassword }
`;

const OTHER_RESOURCES: SnapshotResource[] = [
  live('One', 'AWS::RDS::DBInstance', { DBName: 'one', MasterUserPassword: 'Zqxlivemapped' }),
  live('Two', 'AWS::RDS::DBInstance', { DBName: 'two', MasterUserPassword: 'Zqxliveneutral' }),
  live('Three', 'AWS::RDS::DBInstance', { DBName: 'three', MasterUserPassword: 'Zqxlivesub' }),
  live('Four', 'AWS::SQS::Queue', { QueueName: 'Zqxliveplain', DelaySeconds: 9 }),
  live('Five', 'AWS::Lambda::Function', {
    FunctionName: 'Zqxlivenoecho',
    Description: 'a-Zqxlivejoined',
    Handler: 'Zqxlivehandler',
  }),
  live('Six', 'AWS::EC2::Instance', {
    UserData: Buffer.from('#!/bin/sh\ncurl -u shop:Zqxliveuserdata https://eu-west-1.example.com\n').toString('base64'),
  }),
];

function live(logicalId: string, type: string, properties: JsonObject): SnapshotResource {
  return { logicalId, type, physicalId: logicalId.toLowerCase(), properties };
}

function innocentValue(side: Side, name: string): (form: string) => string {
  return (form) => `plain-${side}-${name.toLowerCase().replaceAll('_', '.')}-${form}`;
}

/** The estate: every kind in Git and, renewed, live; the innocent names; and the other ways. */
function estate(): Record<string, string> {
  const kinds: JsonObject = {};
  const resources: SnapshotResource[] = [];
  for (const [index, kind] of KINDS.entries()) {
    const { logicalId, type } = resourceOf(kind, index);
    kinds[logicalId] = { Type: type, Properties: kind.properties(secretOf('git', index, kind.shape)) };
    resources.push(live(logicalId, type, kind.properties(secretOf('live', index, kind.shape))));
  }
  const innocent = INNOCENT.map((name, index) => {
    const logicalId = `Innocent${index}`;
    const type = 'Custom::Innocent';
    const of = (side: Side) => innocentProperties(name, innocentValue(side, name));
    return { logicalId, type, git: of('git'), live: live(logicalId, type, of('live')) };
  });
  const plain = Object.fromEntries(
    innocent.map(({ logicalId, type, git }) => [logicalId, { Type: type, Properties: git }]),
  );
  const templates = { kinds: { Resources: kinds }, innocent: { Resources: plain } };
  const stacks = [
    { name: 'kinds', template: JSON.stringify(templates.kinds), resources },
    { name: 'innocent', template: JSON.stringify(templates.innocent), resources: innocent.map((each) => each.live) },
    {
      name: 'others',
      template: OTHER_WAYS,
      parameters: { Pw: '****', Token: '****', PlainPassword: 'Zqxgitplain', Neutral: 'Zqxgitneutral' },
      outputs: { Conn: 'Zqxliveoutput', DbPassword: 'Zqxgitoutput', Plain: 'Zqxgitplain' },
      exports: { conn: 'Zqxliveoutput' },
      resources: OTHER_RESOURCES,
    },
  ];
  return {
    'kinds.json': JSON.stringify(templates.kinds, null, 1),
    'innocent.json': JSON.stringify(templates.innocent, null, 1),
    'others.yaml': OTHER_WAYS,
    'gitops-drift.yaml': `version: 1
provider: snapshot
snapshot: live.json
stacks:
  - { name: kinds, template: kinds.json, region: eu-west-1 }
  - { name: innocent, template: innocent.json, region: eu-west-1 }
  - { name: others, template: others.yaml, region: eu-west-1 }
`,
    'samconfig.toml': `version = 0.1
[default.deploy.parameters]
stack_name = "others"
template_file = "others.yaml"
region = "eu-west-1"
parameter_overrides = "PlainPassword=Zqxgitplain Neutral=Zqxgitneutral"
`,
    'live.json': JSON.stringify({
      snapshotVersion: 1,
      capturedAt: '2026-01-01T00:00:00Z',
      account: '111111111111',
      regions: { 'eu-west-1': { stacks } },
    }),
  };
}

const FORMATS = ['json', 'markdown', 'html', 'sarif', 'junit', 'github', 'gitlab'];
/** What each output says, by how it was made. */
const outputs = new Map<string, string>();

async function keep(name: string, cwd: string, args: string[], files: Record<string, string> = {}): Promise<void> {
  const { stdout, stderr } = await runCli(args, { cwd, env: { COLUMNS: '200' } });
  outputs.set(name, stdout);
  outputs.set(`${name}, stderr`, stderr);
  for (const [format, file] of Object.entries(files))
    outputs.set(`${name}, ${format}`, readFileSync(join(cwd, file), 'utf8'));
}

beforeAll(async () => {
  const cwd = makeRepository(estate());
  const inFormats = (prefix: string) => FORMATS.flatMap((format) => ['-o', `${format}=${prefix}.${format}`]);
  const filesOf = (prefix: string) => Object.fromEntries(FORMATS.map((format) => [format, `${prefix}.${format}`]));
  const explained = ['--explain', '--verbose'];
  await keep('scan', cwd, ['scan', ...explained, '-o', 'table', ...inFormats('a'), '--patch', 'a.diff'], {
    ...filesOf('a'),
    diff: 'a.diff',
  });
  await keep('report', cwd, ['report', 'a.json', ...explained, '-o', 'table', ...inFormats('b')], filesOf('b'));
  await keep('patch', cwd, ['patch', '-o', 'c.diff'], { diff: 'c.diff' });
  await keep('patch --check', cwd, ['patch', '--check']);
  await keep('snapshot', cwd, ['snapshot', '-o', 'own.json'], { json: 'own.json' });
  await keep(
    'scan of its own snapshot',
    cwd,
    ['scan', '--snapshot', 'own.json', ...explained, '-o', 'table', '-o', 'json=d.json'],
    { json: 'd.json' },
  );
  for (const stack of ['kinds', 'innocent', 'others']) {
    await keep(`render of ${stack}`, cwd, ['render', '--stack', stack, '--origins']);
    await keep(`render of ${stack} as JSON`, cwd, ['render', '--stack', stack, '-o', 'json']);
  }
  await keep('doctor', cwd, ['doctor']);
  await keep('init', cwd, ['init', '--snapshot', 'live.json', '-o', '-']);
}, 120_000);

describe('secrets', () => {
  test('are of many kinds', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(180);
    expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
  });

  test('stand in no output, of no command, in no format', () => {
    const leaks = [...outputs].flatMap(([name, text]) => {
      const found = new Set(`${text}\n${decoded(text)}`.match(TRACES) ?? []);
      return [...found].map((trace) => `${name}: ${kindOf(trace)}`);
    });
    expect(leaks).toEqual([]);
  });

  test('that were renewed are findings all the same, and never patched', () => {
    const report = JSON.parse(outputs.get('scan, json') ?? '') as Report;
    const found = new Set(report.findings.map(({ logicalId }) => logicalId));
    const unseen = KINDS.filter((kind, index) => !found.has(resourceOf(kind, index).logicalId));
    expect(unseen.map(({ name }) => name)).toEqual([]);
    const patched = report.findings.filter(({ stack, patch }) => stack === 'kinds' && patch.status === 'patchable');
    expect(patched.map(({ logicalId, path }) => `${logicalId} ${path}`)).toEqual([]);
  });

  test('that are masked in a snapshot are no drift when it is scanned', () => {
    const report = JSON.parse(outputs.get('scan of its own snapshot, json') ?? '') as Report;
    const found = report.findings.filter(({ stack }) => stack === 'kinds');
    expect(found.map(({ logicalId, path }) => `${nameOf(logicalId)} ${path}`)).toEqual([]);
  });
});

describe('names that sound like secrets', () => {
  const shownIn = ['scan', 'scan, json', 'scan, html', 'report, json', 'scan of its own snapshot, json'];

  test.each(INNOCENT)('%s is shown with its value', (name) => {
    for (const form of ['map', 'text', 'pair', 'option', 'argument']) {
      const [git, alive] = [innocentValue('git', name)(form), innocentValue('live', name)(form)];
      for (const output of shownIn)
        expect({ output, text: outputs.get(output)?.includes(git) }).toEqual({ output, text: true });
      expect(outputs.get('scan, json')).toContain(alive);
      expect(outputs.get('snapshot, json')).toContain(alive);
      expect(outputs.get('render of innocent')).toContain(git);
    }
  });
});

/** What the text holds encoded: Base64 and the escapes of URLs. */
function decoded(text: string): string {
  const base64 = text.match(/[A-Za-z0-9+/]{16,}={0,2}/g) ?? [];
  const unquoted = text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
  return [unquoted, ...base64.map((each) => Buffer.from(each, 'base64').toString('latin1'))].join('\n');
}

function kindOf(trace: string): string {
  const index = KINDS.findIndex((kind, at) =>
    (['git', 'live'] as const).some((side) => secretOf(side, at, kind.shape).startsWith(trace)),
  );
  return `${trace} (${KINDS[index]?.name ?? 'another way'})`;
}

function nameOf(logicalId: string): string {
  return KINDS.find((kind, index) => resourceOf(kind, index).logicalId === logicalId)?.name ?? logicalId;
}
