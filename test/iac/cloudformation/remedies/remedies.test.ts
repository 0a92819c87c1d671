import { describe, expect, test } from '@jest/globals';
import { remediesOf } from '../../../../src/iac/cloudformation/remedies/remedies.js';
import type { RootStack } from '../../../../src/iac/root-stack.js';
import type { Finding } from '../../../../src/model/report.js';

const ROOT: RootStack = {
  name: 'shop',
  region: 'eu-west-1',
  hasNested: false,
};
const FINDING: Finding = {
  id: '0123456789abcdef',
  stack: 'shop',
  region: 'eu-west-1',
  account: '111111111111',
  logicalId: 'Queue',
  type: 'AWS::SQS::Queue',
  physicalId: 'queue-1',
  kind: 'modified',
  verdict: 'drift',
  path: '/DelaySeconds',
  severity: 'low',
  rule: 'changed',
  patch: { status: 'patchable' },
};
const PATCH = 'gitops-drift patch --stack shop --finding 0123456789abcdef';
const REVERT = 'gitops-drift revert --stack shop --finding 0123456789abcdef';
const NEXT = [`${REVERT} --execute`];
const UNDO =
  'shows the change set that undoes the drift of stack shop, and deletes it again; what it does beyond this finding is refused without --whole-stack';
const IGNORE = {
  way: 'ignore',
  command: "gitops-drift ignore 0123456789abcdef --stack shop --reason 'say why it may stay'",
  note: 'writes a rule to gitops-drift.yaml that covers this finding and no other',
};

function remedies(finding: Partial<Finding> = {}, root: RootStack | undefined = ROOT, scanned: string[] = []) {
  return remediesOf({ ...FINDING, ...finding }, root, scanned);
}

describe('the ways out of drift', () => {
  test('adopt it, undo it, or let it be', () => {
    expect(remedies()).toEqual([
      { way: 'adopt', command: `${PATCH} --apply` },
      { way: 'revert', command: REVERT, next: NEXT, note: UNDO },
      IGNORE,
    ]);
  });

  test('undo it first, where its rule says so', () => {
    const ways = remediesOf(FINDING, ROOT, [], { first: 'revert' }).map(({ way }) => way);
    expect(ways).toEqual(['revert', 'adopt', 'ignore']);
  });

  test('what a patch has to say is told', () => {
    expect(remedies({ patch: { status: 'patchable', note: 'two stacks' } })[0]).toEqual({
      way: 'adopt',
      command: `${PATCH} --apply`,
      note: 'two stacks',
    });
  });

  test('by hand, where no edit could be proven or Git has moved on', () => {
    expect(remedies({ patch: { status: 'refused', reason: 'it holds a secret' } })[0]).toEqual({
      way: 'adopt',
      note: 'by hand: it holds a secret',
    });
    expect(remedies({ verdict: 'conflict' }).slice(0, 2)).toEqual([
      { way: 'adopt', note: 'by hand: Git has a change of its own there' },
      {
        way: 'revert',
        command: REVERT,
        next: NEXT,
        note: `${UNDO}; puts back what was deployed, which Git has changed since`,
      },
    ]);
  });

  test('not by adopting, where nobody looked for an edit', () => {
    expect(remedies({ patch: { status: 'none' } }).map(({ way }) => way)).toEqual(['revert', 'ignore']);
  });

  test('a resource that is gone is taken out, where that is proven', () => {
    const reason = 'the resource is gone';
    const gone = (patch: Finding['patch']) => remedies({ kind: 'deleted', path: '', patch })[0];
    expect(gone({ status: 'refused', reason, includeDeletions: true })).toEqual({
      way: 'adopt',
      command: `${PATCH} --include-deletions --apply`,
      note: 'takes the resource out of the template',
    });
    expect(gone({ status: 'refused', reason })).toEqual({ way: 'adopt', note: `by hand: ${reason}` });
  });

  test('what was scanned at a commit goes to a branch', () => {
    const [adopt] = remedies({}, ROOT, ['shop repo', '--ref', 'v1']);
    expect(adopt?.command).toBe(
      "gitops-drift patch 'shop repo' --ref v1 --stack shop --finding 0123456789abcdef --branch adopt-0123456789abcdef",
    );
  });

  test.each([
    [[], ''],
    [['infra', '--config', 'prod.yaml', '--region', 'eu-west-1'], ' infra --config prod.yaml --region eu-west-1'],
    [['--snapshot', 'live.json'], ' --provider aws'],
    [['--provider', 'snapshot', '--snapshot', 'live.json'], ' --provider aws'],
    [['--provider', 'cloudformation'], ' --provider cloudformation'],
  ])('undoing what was scanned with %j is asked of the cloud', (scanned, words) => {
    expect(remedies({}, ROOT, scanned)[1]?.command).toBe(REVERT.replace('revert', `revert${words}`));
  });

  test.each<[string, Partial<Finding>, RegExp]>([
    ['whose live state change sets do not look at', { type: 'AWS::MSK::Cluster' }, /don't look at the live state/],
    ['that can only be set at creation', { path: '/QueueName' }, /only be set when the resource is created/],
  ])('no command undoes by a change set what is of a kind %s', (_, finding, note) => {
    expect(remedies(finding)[1]).toEqual({ way: 'revert', note: expect.stringMatching(note) });
  });

  test('a change set covers one stack: not those nested in it, nor the one that it is nested in', () => {
    expect(remedies({}, { ...ROOT, hasNested: true })[1]?.note).toContain('not that of stacks nested in it');
    const [adopt, revert] = remedies(
      { stack: 'shop/Net' },
      { ...ROOT, name: 'shop-Net-1', scannedWith: 'shop', isNested: true },
    );
    expect(adopt?.command).toBe(`${PATCH} --apply`);
    expect(revert?.command).toBe(REVERT);
    expect(revert?.note).toContain('where AWS takes none for a nested stack, deploy its root stack again');
  });

  test('a rule is written to the work tree, whatever commit was scanned', () => {
    const command = remedies({}, ROOT, ['infra', '--ref', 'v1', '--config', 'prod.yaml'])[2]?.command;
    expect(command).toBe(
      "gitops-drift ignore 0123456789abcdef infra --config prod.yaml --stack shop --reason 'say why it may stay'",
    );
  });
});

describe('other findings', () => {
  test.each(['undeployed', 'adopted'] as const)('%s: the next deployment brings it', (verdict) => {
    expect(remedies({ verdict })).toEqual([{ way: 'deploy', note: 'nothing drifted: the next deployment brings it' }]);
  });

  test('there is none where the stack is not known', () => {
    expect(remediesOf(FINDING, undefined, [])).toEqual([]);
  });

  test('what no stack owns is imported, or deleted', () => {
    const found: Partial<Finding> = { kind: 'unmanaged', type: 'AWS::SQS::Queue', physicalId: "it's" };
    expect(remediesOf({ ...FINDING, ...found }, undefined, [])).toEqual([
      {
        way: 'import',
        command: `aws cloudcontrol get-resource --region eu-west-1 --type-name AWS::SQS::Queue --identifier 'it'\\''s'`,
        note: 'shows its properties: declare it in a template, and import it by a change set of type IMPORT',
      },
      { way: 'delete', note: 'by the service that it belongs to, when you are sure that nothing needs it' },
    ]);
  });
});
