/** IAM actions that a read handler asks for, by what they let one do; each sorted. */
export interface ReadActions {
  /** They tell how a resource is configured. */
  reads: string[];
  /** They also tell what is in it. */
  contents: string[];
  /** They may change something. */
  changes: string[];
}

const READ = /^(?:Admin|Batch|Gateway)?(?:Describe|Get|List|Lookup|Query|Search|Select|View)/i;
/** Actions that only read, in names of their own. */
const ALSO_READ = new Set(['apigateway:get', 'kms:decrypt']);
/** Actions that give away what is stored: secrets, objects, items. */
const CONTENTS = new Set([
  'dynamodb:getitem',
  'kms:decrypt',
  'route53globalresolver:getaccesstoken',
  's3:getobject',
  's3:getobjectversion',
  'secretsmanager:getsecretvalue',
  'ssm:getparameter',
  'ssm:getparameters',
  'sts:getwebidentitytoken',
]);

/**
 * Sorts the permissions that AWS's schemas list for reading. They are lists for handlers, not for people: prefixes in any
 * case, doubles, and here and there an action that writes (`iam:PassRole`, `cloudwatch:PutMetricAlarm`), which a scan
 * never needs to be allowed. Actions that a wildcard in the list covers are left out.
 */
export function sortActions(permissions: readonly string[]): ReadActions {
  const byKey = new Map<string, string>();
  for (const permission of [...permissions].sort()) {
    const [service = '', name = ''] = permission.split(':');
    const key = permission.toLowerCase();
    if (!byKey.has(key)) byKey.set(key, `${service.toLowerCase()}:${name}`);
  }
  const wildcards = [...byKey.keys()].filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
  const sorted: ReadActions = { reads: [], contents: [], changes: [] };
  for (const [key, action] of byKey) {
    if (wildcards.some((prefix) => key.startsWith(prefix) && key !== `${prefix}*`)) continue;
    if (CONTENTS.has(key)) sorted.contents.push(action);
    else if (ALSO_READ.has(key) || READ.test(key.slice(key.indexOf(':') + 1))) sorted.reads.push(action);
    else sorted.changes.push(action);
  }
  return { reads: sorted.reads.sort(), contents: sorted.contents.sort(), changes: sorted.changes.sort() };
}
