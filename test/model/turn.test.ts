import { describe, expect, test } from '@jest/globals';
import type { Finding, ResourceReport, StackReport } from '../../src/model/report.js';
import type { Outcome } from '../../src/model/summary.js';
import { turnOf } from '../../src/model/turn.js';
import { finding, reportOf, resource, stack } from '../report/sample.js';

const queue = resource('shop', 'Queue', 'AWS::SQS::Queue');
const nested = resource('shop/Net/Dns', 'Zone', 'AWS::Route53::HostedZone');
const delay = finding(queue, '/DelaySeconds', 3, { live: 9 });
const zone = finding(nested, '/Name', 3, { live: 'x' });
const orphan: Finding = { ...finding(queue, '', 1), id: 'orphan', stack: '', logicalId: '', kind: 'unmanaged' };
const failed: Partial<StackReport> = { status: 'error', error: 'throttled' };
const shop = stack('shop');

interface Case {
  found?: Finding[];
  stacks?: StackReport[];
  resources?: ResourceReport[];
  errors?: Outcome['errors'];
  unmanaged?: boolean;
}

function turn(open: Finding, { found = [], unmanaged = false, errors, ...rest }: Case) {
  const parts = { stacks: [shop], resources: [queue], findings: found, ...rest };
  return turnOf([open], { ...reportOf({ ...parts, ...(errors && { errors }) }), unmanaged });
}

const DENIED = [{ region: 'eu-west-1', account: null, error: 'denied' }];

describe('what was open and is not found any more', () => {
  test.each<[string, Finding, Case, string | undefined]>([
    ['is settled', delay, {}, 'settled'],
    ['is settled with its resource', delay, { resources: [] }, 'settled'],
    ['is suppressed', delay, { found: [{ ...delay, suppressed: { reason: 'x' } }] }, 'suppressed'],
    ['is in Git now', delay, { found: [{ ...delay, id: 'other', verdict: 'adopted' }] }, 'pending'],
    ['stays: its resource was not read', delay, { resources: [{ ...queue, status: 'unreadable' }] }, undefined],
    ['stays: its stack was not read', delay, { stacks: [{ ...shop, ...failed }] }, undefined],
    ['stays: nobody knows in which account', delay, { stacks: [{ ...shop, ...failed, account: null }] }, undefined],
    ['stays: no stack was found', delay, { stacks: [], resources: [] }, undefined],
    ['stays: its region was not looked at', delay, { stacks: [stack('web')], errors: DENIED }, undefined],
    ['has left the scan', delay, { stacks: [stack('web')] }, 'notScanned'],
    ['has left the scan in its region', delay, { stacks: [stack('shop', { region: 'us-east-1' })] }, 'notScanned'],
    ['has left with its nested stack', zone, { resources: [] }, 'notScanned'],
    ['stays: what it is nested in was not read', zone, { stacks: [{ ...shop, ...failed }] }, undefined],
    [
      'stays: the stack between was not looked into',
      zone,
      {
        resources: [resource('shop', 'Net', 'AWS::CloudFormation::Stack', { status: 'unreadable', reason: 'denied' })],
      },
      undefined,
    ],
    ['in no stack, is settled', orphan, { unmanaged: true }, 'settled'],
    ['in no stack, stays: it was not looked for', orphan, {}, undefined],
    ['in no stack, stays: its region was not looked at', orphan, { unmanaged: true, errors: DENIED }, undefined],
    ['in no stack, has left with its region', orphan, { stacks: [stack('web', { region: 'x' })] }, 'notScanned'],
  ])('%s', (_, open, now, why) => {
    const { closed, open: left, unread } = turn(open, now);
    expect(closed.map((each) => each.why)).toEqual(why === undefined ? [] : [why]);
    expect([left.map(({ id }) => id), unread]).toEqual(why === undefined ? [[open.id], 1] : [[], 0]);
  });

  test('and drifted further is changed, neither opened nor closed', () => {
    const further = { ...delay, id: 'further', live: 10 };
    expect(turn(delay, { found: [further] })).toEqual({
      ...{ opened: [], changed: [further], closed: [], open: [further], unread: 0 },
    });
  });
});

test('only what counts opens', () => {
  const found = [
    delay,
    { ...delay, id: 'a', suppressed: { reason: 'x' } },
    { ...delay, id: 'b', verdict: 'undeployed' },
  ];
  const seen = reportOf({ stacks: [shop], resources: [queue], findings: found as Finding[] });
  expect(turnOf([], { ...seen, unmanaged: false }).opened).toEqual([delay]);
});
