import { expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/base/json.js';
import { accountOf } from '../../../support/estate.js';
import { scanFiles } from '../../../support/memory.js';

const ACCOUNT = '111111111111';
const HASH = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const CONFIG = 'version: 1\nprovider: snapshot\nsnapshot: live.json\nregion: eu-west-1\ncdk: {}\n';

interface Sides {
  git: JsonObject;
  deployed: JsonObject;
  /** Of the resource `P`, which is live as it was deployed. */
  live: JsonObject;
  parameters?: Record<string, string>;
  missing?: Json[];
}

/** Scans a stack of an assembly whose one resource is a parameter of Systems Manager. */
async function scanned({ git, deployed, live, parameters = {}, missing = [] }: Sides) {
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://x/y',
    properties: { templateFile: 'A.template.json' },
  };
  const P = { logicalId: 'P', type: 'AWS::SSM::Parameter', physicalId: 'p', properties: live };
  const account = accountOf(ACCOUNT, { 'eu-west-1': [{ name: 'A', template: deployed, parameters, resources: [P] }] });
  const { report, warnings } = await scanFiles(
    {
      'gitops-drift.yaml': CONFIG,
      'cdk.out/manifest.json': JSON.stringify({ version: '55.0.0', artifacts: { A: stack }, missing }),
      'cdk.out/A.template.json': JSON.stringify(git),
      'live.json': JSON.stringify(account),
    },
    {},
  );
  const [resource] = report.resources;
  return {
    found: report.findings.map(({ verdict, path }) => `${verdict} ${path}`),
    unverified: resource?.unverifiable.map(({ path }) => path),
    told: warnings.map(({ code }) => code),
  };
}

const of = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...more,
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', ...properties } } },
});
const legacy = (hash: string) => {
  const name = `AssetParameters${hash}S3BucketABCDEF01`;
  return of({ Value: { 'Fn::Join': ['/', [{ Ref: name }, 'key']] } }, { Parameters: { [name]: { Type: 'String' } } });
};

test('parameters that older synthesizers make for what is uploaded are those of the deployment', async () => {
  const parameters = { [`AssetParameters${OTHER}S3BucketABCDEF01`]: 'staging' };
  const sides = { git: legacy(HASH), deployed: legacy(OTHER), parameters };
  const live = { Type: 'String', Value: 'staging/key' };
  expect(await scanned({ ...sides, live })).toEqual({ found: [], unverified: [], told: [] });
  const changed = { ...live, Value: 'elsewhere/key' };
  expect(await scanned({ ...sides, live: changed })).toMatchObject({ found: ['drift /Value'] });
});

test.each([
  ['a hash alone', `s3://assets/${HASH}.zip`, `s3://assets/${OTHER}.zip`, []],
  ['several hashes', `${HASH}:${HASH}`, `${OTHER}:${OTHER}`, []],
  ['more than the hash', `s3://assets/${HASH}.zip`, `s3://other/${OTHER}.zip`, ['undeployed /Value']],
  ['a hash in one alone', `s3://assets/${HASH}.zip`, 's3://assets/x.zip', ['undeployed /Value']],
  ['no hash', 'one', 'other', ['undeployed /Value']],
  ['a part of a longer name', `x${HASH}`, `x${OTHER}`, ['undeployed /Value']],
])('texts that differ in %s', async (_, git, deployed, found) => {
  const live = { Type: 'String', Value: deployed };
  const { found: told } = await scanned({ git: of({ Value: git }), deployed: of({ Value: deployed }), live });
  expect(told).toEqual(found);
});

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['another value', { Value: 'dummy' }, { Value: 'real' }, ['/Value']],
  ['the same value', { Value: 'real' }, { Value: 'real' }, []],
  ['what only Git has', { Value: 'v', Description: 'dummy' }, { Value: 'v' }, ['/Description']],
  ['what only the deployed one has', { Value: 'v' }, { Value: 'v', Description: 'real' }, ['/Description']],
  [
    'a list of another length',
    { Value: 'v', Tags: { a: ['x'] } },
    { Value: 'v', Tags: { a: ['x', 'y'] } },
    ['/Tags/a'],
  ],
])('without what the context looks up, %s', async (_, git, deployed, unverified) => {
  const live = { Type: 'String', ...deployed };
  const missing = [{ key: 'vpc-provider:x' }];
  expect(await scanned({ git: of(git), deployed: of(deployed), live, missing })).toMatchObject({
    found: [],
    unverified,
    told: [],
  });
});

test('what the deployed template alone has, of CDK itself, is no difference; another resource is', async () => {
  const live = { Type: 'String', Value: 'v' };
  const withMore = (type: string) => {
    const { Resources } = of({ Value: 'v' }) as { Resources: JsonObject };
    return { Resources: { ...Resources, More: { Type: type } } };
  };
  const git = of({ Value: 'v' });
  expect(await scanned({ git, deployed: withMore('AWS::CDK::Metadata'), live })).toMatchObject({ found: [], told: [] });
  expect(await scanned({ git, deployed: withMore('AWS::SQS::Queue'), live })).toMatchObject({
    told: ['cdk-not-as-deployed'],
  });
});
