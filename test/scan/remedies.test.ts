import { describe, expect, test } from '@jest/globals';
import { cloudFormation } from '../../src/iac/cloudformation/index.js';
import type { Finding } from '../../src/model/report.js';
import { type Judged, remediesFor } from '../../src/scan/remedies.js';
import type { ScanRequest } from '../../src/scan/request.js';
import type { StackScan } from '../../src/scan/stack-scan.js';

const REGION = 'eu-west-1';
const ACCOUNT = '111111111111';

function finding(stack = 'shop', more: Partial<Finding> = {}): Finding {
  return {
    ...{ id: '0123456789abcdef', stack, region: REGION, account: ACCOUNT, logicalId: 'Queue', type: 'AWS::SQS::Queue' },
    ...{ physicalId: 'queue-1', kind: 'modified', verdict: 'drift', path: '/DelaySeconds', severity: 'low' },
    ...{ rule: 'changed', patch: { status: 'patchable' } },
    ...more,
  };
}

function scanOf(stack: string, root: string | undefined, place: Partial<Finding> = {}): StackScan {
  const { region = REGION, account = ACCOUNT } = place;
  const found = { name: root ?? '', region, hasNested: false };
  const report = { name: stack, region, account, template: 'shop.yaml', status: 'scanned' };
  const scan = {
    stack: report,
    resources: [],
    findings: [],
    compared: 1,
    ...(root === undefined ? {} : { root: found }),
  };
  return scan as unknown as StackScan;
}

/** The ways out of findings that all count. */
function remediesOf(
  findings: readonly Finding[],
  scans: readonly StackScan[],
  request: Partial<ScanRequest> = {},
  rules: Judged['rules'] = [],
) {
  const judged = { suppressed: new Map(), patches: new Map(), rules };
  return remediesFor(findings, judged, scans, { repository: '.', ...request }, cloudFormation);
}

/** The commands that are offered for findings. */
function commands(findings: readonly Finding[], scans: readonly StackScan[], request: Partial<ScanRequest> = {}) {
  const all = remediesOf(findings, scans, request);
  return findings.map((each) => (all.get(each) ?? []).map(({ command }) => command ?? ''));
}

const ADOPT = '--stack shop --finding 0123456789abcdef --apply';

describe('the command that adopts a finding', () => {
  test.each<[string, Partial<ScanRequest>, string]>([
    ['nothing more for a plain scan', {}, `gitops-drift patch ${ADOPT}`],
    ['the repository', { repository: '../infra' }, `gitops-drift patch ../infra ${ADOPT}`],
    ['the configuration', { config: 'prod.yaml' }, `gitops-drift patch --config prod.yaml ${ADOPT}`],
    ['the provider', { provider: 'cloudformation' }, `gitops-drift patch --provider cloudformation ${ADOPT}`],
    ['the snapshot', { snapshot: 'live.json' }, `gitops-drift patch --snapshot live.json ${ADOPT}`],
    ['the regions', { regions: [REGION, 'us-east-1'] }, `gitops-drift patch --region ${REGION} us-east-1 ${ADOPT}`],
    [
      'the commit, of which no work tree can be edited',
      { ref: 'main' },
      'gitops-drift patch --ref main --stack shop --finding 0123456789abcdef --branch adopt-0123456789abcdef',
    ],
    [
      'words that a shell would take apart',
      { config: 'my file.yaml' },
      `gitops-drift patch --config 'my file.yaml' ${ADOPT}`,
    ],
    ['none of the stacks that were asked for', { stacks: ['sh*'], failOn: 'high' }, `gitops-drift patch ${ADOPT}`],
  ])('says %s', (_, request, expected) => {
    expect(commands([finding()], [scanOf('shop', 'shop')], request)[0]?.[0]).toBe(expected);
  });
});

describe('a finding has the ways out', () => {
  test('of its own stack, where others have its name in another region or account', () => {
    const scans = [
      scanOf('shop', 'wrong-region', { region: 'us-east-1' }),
      scanOf('shop', 'right'),
      scanOf('shop', 'wrong-account', { account: '222222222222' }),
    ];
    const [[adopt, revert] = []] = commands([finding()], scans);
    // All of them have the same template, so an edit is proven only where all are scanned.
    expect(adopt).toBe('gitops-drift patch --finding 0123456789abcdef --apply');
    expect(revert).toBe('gitops-drift revert --stack right --finding 0123456789abcdef');
  });

  test('of its own stack, where that is nested', () => {
    const scans = [scanOf('shop', 'shop'), scanOf('shop/Net', 'shop-Net-1')];
    const [[, revert] = []] = commands([finding('shop/Net')], scans);
    expect(revert).toContain('--stack shop-Net-1 ');
  });

  test('in the order that its rule advises', () => {
    const given = finding();
    const rule = { id: 'changed', severity: 'low', title: '', why: '', help: '', first: 'revert' } as const;
    const waysBy = (rules: Judged['rules']) =>
      remediesOf([given], [scanOf('shop', 'shop')], {}, rules)
        .get(given)
        ?.map(({ way }) => way);
    expect(waysBy([rule])).toEqual(['revert', 'adopt', 'ignore']);
    expect(waysBy([{ ...rule, id: 'another' }])).toEqual(['adopt', 'revert', 'ignore']);
  });

  test('of none, where its stack could not be read', () => {
    const given = finding();
    expect(remediesOf([given], [scanOf('shop', undefined)]).get(given)).toBeUndefined();
  });
});

test('what does not count, or what has an edit, is taken into account', () => {
  const given = finding('shop', { patch: { status: 'none' } });
  const refused = { status: 'refused', reason: 'it holds a secret' } as const;
  const of = (judged: Partial<Judged>) =>
    remediesFor(
      [given],
      { suppressed: new Map(), patches: new Map(), rules: [], ...judged },
      [scanOf('shop', 'shop')],
      { repository: '.' },
      cloudFormation,
    ).get(given);
  expect(of({ suppressed: new Map([[given, {}]]) })).toBeUndefined();
  expect(of({ patches: new Map([[given, refused]]) })?.[0]).toEqual({
    way: 'adopt',
    note: 'by hand: it holds a secret',
  });
});

test('undoing drift comes with a warning where it also removes what another stack put into it', () => {
  const owned = [{ path: '/SecurityGroupIngress', stack: 'edge', logicalId: 'Rule', type: 'AWS::EC2::Ingress' }];
  const root = scanOf('shop', 'shop');
  const touched = { ...root, resources: [{ logicalId: 'Group', owned }] } as unknown as StackScan;
  const given = finding();
  const notes = (scans: StackScan[]) =>
    remediesOf([given], scans)
      .get(given)
      ?.map(({ note = '' }) => note)
      .join();
  const warning = 'WARNING: it may also remove what Rule of stack edge put into Group/SecurityGroupIngress';
  expect(notes([root])).not.toContain('WARNING');
  expect(notes([touched])).toContain(warning);
});
