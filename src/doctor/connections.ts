import { DriftError } from '../base/errors.js';
import { checkAccount } from '../cloud/check-account.js';
import type { Provider } from '../cloud/cloud.js';
import type { Place } from '../cloud/place.js';
import { type Check, failures, ok } from './check.js';

/** The account of each role that could be had; the key undefined stands for the credentials as they are. */
export type Accounts = ReadonlyMap<string | undefined, string | undefined>;

/** Who reads, and which account that should be. */
type Reader = Pick<Place, 'roleArn' | 'account'>;

/** Gets credentials for each role once, and asks whose they are. */
export async function checkConnections(
  provider: Provider,
  readers: readonly Reader[],
): Promise<{ checks: Check[]; accounts: Accounts }> {
  const checks: Check[] = [];
  const accounts = new Map<string | undefined, string | undefined>();
  for (const role of new Set(readers.map(({ roleArn }) => roleArn))) {
    try {
      const { account } = await provider.connect(role);
      accounts.set(role, account);
      const as = role === undefined ? '' : `, as ${role}`;
      const name = provider.name === 'snapshot' ? 'snapshot' : 'credentials';
      checks.push(ok(name, `account ${account ?? 'not known'}${as}`));
    } catch (error) {
      checks.push(...failures('credentials', error));
    }
  }
  return { checks, accounts };
}

/** Those of some places or stacks that are read in the account that is configured, and what is wrong, told once. */
export async function checkAccounts<Each extends Reader>(
  readers: readonly Each[],
  accounts: Accounts,
): Promise<{ checks: Check[]; right: Each[] }> {
  const checks = new Map<string, Check>();
  const right: Each[] = [];
  for (const reader of readers) {
    if (!accounts.has(reader.roleArn)) continue;
    try {
      await checkAccount(reader, async (role) => accounts.get(role));
      right.push(reader);
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      for (const check of failures('account', error)) checks.set(check.message, check);
    }
  }
  return { checks: [...checks.values()], right };
}
