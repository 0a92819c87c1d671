import { matchesGlob } from '../../base/glob.js';
import type { Step } from '../change.js';
import { newlyAllowed } from '../policy/changed.js';
import type { Statement } from '../policy/statement.js';
import type { RatedTypes } from '../types.js';

/**
 * Actions that let their holder get any other permission, after "Methods and background on AWS privilege escalation" and
 * the permission management actions of IAM (service authorization reference).
 */
const ESCALATING = [
  ...['AddUserToGroup', 'AttachGroupPolicy', 'AttachRolePolicy', 'AttachUserPolicy', 'CreateAccessKey'],
  ...['CreateLoginProfile', 'CreatePolicyVersion', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy'],
  ...['DeleteUserPermissionsBoundary', 'DeleteUserPolicy', 'DetachRolePolicy', 'DetachUserPolicy', 'PutGroupPolicy'],
  ...['PutRolePermissionsBoundary', 'PutRolePolicy', 'PutUserPermissionsBoundary', 'PutUserPolicy'],
  ...['SetDefaultPolicyVersion', 'UpdateAssumeRolePolicy', 'UpdateLoginProfile'],
].map((name) => `iam:${name}`.toLowerCase());
/** The same where they may be used on anything: a role of one's own choice. */
const ESCALATING_ON_ALL = ['iam:passrole', 'sts:assumerole'];

/** Those that only make credentials: for one's own user, they give nothing that it does not have. */
const CREDENTIALS = ['iam:createaccesskey', 'iam:createloginprofile', 'iam:updateloginprofile'];

/** Whether an identity gets permissions of an administrator, or ones to give them to itself, that it did not have. */
export function adminGranted(step: Step, types: RatedTypes): boolean {
  return newlyAllowed(step, types).some((statement) => statement.principals === undefined && isAdmin(statement));
}

/** Only statements with a single action, or with `NotAction`, are looked at. */
function isAdmin(statement: Statement): boolean {
  const [action] = statement.actions ?? [];
  if (action === undefined) return isOnAll(statement);
  const glob = action.toLowerCase();
  const escalating = ESCALATING.filter((name) => matchesGlob(glob, name));
  if (escalating.some((name) => !(isOnOneself(statement) && CREDENTIALS.includes(name)))) return true;
  return isOnAll(statement) && ESCALATING_ON_ALL.some((name) => matchesGlob(glob, name));
}

/** Whether the resources have no part that says which. */
function isOnAll({ resources, notResources }: Statement): boolean {
  return (
    notResources !== undefined ||
    (resources ?? []).some((arn) => /^(?:\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:(?:role\/)?\*)$/.test(arn))
  );
}

/** Whether the resources are the asking user's own, as in AWS's example "Allows IAM users to manage their own credentials". */
function isOnOneself({ resources }: Statement): boolean {
  return resources?.every((arn) => /:user\/(?:.*\/)?\$\{aws:username\}$/.test(arn)) ?? false;
}
