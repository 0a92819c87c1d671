import type { Json } from '../base/json.js';
import type { FindOthers } from '../compare/comparing.js';
import type { ResourceType } from '../compare/resource-type.js';
import type { IacTypes } from '../iac/iac.js';
import type { Defects } from '../model/defects.js';
import type { FindingSubject } from '../model/finding.js';
import type { Finding, ResourceReport, ResourceStatus } from '../model/report.js';
import type { UnseenClass } from '../model/unseen.js';
import type { DriftedResource } from '../patch/model.js';
import type { UndeclaredOptions } from './judge-undeclared.js';

/** What one declared resource came to. */
export interface Judgement {
  resource: ResourceReport;
  findings: readonly Finding[];
  compared: number;
  /** What patching needs, where there are findings. */
  drifted?: DriftedResource;
  /** What a baseline is to hold of it, where that is asked for. */
  accepted?: ReadonlyMap<string, Json>;
  /** Whether the baseline has an entry of another resource under its name. */
  isStale?: boolean;
}

/** What judging needs besides a stack's state. */
export interface JudgeOptions extends UndeclaredOptions {
  types: IacTypes;
  /** What is known of a type: the shipped index, else the provider's registry. */
  resourceType(name: string): Promise<ResourceType | undefined>;
  /** Where unexpected failures are noted. */
  defects: Defects;
  /** Looks for what other stacks put into this one's resources; absent: nobody is asked. */
  others?: FindOthers | undefined;
}

/** A resource that can't be compared, why, and how it goes unseen: what has no state is never read, whatever else fails. */
export function unjudged(
  { types }: Pick<JudgeOptions, 'types'>,
  subject: FindingSubject,
  status: ResourceStatus,
  reason: string,
  unseen: UnseenClass = 'notRead',
): Judgement {
  const of = types.withoutState(subject.type) === undefined || status !== 'unsupported' ? unseen : 'never';
  return { resource: { ...subject, status, reason, class: of, unverifiable: [] }, findings: [], compared: 0 };
}
