import type { Policy, Statement } from '../../src/cloud/aws/iam/policy.js';
import type { LoggedRequest } from './aws-simulator/server.js';

/** What IAM lets everybody do. */
const ALLOWED_TO_ALL = new Set(['sts:GetCallerIdentity']);

/** The requests, as `action resource`, that a policy does not allow to credentials of an account. */
export function denied(policy: Policy, requests: readonly LoggedRequest[], account: string): string[] {
  const lines = requests.flatMap((request) => {
    const resource = resourceOf(request, account);
    return isAllowed(policy, request, resource) ? [] : [`${request.action} ${resource}`];
  });
  return [...new Set(lines)].sort();
}

function isAllowed(policy: Policy, { action, input }: LoggedRequest, resource: string): boolean {
  if (ALLOWED_TO_ALL.has(action)) return true;
  return policy.Statement.some(
    ({ Action, Resource, Condition }) =>
      Action.some((pattern) => matches(pattern, action)) &&
      [Resource].flat().some((pattern) => matches(pattern, resource)) &&
      meets(Condition, input),
  );
}

function meets(condition: Statement['Condition'], input: Record<string, unknown>): boolean {
  const externalId = condition?.StringEquals?.['sts:ExternalId'];
  const names = condition?.StringLike?.['cloudformation:ChangeSetName'];
  if (externalId !== undefined && externalId !== input['ExternalId']) return false;
  return names?.some((pattern) => matches(pattern, String(input['ChangeSetName']))) ?? true;
}

/** What IAM judges a request on; `*` where it is no single stack or role, which only `*` in a policy allows. */
function resourceOf({ region, input }: LoggedRequest, account: string): string {
  const { StackName: stack, RoleArn: role } = input;
  if (typeof role === 'string') return role;
  if (typeof stack !== 'string') return '*';
  return stack.startsWith('arn:') ? stack : `arn:aws:cloudformation:${region}:${account}:stack/${stack}/0`;
}

function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? text.lastIndexOf(part) : text.indexOf(part, at);
    if (found < at || (index === rest.length - 1 && found + part.length !== text.length)) return false;
    at = found + part.length;
  }
  return rest.length > 0 || at === text.length;
}
