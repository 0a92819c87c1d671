import { DriftError } from '../base/errors.js';

/**
 * Checks that a role (or the credentials as they are) belongs to the account that was configured, before anything is
 * read; without a configured account there is nothing to check. `accountOf` tells a role's account.
 * Throws a `DriftError` (code `credentials`), the same for all stacks of the account, so that it can be told once.
 */
export async function checkAccount(
  { account, roleArn }: { account?: string; roleArn?: string },
  accountOf: (roleArn: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  if (account === undefined) return;
  const actual = await accountOf(roleArn);
  if (actual === undefined || actual === account) return;
  const whose = roleArn === undefined ? 'the credentials' : `those of ${roleArn}`;
  const message = `account ${account} is configured, but ${whose} belong to ${actual}`;
  const hint = 'use credentials of that account, or give the account or the stack a roleArn in it';
  throw new DriftError('credentials', [{ code: 'credentials-other-account', message, hint }]);
}
