import { isObject, type Json } from '../../base/json.js';
import type { Equivalence } from './equivalence.js';

/**
 * An account as a principal: `111111111111` and `arn:aws:iam::111111111111:root`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export const accountPrincipal: Equivalence = (desired, live) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  const left = account(desired);
  return left !== undefined && left === account(live);
};

/**
 * Everyone as a principal: `"*"` and `{"AWS": "*"}`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous).
 */
export const anyonePrincipal: Equivalence = (desired, live, { property }) => {
  return property === 'Principal' && isAnyone(desired) && isAnyone(live);
};

function isAnyone(principal: Json): boolean {
  if (!isObject(principal)) return principal === '*';
  const [aws, ...others] = [principal['AWS'] ?? []].flat();
  return aws === '*' && others.length === 0 && Object.keys(principal).length === 1;
}

function account(text: string): string | undefined {
  return /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
}
