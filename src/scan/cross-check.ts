import { DriftError, describeProblem } from '../base/errors.js';
import type { LiveResource, Provider } from '../cloud/cloud.js';
import type { State } from '../iac/state.js';
import { disagreementsOf } from '../model/disagreements.js';
import type { CrossCheckReport } from '../model/report.js';
import type { Target } from '../model/target.js';
import { judgeStack } from './judge.js';
import type { Judgement, JudgeOptions } from './judgement.js';

/** Throws a `DriftError` (code `usage`) for a provider that AWS's judgement can't be had from. */
export function checkCrossCheck({ name, secondOpinion }: Provider): void {
  if (secondOpinion) return;
  const hint = 'use --provider aws, whose comparison it checks against the drift detection of CloudFormation';
  throw new DriftError('usage', [
    { code: 'usage-provider-cannot', message: `--cross-check is not possible with the provider "${name}"`, hint },
  ]);
}

/**
 * Judges a stack again, by AWS's own drift detection, and tells where the two judges disagree. `own` are the judgements
 * made by comparing, with what is equal by rule. A stack that AWS can't judge is an error in the answer.
 */
export async function crossCheck(
  target: Target,
  state: State,
  own: readonly Judgement[],
  provider: Provider,
  options: JudgeOptions,
): Promise<CrossCheckReport> {
  const place = { stack: target.path ?? target.name, region: target.region, account: state.account ?? null };
  try {
    const live = await secondOpinions(target, state, provider);
    const judged = await judgeStack(target, { ...state, live }, { ...options, explain: false });
    const aws = new Map(judged.map((judgement) => [judgement.resource.logicalId, judgement]));
    const disagreements = own.flatMap((judgement) => {
      const other = aws.get(judgement.resource.logicalId);
      return other ? disagreementsOf(judgement, other) : [];
    });
    return { stacks: 1, disagreements, errors: [] };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    const text = error.problems.map(describeProblem).join('\n');
    return { stacks: 0, disagreements: [], errors: [{ ...place, error: text }] };
  }
}

async function secondOpinions(
  { name, region, roleArn }: Target,
  { live, deployedResources }: State,
  provider: Provider,
): Promise<Map<string, LiveResource>> {
  const as = roleArn === undefined ? {} : { roleArn };
  const opinions = [...live.keys()].map(async (logicalId): Promise<[string, LiveResource]> => {
    const { type = '', physicalId = '' } = deployedResources.get(logicalId) ?? {};
    const request = { name, region, ...as, logicalId, type, physicalId, properties: {} };
    const opinion = await provider.secondOpinion?.(request);
    return [logicalId, opinion ?? { status: 'unsupported', reason: 'AWS was not asked' }];
  });
  return new Map(await Promise.all(opinions));
}
