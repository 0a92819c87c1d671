import { accountIn, isAnotherAccount } from '../account.js';
import type { Step } from '../change.js';
import { newlyAllowed } from '../policy/changed.js';
import { clausesOf } from '../policy/condition.js';
import { isPublic } from '../policy/public.js';
import type { Statement } from '../policy/statement.js';
import type { RatedTypes } from '../types.js';

/** Condition keys that name the account that asks. */
const ASKING = new Set(['aws:principalaccount', 'aws:principalarn', 'aws:sourceowner', 'kms:calleraccount']);

/** Whether a policy lets in an account that is not the resource's own and that it did not let in before. */
export function anotherAccount(step: Step, types: RatedTypes): boolean {
  return newlyAllowed(step, types).some((statement) =>
    accountsOf(statement).some((account) => isAnotherAccount(account, step.accountId)),
  );
}

/** The accounts that a statement lets in by their names; for everyone else, those that its condition names. */
function accountsOf({ principals = [], ...statement }: Statement): string[] {
  const named = principals.flatMap((principal) =>
    principal.startsWith('AWS:') ? (accountIn(principal.slice('AWS:'.length)) ?? []) : [],
  );
  if (!principals.includes('*') || isPublic({ principals, ...statement })) return named;
  const clauses = clausesOf(statement.condition) ?? [];
  const asked = clauses.filter(({ key, operator }) => ASKING.has(key) && !operator.includes('not'));
  return [...named, ...asked.flatMap(({ values }) => values)];
}
