import type { Equivalence } from './equivalence.js';

/** A KMS key by alias, by ID or by ARN; an alias counts only where it is known which key it points to. */
export const kmsKey: Equivalence = (desired, live, context) => {
  if (typeof desired !== 'string' || typeof live !== 'string') return false;
  // Two ARNs are compared as they are: replicas of a multi-region key share their ID.
  if (isKeyArn(desired) && isKeyArn(live)) return false;
  const [left, right] = [keyId(desired, context.kmsAliasTargets), keyId(live, context.kmsAliasTargets)];
  return left !== undefined && left === right;
};

function isKeyArn(text: string): boolean {
  return /^arn:[\w-]+:kms:[\w-]*:\d*:key\//.test(text);
}

/** Whether a value is an alias whose key is not known. */
export function isUnknownAlias(value: unknown, targets: Record<string, string> = {}): boolean {
  return typeof value === 'string' && aliasOf(value) !== undefined && keyId(value, targets) === undefined;
}

function keyId(text: string, targets: Record<string, string> = {}): string | undefined {
  const alias = aliasOf(text);
  if (alias !== undefined) return Object.hasOwn(targets, alias) ? targets[alias]?.replace(/^.*key\//, '') : undefined;
  const id = /^(?:arn:[\w-]+:kms:[\w-]*:\d*:key\/)?((?:mrk-)?[0-9a-f-]{32,36})$/.exec(text);
  return id?.[1];
}

function aliasOf(text: string): string | undefined {
  return /^(?:arn:[\w-]+:kms:[\w-]*:\d*:)?(alias\/[\w/-]+)$/.exec(text)?.[1];
}
