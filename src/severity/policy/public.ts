import { type Clause, clausesOf, isWorld } from './condition.js';
import type { Statement } from './statement.js';

/**
 * Condition keys that tell who asks or from where, so that everyone is not everyone; what does not is, for example,
 * `kms:ViaService` or `aws:PrincipalTag`, which anybody can bring along. After "The meaning of public" (S3 user guide) and
 * "AWS global condition context keys" (IAM user guide).
 */
const RESTRICTING = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
  'aws:userid',
  'aws:username',
  'elasticfilesystem:accessedviamounttarget',
  'elasticfilesystem:accesspointarn',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** Whether a statement lets everyone in. What is not known of its condition may restrict it. */
export function isPublic({ effect, principals, notPrincipals, condition }: Statement): boolean {
  const isForAll = principals?.includes('*') || notPrincipals !== undefined;
  if (effect !== 'Allow' || !isForAll) return false;
  const clauses = clausesOf(condition);
  return clauses !== undefined && !clauses.some(restricts);
}

/** Whether a clause lets only some in: it names them, and passes nobody of whom nothing is known. */
function restricts({ operator, set, ifExists, key, values }: Clause): boolean {
  if (!RESTRICTING.has(key) || ifExists || set === 'forallvalues' || /not/.test(operator)) return false;
  if (operator === 'bool') return values.every((value) => value.toLowerCase() === 'true');
  return /^(?:string|arn|ipaddress)/.test(operator) && values.every(namesSome);
}

function namesSome(value: string): boolean {
  if (isWorld(value)) return false;
  const [arn, , , , account = '', ...rest] = value.split(':');
  // An ARN names an account, or, as those of buckets do, a resource.
  if (arn === 'arn') return /^[^*?]+$/.test(account) || (account === '' && /^[^*?]/.test(rest.join(':')));
  // What is fixed of `o-*`, `vpce-*` or `AROA*` is the same for everyone.
  return !/^(?:[A-Za-z]*-?)?[*?]/.test(value);
}
