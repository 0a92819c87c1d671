import type { Form, Relation, Surroundings } from './meaning.js';

/** The ARN of a log group with and without the `:*` that means its streams (CloudWatch Logs user guide, "ARN formats"). */
export const logGroupStar: Form = {
  name: 'log-group-star',
  of: (text) => (/^arn:[\w-]+:logs:[^:]*:[^:]*:log-group:[^:]+:\*$/.test(text) ? text.slice(0, -2) : text),
};

/**
 * An ARN and the name or ID at its end name the same resource; services return either
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). The ARN must be of this account and region,
 * where it names them. What follows the resource's type counts as a whole (`role/path/name` also by its last part), so
 * that `function:shop:live` is not the function `live`.
 */
export const arnOrName: Relation = {
  name: 'arn-or-name',
  holds: (desired, live, surroundings) => names(desired, live, surroundings) || names(live, desired, surroundings),
};

function names(arn: string, name: string, { accountId, region }: Surroundings): boolean {
  if (!arn.startsWith('arn:') || name.startsWith('arn:') || name === '' || !/^[\w+=,.@/:-]+$/.test(name)) return false;
  const [, , , arnRegion, arnAccount, ...rest] = arn.split(':');
  if (arnRegion && region && arnRegion !== region) return false;
  if (arnAccount && /^\d{12}$/.test(arnAccount) && accountId && arnAccount !== accountId) return false;
  const resource = rest.join(':');
  const untyped = resource.replace(/^[\w-]+:/, '');
  return resource === name || untyped === name || (resource.endsWith(`/${name}`) && !name.startsWith('/'));
}

/** A Lambda function by a part of its ARN: `111111111111:function:shop` (Lambda API reference, FunctionName). */
export const partialArn: Relation = {
  name: 'partial-arn',
  holds(desired, live, surroundings) {
    const [one, other] = [desired, live].map((text) => unqualified(text, surroundings));
    if (one === undefined || other === undefined || (one === desired && other === live)) return false;
    return one === other || arnOrName.holds(one, other, surroundings);
  },
};

/** What a partial ARN names; undefined where it is another account's. */
function unqualified(text: string, { accountId }: Surroundings): string | undefined {
  const [, account, name] = /^(?:(\d{12}):)?function:(.+)$/.exec(text) ?? [];
  if (name === undefined) return text;
  return account === undefined || accountId === undefined || account === accountId ? name : undefined;
}

/**
 * An account as a principal: `111111111111` for `arn:aws:iam::111111111111:root`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export const accountPrincipal: Form = {
  name: 'account-principal',
  of: (text) => /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1] ?? text,
};
