import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import type { Baseline } from '../../src/baseline/baseline.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Judgement, JudgeOptions } from '../../src/scan/judgement.js';
import { type SeverityRules, severityRules } from '../../src/severity/rules.js';
import type { Opening } from '../../src/severity/undeclared.js';
import { ACCOUNT, judged, REGION, recorded } from './stack.js';

const SALT = '0123456789abcdef0123456789abcdef';
const TEMPLATE = `Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: shop
`;

function baselineOf(values: Record<string, Json>, more: { type?: string; physicalId?: string } = {}): Baseline {
  const entry = { type: 'AWS::S3::Bucket', physicalId: 'Bucket', values: new Map(Object.entries(values)), ...more };
  return { salt: SALT, entries: new Map([[`${ACCOUNT}/${REGION}/shop/Bucket`, entry]]) };
}

/** Judges the bucket with something live that the template does not declare. */
async function judgedWith(
  live: JsonObject,
  options: Partial<JudgeOptions> = {},
  more: { template?: string; deployed?: string } = {},
): Promise<Judgement> {
  const { template = TEMPLATE, deployed = template } = more;
  const resources = [recorded('Bucket', 'AWS::S3::Bucket', { BucketName: 'shop', ...live })];
  const [one] = await judged({ template, stack: { template: deployed }, resources }, options);
  if (one === undefined) throw new Error('nothing was judged');
  return one;
}

async function findingsOf(...args: Parameters<typeof judgedWith>) {
  const { findings } = await judgedWith(...args);
  return findings.map(({ path, undeclared, verdict, change, accepted, live }) => ({
    path,
    undeclared,
    verdict,
    change,
    accepted,
    live,
  }));
}

/** Severity rules to which a text is open by itself. */
function opensAt(path: string, stablePath = path): SeverityRules {
  const open = (live: Json): Opening => ({ path, stablePath, live, rated: { severity: 'critical', rule: 'open' } });
  return {
    ...severityRules(cloudFormationTypes),
    openings: (rest) =>
      rest.flatMap((value) =>
        path.startsWith(value.path) && JSON.stringify(value.live).includes('open') ? [open('open')] : [],
      ),
  };
}

describe('what the shipped rules call open', () => {
  test('is found at the value, with its rule', async () => {
    const { findings } = await judgedWith({ VersioningConfiguration: { Status: 'Suspended' }, AbacStatus: 'Enabled' });
    expect(findings).toMatchObject([
      {
        ...{ path: '/VersioningConfiguration/Status', live: 'Suspended', undeclared: true, verdict: 'drift' },
        ...{ severity: 'high', rule: 'versioning-off' },
      },
    ]);
  });

  test('is the same finding wherever it is in its list', async () => {
    const topic = (account: string) => ({ Event: 's3:*', Topic: `arn:aws:sns:eu-west-1:${account}:events` });
    const notifying = async (...accounts: string[]) => {
      const NotificationConfiguration = { TopicConfigurations: accounts.map(topic) };
      return (await judgedWith({ NotificationConfiguration })).findings;
    };
    const [first] = await notifying('222222222222', ACCOUNT);
    const [second, ...others] = await notifying(ACCOUNT, '222222222222');
    expect(others).toEqual([]);
    expect([first?.path, second?.path]).toEqual(
      [0, 1].map((at) => `/NotificationConfiguration/TopicConfigurations/${at}`),
    );
    expect(second).toMatchObject({ id: first?.id, rule: 'sent-to-another-account' });
  });
});

describe('without a baseline', () => {
  test('only what is open by itself is found', async () => {
    expect(await findingsOf({ AbacStatus: 'Enabled' })).toEqual([]);
    const severity = opensAt('/AbacStatus');
    const found = await findingsOf({ AbacStatus: 'open' }, { severity });
    expect(found).toEqual([
      { path: '/AbacStatus', undeclared: true, verdict: 'drift', change: undefined, accepted: undefined, live: 'open' },
    ]);
    const { resource, findings } = await judgedWith({ AbacStatus: 'open' }, { severity });
    expect([resource.status, resource.undeclared]).toEqual(['modified', 'withoutBaseline']);
    expect(findings).toMatchObject([{ severity: 'critical', location: { file: 'shop.yaml', line: 2 } }]);
  });
});

describe('with an entry in the baseline', () => {
  const of = (live: JsonObject, values: Record<string, Json>, more: Partial<JudgeOptions> = {}) =>
    findingsOf(live, { baseline: baselineOf(values), ...more });

  test('the accepted state is in sync', async () => {
    const { resource } = await judgedWith(
      { AbacStatus: 'Enabled' },
      { baseline: baselineOf({ '/AbacStatus': 'Enabled' }) },
    );
    expect([resource.status, resource.undeclared]).toEqual(['inSync', 'baselined']);
  });

  test.each<[string, JsonObject, Record<string, Json>, object]>([
    ['appeared', { AbacStatus: 'Enabled' }, {}, { change: 'appeared', live: 'Enabled' }],
    [
      'changed',
      { AbacStatus: 'Enabled' },
      { '/AbacStatus': 'x' },
      { change: 'changed', accepted: 'x', live: 'Enabled' },
    ],
    ['disappeared', {}, { '/AbacStatus': 'x' }, { change: 'disappeared', accepted: 'x' }],
  ])('%s', async (_, live, values, expected) => {
    expect(await of(live, values)).toEqual([
      { path: '/AbacStatus', undeclared: true, verdict: 'drift', accepted: undefined, live: undefined, ...expected },
    ]);
  });

  test('what the deployed template declares is no undeclared value, even where Git no longer has it', async () => {
    const deployed = `${TEMPLATE}      AbacStatus: Enabled\n`;
    const found = await findingsOf({ AbacStatus: 'Enabled' }, { baseline: baselineOf({}) }, { deployed });
    expect(found).toMatchObject([{ verdict: 'undeployed' }]);
  });

  test('an opening is told whatever the file says, at its own place, and once', async () => {
    const severity = opensAt('/AbacStatus');
    const open = { AbacStatus: 'open' };
    expect(await of(open, {}, { severity })).toMatchObject([{ change: 'appeared', live: 'open' }]);
    expect(await of(open, { '/AbacStatus': 'shut' }, { severity })).toMatchObject([
      { change: 'changed', accepted: 'shut', live: 'open' },
    ]);
    const [byHand, ...more] = await of(open, { '/AbacStatus': 'open' }, { severity });
    expect([byHand?.accepted, more]).toEqual([undefined, []]);
  });

  test('an opening hides no change elsewhere, though what was accepted there is what it is open by', async () => {
    const severity = opensAt('/AbacStatus');
    const found = await of(
      { AbacStatus: 'open', Other: 'shut', Gone: 'x' },
      { '/Other': 'open', '/Gone': 'x' },
      { severity },
    );
    expect(found.map(({ path, change, accepted, live }) => [path, change, accepted, live])).toEqual([
      ['/AbacStatus', 'appeared', undefined, 'open'],
      ['/Other', 'changed', 'open', 'shut'],
    ]);
    expect(await of({ AbacStatus: 'open' }, { '/Other': 'open' }, { severity })).toHaveLength(2);
  });

  test('an opening beside accepted elements leaves them accepted', async () => {
    const severity = opensAt('/Grants/1');
    const found = await of({ Grants: ['fine', 'open'] }, { '/Grants': ['fine'] }, { severity });
    expect(found).toMatchObject([{ path: '/Grants/1', live: 'open' }]);
    expect(await of({ Grants: ['fine', 'open'] }, { '/Grants': ['fine', 'open'] }, { severity })).toHaveLength(1);
  });

  test.each([
    ['another type', { type: 'AWS::SQS::Queue' }],
    ['another physical ID', { physicalId: 'other' }],
  ])('the entry of %s does not count', async (_, more) => {
    const { resource, isStale, findings } = await judgedWith({ AbacStatus: 'x' }, { baseline: baselineOf({}, more) });
    expect([resource.undeclared, isStale, findings]).toEqual(['withoutBaseline', true, []]);
  });
});

describe('what a baseline is to hold', () => {
  test('all that is live and undeclared, but no opening', async () => {
    const options = { recordWith: SALT, severity: opensAt('/Grants/1') };
    const { accepted } = await judgedWith({ AbacStatus: 'Enabled', Grants: ['fine', 'open'] }, options);
    expect([...(accepted ?? [])]).toEqual([
      ['/AbacStatus', 'Enabled'],
      ['/Grants', ['fine']],
    ]);
  });

  test('secrets as digests, by which a new one is told from the old', async () => {
    const live = (secret: string) => ({ AdminPassword: secret, Tags: [{ Key: 'DB_PASSWORD', Value: secret }] });
    const { accepted = new Map<string, Json>() } = await judgedWith(live('hunter2-hunter2'), { recordWith: SALT });
    expect(JSON.stringify([...accepted])).not.toContain('hunter2');
    const baseline = baselineOf(Object.fromEntries(accepted));
    expect(await findingsOf(live('hunter2-hunter2'), { baseline })).toEqual([]);
    const found = await findingsOf(live('hunter3-hunter3'), { baseline });
    expect(found.map(({ path, accepted: old, live: value }) => [path, old, value])).toEqual([
      ['/AdminPassword', '****', '****'],
      ['/Tags/0/Value', '****', '****'],
    ]);
  });

  test('what was recorded masked is not known: it is not written, and nothing is found of it', async () => {
    const { accepted } = await judgedWith({ AdminPassword: '****' }, { recordWith: SALT });
    expect(accepted?.size).toBe(0);
    const { accepted: known = new Map<string, Json>() } = await judgedWith(
      { AdminPassword: 'hunter2-hunter2' },
      { recordWith: SALT },
    );
    const baseline = baselineOf(Object.fromEntries(known));
    expect(await findingsOf({ AdminPassword: '****' }, { baseline })).toEqual([]);
  });
});

test('what AWS itself leaves open is no finding, and told where one asks', async () => {
  const template = `Resources:
  Cluster: { Type: "AWS::EKS::Cluster", Properties: { Name: c, ResourcesVpcConfig: { SubnetIds: [s] } } }
`;
  const live = { Name: 'c', ResourcesVpcConfig: { SubnetIds: ['s'], PublicAccessCidrs: ['0.0.0.0/0'] } };
  const given = { template, stack: { template }, resources: [recorded('Cluster', 'AWS::EKS::Cluster', live)] };
  const [one] = await judged(given);
  expect([one?.findings, one?.resource.openByDefault]).toEqual([[], undefined]);
  const [explained] = await judged(given, { explain: true });
  const told = { path: '/ResourcesVpcConfig/PublicAccessCidrs/0', live: '0.0.0.0/0', rule: 'ingress-from-anywhere' };
  expect([explained?.findings, explained?.resource.openByDefault]).toEqual([[], [told]]);
});
