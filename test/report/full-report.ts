import type { Finding, Remedy, Report, RuleReport } from '../../src/model/report.js';
import { finding, reportOf, resource, richReport, stack } from './sample.js';

const RULES: RuleReport[] = [
  { ...rule('public-ingress', 'critical', 'Ingress from anywhere'), first: 'revert' },
  rule('iam-changed', 'high', 'IAM policy changed'),
  rule('deleted', 'high', 'Resource deleted'),
  rule('configuration', 'medium', 'Configuration changed'),
  rule('tags', 'low', 'Tags or description changed'),
  rule('pending', 'low', 'Not deployed yet'),
];

function rule(id: string, severity: RuleReport['severity'], title: string): RuleReport {
  return {
    id,
    severity,
    title,
    why: `Why "${title}" <matters> & to whom.`,
    help: 'Adopt it with the patch, or revert it.',
  };
}

function withoutLocation({ location: _, ...rest }: Finding): Finding {
  return rest;
}

/**
 * The report that every format is held to: all verdicts, kinds and severities, unicode, very long values, suppressed,
 * known and unreadable ones, patches, remedies and excerpts.
 */
export function fullReport(): Report {
  const { stacks, resources, findings } = richReport();
  const bucket = resource('shop-data', 'Ünïcode購買Bucket', 'AWS::S3::Bucket', { status: 'modified' });
  const queue = resource('shop-app', 'Jobs', 'AWS::SQS::Queue', { status: 'modified' });
  const plan = resource('shop-app', 'Plan', 'AWS::Budgets::Budget', {
    status: 'unsupported',
    reason: 'neither Cloud Control nor CloudFormation reads it',
  });
  const role = resource('shop-app', 'WorkerRole', 'AWS::IAM::Role', { status: 'modified', undeclared: 'baselined' });
  const table = resource('shop-data', 'Orders', 'AWS::DynamoDB::Table', {
    status: 'modified',
    undeclared: 'withoutBaseline',
  });
  const undeclared = { undeclared: true } as const;
  const nested = resource('shop-app/Workers', 'Pool', 'AWS::AutoScaling::AutoScalingGroup', { status: 'modified' });
  const document = { Version: '2012-10-17', Statement: [{ Sid: 'A', Effect: 'Allow', Action: 's3:GetObject' }] };
  const opened = { ...document, Statement: [{ Sid: 'A', Effect: 'Allow', Action: ['s3:*', 's3:GetObject'] }] };
  const all: Finding[] = [
    ...findings,
    finding(bucket, '/Tags/0/Value', 12, { desired: 'größe', live: '注文 🛒 e\u0301', severity: 'low', rule: 'tags' }),
    finding(bucket, '/LongText', 14, { desired: `${'long '.repeat(4000)}end`, live: `${'long '.repeat(4000)}tail` }),
    finding(bucket, '/Policy', 15, { desired: JSON.stringify(document), live: JSON.stringify(opened) }),
    finding(queue, '/DelaySeconds', 31, { desired: 5, deployed: 10, live: 15, verdict: 'conflict' }),
    finding(queue, '/VisibilityTimeout', 33, {
      desired: 60,
      deployed: 30,
      live: 60,
      verdict: 'adopted',
      severity: 'low',
    }),
    finding(queue, '/Script', 34, { desired: 'one\ntwo\nthree\n', live: 'one\n2 <two>\nthree\n' }),
    finding(nested, '/MaxSize', 8, { desired: 4, live: 9, baseline: 'known' }),
    finding(nested, '/DesiredCapacity', 9, {
      desired: 2,
      live: 5,
      suppressed: { reason: 'autoscaling *owns* it', by: 'template', file: 'templates/shop-app/Workers.yaml', line: 8 },
    }),
    finding(role, '/ManagedPolicyArns/0', 40, { ...undeclared, change: 'appeared', live: ['arn:<x>', { a: 'b | c' }] }),
    finding(role, '/MaxSessionDuration', 40, { ...undeclared, change: 'changed', accepted: 3600, live: 43200 }),
    finding(role, '/Description', 40, { ...undeclared, change: 'disappeared', accepted: { note: 'of *old*' } }),
    finding(table, '/DeletionProtectionEnabled', 50, { ...undeclared, live: false }),
    withoutLocation(
      finding(resource('', '', 'AWS::EC2::Instance', { physicalId: 'i-0123456789abcdef0' }), '', 1, {
        kind: 'unmanaged',
        reason: 'the stack whose tags it carries is gone',
        patch: { status: 'none', reason: 'no template declares it' },
        remedies: [{ way: 'import', note: 'declare it in a template' }],
      }),
    ),
  ];
  const report = reportOf({
    stacks: [...stacks, stack('shop-app/Workers', { deployedAs: 'shop-app-Workers-1ABC' })],
    resources: [...resources, bucket, queue, plan, nested, role, table],
    findings: all.map(completed),
    compared: 231,
    errors: [{ region: 'ap-south-1', account: '222222222222', error: 'AccessDenied: sts:AssumeRole' }],
  });
  const warnings = [
    {
      code: 'ignore-expired',
      ...{ message: 'this ignore rule has expired on 2026-01-31 (a <b>freeze</b>)', hint: 'renew it or remove it' },
      ...{ file: 'gitops-drift.yaml', line: 30, column: 5 },
    },
    { code: 'git-not-committed', message: 'the work tree has uncommitted changes: templates/shop-app.yaml' },
  ];
  return { ...report, rules: RULES, warnings };
}

/** Gives a finding what a scan would: its rule, its ways out, the lines around it, and some of them a patch. */
function completed(of: Finding): Finding {
  const { id, stack: name, region, kind, path, verdict, severity } = of;
  const graver = path.startsWith('/SecurityGroupIngress')
    ? 'critical'
    : path.startsWith('/Policies')
      ? 'high'
      : severity;
  const own =
    kind === 'deleted' ? 'high' : verdict === 'undeployed' ? 'low' : path.startsWith('/Tags') ? 'low' : graver;
  const isDrift = verdict === 'drift' || verdict === 'conflict';
  const remedies: Remedy[] = [
    { way: 'adopt', command: `gitops-drift patch --stack ${name} --finding ${id} --apply` },
    {
      way: 'revert',
      next: ['describe', 'execute'].map(
        (what) =>
          `aws cloudformation ${what}-change-set --stack-name ${name} --region ${region} --change-set-name revert-drift`,
      ),
      command: `aws cloudformation create-change-set --stack-name ${name} --region ${region} --change-set-name revert-drift --deployment-mode REVERT_DRIFT --use-previous-template`,
      note: 'undoes all drift of the stack: review the change set before you execute it',
    },
    { way: 'ignore', command: `gitops-drift ignore ${id} --stack ${name} --reason 'say why it may stay'` },
  ];
  // Its rule says so.
  if (own === 'critical') remedies.splice(0, 2, ...remedies.slice(0, 2).reverse());
  const { location } = of;
  const excerpt = location && {
    line: Math.max(1, location.line - 1),
    lines: ['  Before:', `    ${path.split('/').at(-1) ?? ''}: <here> & "there"`, '    After: **bold** `code`'],
  };
  const changed: Finding = {
    ...of,
    severity: own,
    rule:
      RULES.find(
        (each) => each.severity === own && (own !== 'high' || (kind === 'deleted') === (each.id === 'deleted')),
      )?.id ?? 'configuration',
    ...(location && excerpt ? { location: { ...location, excerpt } } : {}),
    ...(isDrift && kind === 'modified' && !of.suppressed ? { remedies } : {}),
  };
  if (!location || kind !== 'modified' || !isDrift || of.suppressed) return changed;
  if (verdict === 'conflict')
    return { ...changed, patch: { status: 'refused', reason: 'Git has a change of its own there' } };
  const { file, line, column, endLine, endColumn } = location;
  const edit = { file, line, column, endLine, endColumn, blob: 'b'.repeat(40), text: JSON.stringify(of.live ?? '') };
  const patch = { status: 'patchable' as const, summary: `${file}:${line}  old → new`, edits: [edit] };
  return { ...changed, patch };
}
