import type { Place } from './place.js';
import type { AwsSession } from './session.js';

/** Tells the account that the credentials of a place belong to. Rejects with the SDK's error. */
export type AccountLookup = (place: Place) => Promise<string | undefined>;

/** Asks STS once a role (`GetCallerIdentity`, which needs no permission). */
export function createAccountLookup(session: AwsSession): AccountLookup {
  const asked = new Map<string, Promise<string | undefined>>();

  async function ask(place: Place): Promise<string | undefined> {
    const { Account: account } = await session.sts(place, (client) => client.getCallerIdentity({}));
    return account;
  }

  return (place) => {
    const key = place.roleArn ?? '';
    const account = asked.get(key) ?? ask(place);
    asked.set(key, account);
    return account;
  };
}
