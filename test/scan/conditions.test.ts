import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scan } from '../../src/scan/scan.js';
import { makeRepository, temporaryDirectory } from '../support/repository.js';

const PARAMETERS = `Parameters:
  Password: { Type: String, NoEcho: true, Default: "" }
  Mode: { Type: String, NoEcho: true, Default: none }
  Flag: { Type: "AWS::SSM::Parameter::Value<String>", Default: /shop/flag }
  Stage: { Type: String, Default: prod }
`;
const ALWAYS = '  Always: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 5 } }\n';

interface Given {
  /** Conditions and resources of Git's template. */
  git: string;
  /** Those of the deployed one, where they differ. */
  deployed?: string;
  /** Logical IDs of the topics that the stack has. */
  topics: readonly string[];
  /** How CloudFormation has one of them. */
  statuses?: Readonly<Record<string, string>>;
  status?: string;
  parameters?: string;
  given?: Readonly<Record<string, string>>;
}

/** What a scan makes of each topic: `present` (in sync), `absent` or `unknown`, `undeployed`; and of the queue's delay. */
async function judged({ git, deployed = git, topics, statuses = {}, given = {}, ...rest }: Given) {
  const head = rest.parameters ?? PARAMETERS;
  const template = (body: string) => `${head}${body}${ALWAYS}`;
  const resources = [
    { logicalId: 'Always', type: 'AWS::SQS::Queue', physicalId: 'https://q', properties: { DelaySeconds: 5 } },
    ...topics.map((logicalId) => ({
      logicalId,
      type: 'AWS::SNS::Topic',
      physicalId: `arn:${logicalId}`,
      status: statuses[logicalId] ?? 'CREATE_COMPLETE',
      properties: { DisplayName: 'x' },
    })),
  ];
  const stack = {
    name: 'shop',
    status: rest.status ?? 'UPDATE_COMPLETE',
    template: template(deployed),
    parameters: { Password: '****', Mode: '****', Flag: '/shop/flag', Stage: 'prod', ...given },
    resources,
  };
  const repository = makeRepository({
    'shop.yaml': template(git),
    'gitops-drift.yaml': `version: 1\nstacks:\n  - { name: shop, template: shop.yaml, region: eu-west-1 }\n`,
  });
  const snapshot = join(temporaryDirectory(), 'live.json');
  const live = { snapshotVersion: 1, account: '111111111111', regions: { 'eu-west-1': { stacks: [stack] } } };
  writeFileSync(snapshot, JSON.stringify(live));
  const { report } = await scan({ repository, snapshot });
  expect(report.stacks.map(({ error }) => error)).toEqual([undefined]);
  return Object.fromEntries(
    report.resources.flatMap(({ logicalId, status }) => (logicalId === 'Always' ? [] : [[logicalId, status]])),
  );
}

function topic(logicalId: string, condition: string): string {
  return `  ${logicalId}: { Type: AWS::SNS::Topic, Condition: ${condition}, Properties: { DisplayName: x } }\n`;
}

const HAS = 'Conditions:\n  Has: !Not [!Equals [!Ref Password, ""]]\n';
const FLAGGED = 'Conditions:\n  Has: !Equals [!Ref Flag, "on"]\n';

describe('a condition that only AWS knows', () => {
  test.each([
    ['a NoEcho parameter', HAS],
    ['what Parameter Store holds', FLAGGED],
    ['a part of a NoEcho parameter', 'Conditions:\n  Has: !Equals [!Select [0, !Split [",", !Ref Mode]], a]\n'],
  ])('of %s is settled by the resources that the stack has', async (_, conditions) => {
    const git = `${conditions}Resources:\n${topic('Main', 'Has')}${topic('Second', 'Has')}`;
    expect(await judged({ git, topics: ['Main', 'Second'] })).toEqual({ Main: 'inSync', Second: 'inSync' });
    expect(await judged({ git, topics: [] })).toEqual({});
    const both = { Main: 'unsupported', Second: 'unsupported' };
    expect(await judged({ git, topics: ['Main'] })).toEqual(both);
  });

  test('is settled by others that hang on the same, through Not, And, Or and Condition', async () => {
    const git = `${HAS}  Lacks: !Not [!Condition Has]
  Both: !And [!Condition Has, !Equals [!Ref Stage, prod]]
  Never: !And [!Condition Has, !Equals [!Ref Stage, test]]
  Either: !Or [!Condition Lacks, !Equals [!Ref Stage, test]]
Resources:
${topic('Main', 'Both')}${topic('Bare', 'Lacks')}${topic('Odd', 'Either')}${topic('None', 'Never')}`;
    expect(await judged({ git, topics: ['Main'] })).toEqual({ Main: 'inSync' });
    expect(await judged({ git, topics: ['Bare', 'Odd'] })).toEqual({ Bare: 'inSync', Odd: 'inSync' });
    const all = { Main: 'unsupported', Bare: 'unsupported', Odd: 'unsupported' };
    expect(await judged({ git, topics: ['Main', 'Bare', 'Odd'] })).toEqual(all);
  });

  test('of two unknown values is settled as far as the resources tell', async () => {
    const git = `${HAS}  IsQuiet: !Equals [!Ref Mode, quiet]
  Any: !Or [!Condition Has, !Condition IsQuiet]
  All: !And [!Condition Has, !Condition IsQuiet]
Resources:
${topic('One', 'Any')}${topic('Two', 'All')}${topic('Quiet', 'IsQuiet')}${topic('Main', 'Has')}`;
    expect(await judged({ git, topics: ['One', 'Main'] })).toEqual({ One: 'inSync', Main: 'inSync' });
    const only = `${HAS}  IsQuiet: !Equals [!Ref Mode, quiet]
  Any: !Or [!Condition Has, !Condition IsQuiet]
Resources:
${topic('One', 'Any')}`;
    const more = `${only}${topic('Main', 'Has')}`;
    expect(await judged({ git: only, topics: [] })).toEqual({});
    expect(await judged({ git: more, deployed: only, topics: ['One'] })).toEqual({
      One: 'inSync',
      Main: 'unsupported',
    });
    expect(await judged({ git: more, deployed: only, topics: [] })).toEqual({});
  });

  test('a parameter that is one text is no other', async () => {
    const git = `Conditions:
  IsLoud: !Equals [!Ref Mode, loud]
  IsQuiet: !Equals [!Ref Mode, quiet]
Resources:
`;
    const deployed = `${git}${topic('Loud', 'IsLoud')}`;
    const ours = `${git}${topic('Loud', 'IsLoud')}${topic('Quiet', 'IsQuiet')}`;
    expect(await judged({ git: ours, deployed, topics: ['Loud'] })).toEqual({ Loud: 'inSync' });
    expect(await judged({ git: ours, deployed, topics: [] })).toEqual({ Quiet: 'unsupported' });
  });

  test('a resource that is new in Git is no evidence, and is seen as not deployed yet where others tell', async () => {
    const git = `${HAS}Resources:\n${topic('New', 'Has')}`;
    const without = `${HAS}Resources:\n`;
    expect(await judged({ git, deployed: without, topics: [] })).toEqual({ New: 'unsupported' });
    const deployed = `${HAS}Resources:\n${topic('Main', 'Has')}`;
    const both = `${HAS}Resources:\n${topic('Main', 'Has')}${topic('New', 'Has')}`;
    expect(await judged({ git: both, deployed, topics: ['Main'] })).toEqual({ Main: 'inSync', New: 'undeployed' });
  });

  test('a condition that means something else in Git is not settled by what the deployed one came to', async () => {
    const deployed = `${HAS}Resources:\n${topic('Main', 'Has')}`;
    const quiet = deployed.replace('!Not [!Equals [!Ref Password, ""]]', '!Equals [!Ref Mode, quiet]');
    expect(await judged({ git: quiet, deployed, topics: ['Main'] })).toEqual({ Main: 'unsupported' });
    const reversed = deployed.replace('!Not [!Equals [!Ref Password, ""]]', '!Equals ["", !Ref Password]');
    expect(await judged({ git: reversed, deployed, topics: ['Main'] })).toEqual({ Main: 'undeployed' });
  });

  test('another mapping, another parameter or another name in Parameter Store asks something else', async () => {
    const mapped = `Mappings:
  Sizes: { a: { k: x }, b: { k: x } }
Conditions:
  Has: !Equals [!FindInMap [Sizes, !Ref Mode, k], x]
Resources:
${topic('Main', 'Has')}`;
    expect(await judged({ git: mapped, topics: ['Main'] })).toEqual({ Main: 'inSync' });
    const remapped = mapped.replace('b: { k: x }', 'b: { k: y }');
    expect(await judged({ git: remapped, deployed: mapped, topics: ['Main'] })).toEqual({ Main: 'unsupported' });
    const named = `Conditions:\n  Has: !Equals [!Sub "\${Stage}-\${Mode}", prod-a]\nResources:\n${topic('Main', 'Has')}`;
    expect(await judged({ git: named, topics: ['Main'] })).toEqual({ Main: 'inSync' });
  });

  test('a resource that is on its way out, or a list that is not whole, says nothing', async () => {
    const git = `${HAS}Resources:\n${topic('Main', 'Has')}`;
    const leaving = { topics: ['Main'], statuses: { Main: 'DELETE_FAILED' } };
    expect(await judged({ git, ...leaving })).toEqual({ Main: 'unsupported' });
    expect(await judged({ git, topics: [], status: 'UPDATE_FAILED' })).toEqual({ Main: 'unsupported' });
    expect(await judged({ git, topics: ['Main'], status: 'UPDATE_FAILED' })).toEqual({ Main: 'inSync' });
  });
});

test('what a settled condition chooses is compared', async () => {
  const git = `${HAS}Resources:
${topic('Main', 'Has')}  Chosen: { Type: AWS::SNS::Topic, Properties: { DisplayName: !If [Has, x, y] } }
`;
  expect(await judged({ git, topics: ['Main', 'Chosen'] })).toEqual({ Main: 'inSync', Chosen: 'inSync' });
  expect(await judged({ git, topics: ['Chosen'] })).toEqual({ Chosen: 'modified' });
});
