import type { Relation } from './meaning.js';

/** A KMS key by alias, by ID or by ARN; an alias counts only where it is known which key it points to. */
export const sameKey: Relation = {
  name: 'kms-key',
  holds(desired, live, { kmsAliasTargets }) {
    // Two ARNs are compared as they are: replicas of a multi-region key share their ID.
    if (isKeyArn(desired) && isKeyArn(live)) return false;
    const [left, right] = [keyId(desired, kmsAliasTargets), keyId(live, kmsAliasTargets)];
    return left !== undefined && left === right;
  },
};

/** Why it can't be told whether a live key is the declared one: the alias' key is not known. */
export function unknownAlias(
  desired: string,
  live: string,
  targets: Record<string, string> | undefined,
): string | undefined {
  if (aliasOf(desired) === undefined || keyId(desired, targets) !== undefined) return undefined;
  if (!isKeyArn(live) && keyId(live) === undefined) return undefined;
  return `it is not known which key ${desired} points to`;
}

function isKeyArn(text: string): boolean {
  return /^arn:[\w-]+:kms:[\w-]*:\d*:key\//.test(text);
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
