import type { JsonObject } from '../base/json.js';
import type { LiveResource } from '../cloud/cloud.js';
import { compareByAwsWithOwners } from '../compare/by-aws.js';
import { compareResource } from '../compare/compare.js';
import type { CompareContext } from '../compare/comparing.js';
import type { Typed } from '../compare/types.js';
import { isLocalPath, isNestedStack } from '../iac/cloudformation/template/nested-stack.js';
import type { Comparison } from '../model/comparison.js';
import { setMaskedAside } from '../secrets/recorded-secrets.js';
import { spellingsOf } from '../value/spellings.js';
import { type MapValue, type PlainObject, toPlain, unresolved } from '../value/value.js';
import { unmasked } from './deployed-template.js';

/** What properties of a resource are compared with. */
export interface LiveSide {
  typed: Typed;
  physicalId: string | undefined;
  live: Extract<LiveResource, { status: 'live' }>;
  context: CompareContext;
  /** Whether the deployed template stands for Git's. */
  isGitMissing: boolean;
}

/** Compares properties, as some template declares them, with the live ones. */
export type CompareLive = (desired: MapValue, plain?: PlainObject) => Promise<Comparison>;

/** Compares versions of a resource's properties with its live ones; `plain` is what to take for their plain form. */
export function comparerWith({ typed, physicalId, live, context, isGitMissing }: LiveSide): CompareLive {
  const { properties, verdict, partial = false } = live;
  return async (declared, plain = toPlain(declared) as PlainObject) => {
    const own = beforePackaging(typed.type, plain);
    const desired = isGitMissing ? inFull(own, properties) : own;
    const input = { ...typed, desired, live: properties, physicalId, partial };
    const compared = verdict
      ? await compareByAwsWithOwners({ ...input, context, verdict })
      : await compareResource({ ...input, context: { ...context, spellings: spellingsOf(declared) } });
    return setMaskedAside(compared);
  };
}

const LOST = 'the deployed template has "?" for what is not ASCII';

/** Where the deployed template stands for Git's, what CloudFormation does not return of it is not known. */
function inFull(desired: PlainObject, live: JsonObject): PlainObject {
  return unmasked(desired, live as PlainObject, () => unresolved(LOST));
}

/** Where a nested stack's template is uploaded to shows only when it is packaged. */
function beforePackaging(type: string, desired: PlainObject): PlainObject {
  const url = desired['TemplateURL'];
  if (!isNestedStack(type) || typeof url !== 'string' || !isLocalPath(url)) return desired;
  const reason = 'a local path until it is packaged; the nested stack is compared by itself';
  return { ...desired, TemplateURL: unresolved(reason, { never: true }) };
}
