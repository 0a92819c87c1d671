import type { Problem } from '../../../base/errors.js';
import type { MadeStack } from '../../wanted.js';
import type { FoundApps } from '../cdk/find.js';
import type { FoundStack } from './find-stacks.js';

/** The stacks that CDK made templates of, with those that are deployed. */
export interface MatchedMade {
  found: { stack: FoundStack; template: string }[];
  /** The folders of the assemblies. */
  outs: string[];
  undeployed: MadeStack[];
}

/** Finds the deployed stacks of apps, by name, and by what an app says of region and account. */
export function matchMade(
  { stacks: made, folders }: Pick<FoundApps, 'stacks' | 'folders'>,
  stacks: readonly FoundStack[],
): MatchedMade {
  const matched: MatchedMade = { found: [], undeployed: [], outs: folders };
  for (const own of made) {
    const same = stacks.filter(
      ({ name, region, account }) =>
        name === own.name && region === (own.region ?? region) && (account ?? own.account) === (own.account ?? account),
    );
    matched.found.push(
      ...same.map((stack) => ({
        stack: own.account === undefined ? stack : { ...stack, account: own.account },
        template: own.template,
      })),
    );
    if (same.length === 0) matched.undeployed.push(own);
  }
  return matched;
}

/** That no stack is deployed of a template that an app made. */
export function notDeployed({ name, template }: MadeStack): Problem {
  return {
    code: 'discovery-no-match',
    file: template,
    message: `its stack ${name} is not deployed where it was looked for`,
  };
}
