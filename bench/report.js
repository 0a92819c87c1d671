/** A report as a big estate in bad shape would have it: what the formats are measured with. */
const ACCOUNT = '111111111111';
const RULES = [
  ['public-ingress', 'critical', 'Ingress from anywhere'],
  ['iam-changed', 'high', 'IAM policy changed'],
  ['configuration', 'medium', 'Configuration changed'],
  ['tags', 'low', 'Tags changed'],
].map(([id, severity, title]) => ({
  id,
  severity,
  title,
  why: `${title}: what was reviewed is no longer what runs.`,
  help: 'Adopt it with the patch, or revert it.',
}));

const KINDS = [
  (n) => ['/SecurityGroupIngress/0/CidrIp', '10.0.0.0/8', n % 3 === 0 ? '0.0.0.0/0' : `10.${n % 250}.0.0/16`],
  (n) => ['/PolicyDocument', policy(n, 's3:GetObject'), policy(n, 's3:*')],
  (n) => ['/MemorySize', 512, 512 + n],
  (n) => ['/Tags/2', undefined, { Key: `Owner${n}`, Value: 'maria' }],
  (n) => ['/UserData', script(n, 'start'), script(n, 'restart')],
  (n) => ['/Environment/Variables/LOG_LEVEL', 'info', n % 2 === 0 ? 'debug' : undefined],
];

/** A valid report with so many findings, each with its rule, place, excerpt, ways out and (but for every tenth) an edit. */
export function createReport(count) {
  const stacks = Array.from({ length: Math.ceil(count / 50) }, (_, index) => ({
    name: `shop-${index}`,
    region: index % 2 === 0 ? 'eu-west-1' : 'us-east-1',
    account: ACCOUNT,
    template: `templates/shop-${index}.yaml`,
    status: 'scanned',
  }));
  const findings = Array.from({ length: count }, (_, n) => finding(n, stacks[Math.floor(n / 50)]));
  const resources = findings.flatMap(({ stack, region, account, logicalId, type, physicalId }) => {
    const resource = { stack, region, account, type, status: 'modified', unverifiable: [] };
    const twin = { ...resource, logicalId: `${logicalId}Twin`, physicalId: `${physicalId}-twin`, status: 'inSync' };
    return [{ ...resource, logicalId, physicalId }, twin];
  });
  const of = (severity) => findings.filter((each) => each.severity === severity).length;
  const statuses = {
    inSync: count,
    modified: count,
    deleted: 0,
    unmanaged: 0,
    undeployed: 0,
    unreadable: 0,
    unsupported: 0,
  };
  return {
    schemaVersion: 1,
    tool: { name: 'gitops-drift', version: '0.1.0' },
    scan: {
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 60_000,
      provider: 'aws',
      repository: 'https://example.com/shop.git',
      ref: null,
      commit: 'c'.repeat(40),
      dirty: false,
    },
    summary: {
      stacks: stacks.length,
      resources: { total: resources.length, ...statuses },
      findings: { critical: of('critical'), high: of('high'), medium: of('medium'), low: of('low') },
      suppressed: 0,
      properties: { compared: count * 12, unverifiable: 0 },
      exitCode: 1,
    },
    stacks,
    resources,
    findings,
    rules: RULES,
  };
}

function finding(n, { name, region, template }) {
  const [path, desired, live] = KINDS[n % KINDS.length](n);
  const { id: rule, severity } = RULES[n % RULES.length];
  const line = 10 + (n % 50) * 20;
  const place = { file: template, line, column: 9, endLine: line, endColumn: 30 };
  const id = n.toString(16).padStart(16, '0');
  const edit = { ...place, blob: 'b'.repeat(40), text: JSON.stringify(live ?? '') };
  const lines = Array.from({ length: 5 }, (_, at) => `      Property${at}: a value of line ${line + at}`);
  return {
    id,
    ...{ stack: name, region, account: ACCOUNT, logicalId: `Resource${n}`, type: 'AWS::Lambda::Function' },
    physicalId: `${name}-Resource${n}-1ABCDEFGHIJKL`,
    kind: 'modified',
    verdict: n % 20 === 0 ? 'conflict' : 'drift',
    path,
    ...(desired === undefined ? {} : { desired }),
    ...(live === undefined ? {} : { live }),
    severity,
    rule,
    location: { ...place, excerpt: { line: line - 2, lines } },
    remedies: [
      { way: 'adopt', command: `gitops-drift patch --stack ${name} --finding ${id} --apply` },
      {
        way: 'revert',
        command: `aws cloudformation create-change-set --stack-name ${name} --region ${region} --change-set-name revert-drift --deployment-mode REVERT_DRIFT --use-previous-template`,
        next: ['describe', 'execute'].map(
          (what) =>
            `aws cloudformation ${what}-change-set --stack-name ${name} --region ${region} --change-set-name revert-drift`,
        ),
        note: 'undoes all drift of the stack: review the change set before you execute it',
      },
      {
        way: 'ignore',
        command: `gitops-drift ignore ${id} --stack ${name} --reason 'say why it may stay'`,
        note: 'writes a rule to gitops-drift.yaml that covers this finding and no other',
      },
    ],
    patch:
      n % 10 === 0
        ? { status: 'refused', reason: 'an alias is used elsewhere, too' }
        : { status: 'patchable', summary: `${template}:${line}  old → new`, edits: [edit] },
  };
}

function policy(n, action) {
  const statements = Array.from({ length: 6 }, (_, at) => ({
    Sid: `Statement${at}`,
    Effect: 'Allow',
    Action: at === n % 6 ? [action, 's3:PutObject'] : ['s3:ListBucket'],
    Resource: `arn:aws:s3:::shop-${n}-${at}/*`,
  }));
  return { Version: '2012-10-17', Statement: statements };
}

function script(n, verb) {
  const lines = Array.from({ length: 40 }, (_, at) =>
    at === n % 40 ? `systemctl ${verb} shop-${n}` : `echo step ${at} of ${n}`,
  );
  return `#!/bin/sh\n${lines.join('\n')}\n`;
}
