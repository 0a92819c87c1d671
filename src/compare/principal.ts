import type { Json } from '../base/json.js';
import { asText } from '../base/text.js';
import { isPlainMap, type Plain } from '../value/value.js';
import type { Sibling } from './comparing.js';
import { accountPrincipal } from './meanings/arn.js';
import type { Place } from './place.js';

/** Whether a place is the principal of a statement. */
export function isPrincipal({ document, within = [] }: Place): boolean {
  return document === 'policy' && within.length === 2 && /^(?:Not)?Principal$/.test(within[1] ?? '');
}

/** Why two principals of a statement are the same, or can't be told apart; undefined where neither holds. */
export function samePrincipal(
  desired: Plain,
  live: Json,
  siblings: readonly Sibling[],
): { equivalence: string } | { unverifiable: string } | undefined {
  const [wanted, found] = [membersOf(desired), membersOf(live)];
  if (wanted === undefined || found === undefined) return undefined;
  if (isAnyone(wanted) && isAnyone(found)) return desired === live ? undefined : { equivalence: 'anyone-principal' };
  const [missing, surplus] = [without(wanted, found), without(found, wanted)];
  // What is the same but for its order, or for accounts and their roots, is compared as any other value.
  if (missing.length === 0 || missing.length !== surplus.length) return undefined;
  const known = missing.map((member) => surplus.find((other) => isStoredAs(member, other, siblings)));
  if (!known.includes(undefined)) {
    const isUser = missing.every(({ kind }) => kind === 'CanonicalUser');
    return { equivalence: isUser ? 'origin-access-identity' : 'unique-id' };
  }
  const open = missing.filter((_, index) => known[index] === undefined);
  const mayBe = without(
    surplus,
    known.filter((member) => member !== undefined),
  );
  return open.every((member) => isUnknownUser(member, siblings)) && mayBe.every(({ kind }) => kind === 'AWS')
    ? { unverifiable: 'S3 keeps a canonical user as an ARN, and it is not known whose that is' }
    : undefined;
}

/** One of the principals: `AWS`, `Service`, `CanonicalUser` …, and who. */
interface Member {
  kind: string;
  name: string;
}

/** Those of a principal; undefined where a part of it is not known. */
function membersOf(principal: Plain): Member[] | undefined {
  if (principal === '*') return [{ kind: 'AWS', name: '*' }];
  if (!isPlainMap(principal)) return undefined;
  const members = Object.entries(principal).flatMap(([kind, values]) =>
    [values].flat().map((name) => ({ kind, name: typeof name === 'string' ? accountPrincipal.of(name) : undefined })),
  );
  const known = members.filter((member): member is Member => member.name !== undefined);
  return known.length === members.length ? known : undefined;
}

/** `"*"` and `{"AWS": "*"}` (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous). */
function isAnyone(members: readonly Member[]): boolean {
  return members.length === 1 && members[0]?.kind === 'AWS' && members[0].name === '*';
}

function without(members: readonly Member[], others: readonly Member[]): Member[] {
  return members.filter(({ kind, name }) => !others.some((other) => other.kind === kind && other.name === name));
}

/**
 * Whether a policy holds a principal of this stack under that name: an origin access identity by its ARN where its
 * canonical user was given, a role by its unique ID, as IAM keeps it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids).
 */
function isStoredAs({ kind, name }: Member, other: Member, siblings: readonly Sibling[]): boolean {
  if (other.kind !== 'AWS') return false;
  return siblings.some(({ live }) =>
    kind === 'CanonicalUser'
      ? live['S3CanonicalUserId'] === name &&
        other.name.endsWith(`/CloudFront Origin Access Identity ${asText(live['Id'])}`)
      : kind === 'AWS' && live['Arn'] === name && live['RoleId'] === other.name,
  );
}

function isUnknownUser({ kind, name }: Member, siblings: readonly Sibling[]): boolean {
  return kind === 'CanonicalUser' && !siblings.some(({ live }) => live['S3CanonicalUserId'] === name);
}
