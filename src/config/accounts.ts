import type { Problem } from '../base/errors.js';
import type { ProblemCode } from '../base/problem-codes.js';
import type { Place } from '../cloud/place.js';
import { get, type Node, textOf } from '../syntax/node.js';
import { itemsOf, textsOf } from '../syntax/node-value.js';
import { problemAt } from '../syntax/problem.js';
import { positionAt, type Source } from '../syntax/source.js';

/** An account as the configuration names it. */
export interface AccountConfig {
  /** 12 digits. */
  id: string;
  /** What stacks may call it. */
  name?: string;
  /** Assumed for reading; absent: the credentials as they are. */
  roleArn?: string;
  externalId?: string;
  /** Where its stacks are, unless they say so themselves. */
  regions: string[];
}

/** The accounts that a configuration's tree names; none where there is no such key. */
export function readAccounts(root: Node): AccountConfig[] {
  return itemsOf(get(root, 'accounts')).map((item) => {
    const { id = '', ...known } = textsOf(item, ['id', 'name', 'roleArn', 'externalId']);
    const regions = itemsOf(get(item, 'regions')).flatMap((region) => textOf(region) ?? []);
    return { id, ...known, regions: [...new Set(regions)] };
  });
}

/** The account that a stack means by its ID or name. */
export function accountNamed(accounts: readonly AccountConfig[], name: string | undefined): AccountConfig | undefined {
  return name === undefined ? undefined : accounts.find((account) => account.id === name || account.name === name);
}

/** Every region of every account; with `regions`, only those. */
export function placesOf(accounts: readonly AccountConfig[], regions: readonly string[]): Place[] {
  return accounts.flatMap(({ id: account, roleArn, regions: own }) =>
    own
      .filter((region) => regions.length === 0 || regions.includes(region))
      .map((region) => ({ region, account, ...(roleArn === undefined ? {} : { roleArn }) })),
  );
}

/** External IDs by the role that they are for. */
export function externalIdsOf(accounts: readonly AccountConfig[]): Map<string, string> {
  return new Map(
    accounts.flatMap(({ roleArn, externalId }) =>
      roleArn === undefined || externalId === undefined ? [] : [[roleArn, externalId] as const],
    ),
  );
}

/** What a schema can't say, `known` being the accounts that stacks may name: repeated accounts, roles of other accounts, external IDs for nobody, names that nobody has. */
export function accountProblems(
  source: Source,
  root: Node,
  known: readonly AccountConfig[] = readAccounts(root),
): Problem[] {
  const lines = new Map<string, number>();
  const problems: Problem[] = [];
  for (const item of itemsOf(get(root, 'accounts'))) {
    const tell = (code: ProblemCode, key: string, message: string, hint?: string) =>
      problems.push(problemAt(code, source, (get(item, key) ?? item).range.start, message, hint));
    const { id, name, roleArn, externalId } = textsOf(item, ['id', 'name', 'roleArn', 'externalId']);
    for (const [key, value] of Object.entries({ id, name })) {
      if (value === undefined) continue;
      const line = lines.get(value);
      if (line !== undefined) tell('config-repeated', key, `the account ${value} is listed in line ${line} already`);
      else lines.set(value, positionAt(source, item.range.start).line);
    }
    const owner = roleArn?.split(':')[4];
    if (id !== undefined && owner !== undefined && /^\d{12}$/.test(owner) && owner !== id) {
      tell('config-invalid', 'roleArn', `the role belongs to account ${owner}, not to ${id}`);
    }
    if (externalId !== undefined && roleArn === undefined) {
      tell('config-invalid', 'externalId', 'an externalId is of use only with a roleArn');
    }
  }
  return [...problems, ...unknownNames(source, root, known)];
}

function unknownNames(source: Source, root: Node, accounts: readonly AccountConfig[]): Problem[] {
  return itemsOf(get(root, 'stacks')).flatMap((item) => {
    const node = get(item, 'account');
    const name = textOf(node);
    if (node === undefined || name === undefined || !/^[A-Za-z]/.test(name) || accountNamed(accounts, name)) return [];
    const names = accounts.flatMap((account) => account.name ?? []);
    const hint = names.length === 0 ? 'name it in "accounts:", or give its ID' : `accounts: ${names.join(', ')}`;
    return [problemAt('config-unknown-name', source, node.range.start, `there is no account named "${name}"`, hint)];
  });
}
