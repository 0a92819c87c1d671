import type { Equivalence, EquivalenceContext } from './equivalence.js';

/**
 * An ARN and the name or ID at its end name the same resource; services return either
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). The ARN must be of this account and region,
 * where it names them. What follows the resource's type counts as a whole (`role/path/name` also by its last part), so
 * that `function:shop:live` is not the function `live`.
 */
export const arnOrName: Equivalence = (desired, live, context) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  return names(desired, live, context) || names(live, desired, context);
};

function names(arn: string, name: string, { accountId, region }: EquivalenceContext): boolean {
  if (!arn.startsWith('arn:') || name.startsWith('arn:') || name === '' || !/^[\w+=,.@/:-]+$/.test(name)) return false;
  const [, , , arnRegion, arnAccount, ...rest] = arn.split(':');
  if (arnRegion && region && arnRegion !== region) return false;
  if (arnAccount && /^\d{12}$/.test(arnAccount) && accountId && arnAccount !== accountId) return false;
  const resource = rest.join(':').replace(/:\*$/, '');
  const untyped = resource.replace(/^[\w-]+:/, '');
  return resource === name || untyped === name || (resource.endsWith(`/${name}`) && !name.startsWith('/'));
}
