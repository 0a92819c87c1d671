/** An IAM policy (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). */
export interface Policy {
  Version: '2012-10-17';
  Statement: Statement[];
}

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string[] | '*';
  Condition?: { StringEquals?: Record<string, string>; StringLike?: Record<string, string[]> };
}

/**
 * What a managed policy may have, white space not counted
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
export const MANAGED_POLICY_LIMIT = 6144;

/** Makes a policy of the statements that allow something. */
export function policyOf(statements: readonly Statement[]): Policy {
  const useful = statements.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
  return { Version: '2012-10-17', Statement: useful };
}

/** The size that IAM counts: nothing in a policy of ours has white space in it. */
export function policySize(policy: Policy): number {
  return JSON.stringify(policy).length;
}

/** Several policies that together allow the same, each within the limit; one where it is within it already. */
export function splitPolicy(policy: Policy, limit = MANAGED_POLICY_LIMIT): Policy[] {
  const policies: Policy[] = [];
  for (const statement of policy.Statement.flatMap((each) => inPieces(each, limit))) {
    const roomy = policies.find(({ Statement }) => policySize(policyOf([...Statement, statement])) <= limit);
    if (roomy) roomy.Statement.push(statement);
    else policies.push(policyOf([statement]));
  }
  return policies;
}

/** Halves of halves, until each is small enough to be a policy by itself. Sids stay unique: they gain a number. */
function inPieces(statement: Statement, limit: number): Statement[] {
  const pieces = halved(statement, limit);
  return pieces.length === 1 ? pieces : pieces.map((piece, index) => ({ ...piece, Sid: `${piece.Sid}${index + 1}` }));
}

/** Room for the numbers behind Sids. */
const MARGIN = 8;

function halved(statement: Statement, limit: number): Statement[] {
  const { Action, Resource } = statement;
  if (policySize(policyOf([statement])) <= limit - MARGIN) return [statement];
  if (Resource !== '*' && Resource.length > 1) {
    return halves(Resource).flatMap((part) => halved({ ...statement, Resource: part }, limit));
  }
  if (Action.length === 1) return [statement];
  return halves(Action).flatMap((part) => halved({ ...statement, Action: part }, limit));
}

function halves<T>(items: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
